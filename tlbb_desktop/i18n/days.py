"""Days, times and numbers as the reader's language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import Np_

if TYPE_CHECKING:
    from datetime import date, datetime, time

MONTH_NAMES = (
    Np_("month", "January"),
    Np_("month", "February"),
    Np_("month", "March"),
    Np_("month", "April"),
    Np_("month", "May"),
    Np_("month", "June"),
    Np_("month", "July"),
    Np_("month", "August"),
    Np_("month", "September"),
    Np_("month", "October"),
    Np_("month", "November"),
    Np_("month", "December"),
)
WEEKDAY_NAMES = (
    Np_("weekday", "Monday"),
    Np_("weekday", "Tuesday"),
    Np_("weekday", "Wednesday"),
    Np_("weekday", "Thursday"),
    Np_("weekday", "Friday"),
    Np_("weekday", "Saturday"),
    Np_("weekday", "Sunday"),
)
WEEKDAYS_SHORT = (
    Np_("weekday, short", "Mon"),
    Np_("weekday, short", "Tue"),
    Np_("weekday, short", "Wed"),
    Np_("weekday, short", "Thu"),
    Np_("weekday, short", "Fri"),
    Np_("weekday, short", "Sat"),
    Np_("weekday, short", "Sun"),
)

_khmer_digits = False


def use_khmer_digits(wanted: bool) -> None:
    """Choose whether screens in Khmer write Khmer digits (a setting); other languages never do."""
    global _khmer_digits
    _khmer_digits = wanted


def digits(value: object, language: str = "") -> str:
    """*value* as text with the digits that the reader has chosen for *language* (``""``: the active one)."""
    text = str(value)
    if not _khmer_digits or (language or catalog.language()) != catalog.KHMER:
        return text
    from tlbb_desktop.khmer.digits import to_khmer_digits  # not before the first paint, where there are no digits

    return to_khmer_digits(text)


def day_text(day: date, language: str = "") -> str:
    """Such as ``21/11/2026``; *language* as for :func:`digits`."""
    return digits(f"{day:%d/%m/%Y}", language)


def time_text(moment: time | datetime, language: str = "") -> str:
    """Such as ``08:05``; *language* as for :func:`digits`."""
    return digits(f"{moment:%H:%M}", language)


def moment_text(moment: datetime, language: str = "") -> str:
    """Such as ``21/11/2026 08:05``; *language* as for :func:`digits`."""
    return digits(f"{moment:%d/%m/%Y %H:%M}", language)


def day_in_words(day: date) -> str:
    """Such as ``Monday, 16 November 2026``."""
    pattern = _p("day in words", "{weekday}, {day} {month} {year}")
    return pattern.format(
        weekday=_(WEEKDAY_NAMES[day.weekday()]),
        day=digits(day.day),
        month=_(MONTH_NAMES[day.month - 1]),
        year=digits(day.year),
    )


def month_in_words(day: date) -> str:
    """Such as ``November 2026``, for the month that *day* lies in."""
    pattern = _p("month in words", "{month} {year}")
    return pattern.format(month=_(MONTH_NAMES[day.month - 1]), year=digits(day.year))


def size_text(count: int) -> str:
    """A file's size, such as ``12.4 MB``."""
    if count >= 1_000_000:
        return _("{size} MB").format(size=digits(f"{count / 1_000_000:.1f}"))
    return _("{size} kB").format(size=digits(max(1, round(count / 1000))))
