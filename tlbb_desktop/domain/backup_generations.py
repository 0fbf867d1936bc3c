"""Which copies are kept when there are many: the newest of each day, week and month, so far back each.

Counted are days, weeks and months in which there is a copy, so that a holiday of two months costs none. Source: vault
design, "kept by generations (7 days, 4 weeks, 12 months)".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12

_SPANS: Final[tuple[tuple[int, Callable[[datetime], object]], ...]] = (
    (DAYS, lambda moment: moment.date()),
    (WEEKS, lambda moment: moment.isocalendar()[:2]),
    (MONTHS, lambda moment: (moment.year, moment.month)),
)


def kept_generations(moments: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The moments whose copies stay.

    Args:
        moments: when the copies were made, in any order, all in one time zone.
        now: copies that say they are later were made by a clock that was wrong. They are kept by the same rule apart
            from the others, so that they push out none of them.
    """
    found = sorted(set(moments), reverse=True)
    past = [moment for moment in found if moment <= now]
    ahead = [moment for moment in found if moment > now]
    return frozenset(_kept(past) | _kept(ahead))


def _kept(newest_first: list[datetime]) -> set[datetime]:
    kept: set[datetime] = set()
    for most, span_of in _SPANS:
        newest: dict[object, datetime] = {}
        for moment in newest_first:
            newest.setdefault(span_of(moment), moment)
        kept.update(list(newest.values())[:most])
    return kept
