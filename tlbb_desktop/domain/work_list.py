"""The work list: what is due today, overdue, this week; and what waits for an approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.today import ApprovalLine, PlanApproval

#: The week goes so many days beyond today.
WEEK_DAYS: Final = 6
#: So long after a case was opened there is an approved plan (programme facts §10, I-7).
PLAN_WITHIN_DAYS: Final = 30


class WorkKind(StrEnum):
    """What a line is about, and with it the form that it opens."""

    TASK = "task"
    CONSENTS = "consents"
    REVIEW = "review"
    PLAN_MISSING = "plan_missing"
    PLAN_STARTS = "plan_starts"
    ACTION = "action"
    RELEASE_ITEM = "release_item"
    RELEASE = "release"
    FIRST_CONTACT = "first_contact"
    FOLLOW_UP = "follow_up"
    REFERRAL = "referral"
    VISIT_GAP = "visit_gap"
    WORKER_LEFT = "worker_left"


class Punctuality(StrEnum):
    """Whether something was done in time; it is judged on the day when it happened, not when it was typed in."""

    ON_TIME = "on_time"
    ON_TIME_ENTERED_LATER = "on_time_entered_later"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A line of the work list.

    Args:
        kind: what it is about.
        due_on: the last day on which it is on time.
        case_id, person_id: rows.
        code, shown_name, prison: of the person.
        subject_id: row of the form that the line opens; that of the case where it has none.
        title: words or the key of a standard item; ``""`` where the kind says all, or the reader may not see it.
        restricted: whether a title is kept from the reader.
        worker: name of who is responsible, or ``""``.
    """

    kind: WorkKind
    due_on: date
    case_id: int
    person_id: int
    code: str
    shown_name: str
    prison: str
    subject_id: int
    title: str = ""
    restricted: bool = False
    worker: str = ""


@dataclass(frozen=True, slots=True)
class DoneLine:
    """Something that was done, and whether in time.

    Args:
        kind: what it was.
        case_id, code, shown_name: whose.
        due_on: the last day on which it was on time.
        done_on, entered_on: when it happened, and when it was typed in.
        punctuality: judged on the day when it happened.
    """

    kind: WorkKind
    case_id: int
    code: str
    shown_name: str
    due_on: date
    done_on: date
    entered_on: date
    punctuality: Punctuality


@dataclass(frozen=True, slots=True)
class WorkList:
    """What one member of staff has to do.

    Args:
        day: the working day.
        overdue, today, week: lines in the order of their days; the first of them where there are very many.
        counts: how many there are in each, by ``overdue``, ``today``, ``week``.
        approvals: plans that wait, for whom may approve them.
        certificates: classes with certificates that wait, for whom may approve them.
    """

    day: date
    overdue: tuple[WorkLine, ...]
    today: tuple[WorkLine, ...]
    week: tuple[WorkLine, ...]
    counts: dict[str, int]
    approvals: tuple[PlanApproval, ...] = ()
    certificates: tuple[ApprovalLine, ...] = ()


def bucket(due_on: date, today: date) -> str | None:
    """``overdue``, ``today`` or ``week``; None for what comes later."""
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "today"
    return "week" if due_on <= today + timedelta(days=WEEK_DAYS) else None


def punctuality(due_on: date, done_on: date, entered_on: date) -> Punctuality:
    """Whether what was due by *due_on* was done in time.

    Args:
        due_on: the last day on which it is on time.
        done_on: the day on which it happened.
        entered_on: the day on which it was typed in.
    """
    if done_on > due_on:
        return Punctuality.LATE
    return Punctuality.ON_TIME if entered_on <= due_on else Punctuality.ON_TIME_ENTERED_LATER
