"""What the register of a class-month shows, read with a fixed number of statements that all use an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Integer, Select, bindparam, func, select

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.models import (
    AbsenceReason,
    ClassSession,
    Enrolment,
    MarkHistory,
    MarkRow,
    MonthSheetRow,
    Person,
    Staff,
    TrainingClass,
)
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.domain.attendance import Mark, MarkCode, Reason, ReasonUse, SessionRow, SessionState
from tlbb_desktop.domain.course_tallies import PlainMark, Stay
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import LastMark, MarkStory

SESSION_COLUMNS = (
    "id, class_id, day, starts, ends, state, reason_id, real_starts, real_ends, repairs_session_id, note, version"
)
_SESSIONS = (
    f"SELECT {SESSION_COLUMNS} FROM class_session WHERE class_id = ? AND day BETWEEN ? AND ? ORDER BY day, starts"
)
UNUSUAL_MARKS = (
    "SELECT m.session_id, m.person_id, m.code, m.minutes, m.reason_id FROM class_session AS s"
    " CROSS JOIN mark AS m ON m.session_id = s.id WHERE s.class_id = ? AND m.code <> 'present'"
)
REPAIR_MARKS = (
    "SELECT m.session_id, m.person_id, m.code, m.minutes, m.reason_id FROM (SELECT id FROM class_session"
    " WHERE class_id = ?1 AND repairs_session_id IS NOT NULL UNION SELECT repairs_session_id FROM class_session"
    " WHERE class_id = ?1 AND repairs_session_id IS NOT NULL) AS s CROSS JOIN mark AS m ON m.session_id = s.id"
)
MARKED_WHILE_THERE = """
    SELECT CAST(stay.value ->> 0 AS INTEGER), (
        SELECT json_array(count(*), coalesce(sum(max(
            0, coalesce(s.real_ends, s.ends) - coalesce(s.real_starts, s.starts))), 0))
        FROM mark AS m CROSS JOIN class_session AS s ON s.id = m.session_id
        WHERE m.person_id = CAST(stay.value ->> 0 AS INTEGER) AND s.class_id = ? AND s.state = 'held'
          AND s.day BETWEEN stay.value ->> 1 AND stay.value ->> 2 AND s.day NOT BETWEEN ? AND ?)
    FROM json_each(?) AS stay
"""
#: Put in order where it is read: SQLite's sorter takes a piece of locked memory for every row.
_REASONS = (
    "SELECT id, code, use, digit, name_km, name_en, weight, active, version FROM absence_reason"
    " WHERE ?1 IS NULL OR use = ?1"
)
_WEIGHTS = "SELECT id, weight FROM absence_reason"
_SETTING = "SELECT value FROM setting WHERE name = ?"
_NO_END = "9999-12-31"
_MARKS_OF_DAYS = (
    "SELECT m.session_id, m.person_id, m.code, m.reason_id, m.minutes, m.note, m.marked_at, m.marked_by"
    " FROM class_session AS s CROSS JOIN mark AS m ON m.session_id = s.id"
    " WHERE s.class_id = ? AND s.day BETWEEN ? AND ?"
)
_CODES = {code.value: code for code in MarkCode}
_STATES = {state.value: state for state in SessionState}
_LATEST_LOOKED_AT = 500


def enrolled_days(connection: Connection, class_id: int) -> dict[int, list[Stay]]:
    """Person -> all dated enrolments in the class."""
    found: dict[int, list[Stay]] = {}
    wanted = select(Enrolment.person_id, Enrolment.starts_on, Enrolment.ends_on).where(Enrolment.class_id == class_id)
    for row in connection.execute(wanted):
        found.setdefault(row.person_id, []).append((row.starts_on, row.ends_on))
    return found


def sessions(
    connection: Connection, class_id: int, first: date = date.min, last: date = date.max
) -> tuple[SessionRow, ...]:
    """The sessions of a class from *first* to *last*, in order of day and time."""
    values = (class_id, first.isoformat(), last.isoformat())
    return tuple(session_of(row) for row in driver_connection(connection).execute(_SESSIONS, values))


def session_of(row: Sequence[Any]) -> SessionRow:
    """A session from ``SESSION_COLUMNS`` as they are stored."""
    return SessionRow(
        id=row[0],
        class_id=row[1],
        day=date.fromisoformat(row[2]),
        starts=time(row[3] // 60, row[3] % 60),
        ends=time(row[4] // 60, row[4] % 60),
        state=_STATES[row[5]],
        reason_id=row[6],
        real_starts=time_of_day(row[7]),
        real_ends=time_of_day(row[8]),
        repairs_session_id=row[9],
        note=row[10],
        version=row[11],
    )


def time_of_day(minutes: int | None) -> time | None:
    """A stored time of day, in minutes since midnight."""
    return None if minutes is None else time(minutes // 60, minutes % 60)


def marks(connection: Connection, class_id: int, first: date, last: date) -> dict[tuple[int, int], Mark]:
    """The marks of a class from *first* to *last*, keyed by (session, person)."""
    values = (class_id, first.isoformat(), last.isoformat())
    return {row[:2]: mark_of(row) for row in driver_connection(connection).execute(_MARKS_OF_DAYS, values).fetchall()}


def mark_of(row: Sequence[Any]) -> Mark:
    """A mark from session, person, code, reason, minutes, note, moment in milliseconds, member of staff."""
    session_id, person_id, code, reason_id, minutes, note, at, staff_id = row
    return Mark(session_id, person_id, _CODES[code], reason_id, minutes, note, from_milliseconds(at), staff_id)


def unusual_marks(connection: Connection, class_id: int) -> list[PlainMark]:
    """Every mark of a class that is not present, as a bare tuple."""
    return cast("list[PlainMark]", driver_connection(connection).execute(UNUSUAL_MARKS, (class_id,)).fetchall())


def repair_marks(connection: Connection, class_id: int, sessions: Iterable[SessionRow]) -> list[PlainMark]:
    """Every mark of make-up sessions among *sessions* and of what they repair; asks nothing where there are none."""
    if all(session.repairs_session_id is None for session in sessions):
        return []
    return cast("list[PlainMark]", driver_connection(connection).execute(REPAIR_MARKS, (class_id,)).fetchall())


def marked_while_there(
    connection: Connection, class_id: int, stays: Mapping[int, Iterable[Stay]], without: Month | None
) -> dict[int, tuple[int, int]]:
    """Person -> (cells with a mark, their minutes), of held sessions in the stays, which must not overlap.

    The days of *without* are left out.
    An index of (person, session) answers it without a look at the marks themselves.
    """
    listed = [
        (person, first.isoformat(), last.isoformat() if last else _NO_END)
        for person, theirs in stays.items()
        for first, last in theirs
    ]
    found: dict[int, tuple[int, int]] = {}
    left_out = (without.first.isoformat(), without.last.isoformat()) if without else ("", "")
    values = (class_id, *left_out, json.dumps(listed))
    for person, packed in driver_connection(connection).execute(MARKED_WHILE_THERE, values):
        cells, minutes = json.loads(packed)
        before = found.get(person, (0, 0))
        found[person] = (before[0] + cells, before[1] + minutes)
    return found


def class_of_session(connection: Connection, session_id: int) -> int | None:
    """The class that a session belongs to, or None."""
    return connection.execute(select(ClassSession.class_id).where(ClassSession.id == session_id)).scalar()


def issued_sheet(connection: Connection, class_id: int, month: Month) -> int:
    """Number of the month's newest issued sheet; 0 while it is open."""
    return connection.execute(_newest_sheet(), {"class": class_id, "month": str(month)}).scalar() or 0


@cache
def _newest_sheet() -> Select[*tuple[Any, ...]]:
    return select(func.max(MonthSheetRow.number)).where(
        MonthSheetRow.class_id == bindparam("class", type_=Integer), MonthSheetRow.month == bindparam("month")
    )


def reasons(connection: Connection, use: ReasonUse | None = None) -> tuple[Reason, ...]:
    """The reasons, those with a digit first."""
    found = [
        Reason(row_id, code, ReasonUse(used_for), digit, name_km, name_en, weight, bool(active), version)
        for row_id, code, used_for, digit, name_km, name_en, weight, active, version in driver_connection(
            connection
        ).execute(_REASONS, (use,))
    ]
    return tuple(sorted(found, key=lambda one: (one.use, one.digit == 0, one.digit, one.code)))


def weights(connection: Connection) -> dict[int | None, int]:
    """Reason -> share of an excused session that counts as attended, in thousandths; None = no reason given."""
    found: dict[int | None, int] = {None: number_setting(connection, "excused_weight", 0)}
    found.update(driver_connection(connection).execute(_WEIGHTS).fetchall())
    return found


def number_setting(connection: Connection, name: str, default: int) -> int:
    """The whole number that a setting holds."""
    stored = driver_connection(connection).execute(_SETTING, (name,)).fetchone()
    value = default if stored is None else json.loads(stored[0])
    return value if isinstance(value, int) else default


def story(connection: Connection, session_id: int, person_id: int) -> tuple[MarkStory, ...]:
    """The history of one cell, oldest first."""
    wanted = (
        select(
            MarkHistory.code,
            AbsenceReason.code.label("reason"),
            MarkHistory.minutes,
            MarkHistory.note,
            MarkHistory.at,
            Staff.name,
        )
        .outerjoin(AbsenceReason, AbsenceReason.id == MarkHistory.reason_id)
        .outerjoin(Staff, Staff.id == MarkHistory.staff_id)
        .where(MarkHistory.session_id == session_id, MarkHistory.person_id == person_id)
        .order_by(MarkHistory.id)
    )
    return tuple(
        MarkStory(
            code=MarkCode(row.code) if row.code else None,
            reason=row.reason or "",
            minutes=row.minutes,
            note=row.note,
            at=row.at,
            by=row.name or "",
        )
        for row in connection.execute(wanted)
    )


def any_mark(connection: Connection, prisons: Iterable[int] | None) -> bool:
    """Whether there is a mark in any class at *prisons* (None = all)."""
    wanted = (
        select(MarkRow.session_id)
        .join(ClassSession, ClassSession.id == MarkRow.session_id)
        .join(TrainingClass, TrainingClass.id == ClassSession.class_id)
        .limit(1)
    )
    if prisons is not None:
        wanted = wanted.where(TrainingClass.prison_id.in_(sorted(prisons)))
    return connection.execute(wanted).first() is not None


def last_mark(connection: Connection, prisons: Iterable[int] | None) -> LastMark | None:
    """The newest mark on record, of the classes at *prisons* (None = all); looked for among the latest few hundred."""
    latest = select(MarkHistory).order_by(MarkHistory.id.desc()).limit(_LATEST_LOOKED_AT).subquery()
    wanted = (
        select(
            TrainingClass.code.label("class_code"),
            TrainingClass.id.label("class_id"),
            ClassSession.day,
            Person.family_km,
            Person.given_km,
            Person.family_latin,
            Person.given_latin,
            latest.c.code,
            latest.c.at,
        )
        .select_from(latest)
        .join(ClassSession, ClassSession.id == latest.c.session_id)
        .join(TrainingClass, TrainingClass.id == ClassSession.class_id)
        .join(Person, Person.id == latest.c.person_id)
        .order_by(latest.c.id.desc())
        .limit(1)
    )
    if prisons is not None:
        wanted = wanted.where(TrainingClass.prison_id.in_(sorted(prisons)))
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    return LastMark(
        class_code=row.class_code,
        class_id=row.class_id,
        session_day=row.day,
        shown_name=Names(row.family_km, row.given_km, row.family_latin, row.given_latin).shown,
        code=MarkCode(row.code) if row.code else None,
        at=row.at,
    )
