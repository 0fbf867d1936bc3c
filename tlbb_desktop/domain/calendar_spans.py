"""Calendar months as a distance: from a day to the day that many months later, and back.

A day that the later month does not have becomes its last (31 August + 6 months = 28 or 29 February).
"""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

_MONTHS_OF_YEAR = 12


@lru_cache(maxsize=1 << 16)  # a cohort has many people and few days
def months_after(day: date, months: int) -> date:
    """The day *months* calendar months after *day*, clamped to the end of its month; negative: before it."""
    position = day.year * _MONTHS_OF_YEAR + day.month - 1 + months
    year, month = divmod(position, _MONTHS_OF_YEAR)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> float:
    """Calendar months from *start* to *end*, with the started one as a share of its own days.

    Smaller than a whole number m exactly when *end* lies before ``months_after(start, m)``, so that a curve over it
    speaks of the same windows as a count. *end* must not lie before *start*.
    """
    full = (end.year - start.year) * _MONTHS_OF_YEAR + end.month - start.month
    reached = months_after(start, full)
    if reached > end:
        full -= 1
        reached = months_after(start, full)
    return full + (end - reached).days / (months_after(start, full + 1) - reached).days
