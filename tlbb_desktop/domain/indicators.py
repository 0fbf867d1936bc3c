"""The registry of outcome indicators. An indicator is data: whom it is about, what counts, and in which months.

A measure looks at one person and answers yes, no, or None where nothing is known. A further report names other measures
and months; no code is written for it. Source of the definitions: programme facts, section 10, numbers in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias, TypeVar

from tlbb_desktop.domain.calendar_spans import months_after
from tlbb_desktop.domain.exact_interval import Interval, exact_interval
from tlbb_desktop.domain.follow_up_schedule import MONTH_LEEWAY
from tlbb_desktop.domain.follow_ups import Reached, WorkStatus
from tlbb_desktop.domain.indicator_facts import ContactFact, PersonFacts
from tlbb_desktop.domain.recidivism import LEAST_FOR_PERCENT, share
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.i18n.marks import N_

#: Days around the day m months after the release within which a contact speaks of month m.
AROUND: Final = timedelta(days=30)
_SPOKEN: Final = frozenset({Reached.IN_PERSON, Reached.BY_PHONE})
_PAID: Final = frozenset({WorkStatus.EMPLOYED, WorkStatus.SELF_EMPLOYED})
_PROMISED: Final = 6
_LEEWAY: Final = timedelta(days=MONTH_LEEWAY)
_FIRST_DAYS: Final = 3


class Moment(NamedTuple):
    """When is asked.

    Args:
        as_of: day up to which everything is looked at.
        months: of the indicator, 0 where it has none.
    """

    as_of: date
    months: int = 0


Measure: TypeAlias = Callable[[PersonFacts, Moment], bool | None]
AnyMeasure = TypeVar("AnyMeasure", bound=Measure)
MEASURES: dict[str, Measure] = {}


def measure(name: str) -> Callable[[AnyMeasure], AnyMeasure]:
    """Register a measure under a name that indicators use."""

    def register(made: AnyMeasure) -> AnyMeasure:
        MEASURES[name] = made
        return made

    return register


class Indicator(NamedTuple):
    """An indicator.

    Args:
        key: its lasting name.
        title: marked.
        sentence: marked; ``{n}`` people it is about, ``{events}`` who count, ``{unknown}``, ``{months}``.
        among: name of the measure that says whom it is about.
        counts: name of the measure that says who counts.
        months: 0 where it has none.
    """

    key: str
    title: str
    sentence: str
    among: str
    counts: str
    months: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator as it is counted; people are rows, so that each number opens them.

    Args:
        indicator: which.
        events: who count.
        others: who are known not to.
        unknown: of whom nothing is known.
    """

    indicator: Indicator
    events: tuple[int, ...]
    others: tuple[int, ...]
    unknown: tuple[int, ...]

    @property
    def n(self) -> int:
        """How many it is about."""
        return len(self.events) + len(self.others) + len(self.unknown)

    @property
    def known(self) -> int:
        """How many of them are known."""
        return len(self.events) + len(self.others)

    @property
    def rate(self) -> float | None:
        """Of all, unknown ones not counted for it; None under ten."""
        return share(len(self.events), self.n)

    @property
    def rate_known(self) -> float | None:
        """Of those known; None under ten."""
        return share(len(self.events), self.known)

    @property
    def interval(self) -> Interval | None:
        """Exact 95 % interval of the first; None under ten."""
        return exact_interval(len(self.events), self.n) if self.n >= LEAST_FOR_PERCENT else None


def count(indicator: Indicator, people: Iterable[PersonFacts], as_of: date) -> Figure:
    """An indicator over *people*."""
    moment = Moment(as_of, indicator.months)
    among, counts = MEASURES[indicator.among], MEASURES[indicator.counts]
    found: dict[bool | None, list[int]] = {True: [], False: [], None: []}
    for person in people:
        if among(person, moment):
            found[counts(person, moment)].append(person.person_id)
    return Figure(indicator, *(tuple(found[answer]) for answer in (True, False, None)))


# -- whom an indicator is about --------------------------------------------------------------------------------------


@measure("mature")
def _mature(person: PersonFacts, moment: Moment) -> bool:
    """Released at least so many months ago, and not dead before they were over."""
    if person.released_on is None:
        return False
    end = months_after(person.released_on, moment.months)
    return end <= moment.as_of and not (person.died_on is not None and person.died_on < end)


@measure("mature-or-event")
def mature_or_event(person: PersonFacts, moment: Moment, level: EvidenceLevel = EvidenceLevel.ARREST) -> bool:
    """As *mature*; who died after an event is still in it."""
    if person.released_on is None or months_after(person.released_on, moment.months) > moment.as_of:
        return False
    return bool(_mature(person, moment) or reoffended(person, moment, level))


@measure("mature-completer")
def mature_completer(person: PersonFacts, moment: Moment, level: EvidenceLevel = EvidenceLevel.ARREST) -> bool:
    """As *mature-or-event*, of those who completed the course; they count by the first release after it."""
    return mature_or_event(_as_completer(person), moment, level)


@measure("released-3-days-ago")
def _released_days_ago(person: PersonFacts, moment: Moment) -> bool:
    return person.released_on is not None and person.released_on + timedelta(days=_FIRST_DAYS) <= moment.as_of


@measure("planned-release")
def _planned(person: PersonFacts, moment: Moment) -> bool:
    return person.released_on is not None and person.ready is not None and person.released_on <= moment.as_of


@measure("working")
def _working(person: PersonFacts, moment: Moment) -> bool:
    return bool(_mature(person, moment) and _employed(person, moment))


@measure("juvenile-inside")
def _juvenile_inside(person: PersonFacts, _moment: Moment) -> bool:
    return person.released_on is None and person.juvenile


# -- what counts -----------------------------------------------------------------------------------------------------


@measure("re-offended")
def reoffended(person: PersonFacts, moment: Moment, level: EvidenceLevel = EvidenceLevel.ARREST) -> bool | None:
    """As ``domain.recidivism``: an event from *level* on inside the window, or free of one up to its end (I-18)."""
    release = person.released_on or date.max
    end = months_after(release, moment.months)
    if any(release < day < end and found >= level for day, found in person.events):
        return True
    return False if person.known_until is not None and person.known_until >= end else None


@measure("re-offended-completer")
def completer_reoffended(
    person: PersonFacts, moment: Moment, level: EvidenceLevel = EvidenceLevel.ARREST
) -> bool | None:
    """As *re-offended*, from the release on that a completer counts by."""
    return reoffended(_as_completer(person), moment, level)


def _as_completer(person: PersonFacts) -> PersonFacts:
    return replace(person, released_on=person.completed_on)


@measure("employed")
def _employed(person: PersonFacts, moment: Moment) -> bool | None:
    """Paid for at least an hour in the week before a contact of that month (I-17)."""
    answers = [each for each in _around(person, moment) if each.work is not None]
    if not answers:
        return None
    last = answers[-1]
    return last.work in _PAID and (last.hours is None or last.hours >= 1)


@measure("in-work-or-learning")
def _learning(person: PersonFacts, moment: Moment) -> bool | None:
    """In paid work, training or school (I-17c)."""
    answers = [each for each in _around(person, moment) if each.work is not None or each.in_school is not None]
    if not answers:
        return None
    last = answers[-1]
    busy = _PAID | {WorkStatus.APPRENTICE, WorkStatus.STUDYING}
    return last.work in busy or bool(last.in_school)


@measure("trained-trade")
def _trained(person: PersonFacts, moment: Moment) -> bool | None:
    """In the trade that was trained (I-17b)."""
    answers = [each.trained for each in _around(person, moment) if each.trained is not None]
    return answers[-1] if answers else None


@measure("reached")
def _reached(person: PersonFacts, moment: Moment) -> bool:
    """Spoken to around that month (I-15)."""
    return any(each.reached in _SPOKEN for each in _around(person, moment))


@measure("reached-in-72-hours")
def _first(person: PersonFacts, _moment: Moment) -> bool:
    """Spoken to within three days (I-14)."""
    last = (person.released_on or date.max) + timedelta(days=_FIRST_DAYS)
    return any(each.reached in _SPOKEN and each.day <= last for each in person.contacts)


@measure("promise-kept")
def _promise(person: PersonFacts, _moment: Moment) -> bool:
    """Spoken to in each of the first six months (I-16)."""
    release = person.released_on or date.max
    days = [each.day for each in person.contacts if each.reached in _SPOKEN]
    bounds = [months_after(release, month) for month in range(_PROMISED + 1)]
    # a contact on or soon after the end of a month answers that month: it is due then
    return all(any(first <= day <= last + _LEEWAY for day in days) for first, last in pairwise(bounds))


@measure("ready")
def _ready(person: PersonFacts, _moment: Moment) -> bool:
    """Green on the day of release (I-11)."""
    return bool(person.ready)


@measure("family-contact")
def _family(person: PersonFacts, moment: Moment) -> bool:
    """A visit by or to the family in the last three months (I-12)."""
    since = months_after(moment.as_of, -3)
    return any(since < day <= moment.as_of for day in person.family_contacts)


def _around(person: PersonFacts, moment: Moment) -> list[ContactFact]:
    """The contacts that speak of that month, in order of day."""
    middle = months_after(person.released_on or date.max - AROUND, moment.months)
    found = [each for each in person.contacts if middle - AROUND <= each.day <= min(middle + AROUND, moment.as_of)]
    return sorted(found)


RECIDIVISM_SENTENCE: Final = N_(
    "Of {n} released at least {months} months ago, {events} came into conflict with the law within {months} months;"
    " of {unknown} nothing is known."
)
_EMPLOYED: Final = N_(
    "Of {n} released at least {months} months ago, {events} were in paid work in month {months}; of {unknown} nothing"
    " is known."
)
_REACHED: Final = N_("Of {n} released at least {months} months ago, {events} were spoken to around month {months}.")
INDICATORS: Final = (
    Indicator(
        "recidivism-6",
        N_("Re-offending within 6 months (arrest or more)"),
        RECIDIVISM_SENTENCE,
        "mature-or-event",
        "re-offended",
        6,
    ),
    Indicator(
        "recidivism-12",
        N_("Re-offending within 12 months (arrest or more)"),
        RECIDIVISM_SENTENCE,
        "mature-or-event",
        "re-offended",
        12,
    ),
    Indicator(
        "recidivism-6-completers",
        N_("Re-offending within 6 months (arrest or more), completers only"),
        RECIDIVISM_SENTENCE,
        "mature-completer",
        "re-offended-completer",
        6,
    ),
    Indicator("employment-3", N_("In work at 3 months"), _EMPLOYED, "mature", "employed", 3),
    Indicator("employment-6", N_("In work at 6 months"), _EMPLOYED, "mature", "employed", 6),
    Indicator("employment-12", N_("In work at 12 months"), _EMPLOYED, "mature", "employed", 12),
    Indicator(
        "learning-6",
        N_("In work, training or school at 6 months"),
        N_(
            "Of {n} released at least {months} months ago, {events} were in work, training or school in month {months};"
            " of {unknown} nothing is known."
        ),
        "mature",
        "in-work-or-learning",
        6,
    ),
    Indicator(
        "trade-6",
        N_("In the trained trade at 6 months"),
        N_(
            "Of {n} in paid work in month {months}, {events} were in the trade they trained for; of {unknown} nothing"
            " is known."
        ),
        "working",
        "trained-trade",
        6,
    ),
    Indicator(
        "first-contact",
        N_("First contact within 72 hours"),
        N_("Of {n} released, {events} were spoken to within 72 hours."),
        "released-3-days-ago",
        "reached-in-72-hours",
    ),
    Indicator("coverage-3", N_("Follow-up at 3 months"), _REACHED, "mature", "reached", 3),
    Indicator("coverage-6", N_("Follow-up at 6 months"), _REACHED, "mature", "reached", 6),
    Indicator(
        "promise-6",
        N_("A contact in each of six months"),
        N_("Of {n} released at least {months} months ago, {events} were spoken to in each of the first six months."),
        "mature",
        "promise-kept",
        6,
    ),
    Indicator(
        "ready",
        N_("Ready on the day of release"),
        N_("Of {n} who left with a plan on record, {events} were ready on the day."),
        "planned-release",
        "ready",
    ),
    Indicator(
        "family-contact",
        N_("Family contact of juveniles in the last three months"),
        N_("Of {n} inside who were under 18 at the offence, {events} saw their family in the last three months."),
        "juvenile-inside",
        "family-contact",
    ),
)
BY_KEY: Final = {indicator.key: indicator for indicator in INDICATORS}
