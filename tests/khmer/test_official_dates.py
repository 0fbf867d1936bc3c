from __future__ import annotations

from datetime import date

from tlbb_desktop.i18n.catalog import translate_into
from tlbb_desktop.i18n.days import MONTH_NAMES, WEEKDAY_NAMES
from tlbb_desktop.khmer import MONTHS, WEEKDAYS, official_date


def test_a_date_reads_as_on_official_papers():
    assert official_date(date(2026, 3, 9)) == "ថ្ងៃទី០៩ ខែមីនា ឆ្នាំ២០២៦"
    assert official_date(date(2026, 3, 9), weekday=True) == "ថ្ងៃចន្ទ ទី០៩ ខែមីនា ឆ្នាំ២០២៦"
    assert official_date(date(2026, 12, 31), weekday=True) == "ថ្ងៃព្រហស្បតិ៍ ទី៣១ ខែធ្នូ ឆ្នាំ២០២៦"


def test_papers_and_screens_name_months_and_weekdays_alike():
    assert tuple(translate_into("km", name) for name in MONTH_NAMES) == MONTHS
    assert tuple(translate_into("km", name) for name in WEEKDAY_NAMES) == WEEKDAYS
