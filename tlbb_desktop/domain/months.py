"""A calendar month as a value."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from tlbb_desktop.domain.errors import UsageError
from tlbb_desktop.i18n.marks import N_


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month.

    Args:
        year: Gregorian year, 1900 to 2200.
        number: 1 to 12.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2200 and 1 <= self.number <= 12):
            raise UsageError(N_("A month is written like 2026-10."))

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2026-10``; raises UsageError when it is something else."""
        year, dash, number = text.strip().partition("-")
        if not (dash and year.isdigit() and number.isdigit()):
            raise UsageError(N_("A month is written like 2026-10."))
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that *day* lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def days(self) -> tuple[date, ...]:
        """Every day of the month, in order."""
        first = self.first
        return tuple(first + timedelta(days=n) for n in range(self.last.day))

    def shift(self, months: int) -> Month:
        """The month *months* later (negative: earlier)."""
        position = self.year * 12 + self.number - 1 + months
        return Month(position // 12, position % 12 + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
