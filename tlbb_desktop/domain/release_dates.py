"""The day on which somebody may leave: the official day, what moved it, and the working day that is planned."""

from __future__ import annotations

import calendar
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class DateCause(StrEnum):
    """What a release date came from (product decisions, "Release date")."""

    SENTENCE = "sentence"
    REDUCTION = "reduction"
    PARDON = "pardon"
    CONDITIONAL = "conditional"
    APPEAL = "appeal"
    BAIL = "bail"
    CORRECTION = "correction"
    #: The date was entered on the person's form, without a cause.
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class ReleaseDate:
    """One line of the story of a release date.

    Args:
        official_on: the official day, or None where there is none any more.
        planned_on: the working day that was planned then, or None.
        cause: what it came from.
        source: who or which paper said so.
        known_on: the day on which it was heard.
        before_on: the official day that stood until then, or None.
    """

    official_on: date | None
    planned_on: date | None
    cause: DateCause
    source: str
    known_on: date
    before_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReleaseStory:
    """A release date as it stands, and how it came to it.

    Args:
        official_on: the official day, or None.
        planned_on: the working day on or before it, or None.
        lines: the newest first; struck lines are left out.
    """

    official_on: date | None
    planned_on: date | None
    lines: tuple[ReleaseDate, ...]


@dataclass(frozen=True, slots=True)
class DateBatch:
    """One change of many release dates: *months* earlier, or all to *day*.

    Args:
        cause, source: of all of them.
        months: full months earlier, 1 to 600, or None.
        day: the official day for all, or None.
    """

    cause: DateCause
    source: str
    months: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class KeptBatch:
    """A change of many release dates that was made.

    Args:
        id: row.
        batch: what was changed.
        people: how many.
        made_at: when, aware.
        undone: whether it was taken back.
    """

    id: int
    batch: DateBatch
    people: int
    made_at: datetime
    undone: bool


@dataclass(frozen=True, slots=True)
class DateChange:
    """Old and new of one person in a change of many.

    Args:
        person_id, code, shown_name: whose.
        old_on: the official day that stands, or None.
        new_on: the official day as it would be, or None where it cannot be told.
        planned_on: the working day for it, or None.
    """

    person_id: int
    code: str
    shown_name: str
    old_on: date | None
    new_on: date | None
    planned_on: date | None

    @property
    def changes(self) -> bool:
        """Whether anything would change."""
        return self.new_on is not None and self.new_on != self.old_on


def planned_day(official_on: date, days_off: AbstractSet[date]) -> date:
    """The working day on or before the official day: never a Saturday, Sunday or holiday (programme facts §3).

    Args:
        official_on: the day on which the sentence ends.
        days_off: public holidays around it.
    """
    day = official_on
    while day.weekday() >= 5 or day in days_off:
        day -= timedelta(days=1)
    return day


def months_earlier(day: date, months: int) -> date:
    """The day *months* calendar months before *day*, at the month's end where that month is shorter."""
    return months_later(day, -months)


def months_later(day: date, months: int) -> date:
    """The day *months* calendar months after *day*, at the month's end where that month is shorter."""
    position = day.year * 12 + day.month - 1 + months
    year, month = position // 12, position % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def full_months_between(first: date, last: date) -> int:
    """Full calendar months from *first* up to *last*; 0 where *last* comes before."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months_later(first, months) > last:
        months -= 1
    return max(months, 0)


def new_day(batch: DateBatch, old_on: date | None) -> date | None:
    """The official day after a change of many; None where it cannot be told."""
    if batch.day is not None:
        return batch.day
    return None if old_on is None or batch.months is None else months_earlier(old_on, batch.months)
