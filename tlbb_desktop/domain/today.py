"""What Today shows: the first page of every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tlbb_desktop.domain.assessment import LastAttempt
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.case_plans import SignedPaper
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import LastMark
from tlbb_desktop.domain.sheet_rules import SheetLine
from tlbb_desktop.domain.staff import Role

#: A clock further behind the last mark than nothing, or further after it than this, is asked about once.
CLOCK_DOUBT_DAYS = 14
#: In the last working days of a month Today shows how far the sheets are.
SHEET_WORKING_DAYS = 2
#: So long into the next month the sheets of the last one are still shown.
SHEET_DAYS_AFTER = 7


@dataclass(frozen=True, slots=True)
class TodaySession:
    """A session as Today shows it.

    Args:
        session_id, class_id, class_code: rows and code.
        course_km, course_en: titles.
        day, starts, ends: when, by the real times where they are known.
        state: planned, held or cancelled.
        learners, female: roster of the day.
        marked: how many of the roster have a mark.
    """

    session_id: int
    class_id: int
    class_code: str
    course_km: str
    course_en: str
    day: date
    starts: time
    ends: time
    state: SessionState
    learners: int
    female: int
    marked: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left to mark."""
        return self.state is SessionState.CANCELLED or self.marked >= self.learners


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site as a manager sees it: ``last_mark_on`` is the newest day with a mark, or None."""

    prison_id: int
    code: str
    name_km: str
    name_en: str
    classes: int
    last_mark_on: date | None


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """Certificates of a class that a trainer proposed and nobody approved yet; ``count`` is at least 1."""

    class_code: str
    course_km: str
    course_en: str
    count: int


@dataclass(frozen=True, slots=True)
class PlanApproval:
    """A plan that was handed in and waits: which paper, its row, case, code of the person, number, and since when."""

    paper: SignedPaper
    plan_id: int
    case_id: int
    code: str
    number: int
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The laptop's clock cannot be right.

    Args:
        laptop_day: what the clock says.
        last_mark_at: when the last mark was entered.
        proposed: the day that the timetable makes likely.
    """

    laptop_day: date
    last_mark_at: datetime
    proposed: date


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What one member of staff has to do.

    Args:
        role: whose page it is.
        day: the working day.
        laptop_day: the laptop's own day where the working day is another one, else None.
        last_mark: the last mark kept, after an unexpected stop only; None where the last thing kept is an attempt.
        last_attempt: the last attempt kept, likewise.
        sessions: sessions of today in order of time.
        next_session: the first session after now that is not complete, or None.
        unmarked: earlier sessions in which marks are missing, the newest first; the first 20 of them.
        unmarked_count: how many there are.
        sheets_month: month whose sheets are shown, or None.
        sheets: how far each class's sheet is.
        questions, guests: how many wait; 0 for a role that does not answer them.
        sites: a manager's sites.
        approvals: classes with certificates that wait for an approval; empty for a role that approves none.
        plans: case and release plans that wait for an approval; empty for a role that approves none.
        last_backup_at: the last good backup, or None when there never was one.
        rekey_due: whether a change of keys waits to be finished.
        restored: whether this record came out of a backup, so that later papers have to be entered again.
        again: sessions between that backup and now that lack marks, by class and day; the first 20 of them.
        again_count: how many there are.
        demonstration: whether it is the demonstration programme.
    """

    role: Role
    day: date
    laptop_day: date | None = None
    last_mark: LastMark | None = None
    last_attempt: LastAttempt | None = None
    sessions: tuple[TodaySession, ...] = ()
    next_session: TodaySession | None = None
    unmarked: tuple[TodaySession, ...] = ()
    unmarked_count: int = 0
    sheets_month: Month | None = None
    sheets: tuple[SheetLine, ...] = ()
    questions: int = 0
    guests: int = 0
    sites: tuple[SiteLine, ...] = ()
    approvals: tuple[ApprovalLine, ...] = ()
    plans: tuple[PlanApproval, ...] = ()
    last_backup_at: datetime | None = None
    rekey_due: bool = False
    restored: bool = False
    again: tuple[TodaySession, ...] = ()
    again_count: int = 0
    demonstration: bool = False

    @property
    def unmarked_before(self) -> tuple[TodaySession, ...]:
        """The earlier sessions that are not already among those to enter again."""
        again = {session.session_id for session in self.again}
        return tuple(session for session in self.unmarked if session.session_id not in again)

    @property
    def sheets_complete(self) -> int:
        """How many of the sheets miss nothing."""
        return sum(line.complete for line in self.sheets)


def clock_is_doubtful(now: datetime, last_mark_at: datetime | None) -> bool:
    """Whether *now* stands before the last mark or over 14 days after it (product decisions, "Clock")."""
    if last_mark_at is None:
        return False
    return now < last_mark_at or now - last_mark_at > timedelta(days=CLOCK_DOUBT_DAYS)


def sheets_month(today: date, days_off: frozenset[date], *, always: bool) -> Month | None:
    """The month whose sheets are due on *today*.

    Args:
        today: the working day.
        days_off: holidays of the month; Saturdays and Sundays are off anyway.
        always: whether sheets are this role's daily work.

    Returns:
        This month in its last two working days, last month in the first week of the next; otherwise this month for
        those whose work they are, and None for others.
    """
    month = Month.of(today)
    working = [day for day in month.days() if day.weekday() < 5 and day not in days_off]
    if working[-SHEET_WORKING_DAYS:] and today >= working[-SHEET_WORKING_DAYS:][0]:
        return month
    if today.day <= SHEET_DAYS_AFTER:
        return month.shift(-1)
    return month if always else None
