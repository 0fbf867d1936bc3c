"""A birth date as it is really known: a day, a month, a year, an age, or nothing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_, Np_

OLDEST = 110
_DECEMBER = 12


class BirthPrecision(StrEnum):
    """How exactly a birth date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE = "age"
    UNKNOWN = "unknown"


PRECISION_NAMES = {
    BirthPrecision.DAY: Np_("birth date known to the", "Day"),
    BirthPrecision.MONTH: Np_("birth date known to the", "Month"),
    BirthPrecision.YEAR: Np_("birth date known to the", "Year"),
    BirthPrecision.AGE: Np_("birth date known as", "Age"),
    BirthPrecision.UNKNOWN: Np_("birth date", "Unknown"),
}


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date with its precision.

    Args:
        precision: how exactly it is known.
        year: Gregorian year (for an age: the year of the estimate minus the age), 0 when unknown.
        month: 1 to 12, or 0 when it is not known.
        day: 1 to 31, or 0 when it is not known.
    """

    precision: BirthPrecision = BirthPrecision.UNKNOWN
    year: int = 0
    month: int = 0
    day: int = 0

    @classmethod
    def on(cls, day: date) -> Birth:
        """A birth date known to the day."""
        return cls(BirthPrecision.DAY, day.year, day.month, day.day)

    @classmethod
    def of_age(cls, age: int, as_of: date) -> Birth:
        """An estimate: *age* full years on *as_of*."""
        return cls(BirthPrecision.AGE, as_of.year - age)

    @classmethod
    def parse(cls, precision: str, text: str) -> Birth:
        """Read back what :meth:`text` wrote."""
        known = BirthPrecision(precision)
        parts = [int(part) for part in text.split("-")] if text else []
        return cls(known, *parts)

    def text(self) -> str:
        """ISO 8601 cut to the precision (``2009-10-16``, ``2009-10``, ``2009``); ``""`` when unknown."""
        if self.precision is BirthPrecision.UNKNOWN:
            return ""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def check(self, today: date) -> Birth:
        """This birth date if it can be true on *today*; raises Refused when it lies ahead or over 110 years back."""
        if self.precision is BirthPrecision.UNKNOWN:
            return self
        if self.earliest > today:
            raise Refused(N_("The birth date lies in the future."), place="birth")
        if self.year < today.year - OLDEST:
            raise Refused(N_("The birth date is more than {years} years ago."), place="birth", years=OLDEST)
        return self

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can mean."""
        month = self.month or _DECEMBER
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def agrees_with(self, other: Birth) -> bool:
        """Whether both can be the same day: compared at the coarser precision, ages within one year."""
        if BirthPrecision.UNKNOWN in (self.precision, other.precision):
            return True
        if BirthPrecision.AGE in (self.precision, other.precision):
            return abs(self.year - other.year) <= 1
        if self.year != other.year:
            return False
        if self.month and other.month and self.month != other.month:
            return False
        return not (self.day and other.day and self.day != other.day)

    def age_on(self, day: date) -> int | None:
        """Full years on *day* by calendar birthdays (29 February counts as the 28th), or None when unknown.

        Known to the year or as an age, the birthday is taken to have passed.
        """
        if self.precision is BirthPrecision.UNKNOWN:
            return None
        born_day = 28 if (self.month, self.day) == (2, 29) else self.day
        before_birthday = bool(self.month) and (day.month, day.day) < (self.month, born_day or 1)
        return day.year - self.year - (1 if before_birthday else 0)


UNKNOWN_BIRTH = Birth()
AGE_BANDS = ((0, 2), (3, 5), (6, 13), (14, 15), (16, 17), (18, 24), (25, OLDEST))


def age_band(age: int | None) -> str:
    """The donor's band that *age* falls in, such as ``14-15``; ``25+`` is the last, ``""`` when unknown."""
    if age is None:
        return ""
    for low, high in AGE_BANDS:
        if low <= age <= high:
            return f"{low}+" if high == OLDEST else f"{low}-{high}"
    return ""
