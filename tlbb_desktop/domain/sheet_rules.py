"""What a month's sheet counts, when it is a draft, and what a correction changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tlbb_desktop.domain.attendance import Mark, MarkCode, SessionRow, SessionState
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import Learner, MonthSheet, Register, SheetDifference, SheetRow, SheetState


@dataclass(frozen=True, slots=True)
class SheetLine:
    """How far the sheet of one class-month is.

    Args:
        class_id, class_code: the class.
        course_km, course_en: titles.
        prison_id, prison: row and code of the site.
        sessions: sessions of the month up to today, cancelled ones left out.
        marked: those of them in which everybody on the roster has a mark.
        to_come: sessions after today.
        state, number: of the latest sheet.
        changed: whether marks or sessions changed after it was issued.
    """

    class_id: int
    class_code: str
    course_km: str
    course_en: str
    prison_id: int
    prison: str
    sessions: int
    marked: int
    to_come: int
    state: SheetState
    number: int
    changed: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, so that the sheet may be issued."""
        return self.sessions == self.marked and self.to_come == 0


@dataclass(frozen=True, slots=True)
class PrisonMonth:
    """A month of all classes of a prison: one file."""

    prison_names: tuple[str, str]
    month: Month
    sheets: tuple[MonthSheet, ...]
    demonstration: bool
    made_on: date


def sheet_rows(register: Register) -> tuple[SheetRow, ...]:
    """One row per learner, with the marks of the days on which they were enrolled and the totals of the month."""
    return tuple(
        SheetRow(
            learner,
            {
                session.id: mark
                for session in register.sessions
                if learner.enrolled_on(session.day) and (mark := register.marks.get((session.id, learner.person_id)))
            },
            register.tally_of(learner),
        )
        for learner in register.learners
    )


def unmarked_days(register: Register, today: date) -> tuple[date, ...]:
    """Days up to *today* with a session, not cancelled, in which somebody on the roster has no mark.

    To a make-up only those come who missed something, so one that was held lacks nobody's mark.
    """
    days = {
        session.day
        for session in register.sessions
        if session.state is not SessionState.CANCELLED
        and not session.is_for_some
        and session.day <= today
        and any(
            learner.enrolled_on(session.day) and (session.id, learner.person_id) not in register.marks
            for learner in register.learners
        )
    }
    return tuple(sorted(days))


def days_to_come(register: Register, today: date) -> tuple[date, ...]:
    """Days after *today* for which a session is still planned."""
    days = {
        session.day for session in register.sessions if session.state is SessionState.PLANNED and session.day > today
    }
    return tuple(sorted(days))


def differences(before: MonthSheet, after: MonthSheet) -> tuple[SheetDifference, ...]:
    """What *after* says otherwise than *before*: learners, then sessions, then cells in order of day and roster."""
    return (*_learners(before, after), *_sessions(before, after), *_cells(before, after))


def _learners(before: MonthSheet, after: MonthSheet) -> list[SheetDifference]:
    old = {row.learner.person_id: row.learner for row in before.rows}
    new = {row.learner.person_id: row.learner for row in after.rows}
    gone = [_difference("learner", None, old[key], "on list", "") for key in old if key not in new]
    come = [_difference("learner", None, new[key], "", "on list") for key in new if key not in old]
    return gone + come


def _sessions(before: MonthSheet, after: MonthSheet) -> list[SheetDifference]:
    old = {session.id: session for session in before.register.sessions}
    new = {session.id: session for session in after.register.sessions}
    changed = []
    for key in sorted(old.keys() | new.keys(), key=lambda each: ((new.get(each) or old[each]).day, each)):
        was, now = _session_text(old.get(key), before), _session_text(new.get(key), after)
        if was != now:
            changed.append(_difference("session", (new.get(key) or old[key]).day, None, was, now))
    return changed


def _cells(before: MonthSheet, after: MonthSheet) -> list[SheetDifference]:
    old, new = before.register.marks, after.register.marks
    days = {session.id: session.day for sheet in (before, after) for session in sheet.register.sessions}
    learners = {row.learner.person_id: row.learner for sheet in (before, after) for row in sheet.rows}
    place = {person_id: position for position, person_id in enumerate(learners)}
    changed = []
    for key in sorted(
        (key for key in old.keys() | new.keys() if key[0] in days and key[1] in learners),
        key=lambda each: (days[each[0]], each[0], place[each[1]]),
    ):
        was, now = mark_text(old.get(key), before.reason_codes), mark_text(new.get(key), after.reason_codes)
        if was != now:
            changed.append(_difference("mark", days[key[0]], learners[key[1]], was, now))
    return changed


def _difference(kind: str, day: date | None, learner: Learner | None, before: str, after: str) -> SheetDifference:
    who, code = (learner.names.shown, learner.code) if learner else ("", "")
    return SheetDifference(kind, day, who, code, before, after)


def mark_text(mark: Mark | None, reason_codes: Mapping[int, str]) -> str:
    """A mark as the command line writes it, such as ``late:15`` or ``excused:sick``; ``""`` = unmarked."""
    if mark is None:
        return ""
    if mark.code in (MarkCode.LATE, MarkCode.LEFT_EARLY):
        return f"{mark.code}:{mark.minutes}"
    reason = reason_codes.get(mark.reason_id or 0, "")
    return f"{mark.code}:{reason}" if reason else str(mark.code)


def _session_text(session: SessionRow | None, sheet: MonthSheet) -> str:
    if session is None:
        return ""
    if session.state is SessionState.CANCELLED:
        reason = sheet.reason_codes.get(session.reason_id or 0, "")
        return f"{session.state}:{reason}" if reason else str(session.state)
    return f"{session.state}:{session.minutes}"
