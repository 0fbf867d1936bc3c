"""Visits: the family comes to the prison, a child to a parent inside, staff to a home (programme facts, form F)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise

#: More days than this without any visit are told (Havana Rules: at least monthly).
GAP_DAYS: Final = 30


class VisitKind(StrEnum):
    """Who went to whom."""

    FAMILY_TO_PRISON = "family_to_prison"
    CHILD_TO_PARENT = "child_to_parent"
    HOME_LEAVE = "home_leave"
    VIDEO_PHONE = "video_phone"
    HOME_VISIT = "home_visit"
    COMMUNITY = "community"


#: Kinds that keep a family in touch; a home visit by staff does not.
FAMILY_CONTACT: Final = frozenset(
    {VisitKind.FAMILY_TO_PRISON, VisitKind.CHILD_TO_PARENT, VisitKind.HOME_LEAVE, VisitKind.VIDEO_PHONE}
)


class VisitOutcome(StrEnum):
    """What came of a visit."""

    RECONCILED = "reconciled"
    AGREED_TO_RECEIVE = "agreed_to_receive"
    NEEDS_MEDIATION = "needs_mediation"
    REFUSES = "refuses"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who came: name, relation, whether of age, age or None."""

    name: str
    relation: str = ""
    adult: bool = True
    age: int | None = None


@dataclass(frozen=True, slots=True)
class VisitForm:
    """What is sealed under ``family``.

    Args:
        visitors: who came.
        place: where.
        supported: whether the programme paid.
        transport, food, for_people: costs, or None.
        minutes: how long.
        quality: 1 to 5, or None.
        issues: what was hard.
        fees_asked: whether anybody asked for money, or None; ``fee`` is how much.
        child_friendly: whether there was room for children, or None.
        outcomes: what came of it; empty for nothing yet.
        next_due_on: the next one, or None.
    """

    visitors: tuple[Visitor, ...] = ()
    place: str = ""
    supported: bool = False
    transport: Money | None = None
    food: Money | None = None
    for_people: Money | None = None
    minutes: int = 0
    quality: int | None = None
    issues: str = ""
    fees_asked: bool | None = None
    fee: Money | None = None
    child_friendly: bool | None = None
    outcomes: frozenset[VisitOutcome] = frozenset()
    next_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit; ``form`` is None for a reader who sees day and kind only.

    Args:
        id: row, or None for a new one.
        case_id: of which case.
        kind, on_day: what everybody with the case's prison may know.
        form: the rest.
        entered_on: when it was typed in, or None.
        version: for detecting two editors.
    """

    id: int | None
    case_id: int
    kind: VisitKind
    on_day: date
    form: VisitForm | None = None
    entered_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ContactGap:
    """Somebody in prison whom the family has not seen or heard for too long.

    Args:
        case_id, person_id, code: rows and code.
        shown_name: the name.
        prison: code of the prison.
        last_on: day of the last contact, or None where there was none.
        days: since then, or since the admission.
    """

    case_id: int
    person_id: int
    code: str
    shown_name: str
    prison: str
    last_on: date | None
    days: int


LONGEST_TEXT: Final = 4000
_MOST_MINUTES: Final = 24 * 60
_OLDEST: Final = 120
_BEST: Final = 5


def gap_days(last_on: date | None, inside_since: date | None, today: date) -> int | None:
    """How many days a family has not been in touch, where that is longer than 30; None where nothing is to be told.

    Args:
        last_on: day of the last contact, or None.
        inside_since: first day of the stay in prison, or None where it is not known.
        today: the working day.
    """
    known = [day for day in (last_on, inside_since) if day is not None]
    days = (today - max(known)).days if known else 0
    return days if days > GAP_DAYS else None


def total_cost(form: VisitForm) -> tuple[Money, ...]:
    """What a visit cost, one amount for each currency; the rates differ, so the totals have none."""
    sums: dict[Currency, int] = {}
    for cost in (form.transport, form.food, form.for_people):
        if cost is not None and cost.amount:
            sums[cost.currency] = sums.get(cost.currency, 0) + cost.amount
    return tuple(Money(amount, currency) for currency, amount in sums.items())


def checked_visit(kind: VisitKind, on_day: date, form: VisitForm, today: date) -> VisitForm:
    """What is said of a visit, with its texts as they are stored.

    Raises:
        Refused: it lies in the future, or an age, a number or an amount cannot be true.
    """
    if on_day > today:
        raise Refused(N_("{day} has not come yet."), place="on_day", day=on_day)
    if form.next_due_on is not None and form.next_due_on <= on_day:
        raise Refused(N_("The next visit comes after this one."), place="next_due_on")
    if form.quality is not None and not 1 <= form.quality <= _BEST:
        raise Refused(N_("How it went is a number from 1 to 5."), place="quality")
    if not 0 <= form.minutes <= _MOST_MINUTES:
        raise Refused(N_("A visit lasts 0 to 1440 minutes."), place="minutes")
    for name in ("transport", "food", "for_people", "fee"):
        cost: Money | None = getattr(form, name)
        if cost is not None:
            cost.check(name)
    visitors = tuple(_checked_visitor(each) for each in form.visitors)
    if kind is VisitKind.CHILD_TO_PARENT and visitors and all(each.adult for each in visitors):
        raise Refused(N_("A child's visit names the child among the visitors."), place="visitors")
    place, issues = normalise(form.place).strip(), normalise(form.issues).strip()
    if len(issues) > LONGEST_TEXT:
        raise Refused(N_("This is too long. {most} letters are enough."), place="issues", most=LONGEST_TEXT)
    return replace(form, visitors=visitors, place=place, issues=issues)


def _checked_visitor(visitor: Visitor) -> Visitor:
    name, relation = normalise(visitor.name).strip(), normalise(visitor.relation).strip()
    if not name and not relation:
        raise Refused(N_("Each visitor has a name or a relation."), place="visitors")
    if visitor.age is not None and not 0 <= visitor.age <= _OLDEST:
        raise Refused(N_("An age is 0 to 120 years."), place="visitors")
    return replace(visitor, name=name, relation=relation)
