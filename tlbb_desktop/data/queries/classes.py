"""Lists of courses, classes, sessions and enrolments, read as plain columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, and_, bindparam, case, func, or_, select

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.models import (
    ClassSession,
    Course,
    Enrolment,
    MarkRow,
    Person,
    Prison,
    SessionUnit,
    Staff,
    TimetableSlot,
    TrainingClass,
)
from tlbb_desktop.domain import classes as words
from tlbb_desktop.domain.attendance import SessionRow, SessionState
from tlbb_desktop.domain.people import ACTIVE_STATUSES, Names, PersonKind, Sex
from tlbb_desktop.domain.staff import Role

SESSION_COLUMNS = (
    ClassSession.id,
    ClassSession.class_id,
    ClassSession.day,
    ClassSession.starts,
    ClassSession.ends,
    ClassSession.state,
    ClassSession.reason_id,
    ClassSession.real_starts,
    ClassSession.real_ends,
    ClassSession.repairs_session_id,
    ClassSession.note,
    ClassSession.version,
)

_CLASS_FACTS = """
    SELECT k.id, k.code, c.code, c.name_km, c.name_en, k.prison_id, p.code, coalesce(s.name, ''), k.starts_on, k.ends_on
    FROM training_class AS k JOIN course AS c ON c.id = k.course_id JOIN prison AS p ON p.id = k.prison_id
    LEFT JOIN staff AS s ON s.id = k.trainer_id WHERE k.id = ?
"""
_ROSTER = f"""
    SELECT e.person_id, p.sex FROM enrolment AS e CROSS JOIN person AS p ON p.id = e.person_id
    WHERE e.class_id = ?1 AND e.starts_on <= ?2 AND (e.ends_on IS NULL OR e.ends_on >= ?2)
        AND p.kind <> '{PersonKind.GUEST}'
"""
#: Put in order where it is read: SQLite's sorter takes a piece of locked memory for every row.
_CLASS_NAMES = """
    SELECT k.sort_key, k.id, k.code, c.name_km, c.name_en
    FROM training_class AS k JOIN course AS c ON c.id = k.course_id
    WHERE ?1 IS NULL OR k.prison_id IN (SELECT value FROM json_each(?1))
"""
_HOLIDAYS = "SELECT day, name_km, name_en, working FROM holiday WHERE day BETWEEN ? AND ?"


def prison_of_class(connection: Connection, class_id: int) -> int | None:
    """The prison of a class, or None when there is no such class."""
    return connection.execute(select(TrainingClass.prison_id).where(TrainingClass.id == class_id)).scalar()


def class_with_code(connection: Connection, code: str) -> int | None:
    """The row of the class that bears *code*, or None."""
    return connection.execute(select(TrainingClass.id).where(TrainingClass.code == code)).scalar()


def courses(connection: Connection, *, active_only: bool) -> tuple[words.Course, ...]:
    """The courses in order of their codes."""
    wanted = select(Course.id, Course.code, Course.name_km, Course.name_en, Course.active, Course.version)
    if active_only:
        wanted = wanted.where(Course.active)
    return tuple(words.Course(*row) for row in connection.execute(wanted.order_by(Course.code)))


def class_rows(
    connection: Connection,
    today: date,
    *,
    prisons: Iterable[int] | None = None,
    on: date | None = None,
) -> tuple[words.ClassRow, ...]:
    """Lines of the list of classes.

    Args:
        connection: to read with.
        today: the day whose roster is counted; the first or last day of a class that is not running on it.
        prisons: only classes at these prisons; None = all.
        on: only classes that run on this day.
    """
    wanted = _class_lines()
    if prisons is not None:
        wanted = wanted.where(TrainingClass.prison_id.in_(sorted(prisons)))
    if on is not None:
        wanted = wanted.where(TrainingClass.starts_on <= on, TrainingClass.ends_on >= on)
    lines = connection.execute(wanted.order_by(TrainingClass.sort_key), {"today": today.isoformat()})
    return tuple(words.ClassRow(*row) for row in lines)


def class_row(connection: Connection, today: date, class_id: int) -> words.ClassRow:
    """The line of one class, with the roster of *today* as in :func:`class_rows`.

    Two statements: preparing the one that counts for a whole list takes longer than both.
    """
    driver = driver_connection(connection)
    *facts, first, last = driver.execute(_CLASS_FACTS, (class_id,)).fetchone()
    starts_on, ends_on = date.fromisoformat(first), date.fromisoformat(last)
    counted_on = max(starts_on, min(ends_on, today))
    roster = dict(driver.execute(_ROSTER, (class_id, counted_on.isoformat())).fetchall())
    women = sum(sex == Sex.FEMALE for sex in roster.values())
    return words.ClassRow(*(*facts, starts_on, ends_on, len(roster), women))


def class_names(connection: Connection, prisons: Iterable[int] | None) -> tuple[words.ClassName, ...]:
    """The classes at these prisons (None = all) for choosing one, in order of their codes; nothing is counted."""
    wanted = None if prisons is None else json.dumps(sorted(prisons))
    rows = driver_connection(connection).execute(_CLASS_NAMES, (wanted,)).fetchall()
    return tuple(words.ClassName(*row) for _sort_key, *row in sorted(rows, key=itemgetter(0)))


@cache
def _class_lines() -> Select[*tuple[Any, ...]]:
    """Built once: composing it costs more than running it."""
    counted_on = func.max(TrainingClass.starts_on, func.min(TrainingClass.ends_on, bindparam("today", type_=Text)))
    roster = (
        select(Enrolment.person_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.class_id == TrainingClass.id,
            Enrolment.starts_on <= counted_on,
            or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= counted_on),
            Person.kind != PersonKind.GUEST,
        )
        .correlate(TrainingClass)
    )
    count = func.count(Enrolment.person_id.distinct())
    return (
        select(
            TrainingClass.id,
            TrainingClass.code,
            Course.code,
            Course.name_km,
            Course.name_en,
            TrainingClass.prison_id,
            Prison.code,
            func.coalesce(Staff.name, ""),
            TrainingClass.starts_on,
            TrainingClass.ends_on,
            roster.with_only_columns(count).scalar_subquery(),
            roster.with_only_columns(count).where(Person.sex == Sex.FEMALE).scalar_subquery(),
        )
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Prison, Prison.id == TrainingClass.prison_id)
        .outerjoin(Staff, Staff.id == TrainingClass.trainer_id)
    )


def training_class(connection: Connection, class_id: int) -> words.TrainingClass | None:
    """A class with its timetable, or None."""
    found = connection.execute(
        select(
            TrainingClass.id,
            TrainingClass.code,
            TrainingClass.course_id,
            TrainingClass.prison_id,
            TrainingClass.trainer_id,
            TrainingClass.starts_on,
            TrainingClass.ends_on,
            TrainingClass.roster_order,
            TrainingClass.version,
        ).where(TrainingClass.id == class_id)
    ).one_or_none()
    if found is None:
        return None
    return words.TrainingClass(
        id=found.id,
        code=found.code,
        course_id=found.course_id,
        prison_id=found.prison_id,
        trainer_id=found.trainer_id,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        timetable=timetable(connection, class_id),
        order=words.RosterOrder(found.roster_order),
        version=found.version,
    )


def timetable(connection: Connection, class_id: int) -> tuple[words.TimetableSlot, ...]:
    """The lessons of a class's week, Monday first."""
    slots = connection.execute(
        select(TimetableSlot.weekday, TimetableSlot.starts, TimetableSlot.ends)
        .where(TimetableSlot.class_id == class_id)
        .order_by(TimetableSlot.weekday, TimetableSlot.starts)
    )
    return tuple(words.TimetableSlot(words.Weekday(slot.weekday), slot.starts, slot.ends) for slot in slots)


def classes_running(connection: Connection, day: date) -> tuple[int, ...]:
    """The classes whose time includes *day*."""
    running = select(TrainingClass.id).where(TrainingClass.starts_on <= day, TrainingClass.ends_on >= day)
    return tuple(connection.execute(running).scalars())


def trainers(connection: Connection) -> tuple[tuple[int, str], ...]:
    """Members of staff who may lead a class, as (row, name)."""
    wanted = select(Staff.id, Staff.name).where(Staff.active, Staff.role.in_((Role.TRAINER, Role.MANAGER)))
    return tuple((row.id, row.name) for row in connection.execute(wanted.order_by(Staff.name)))


def sessions(connection: Connection, class_id: int, first: date, last: date) -> tuple[SessionRow, ...]:
    """The sessions of a class from *first* to *last* (both included), in order of day and time."""
    wanted = (
        select(*SESSION_COLUMNS)
        .where(ClassSession.class_id == class_id, ClassSession.day.between(first, last))
        .order_by(ClassSession.day, ClassSession.starts)
    )
    return tuple(session_row(row) for row in connection.execute(wanted))


def session_row(row: Row[*tuple[Any, ...]]) -> SessionRow:
    """A row of ``SESSION_COLUMNS`` as the domain's value."""
    values = list(row)
    values[5] = SessionState(row.state)
    return SessionRow(*values)


def touched_sessions(connection: Connection, class_id: int) -> frozenset[int]:
    """Sessions that somebody worked with: held, cancelled, marked, noted, timed, given units or made as a repair."""
    marked = select(MarkRow.session_id).where(MarkRow.session_id == ClassSession.id).exists()
    taught = select(SessionUnit.id).where(SessionUnit.session_id == ClassSession.id).exists()
    wanted = select(ClassSession.id).where(
        ClassSession.class_id == class_id,
        or_(
            ClassSession.state != SessionState.PLANNED,
            ClassSession.note != "",
            ClassSession.real_starts.is_not(None),
            ClassSession.real_ends.is_not(None),
            ClassSession.repairs_session_id.is_not(None),
            marked,
            taught,
        ),
    )
    return frozenset(connection.execute(wanted).scalars())


def enrolments(connection: Connection, class_id: int) -> tuple[words.Enrolment, ...]:
    """All enrolments of a class, in Khmer order of the people."""
    wanted = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.class_id == class_id, Person.merged_into_id.is_(None))
        .with_only_columns(
            Enrolment.id,
            Enrolment.person_id,
            Person.code,
            Person.family_km,
            Person.given_km,
            Person.family_latin,
            Person.given_latin,
            Enrolment.starts_on,
            Enrolment.ends_on,
            Enrolment.list_number,
            Enrolment.version,
        )
        .order_by(Person.sort_key, Person.id, Enrolment.starts_on)
    )
    return tuple(
        words.Enrolment(
            id=row.id,
            person_id=row.person_id,
            code=row.code,
            shown_name=Names(row.family_km, row.given_km, row.family_latin, row.given_latin).shown,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            list_number=row.list_number,
            version=row.version,
        )
        for row in connection.execute(wanted)
    )


def people_to_enrol(connection: Connection, class_id: int, prison_id: int) -> tuple[int, ...]:
    """Active participants who stay at *prison_id* and never were in the class, in order of entry."""
    known = select(Enrolment.id).where(Enrolment.class_id == class_id, Enrolment.person_id == Person.id).exists()
    wanted = select(Person.id).where(
        Person.prison_id == prison_id,
        Person.kind == PersonKind.PARTICIPANT,
        Person.status.in_(sorted(ACTIVE_STATUSES)),
        Person.merged_into_id.is_(None),
        ~known,
    )
    return tuple(connection.execute(wanted.order_by(Person.id)).scalars())


def people_elsewhere(connection: Connection, person_ids: Sequence[int], prison_id: int) -> tuple[str, ...]:
    """The codes of those of *person_ids* who do not stay at *prison_id* today."""
    away = and_(Person.id.in_(person_ids), or_(Person.prison_id.is_(None), Person.prison_id != prison_id))
    return tuple(connection.execute(select(Person.code).where(away).order_by(Person.code)).scalars())


def last_enrolment_ends(connection: Connection, class_id: int) -> dict[int, date | None]:
    """Person -> last day of the latest enrolment in the class; None = still enrolled."""
    still_open = func.max(case((Enrolment.ends_on.is_(None), 1), else_=0))
    wanted = (
        select(Enrolment.person_id, still_open.label("open"), func.max(Enrolment.ends_on).label("last"))
        .where(Enrolment.class_id == class_id)
        .group_by(Enrolment.person_id)
    )
    return {
        row.person_id: None if row.open else date.fromisoformat(row.last) if isinstance(row.last, str) else row.last
        for row in connection.execute(wanted)
    }


def last_list_number(connection: Connection, class_id: int) -> int:
    """The highest number on the prison's list of a class; 0 when it has none."""
    highest = select(func.max(Enrolment.list_number)).where(Enrolment.class_id == class_id)
    return connection.execute(highest).scalar() or 0


def stored_holidays(connection: Connection, first: date, last: date) -> dict[date, words.Holiday]:
    """What the staff changed in the list of holidays."""
    found: dict[date, words.Holiday] = {}
    rows = driver_connection(connection).execute(_HOLIDAYS, (first.isoformat(), last.isoformat()))
    for day, name_km, name_en, working in rows:
        found[date.fromisoformat(day)] = words.Holiday(
            date.fromisoformat(day), name_km, name_en, bool(working), words.STAFF
        )
    return found


def class_of_enrolment(connection: Connection, enrolment_id: int) -> int:
    """The class that an enrolment belongs to."""
    return connection.execute(select(Enrolment.class_id).where(Enrolment.id == enrolment_id)).scalar_one()


def session_ids(connection: Connection, class_id: int) -> frozenset[int]:
    """Every session of a class."""
    return frozenset(connection.execute(select(ClassSession.id).where(ClassSession.class_id == class_id)).scalars())
