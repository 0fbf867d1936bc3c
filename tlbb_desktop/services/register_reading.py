"""Reads the register of a class-month as one consistent view."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import register as queries
from tlbb_desktop.data.queries import roster
from tlbb_desktop.domain.attendance import SessionRow
from tlbb_desktop.domain.course_tallies import CourseTallies, course_tallies, joined
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import Register
from tlbb_desktop.services.calendar import holidays_between


def read_register(connection: Connection, class_id: int, month: Month, today: date) -> Register:
    """The class-month.

    The number of statements is fixed and each reads only this month's rows, so the cost does not grow with the record.
    """
    sessions = queries.sessions(connection, class_id, month.first, month.last)
    return Register(
        group=class_queries.class_row(connection, today, class_id),
        month=month,
        learners=roster.learners(connection, class_id, month),
        sessions=sessions,
        marks=queries.marks(connection, class_id, month.first, month.last),
        holidays=_free_holidays(connection, month, sessions),
        locked_sheet=queries.issued_sheet(connection, class_id, month),
        weights=queries.weights(connection),
    )


def read_course_tallies(connection: Connection, class_id: int, without: Month | None) -> CourseTallies:
    """The totals of everybody who was ever enrolled in the class, the month *without* left out.

    Only this class's rows are read.
    """
    stays = {person: joined(theirs) for person, theirs in queries.enrolled_days(connection, class_id).items()}
    sessions = [one for one in queries.sessions(connection, class_id) if without is None or one.day not in without]
    return course_tallies(
        sessions,
        stays,
        queries.marked_while_there(connection, class_id, stays, without),
        queries.unusual_marks(connection, class_id),
        queries.weights(connection),
        queries.repair_marks(connection, class_id, sessions),
    )


def _free_holidays(
    connection: Connection, month: Month, sessions: tuple[SessionRow, ...]
) -> dict[date, tuple[str, str]]:
    """The names of the month's holidays on which the class has no session."""
    busy = {session.day for session in sessions}
    return {
        day: (holiday.name_km, holiday.name_en)
        for day, holiday in holidays_between(connection, month.first, month.last).items()
        if not holiday.working and day not in busy
    }
