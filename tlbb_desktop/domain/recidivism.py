"""Who came into conflict with the law again after release: counts over mature windows that can be defended.

Rules (product page, decision on recidivism): a window runs from the day of release to the same day m months later, the
end excluded, the day clamped to the end of its month. Only windows that are over on the as-of day are in a denominator.
People are counted once, by their first release in the cohort. An event counts when release < event < end of the window
and its level is high enough; one on the day of release is an error in the data and never counts. Who died before the
window ended without an event leaves the denominator and is listed. An outcome is known by a counted event in the
window or by a day, on or after its end, up to which it is known. No percentage stands for fewer than ten people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from tlbb_desktop.domain.calendar_spans import months_after, months_between
from tlbb_desktop.domain.exact_interval import Interval, exact_interval
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.domain.survival import Observation, SurvivalCurve, SurvivalStep, kaplan_meier, median_of
from tlbb_desktop.i18n.marks import N_

LEAST_FOR_PERCENT: Final = 10


DEFAULT_LEVEL: Final = EvidenceLevel.ARREST


class ReleaseOn(NamedTuple):
    """A release to liberty.

    Args:
        day: of it.
        completed: whether the course was completed before.
    """

    day: date
    completed: bool = False


class ReoffenceOn(NamedTuple):
    """An event that may count.

    Args:
        day: of the event.
        level: as it stands now.
        prison_id: where it led to imprisonment, where that is known.
    """

    day: date
    level: EvidenceLevel = EvidenceLevel.IMPRISONMENT
    prison_id: int | None = None


class ListCheck(NamedTuple):
    """A prison's admission list on which somebody was looked for and not found.

    Args:
        until: last day that the list covers.
        prison_id: whose list.
    """

    until: date
    prison_id: int


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is known of one person since the first release.

    Args:
        person_id: row.
        releases: in any order, at least one.
        events: in any order.
        known_until: last day for which it is known whether there was an event, or None.
        died_on: day, or None.
        checks: lists on which the person was not found.
    """

    person_id: int
    releases: tuple[ReleaseOn, ...]
    events: tuple[ReoffenceOn, ...] = ()
    known_until: date | None = None
    died_on: date | None = None
    checks: tuple[ListCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class RecidivismQuestion:
    """What is asked.

    Args:
        as_of: day up to which everything is looked at.
        months: lengths of the windows, each at least 1.
        completers: whether only releases after a completed course are meant; the two are never mixed.
        level: that an event must have at least.
        first, last: days of release that make the cohort; None = open.
        prison_id: asks for imprisonment in this prison only; then its admission lists make an outcome known.
    """

    as_of: date
    months: tuple[int, ...] = (6, 12)
    completers: bool = False
    level: EvidenceLevel = DEFAULT_LEVEL
    first: date | None = None
    last: date | None = None
    prison_id: int | None = None


class DataFault(StrEnum):
    """Why an event is not counted although it is on record."""

    SAME_DAY = "same-day"
    BEFORE_RELEASE = "before-release"


FAULT_NAMES: Final = {
    DataFault.SAME_DAY: N_("The event is on the day of release."),
    DataFault.BEFORE_RELEASE: N_("The event is before the first release."),
}


class FaultyEvent(NamedTuple):
    """An event that is listed as an error.

    Args:
        person_id: row.
        day: of the event.
        fault: what is wrong.
    """

    person_id: int
    day: date
    fault: DataFault


@dataclass(frozen=True, slots=True)
class WindowFigure:
    """The figure of one window; people are rows, so that each number opens them.

    Args:
        months: length of the window.
        events: with a counted event.
        free: known to be without one.
        unknown: of whom nothing is known.
        died: who left the denominator.
        immature: whose window is not over.
    """

    months: int
    events: tuple[int, ...] = ()
    free: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    died: tuple[int, ...] = ()
    immature: tuple[int, ...] = ()

    @property
    def n(self) -> int:
        """People with a mature window."""
        return self.known + len(self.unknown)

    @property
    def known(self) -> int:
        """People of *n* whose outcome is known."""
        return len(self.events) + len(self.free)

    @property
    def rate_recorded(self) -> float | None:
        """E/N, or None under ten people."""
        return share(len(self.events), self.n)

    @property
    def rate_known(self) -> float | None:
        """E/K, or None under ten people with a known outcome."""
        return share(len(self.events), self.known)

    @property
    def rate_worst(self) -> float | None:
        """(E + unknown)/N, or None under ten people."""
        return share(len(self.events) + len(self.unknown), self.n)

    @property
    def interval(self) -> Interval | None:
        """Exact 95 % interval of E/N, or None under ten people."""
        return exact_interval(len(self.events), self.n) if self.n >= LEAST_FOR_PERCENT else None

    @property
    def interval_known(self) -> Interval | None:
        """Exact 95 % interval of E/K, or None under ten people with a known outcome."""
        return exact_interval(len(self.events), self.known) if self.known >= LEAST_FOR_PERCENT else None


@dataclass(frozen=True, slots=True)
class EverFigure:
    """How many had a counted event at any time up to the as-of day.

    Args:
        events: people with one.
        released: all people of the cohort.
        median_months: for which they were observed, or None without people.
    """

    events: tuple[int, ...]
    released: tuple[int, ...]
    median_months: float | None


@dataclass(frozen=True, slots=True)
class RecidivismTable:
    """The answer.

    Args:
        question: what was asked.
        windows: one for each length, in the order asked.
        curve: Kaplan-Meier over calendar months, of everybody in the cohort, mature or not.
        ever: without a window.
        faults: events that are not counted, to be mended.
    """

    question: RecidivismQuestion
    windows: tuple[WindowFigure, ...]
    curve: SurvivalCurve
    ever: EverFigure
    faults: tuple[FaultyEvent, ...] = ()

    def estimate(self, months: int) -> SurvivalStep | None:
        """The curve at the end of the window of *months*; None where no event lies in it."""
        return self.curve.step_before(months)


class _Member(NamedTuple):
    """One person of the cohort.

    Args:
        person_id: row.
        release: day of the first release in the cohort.
        event: day of the first counted event after it up to the as-of day, or None.
        known_until: last day that is known, or None.
        died_on: day, or None.
    """

    person_id: int
    release: date
    event: date | None
    known_until: date | None
    died_on: date | None


def recidivism(people: Iterable[Aftermath], question: RecidivismQuestion) -> RecidivismTable:
    """The figures of *question* over *people*."""
    members: list[_Member] = []
    faults: list[FaultyEvent] = []
    for person in people:
        release = _first_release(person, question)
        if release is not None:
            members.append(_member(person, release, question))
            if person.events:
                faults += _faults(person, release)
    seen = [_observation(each, question.as_of) for each in members]
    return RecidivismTable(
        question,
        tuple(_window(members, months, question.as_of) for months in question.months),
        kaplan_meier(seen),
        _ever(members, seen),
        tuple(faults),
    )


def share(events: int, of: int) -> float | None:
    """*events* of *of*, or None where the percentage of so few would mislead."""
    return events / of if of >= LEAST_FOR_PERCENT else None


def _first_release(person: Aftermath, question: RecidivismQuestion) -> date | None:
    first, last = question.first or date.min, min(question.last or date.max, question.as_of)
    days = [
        release.day
        for release in person.releases
        if first <= release.day <= last and (release.completed or not question.completers)
    ]
    return min(days, default=None)


def _member(person: Aftermath, release: date, question: RecidivismQuestion) -> _Member:
    known = [person.known_until] if person.known_until is not None else []
    events, prison = person.events, question.prison_id
    if prison is not None:
        known += [check.until for check in person.checks if check.prison_id == prison]
        events = tuple(each for each in events if each.prison_id == prison)
    level = max(question.level, EvidenceLevel.REPORT if prison is None else EvidenceLevel.IMPRISONMENT)
    days = [each.day for each in events if each.level >= level and release < each.day <= question.as_of]
    return _Member(person.person_id, release, min(days, default=None), max(known, default=None), person.died_on)


def _faults(person: Aftermath, release: date) -> Iterator[FaultyEvent]:
    earliest = min(each.day for each in person.releases)
    for event in person.events:
        if event.level is EvidenceLevel.ACQUITTED:
            continue
        if event.day == release:
            yield FaultyEvent(person.person_id, event.day, DataFault.SAME_DAY)
        elif event.day < earliest:
            yield FaultyEvent(person.person_id, event.day, DataFault.BEFORE_RELEASE)


def _window(members: Sequence[_Member], months: int, as_of: date) -> WindowFigure:
    found: dict[str, list[int]] = {name: [] for name in ("events", "free", "unknown", "died", "immature")}
    for member in members:
        found[_standing(member, months_after(member.release, months), as_of)].append(member.person_id)
    return WindowFigure(months, **{name: tuple(people) for name, people in found.items()})


def _standing(member: _Member, end: date, as_of: date) -> str:
    """Which list of the window that ends on *end* somebody belongs to."""
    if end > as_of:
        return "immature"
    if member.event is not None and member.event < end:
        return "events"
    if member.died_on is not None and member.died_on < end:
        return "died"
    return "free" if member.known_until is not None and member.known_until >= end else "unknown"


def _observation(member: _Member, as_of: date) -> Observation:
    if member.event is not None:
        return Observation(months_between(member.release, member.event), event=True)
    return Observation(months_between(member.release, _seen_until(member, as_of)), event=False)


def _seen_until(member: _Member, as_of: date) -> date:
    """Last day up to which no event is known to have happened; the day of release where nothing is known."""
    until = min(member.known_until or member.release, as_of, member.died_on or date.max)
    return max(until, member.release)


def _ever(members: Sequence[_Member], seen: Iterable[Observation]) -> EverFigure:
    return EverFigure(
        tuple(each.person_id for each in members if each.event is not None),
        tuple(each.person_id for each in members),
        median_of(each.time for each in seen),
    )
