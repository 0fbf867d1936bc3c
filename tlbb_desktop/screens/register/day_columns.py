"""The days of the register's grid: sessions, and holidays on which the class would have met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from tlbb_desktop.domain.attendance import SessionRow
from tlbb_desktop.domain.register import Register


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A column of the grid: a session, or a holiday on which the class would have met.

    Args:
        day: the day.
        session: the session, or None on a holiday.
        holiday: its names (Khmer, English), or None.
        length: of the session in minutes; 0 on a holiday.
    """

    day: date
    session: SessionRow | None = None
    holiday: tuple[str, str] | None = None
    length: int = 0


def session_column(session: SessionRow) -> DayColumn:
    """The column of a session."""
    return DayColumn(session.day, session, length=session.minutes)


def day_columns(register: Register) -> list[DayColumn]:
    """The columns of a class-month in order of day and time."""
    weekdays = {session.day.weekday() for session in register.sessions}
    taken = {session.day for session in register.sessions}
    columns = [session_column(session) for session in register.sessions]
    columns += [
        DayColumn(day, holiday=names)
        for day, names in register.holidays.items()
        if day not in taken and day.weekday() in weekdays
    ]
    return sorted(columns, key=lambda column: (column.day, column.session.starts if column.session else time.min))
