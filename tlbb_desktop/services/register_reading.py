"""Reads the register of a class-month as one consistent view."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import register as queries
from tlbb_desktop.domain.attendance import SessionRow
from tlbb_desktop.domain.course_tallies import course_tallies, joined
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import Register
from tlbb_desktop.services.calendar import holidays_between


def read_register(connection: Connection, class_id: int, month: Month, today: date) -> Register:
    """The class-month with the totals of the whole class.

    The number of statements is fixed and each reads only this class's rows, so the cost does not grow with the record.
    """
    sessions = queries.sessions(connection, class_id)
    learners = queries.learners(connection, class_id, month)
    weights = queries.weights(connection)
    of_month = tuple(session for session in sessions if session.day in month)
    enrolled = queries.enrolled_days(connection, class_id, [learner.person_id for learner in learners])
    stays = {person: joined(theirs) for person, theirs in enrolled.items()}
    totals = course_tallies(
        sessions,
        stays,
        queries.marked_while_there(connection, class_id, stays),
        queries.unusual_marks(connection, class_id),
        weights,
    )
    return Register(
        group=class_queries.class_rows(connection, today, class_id=class_id)[0],
        month=month,
        learners=learners,
        sessions=of_month,
        marks=queries.marks(connection, class_id, month.first, month.last),
        holidays=_free_holidays(connection, month, of_month),
        open_minutes=totals.open_minutes,
        course_tallies=totals.tallies,
        locked_sheet=queries.issued_sheet(connection, class_id, month),
        weights=weights,
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
