"""The Khmer lunar calendar: the line that stands above the Gregorian date on official papers.

Source: Roath Kim Soeun's rules for the lunisolar year as published by the Cambodian Cultural Centre (cam-cc.org),
checked against https://github.com/ThyrithSor/momentkh 3.0.3 and the holidays of the Royal Government. Spellings are
those of Chuon Nath's dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from typing import Final

from tlbb_desktop.khmer.digits import to_khmer_digits
from tlbb_desktop.khmer.new_year_moments import FIRST_YEAR, MONTH_DAY_HOUR_MINUTE
from tlbb_desktop.khmer.official_dates import WEEKDAYS

WAXING: Final = "កើត"
WANING: Final = "រោច"
FIRST_DAY: Final = date(FIRST_YEAR, 1, 1)
"""It was ១កើត ខែបុស្ស."""

_ANIMALS: Final = ("ជូត", "ឆ្លូវ", "ខាល", "ថោះ", "រោង", "ម្សាញ់", "មមី", "មមែ", "វក", "រកា", "ច", "កុរ")
_SAKS: Final = (
    "សំរឹទ្ធិស័ក",
    "ឯកស័ក",
    "ទោស័ក",
    "ត្រីស័ក",
    "ចត្វាស័ក",
    "បញ្ចស័ក",
    "ឆស័ក",
    "សប្តស័ក",
    "អដ្ឋស័ក",
    "នព្វស័ក",
)
_PISAK: Final = "ពិសាខ"
_JESTH: Final = "ជេស្ឋ"
_BEFORE_JESTH: Final = (("បុស្ស", 30), ("មាឃ", 29), ("ផល្គុន", 30), ("ចេត្រ", 29), (_PISAK, 30))
_ASATH: Final = (("អាសាឍ", 30),)
_TWO_ASATHS: Final = (("បឋមាសាឍ", 30), ("ទុតិយាសាឍ", 30))
_AFTER_ASATH: Final = (("ស្រាពណ៍", 29), ("ភទ្របទ", 30), ("អស្សុជ", 29), ("កត្តិក", 30), ("មិគសិរ", 29))


class _YearKind(Enum):
    PLAIN = 354
    LEAP_DAY = 355
    LEAP_MONTH = 384


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of the lunar calendar.

    Attributes:
        weekday: Such as ``ចន្ទ``.
        day: 1 to 15, of the half month.
        phase: ``កើត`` (waxing) or ``រោច`` (waning).
        month: Such as ``ផល្គុន``.
        animal: Of the twelve-year cycle, such as ``ម្សាញ់``.
        sak: Of the ten-year cycle, such as ``សប្តស័ក``.
        be_year: Of the Buddhist era.
    """

    weekday: str
    day: int
    phase: str
    month: str
    animal: str
    sak: str
    be_year: int

    def line(self) -> str:
        """Return the line as papers print it: ``ថ្ងៃអាទិត្យ ៥រោច ខែផល្គុន ឆ្នាំម្សាញ់ សប្តស័ក ព.ស.២៥៦៩``.

        Source: the form of Royal Government papers; ព.ស. abbreviates ពុទ្ធសករាជ, the Buddhist era.
        """
        return to_khmer_digits(
            f"ថ្ងៃ{self.weekday} {self.day}{self.phase} ខែ{self.month} ឆ្នាំ{self.animal} {self.sak} ព.ស.{self.be_year}"
        )


def lunar_date(day: date) -> LunarDate:
    """Return the lunar date of a Gregorian day.

    Source: the rules named above. The Buddhist year changes on the day after Visak Bochea (១រោច ពិសាខ), the animal with
    the moment of Moha Sangkran, the sak with the day of Lerng Sak. A day has the animal that reigns when it ends, so
    the whole day of Moha Sangkran counts to the new one.

    Args:
        day: 1 January 1900 to 31 December 2100.

    Raises:
        ValueError: the day lies outside of that.
    """
    if isinstance(day, datetime):
        day = day.date()
    if not FIRST_DAY <= day < date(FIRST_YEAR + len(_new_year_moments()), 1, 1):
        raise ValueError(f"no lunar date is known for {day.isoformat()}")
    cycle = day.year if day >= _cycle_start(day.year) else day.year - 1
    if day >= _cycle_start(cycle + 1):
        cycle += 1
    month, number = _month_and_day(cycle, (day - _cycle_start(cycle)).days)
    return LunarDate(
        weekday=WEEKDAYS[day.weekday()],
        day=number % 15 + 1,
        phase=WAXING if number < 15 else WANING,
        month=month,
        animal=_ANIMALS[(_animal_year(day) + 4) % 12],
        sak=_SAKS[_jolak_sakaraj(day) % 10],
        be_year=day.year + 543 + (day > _visak_bochea(day.year)),
    )


# The moon's year: from ១កើត បុស្ស on, named by the Gregorian year that holds its ពិសាខ


@cache
def _cycle_start(year: int) -> date:
    start = FIRST_DAY
    for earlier in range(FIRST_YEAR, year):
        start += timedelta(_year_kind(earlier + 544).value)
    return start


def _months(year: int) -> Iterator[tuple[str, int]]:
    kind = _year_kind(year + 544)
    yield from _BEFORE_JESTH
    yield _JESTH, 30 if kind is _YearKind.LEAP_DAY else 29
    yield from _TWO_ASATHS if kind is _YearKind.LEAP_MONTH else _ASATH
    yield from _AFTER_ASATH


def _month_and_day(year: int, days: int) -> tuple[str, int]:
    """Month and day of the month, both from *days* after the start of the moon's year; days count from 0."""
    for month, length in _months(year):
        if days < length:
            return month, days
        days -= length
    raise AssertionError("the months are as long as the year")


def _visak_bochea(year: int) -> date:
    """Full moon of ពិសាខ."""
    days_before = sum(length for month, length in _BEFORE_JESTH if month != _PISAK)
    return _cycle_start(year) + timedelta(days_before + 14)


# Leap years, by the year of the Buddhist era; aharkun, avoman and bodithey are the names of the rule


@cache
def _year_kind(be_year: int) -> _YearKind:
    if _has_leap_month(be_year):
        return _YearKind.LEAP_MONTH
    if _earns_leap_day(be_year):
        return _YearKind.LEAP_DAY
    # A leap day that falls into a year with a leap month waits for the next year without one.
    earlier = be_year - 1
    while _has_leap_month(earlier):
        if _earns_leap_day(earlier):
            return _YearKind.LEAP_DAY
        earlier -= 1
    return _YearKind.PLAIN


def _aharkun(be_year: int) -> int:
    return (be_year * 292207 + 499) // 800 + 4


def _avoman(be_year: int) -> int:
    return (_aharkun(be_year) * 11 + 25) % 692


def _bodithey(be_year: int) -> int:
    days = _aharkun(be_year)
    return ((days * 11 + 25) // 692 + days + 29) % 30


def _has_leap_month(be_year: int) -> bool:
    this, following = _bodithey(be_year), _bodithey(be_year + 1)
    if (this, following) == (25, 5):
        return False
    return this >= 25 or this <= 5 or (this, following) == (24, 6)


def _earns_leap_day(be_year: int) -> bool:
    this = _avoman(be_year)
    if this == 0 and _avoman(be_year - 1) == 137:
        return True
    if 800 - (be_year * 292207 + 499) % 800 <= 207:  # the sun's year has 366 days
        return this <= 126
    return this < 137 or (this == 137 and _avoman(be_year + 1) != 0)


# The sun's year


@cache
def _new_year_moments() -> tuple[datetime, ...]:
    stamps = MONTH_DAY_HOUR_MINUTE.split()
    return tuple(
        datetime.fromisoformat(f"{year}-{day}T{hour}")
        for year, (day, hour) in enumerate(zip(stamps[::2], stamps[1::2], strict=True), FIRST_YEAR)
    )


def _animal_year(day: date) -> int:
    """The year of the Buddhist era that names the animal."""
    moment = _new_year_moments()[day.year - FIRST_YEAR]
    return day.year + 543 + (datetime.combine(day, time.max) >= moment)


def _jolak_sakaraj(day: date) -> int:
    """The year of the lesser era, which changes with the day of Lerng Sak, the last of the New Year."""
    year = day.year - 638
    lerng_sak = _LERNG_SAK_2024 + timedelta(_days_of_lesser_era(year) - _days_of_lesser_era(2024 - 638))
    return year if day >= lerng_sak else year - 1


_LERNG_SAK_2024: Final = date(2024, 4, 16)


def _days_of_lesser_era(year: int) -> int:
    return (year * 292207 + 373) // 800 + 1
