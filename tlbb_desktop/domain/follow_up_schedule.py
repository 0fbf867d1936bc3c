"""When somebody is seen after release, and when the case may be closed.

Source: form I (programme facts, section 8): 72 hours, weeks 1, 2, 4, monthly to month 6, months 9 and 12; at high
risk weekly in the first month and every two weeks up to month 3; at low risk monthly. The contact of month m is due on
or after the day on which its window ends, so that one contact answers the follow-up and makes the outcome known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from tlbb_desktop.domain.calendar_spans import months_after
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.follow_ups import FollowUpForm, FollowUpKind, WorkerView
from tlbb_desktop.i18n.marks import Np_

_K: Final = FollowUpKind
_FIRST_DAYS: Final = 3
_WEEKS: Final[dict[Risk, tuple[tuple[FollowUpKind, int], ...]]] = {
    Risk.LOW: (),
    Risk.MEDIUM: ((_K.WEEK_1, 1), (_K.WEEK_2, 2), (_K.WEEK_4, 4)),
    Risk.HIGH: (
        *((_K.WEEK_1, 1), (_K.WEEK_2, 2), (_K.WEEK_3, 3), (_K.WEEK_4, 4)),
        *((_K.FORTNIGHT, week) for week in (6, 8, 10, 12)),
    ),
}
_MONTHLY: Final = tuple((kind, int(kind.value[1:])) for kind in FollowUpKind if kind.value.startswith("m"))
#: Days within which the contact of a month is made after its window ended.
MONTH_LEEWAY: Final = 7
#: Days after which somebody who was not reached is tried again.
TRY_AGAIN: Final = {Risk.HIGH: 3, Risk.MEDIUM: 7, Risk.LOW: 7}
LEAST_MONTHS_TO_CLOSE: Final = 6
_ON_TRACK_IN_A_ROW: Final = 2


class DueContact(NamedTuple):
    """A contact that is due.

    Args:
        kind: which.
        due_on: first day on which it can be made.
        late_after: last day on which it is on time.
    """

    kind: FollowUpKind
    due_on: date
    late_after: date


def schedule(release: date, risk: Risk = Risk.MEDIUM) -> tuple[DueContact, ...]:
    """Every contact that is due after a release, in order of day."""
    first = release + timedelta(days=_FIRST_DAYS)
    found, due_on = [DueContact(_K.HOURS_72, release, first)], first + timedelta(days=1)
    for kind, week in _WEEKS[risk]:
        late_after = release + timedelta(weeks=week)
        found.append(DueContact(kind, due_on, late_after))
        due_on = late_after + timedelta(days=1)
    for kind, months in _MONTHLY:
        ends_on = months_after(release, months)
        found.append(DueContact(kind, ends_on, ends_on + timedelta(days=MONTH_LEEWAY)))
    return tuple(sorted(found, key=lambda each: (each.late_after, each.due_on)))


def next_try(form: FollowUpForm, tried_on: date, risk: Risk = Risk.MEDIUM) -> date:
    """The day proposed after nobody was reached: soon, and not before the contact can be made at all."""
    days = 1 if form.kind is FollowUpKind.HOURS_72 else TRY_AGAIN[risk]
    return max(tried_on + timedelta(days=days), form.due_on)


def next_due(open_contacts: Iterable[FollowUpForm], after: date) -> date | None:
    """The day that is proposed after a contact on *after*: when the next open one can be made; None without one."""
    waiting = [each for each in open_contacts if each.late_after > after]
    return min((max(each.due_on, after + timedelta(days=1)) for each in waiting), default=None)


def passed_over(done: FollowUpForm, open_contacts: Iterable[FollowUpForm]) -> tuple[FollowUpForm, ...]:
    """The open contacts that should have come before *done*: they were missed, and nobody makes them any more."""
    return tuple(each for each in open_contacts if each.late_after < done.late_after)


class ClosingGap(StrEnum):
    """What still stands against closing a case."""

    NOT_RELEASED = "not-released"
    TOO_EARLY = "too-early"
    NOT_ON_TRACK = "not-on-track"
    SAFETY_TASKS = "safety-tasks"
    NOT_SIGNED = "not-signed"


GAP_NAMES: Final = {
    ClosingGap.NOT_RELEASED: Np_("against closing a case", "There is no release on record."),
    ClosingGap.TOO_EARLY: Np_("against closing a case", "Six months since the release are not over."),
    ClosingGap.NOT_ON_TRACK: Np_("against closing a case", "The last two contacts do not both say “on track”."),
    ClosingGap.SAFETY_TASKS: Np_("against closing a case", "A safety task is open."),
    ClosingGap.NOT_SIGNED: Np_("against closing a case", "A manager has not signed yet."),
}


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What the rule of form I looks at.

    Args:
        release: day of the last release, or None.
        views: of the contacts at which somebody was reached, the oldest first; None where the worker said nothing.
        open_safety_tasks: how many.
        signed: whether a manager signed the closing.
    """

    release: date | None
    views: Sequence[WorkerView | None]
    open_safety_tasks: int
    signed: bool


def closing_gaps(facts: ClosingFacts, on: date) -> tuple[ClosingGap, ...]:
    """What stands against closing a case on a day; nothing when it may be closed."""
    last = tuple(facts.views)[-_ON_TRACK_IN_A_ROW:]
    stands = {
        ClosingGap.NOT_RELEASED: facts.release is None,
        ClosingGap.TOO_EARLY: facts.release is not None and months_after(facts.release, LEAST_MONTHS_TO_CLOSE) > on,
        ClosingGap.NOT_ON_TRACK: last != (WorkerView.ON_TRACK,) * _ON_TRACK_IN_A_ROW,
        ClosingGap.SAFETY_TASKS: facts.open_safety_tasks > 0,
        ClosingGap.NOT_SIGNED: not facts.signed,
    }
    return tuple(gap for gap, against in stands.items() if against)
