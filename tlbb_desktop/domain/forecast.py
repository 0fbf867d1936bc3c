"""Who is on track, who can no longer finish before the release month, and which make-ups repair it.

Rule: a learner finishes when all that the course's certificate asks for can be reached by the deadline, the last day on
the class's list before the month of release. Units are taught in their order at the pace of their nominal hours. A
make-up gives back what a learner missed in a session (see ``domain.course_tallies``); of a session that was not due, it
counts like any other one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Final, NamedTuple

from tlbb_desktop.domain.curricula import CertificateRule, Unit
from tlbb_desktop.domain.make_ups import Cover, smallest_cover
from tlbb_desktop.i18n.marks import MarkedWord, Np_


class Verdict(StrEnum):
    """How a learner stands."""

    DONE = "done"
    ON_TRACK = "on-track"
    MAKE_UPS = "make-ups"
    CANNOT = "cannot"
    LEFT = "left"


VERDICT_NAMES: Final = {
    Verdict.DONE: Np_("how a learner stands", "All reached"),
    Verdict.ON_TRACK: Np_("how a learner stands", "On track"),
    Verdict.MAKE_UPS: Np_("how a learner stands", "Needs make-up sessions"),
    Verdict.CANNOT: Np_("how a learner stands", "Cannot finish in time"),
    Verdict.LEFT: Np_("how a learner stands", "Left the class"),
}


class Ending(StrEnum):
    """What comes first and ends a learner's time: the month of release, the class, or the place on its list."""

    RELEASE = "release"
    CLASS = "class"
    LIST = "list"


TOO_LATE_NAMES: Final = {
    Ending.RELEASE: Np_("how a learner stands", "Leaves too early to finish"),
    Ending.CLASS: Np_("how a learner stands", "Class ends before finishing"),
    Ending.LIST: Np_("how a learner stands", "Place ends before finishing"),
}


class Missed(NamedTuple):
    """A session that a learner could make up.

    Args:
        session_id: row.
        minutes: that a make-up would give.
        was_due: whether the session is in the learner's denominator already.
    """

    session_id: int
    minutes: int
    was_due: bool


@dataclass(frozen=True, slots=True)
class LearnerPlan:
    """What the forecast needs of a learner.

    Args:
        person_id: row.
        competent: units reached.
        due, attended: minutes that count for net attendance so far.
        credited: minutes that count for the hours so far.
        unmarked: minutes of held sessions without a mark.
        deadline: last day that counts; None for somebody who left the list.
        missed: sessions that could be made up.
        ending: what the deadline comes from.
    """

    person_id: int
    competent: frozenset[int]
    due: int
    attended: int
    credited: int
    unmarked: int
    deadline: date | None
    missed: tuple[Missed, ...] = ()
    ending: Ending = Ending.CLASS


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What the forecast needs of a class.

    Args:
        rule: what the certificate asks for.
        units: that the class is taught, in order.
        taught: unit -> minutes taught so far.
        to_come: (day, minutes) of the sessions planned, in order of day.
        repaired: session -> day of the first make-up that is planned for it; it helps whoever is still there by then.
        learners: in the order of the roster.
    """

    rule: CertificateRule
    units: tuple[Unit, ...]
    taught: Mapping[int, int]
    to_come: tuple[tuple[date, int], ...]
    repaired: Mapping[int, date]
    learners: tuple[LearnerPlan, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a learner stands.

    Args:
        person_id: row.
        verdict: in one word.
        deadline: last day that counts, or None.
        hours_short: minutes lacking for the hours even if everything to come is attended.
        attendance_short: minutes lacking for net attendance even if everything to come is attended.
        units_late: units not reached that the class will not have taught by the deadline.
        best_percent: net attendance if everything to come is attended, or None when nothing is due.
        make_ups: of the class's set, the sessions that this learner should make up.
        ending: what the deadline comes from.
    """

    person_id: int
    verdict: Verdict
    deadline: date | None
    hours_short: int = 0
    attendance_short: int = 0
    units_late: tuple[int, ...] = ()
    best_percent: float | None = None
    make_ups: tuple[int, ...] = ()
    ending: Ending = Ending.CLASS

    @property
    def name(self) -> MarkedWord:
        """How the learner stands, in a marked word; who cannot finish is told what comes first."""
        return TOO_LATE_NAMES[self.ending] if self.verdict is Verdict.CANNOT else VERDICT_NAMES[self.verdict]


@dataclass(frozen=True, slots=True)
class ClassForecast:
    """How a class stands.

    Args:
        outlooks: in the order of the roster.
        make_ups: the smallest set of sessions to make up that repairs everybody who can be repaired.
        proven: whether it is proven that no smaller set does.
    """

    outlooks: tuple[Outlook, ...]
    make_ups: tuple[int, ...] = ()
    proven: bool = True
    by_person: Mapping[int, Outlook] = field(default_factory=dict, repr=False, compare=False)

    def count(self, verdict: Verdict) -> int:
        """How many learners stand so."""
        return sum(each.verdict is verdict for each in self.outlooks)


def forecast(plan: ClassPlan) -> ClassForecast:
    """How everybody in a class stands, and the smallest set of make-ups that repairs it."""
    pace = _Pace(plan)
    shortages = [_shortage(plan, pace, learner) for learner in plan.learners]
    repairable = [each for each in shortages if each.outlook.verdict is Verdict.MAKE_UPS]
    cover = _cover(repairable)
    chosen = frozenset(cover.sessions)
    outlooks = tuple(
        each.outlook if each.outlook.verdict is not Verdict.MAKE_UPS else _with_make_ups(each, chosen)
        for each in shortages
    )
    return ClassForecast(outlooks, cover.sessions, cover.proven, {each.person_id: each for each in outlooks})


class _Pace:
    """The minutes that are still to come, and when the class will have taught each unit."""

    def __init__(self, plan: ClassPlan) -> None:
        self._days = [day for day, _minutes in plan.to_come]
        self._sums = list(accumulate((minutes for _day, minutes in plan.to_come), initial=0))
        left = [max(0, unit.minutes - plan.taught.get(unit.id or 0, 0)) for unit in plan.units]
        self.taught_after = {
            unit.id or 0: needed if open_minutes else 0
            for unit, open_minutes, needed in zip(plan.units, left, accumulate(left), strict=True)
        }

    def until(self, day: date) -> int:
        """Planned minutes up to *day*, it included."""
        return self._sums[bisect_right(self._days, day)]


@dataclass(frozen=True, slots=True)
class _Shortage:
    """An outlook with the two needs behind it and what each missed session gives to them."""

    outlook: Outlook
    gains: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def _shortage(plan: ClassPlan, pace: _Pace, learner: LearnerPlan) -> _Shortage:
    if learner.deadline is None:
        return _Shortage(Outlook(learner.person_id, Verdict.LEFT, None))
    rule = plan.rule
    to_come = pace.until(learner.deadline) + learner.unmarked
    gains = {each.session_id: _gain(rule, each) for each in learner.missed}
    in_time = {session for session, day in plan.repaired.items() if day <= learner.deadline}
    planned = [gain for session, gain in gains.items() if session in in_time]
    nominal = sum(unit.minutes for unit in plan.units)
    hours = _up(nominal * rule.hours_percent, 100) - learner.credited - to_come - sum(gain[0] for gain in planned)
    best = learner.attended + to_come + sum(gain[1] for gain in planned)
    due = learner.due + to_come
    attendance = _up(due * rule.attendance_percent, 100) - best
    open_units = [unit.id or 0 for unit in plan.units if unit.id not in learner.competent] if rule.all_units else []
    late = tuple(unit for unit in open_units if pace.taught_after[unit] > pace.until(learner.deadline))
    free = {session: gain for session, gain in gains.items() if session not in in_time}
    outlook = Outlook(
        learner.person_id,
        Verdict.ON_TRACK,
        learner.deadline,
        max(0, hours),
        max(0, attendance),
        late,
        None if due == 0 else min(100.0, round(100 * best / due, 1)),
        ending=learner.ending,
    )
    return _Shortage(_judged(outlook, plan, learner, open_units, free), free)


def _judged(
    outlook: Outlook,
    plan: ClassPlan,
    learner: LearnerPlan,
    open_units: Sequence[int],
    free: Mapping[int, tuple[int, int]],
) -> Outlook:
    """The outlook with its verdict."""
    short = outlook.hours_short or outlook.attendance_short
    if outlook.units_late:
        return _as(outlook, Verdict.CANNOT)
    if short:
        most = [sum(gain[kind] for gain in free.values()) for kind in (0, 1)]
        enough = most[0] >= outlook.hours_short and most[1] >= outlook.attendance_short
        return _as(outlook, Verdict.MAKE_UPS if enough else Verdict.CANNOT)
    return _as(outlook, Verdict.DONE) if not open_units and _reached(plan, learner, outlook) else outlook


def _reached(plan: ClassPlan, learner: LearnerPlan, outlook: Outlook) -> bool:
    """Whether hours and net attendance are reached for good: also if the learner comes to nothing that is to come."""
    nominal = sum(unit.minutes for unit in plan.units)
    due = (
        learner.due
        + learner.unmarked
        + sum(minutes for day, minutes in plan.to_come if outlook.deadline is None or day <= outlook.deadline)
    )
    return (
        learner.attended > 0
        and learner.credited * 100 >= plan.rule.hours_percent * nominal
        and learner.attended * 100 >= plan.rule.attendance_percent * due
    )


def _gain(rule: CertificateRule, missed: Missed) -> tuple[int, int]:
    """Minutes that a make-up gives to the hours and to net attendance; what was not due also adds to what is due."""
    if missed.was_due:
        return missed.minutes, missed.minutes
    return missed.minutes, missed.minutes * (100 - rule.attendance_percent) // 100


def _cover(repairable: Sequence[_Shortage]) -> Cover:
    """The smallest set for all; each learner has two needs, hours and attendance."""
    needs: dict[int, int] = {}
    gains: dict[int, dict[int, int]] = {}
    for place, each in enumerate(repairable):
        for kind, short in enumerate((each.outlook.hours_short, each.outlook.attendance_short)):
            if short:
                needs[2 * place + kind] = short
        for session, gain in each.gains.items():
            theirs = gains.setdefault(session, {})
            theirs[2 * place], theirs[2 * place + 1] = gain
    return smallest_cover(needs, gains)


def _with_make_ups(shortage: _Shortage, chosen: frozenset[int]) -> Outlook:
    mine = tuple(sorted(session for session in shortage.gains if session in chosen))
    return _as(shortage.outlook, Verdict.MAKE_UPS, mine)


def _as(outlook: Outlook, verdict: Verdict, make_ups: tuple[int, ...] = ()) -> Outlook:
    return Outlook(
        outlook.person_id,
        verdict,
        outlook.deadline,
        outlook.hours_short,
        outlook.attendance_short,
        outlook.units_late,
        outlook.best_percent,
        make_ups,
        outlook.ending,
    )


def _up(value: int, by: int) -> int:
    """*value* divided by *by*, rounded up."""
    return -(-value // by)
