"""Classes, sessions and marks by the million: classes through their service, marks by one statement for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from tlbb_desktop.data.models import Enrolment
from tlbb_desktop.demonstration.cast import DAY
from tlbb_desktop.demonstration.many_people import CLASS_DAYS, Journey
from tlbb_desktop.demonstration.many_rows import ManyRows
from tlbb_desktop.demonstration.programme_size import LEARNERS
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tlbb_desktop.demonstration.build import StoryClock

_COURSES: Final = ("moto", "electronics", "electrical", "aircon")
_DAYS: Final = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU)
_TIMETABLE: Final = tuple(TimetableSlot(day, time(8), time(11)) for day in _DAYS)

#: Every learner of a held session without a mark gets one: nine of ten are there.
_MARKS: Final = """
    INSERT INTO mark (session_id, person_id, code, reason_id, minutes, note, version, marked_at, marked_by)
    SELECT session_id, person_id, CASE WHEN chance < 90 THEN 'present' WHEN chance < 95 THEN 'absent'
           WHEN chance < 97 THEN 'excused' WHEN chance < 99 THEN 'late' ELSE 'institution' END,
           NULL, CASE WHEN chance IN (97, 98) THEN 15 ELSE 0 END, '', 1, at, staff_id
    FROM (SELECT s.id AS session_id, e.person_id, (s.id * 7 + e.person_id * 13) % 100 AS chance,
                 unixepoch(s.day) * 1000 + 14400000 AS at, COALESCE(c.trainer_id, 1) AS staff_id
          FROM class_session AS s JOIN training_class AS c ON c.id = s.class_id
          JOIN enrolment AS e
            ON e.class_id = s.class_id AND e.starts_on <= s.day AND COALESCE(e.ends_on, s.day) >= s.day
          WHERE s.state = 'held' ORDER BY s.id, e.person_id)
"""
_HISTORY: Final = """
    INSERT INTO mark_history (act_id, session_id, person_id, code, reason_id, minutes, note, before, at, laptop_at,
                              staff_id)
    SELECT session_id, session_id, person_id, code, reason_id, minutes, note, '', marked_at, marked_at, marked_by
    FROM mark
"""
#: One act marks a whole session; it bears the session's number.
_ACTS: Final = """
    INSERT INTO mark_act (id, uuid, class_id, staff_id, at, kind, undone, sessions_before, first_history, cells)
    SELECT s.id, randomblob(16), s.class_id, COALESCE(c.trainer_id, 1), unixepoch(s.day) * 1000 + 14400000, 'block', 0,
           '', 1, 0
    FROM class_session AS s JOIN training_class AS c ON c.id = s.class_id
    WHERE s.state = 'held' AND EXISTS (SELECT 1 FROM enrolment AS e WHERE e.class_id = s.class_id)
"""
_CELLS_OF_ACTS: Final = """
    UPDATE mark_act SET first_history = h.first, cells = h.cells
    FROM (SELECT act_id, min(id) AS first, count(*) AS cells FROM mark_history GROUP BY act_id) AS h
    WHERE h.act_id = mark_act.id
"""
_EMPTY_ACTS: Final = "DELETE FROM mark_act WHERE cells = 0"
_FILLED: Final = ("mark_act", "mark", "mark_history")


def mark_held_sessions(connection: Connection) -> None:
    """Mark every learner of every held session of a register without marks, with the history and the acts.

    The indexes are made anew afterwards, in order, which takes a fraction of the time.
    """
    indexes = _indexes(connection)
    for name in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    for statement in (_ACTS, _MARKS, _HISTORY, _CELLS_OF_ACTS, _EMPTY_ACTS, *indexes.values()):
        connection.exec_driver_sql(statement)


def run_classes(
    desk: Desk, clock: StoryClock, journeys: list[Journey], people: list[int], trainers: dict[int, int]
) -> None:
    """A class for each ``LEARNERS`` journeys, held and marked up to the day of the demonstration.

    Args:
        desk: the manager's.
        clock: set to the day on which each class is planned.
        journeys: in the order of their classes.
        people: their rows.
        trainers: prison -> who teaches there.
    """
    for first in range(0, len(journeys), LEARNERS):
        journey = journeys[first]
        clock.set(journey.class_on - timedelta(days=14))
        desk.classes.save(_group(desk, journey, trainers[journey.prison_id]))
    clock.set(DAY)
    with desk.office.act(Action.ENROL) as act:
        classes = act.connection.exec_driver_sql("SELECT id, starts_on, ends_on FROM training_class ORDER BY id").all()
        rows = ManyRows(act, Enrolment, ("class_id", "person_id", "starts_on", "ends_on", "list_number", "end_reason"))
        for person, journey in zip(people, journeys, strict=True):
            group = classes[journey.class_number]
            gone = journey.gone and journey.leaves_on.isoformat() <= group.ends_on
            ends = (journey.leaves_on.isoformat(), None, "released") if gone else (None, None, "")
            rows.add((group.id, person, group.starts_on, *ends), _at(journey.class_on), act.actor.staff_id)
        rows.write()
        act.connection.exec_driver_sql(
            "UPDATE class_session SET state = 'held', version = version + 1 WHERE state = 'planned' AND day < ?",
            (DAY.isoformat(),),
        )
        mark_held_sessions(act.connection)
        desk.office.trail.append_many(act.connection, _events(act.connection))


def _group(desk: Desk, journey: Journey, trainer_id: int) -> TrainingClass:
    number = journey.class_number
    return TrainingClass(
        id=None,
        code=f"{journey.code.split('-')[0]}-{number + 1:04d}",
        course_id=desk.classes.course_named(_COURSES[number % len(_COURSES)]),
        prison_id=journey.prison_id,
        trainer_id=trainer_id,
        starts_on=journey.class_on,
        ends_on=journey.class_on + CLASS_DAYS,
        timetable=_TIMETABLE,
    )


def _events(connection: Connection) -> Iterator[tuple[datetime, int | None, str, str, str]]:
    """What the audit says of the lists and of each marked session."""
    enrolled = connection.exec_driver_sql(
        "SELECT class_id, created_by, min(starts_on) AS day, count(*) AS people FROM enrolment GROUP BY class_id"
    )
    for row in enrolled:
        at = _at(date.fromisoformat(row.day))
        yield at, row.created_by, "enrol", f"class:{row.class_id}", f"people:{row.people}"
    for row in connection.exec_driver_sql("SELECT id, class_id, staff_id, at, cells FROM mark_act ORDER BY at, id"):
        at = datetime.fromtimestamp(row.at / 1000, CAMBODIA)
        yield at, row.staff_id, "mark", f"class:{row.class_id}", f"act:{row.id} cells:{row.cells}"


def _at(day: date) -> datetime:
    return datetime.combine(day, time(8), CAMBODIA)


def _indexes(connection: Connection) -> dict[str, str]:
    """Name -> statement of the indexes of the tables with a row for each mark."""
    places = ", ".join(f"'{table}'" for table in _FILLED)
    rows = connection.exec_driver_sql(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({places})"
    )
    return {row.name: row.sql for row in rows}
