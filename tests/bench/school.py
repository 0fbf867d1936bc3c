"""A programme with as many marks as are wanted: one class through the services, the others as its copies in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from sqlalchemy import Connection

from tests.bench.homes import filled_home
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.demonstration.many_registers import mark_held_sessions
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay, Identity, PersonKind, PersonRecord, PersonStatus
from tlbb_desktop.wiring import Desk

LEARNERS = 40
SESSIONS = 250
CODE = "SR-MOTO"
MARKS_OF_A_CLASS = LEARNERS * SESSIONS
FIRST_DAY = date(2026, 2, 24)
LAST_DAY = date(2026, 10, 31)
MONTH = Month(2026, 10)
"""A class that meets every day has 31 sessions in this month."""

_SESSIONS = """
    WITH RECURSIVE days(day) AS (SELECT ? UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < ?)
    INSERT INTO class_session (class_id, day, starts, ends, state, note, uuid, version, created_at, changed_at)
    SELECT ?, day, 480, 660, 'held', '', randomblob(16), 1, 0, 0 FROM days
"""


def school(folder: Path, marks: int) -> School:
    """A programme with *marks* marks (a multiple of ``MARKS_OF_A_CLASS``), each with its history."""
    clock = WorkingDayClock(SystemClock(), LAST_DAY)
    desk = filled_home(f"school-{marks}", folder, lambda desk: _fill(desk, marks), clock)
    return School(desk, desk.classes.class_named(CODE))


@dataclass(frozen=True, slots=True)
class School:
    """A desk over a programme, and the class that is opened."""

    desk: Desk
    class_id: int


def _fill(desk: Desk, marks: int) -> None:
    class_id = _first_class(desk)
    with desk.office.store.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("DELETE FROM class_session")
        connection.exec_driver_sql(_SESSIONS, (FIRST_DAY.isoformat(), LAST_DAY.isoformat(), class_id))
        _copy_class(connection, marks // MARKS_OF_A_CLASS)
        mark_held_sessions(connection)


def _first_class(desk: Desk) -> int:
    prison = desk.prisons.own()
    assert prison is not None
    class_id = desk.classes.save(
        TrainingClass(
            id=None,
            code=CODE,
            course_id=desk.classes.course_named("moto"),
            prison_id=prison.id,
            trainer_id=None,
            starts_on=FIRST_DAY,
            ends_on=LAST_DAY,
            timetable=(TimetableSlot(Weekday.MON, time(8), time(11)),),
        )
    )
    for number, (names, sex) in enumerate(invent_names(LEARNERS)):
        desk.people.save(
            PersonRecord(
                id=None,
                code=f"SR-{number:04d}",
                names=names,
                sex=sex,
                kind=PersonKind.PARTICIPANT,
                status=PersonStatus.IN_TRAINING,
                stays=(CustodyStay(prison.id, FIRST_DAY),),
                identity=Identity(),
            )
        )
    desk.classes.enrol(class_id, starts_on=FIRST_DAY)
    return class_id


def _copy_class(connection: Connection, classes: int) -> None:
    """Classes 2 to *classes*: the first one's rows again, each id moved on by the number of rows that were there."""
    moved = {
        table: f"{{column}} + copy * {connection.exec_driver_sql(f'SELECT max(id) FROM {table}').scalar_one()}"
        for table in ("person", "training_class", "class_session", "enrolment")
    }
    copied = {
        "person": {"code": "code || '-' || copy"},
        "training_class": {"code": "code || '-' || copy"},
        "class_session": {"class_id": moved["training_class"].format(column="class_id")},
        "enrolment": {
            "class_id": moved["training_class"].format(column="class_id"),
            "person_id": moved["person"].format(column="person_id"),
        },
    }
    for table, changed in copied.items():
        changed |= {"id": moved[table].format(column="id"), "uuid": "randomblob(16)"}
        columns = connection.exec_driver_sql(f"SELECT name FROM pragma_table_info('{table}')").scalars().all()
        values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
        connection.exec_driver_sql(
            f"WITH RECURSIVE copies(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy < {classes})"
            f" INSERT INTO {table} SELECT {values} FROM {table} JOIN copies WHERE copy < {classes}"
        )
