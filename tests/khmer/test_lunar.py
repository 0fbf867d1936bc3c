from __future__ import annotations

import csv
import dataclasses
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tlbb_desktop.khmer import LunarDate, lunar_date
from tlbb_desktop.khmer.lunar import WANING, WAXING

ONE_DAY = timedelta(1)
MONTHS = ["មិគសិរ", "បុស្ស", "មាឃ", "ផល្គុន", "ចេត្រ", "ពិសាខ", "ជេស្ឋ", "អាសាឍ", "ស្រាពណ៍", "ភទ្របទ", "អស្សុជ", "កត្តិក"]
FULL_MONTHS = {"បុស្ស", "ផល្គុន", "ពិសាខ", "អាសាឍ", "បឋមាសាឍ", "ទុតិយាសាឍ", "ភទ្របទ", "កត្តិក"}
LEAP_MONTH = ["ជេស្ឋ", "បឋមាសាឍ", "ទុតិយាសាឍ", "ស្រាពណ៍"]
ANIMALS = ["ជូត", "ឆ្លូវ", "ខាល", "ថោះ", "រោង", "ម្សាញ់", "មមី", "មមែ", "វក", "រកា", "ច", "កុរ"]


def days(first: int, last: int) -> list[date]:
    start = date(first, 1, 1)
    return [start + timedelta(number) for number in range((date(last + 1, 1, 1) - start).days)]


@pytest.fixture(scope="module")
def reference(khmer_fixture) -> list[dict[str, str]]:
    rows = list(csv.DictReader(khmer_fixture("lunar_reference.csv")))
    assert len(rows) == 200
    return rows


def test_day_month_and_buddhist_year_are_those_of_the_reference(reference):
    for row in reference:
        found = lunar_date(date.fromisoformat(row["gregorian"]))
        month = row["month"].replace("កត្ដិក", "កត្តិក")
        assert (found.weekday, found.day, found.phase, found.month, found.be_year) == (
            row["weekday"],
            int(row["lunar_day"]),
            row["phase"],
            month,
            int(row["be_year"]),
        ), row


def test_the_animal_is_that_of_the_reference_at_the_start_or_the_end_of_the_day(reference):
    for row in reference:
        if row["gregorian"] != "2032-04-13":  # momentkh has New Year at 24:00 of this day as 00:00
            found = lunar_date(date.fromisoformat(row["gregorian"]))
            assert found.animal in (row["animal_at_0000"], row["animal_at_2359"]), row


def test_the_sak_is_that_of_the_reference(reference):
    """But at 00:00 of the first day of a Buddhist year: for that moment momentkh 3.0.3 is a year ahead, animal and sak.

    The reference shows it, as its animal at 00:00 is not that at 23:59, weeks after New Year.
    """
    ahead = [row for row in reference if row["tags"] == "BE change" and row["animal_at_0000"] != row["animal_at_2359"]]
    assert len(ahead) == 11
    assert all((row["lunar_day"], row["phase"], row["month"]) == ("1", WANING, "ពិសាខ") for row in ahead)
    for row in reference:
        day = date.fromisoformat(row["gregorian"])
        if row in ahead:
            assert lunar_date(day).sak == lunar_date(day - ONE_DAY).sak == lunar_date(day + ONE_DAY).sak
        else:
            assert lunar_date(day).sak == row["sak"], row


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 3, 8), "ថ្ងៃអាទិត្យ ៥រោច ខែផល្គុន ឆ្នាំម្សាញ់ សប្តស័ក ព.ស.២៥៦៩"),
        (date(2026, 4, 13), "ថ្ងៃចន្ទ ១១រោច ខែចេត្រ ឆ្នាំម្សាញ់ សប្តស័ក ព.ស.២៥៦៩"),
        (date(2026, 4, 14), "ថ្ងៃអង្គារ ១២រោច ខែចេត្រ ឆ្នាំមមី សប្តស័ក ព.ស.២៥៦៩"),
        (date(2026, 4, 16), "ថ្ងៃព្រហស្បតិ៍ ១៤រោច ខែចេត្រ ឆ្នាំមមី អដ្ឋស័ក ព.ស.២៥៦៩"),
        (date(2026, 5, 1), "ថ្ងៃសុក្រ ១៥កើត ខែពិសាខ ឆ្នាំមមី អដ្ឋស័ក ព.ស.២៥៦៩"),
        (date(2026, 5, 2), "ថ្ងៃសៅរ៍ ១រោច ខែពិសាខ ឆ្នាំមមី អដ្ឋស័ក ព.ស.២៥៧០"),
        (date(1900, 1, 1), "ថ្ងៃចន្ទ ១កើត ខែបុស្ស ឆ្នាំកុរ ឯកស័ក ព.ស.២៤៤៣"),
    ],
)
def test_the_line_is_the_one_that_papers_print(day, line):
    assert lunar_date(day).line() == line


def test_a_moment_counts_as_its_day():
    assert lunar_date(datetime(2026, 3, 8, 23, 59, tzinfo=UTC)) == lunar_date(date(2026, 3, 8))


def test_a_lunar_date_cannot_be_changed():
    found = lunar_date(date(2026, 3, 8))
    assert isinstance(found, LunarDate)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.day = 1  # type: ignore[misc]
    assert not hasattr(found, "__dict__")


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2101, 1, 1), date.max])
def test_a_day_outside_of_the_table_is_refused(day):
    with pytest.raises(ValueError, match=day.isoformat()):
        lunar_date(day)


def test_every_day_follows_the_one_before():
    all_days = days(1950, 2100)
    for today, tomorrow in pairwise(map(lunar_date, all_days)):
        if tomorrow.day != 1:
            assert (tomorrow.day, tomorrow.phase, tomorrow.month) == (today.day + 1, today.phase, today.month)
        elif tomorrow.phase == WANING:
            assert (today.day, today.phase, today.month) == (15, WAXING, tomorrow.month)
        else:
            assert today.phase == WANING
            full = today.day == 15
            assert full or today.day == 14
            assert full == (today.month in FULL_MONTHS) or (full and today.month == "ជេស្ឋ")
            assert follows(today.month, tomorrow.month)


def follows(month: str, following: str) -> bool:
    if month in LEAP_MONTH[:-1] and following == LEAP_MONTH[LEAP_MONTH.index(month) + 1]:
        return True
    return MONTHS[(MONTHS.index(month) + 1) % 12] == following


def test_a_year_has_a_leap_month_or_a_leap_day_or_neither():
    leap_months, leap_days = set(), set()
    for day in days(1950, 2100):
        found = lunar_date(day)
        if found.month == "ទុតិយាសាឍ":
            leap_months.add(day.year)
        if (found.day, found.phase, found.month) == (15, WANING, "ជេស្ឋ"):
            leap_days.add(day.year)
    assert leap_months.isdisjoint(leap_days)
    assert [year for year in range(2015, 2027) if year in leap_months] == [2015, 2018, 2021, 2023, 2026]
    assert [year for year in range(2015, 2027) if year in leap_days] == [2016, 2020, 2025]
    gaps = {later - year for year, later in pairwise(sorted(leap_months))}
    assert gaps == {2, 3}


def test_the_animal_the_sak_and_the_era_change_once_a_year_and_in_their_order():
    changes: dict[str, list[date]] = {"animal": [], "sak": [], "be_year": []}
    all_days = days(1950, 2100)
    for before, day in pairwise(all_days):
        for field, found in changes.items():
            if getattr(lunar_date(before), field) != getattr(lunar_date(day), field):
                found.append(day)
    for animal, sak, era in zip(*changes.values(), strict=True):
        assert date(animal.year, 4, 12) <= animal <= date(animal.year, 4, 15)
        assert 2 <= (sak - animal).days <= 3
        assert (lunar_date(era).day, lunar_date(era).phase, lunar_date(era).month) == (1, WANING, "ពិសាខ")
        assert lunar_date(era).be_year == era.year + 544
        assert ANIMALS.index(lunar_date(animal).animal) == (animal.year + 8) % 12
    assert [len(found) for found in changes.values()] == [151, 151, 151]


@pytest.mark.parametrize(
    "day", [date(2006, 5, 12), date(2015, 5, 2), date(2024, 5, 22), date(2025, 5, 11), date(2026, 5, 1)]
)
def test_visak_bochea_is_the_full_moon_of_pisak(day):
    found = lunar_date(day)
    assert (found.day, found.phase, found.month) == (15, WAXING, "ពិសាខ")
