"""The list of contacts after release: what is overdue, due today, this week, later, and whose contacts are over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.work_list import WEEK_DAYS


class When(IntEnum):
    """When a contact is due, in the order of the list."""

    OVERDUE = 0
    TODAY = 1
    WEEK = 2
    LATER = 3
    OVER = 4


@dataclass(frozen=True, slots=True)
class FollowedPerson:
    """Somebody who was released and is seen afterwards.

    Args:
        release_id, person_id: rows.
        case_id, case_state: or None where there is no case.
        code, shown_name, worker: of the person, and name of who is responsible.
    """

    release_id: int
    person_id: int
    case_id: int | None
    case_state: CaseState | None
    code: str
    shown_name: str
    worker: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A line of the list.

    Args:
        person: who.
        when: in which part of the list.
        follow_up_id, kind: the contact, or None where none is open.
        due_on: first day on which it can be made, or None.
        late_after: last day on which it is on time, or None.
        next_on: day that was proposed after a try, or None.
        tries: how many reached nobody.
    """

    person: FollowedPerson
    when: When
    follow_up_id: int | None = None
    kind: FollowUpKind | None = None
    due_on: date | None = None
    late_after: date | None = None
    next_on: date | None = None
    tries: int = 0


def when_due(late_after: date, today: date) -> When:
    """Overdue, today, within the week that begins today, or later.

    Args:
        late_after: last day on which the contact is on time.
        today: the working day.
    """
    if late_after < today:
        return When.OVERDUE
    if late_after == today:
        return When.TODAY
    return When.WEEK if late_after <= today + timedelta(days=WEEK_DAYS) else When.LATER


def in_list_order(lines: Iterable[ContactLine]) -> tuple[ContactLine, ...]:
    """The lines by their parts and days; of what comes later only the next contact of each release."""
    ordered = sorted(lines, key=lambda line: (line.when, line.late_after or date.max, line.person.code))
    shown: list[ContactLine] = []
    later: set[int] = set()
    for line in ordered:
        if line.when is When.LATER and line.person.release_id in later:
            continue
        if line.when is When.LATER:
            later.add(line.person.release_id)
        shown.append(line)
    return tuple(shown)
