"""Visits: the family comes to the prison, a child to a parent inside, staff to a home (programme facts, form F)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.money import Money

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
    NONE_YET = "none_yet"


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
        outcome: what came of it.
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
    outcome: VisitOutcome = VisitOutcome.NONE_YET
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
