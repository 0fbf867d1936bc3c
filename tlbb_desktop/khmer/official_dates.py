"""Gregorian dates in the wording of official Khmer papers."""

from __future__ import annotations

from datetime import date
from typing import Final

from tlbb_desktop.khmer.digits import to_khmer_digits

MONTHS: Final = (
    "មករា",
    "កុម្ភៈ",
    "មីនា",
    "មេសា",
    "ឧសភា",
    "មិថុនា",
    "កក្កដា",
    "សីហា",
    "កញ្ញា",
    "តុលា",
    "វិច្ឆិកា",
    "ធ្នូ",
)
WEEKDAYS: Final = ("ចន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ")
"""From Monday on, which Unicode CLDR spells ច័ន្ទ."""


def official_date(day: date, *, weekday: bool = False) -> str:
    """Return a date as papers write it: ``ថ្ងៃទី០៩ ខែមីនា ឆ្នាំ២០២៦``, or ``ថ្ងៃចន្ទ ទី០៩ ខែមីនា ឆ្នាំ២០២៦``.

    Source: the form of Royal Government papers, two digits for the day; Chuon Nath's dictionary for the names.

    Args:
        day: The Gregorian day.
        weekday: Whether to name the day of the week.
    """
    named = f"{WEEKDAYS[day.weekday()]} " if weekday else ""
    return to_khmer_digits(f"ថ្ងៃ{named}ទី{day.day:02} ខែ{MONTHS[day.month - 1]} ឆ្នាំ{day.year}")
