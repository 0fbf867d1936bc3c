"""Marks held against their history, sessions against their marks: an old page that was put back is sound in itself."""

from __future__ import annotations

from sqlalchemy import Connection, text

from tlbb_desktop.data.models.vocabulary import DayText
from tlbb_desktop.domain.register import MarkedCell

#: Cells of joined people are left out: two histories run through them, and only the rows say which came last.
_JOINED = "SELECT kept_id FROM person_merge UNION SELECT merged_id FROM person_merge"
_SAME_CELL = "session_id = {other}.session_id AND person_id = {other}.person_id"
_MARK_WITHOUT_HISTORY = (
    "SELECT m.session_id, m.person_id FROM mark AS m LEFT JOIN mark_history AS h ON h.id ="
    f" (SELECT max(id) FROM mark_history WHERE {_SAME_CELL.format(other='m')})"
    " WHERE (m.code, m.minutes, m.note, m.reason_id) IS DISTINCT FROM (h.code, h.minutes, h.note, h.reason_id)"
    f" AND m.person_id NOT IN ({_JOINED})"
)
_HISTORY_WITHOUT_MARK = (
    "SELECT h.session_id, h.person_id FROM mark_history AS h WHERE h.code IS NOT NULL"
    f" AND NOT EXISTS (SELECT 1 FROM mark WHERE {_SAME_CELL.format(other='h')})"
    f" AND NOT EXISTS (SELECT 1 FROM mark_history WHERE {_SAME_CELL.format(other='h')} AND id > h.id)"
    f" AND h.person_id NOT IN ({_JOINED})"
)
_CELLS = f"{_MARK_WITHOUT_HISTORY} UNION {_HISTORY_WITHOUT_MARK}"
_UNLIKE_HISTORY = f"""
WITH unlike(session_id, person_id) AS ({_CELLS})
SELECT COALESCE(c.code, '') AS class_code, s.day AS day, COALESCE(p.code, '') AS person_code FROM unlike AS u
    LEFT JOIN class_session AS s ON s.id = u.session_id LEFT JOIN training_class AS c ON c.id = s.class_id
    LEFT JOIN person AS p ON p.id = u.person_id
ORDER BY s.day, c.code, p.code LIMIT :limit
"""
#: The first mark of a planned session says that it was held, and with marks it is never only planned again.
_MARKED_BUT_PLANNED = """
SELECT c.code AS class_code, s.day AS day FROM class_session AS s JOIN training_class AS c ON c.id = s.class_id
WHERE s.state = 'planned' AND EXISTS (SELECT 1 FROM mark WHERE session_id = s.id) ORDER BY s.day, c.code LIMIT :limit
"""


def marks_unlike_history(connection: Connection, limit: int) -> tuple[MarkedCell, ...]:
    """The first *limit* cells whose mark is not what their history says, in order of days."""
    wanted = text(_UNLIKE_HISTORY).columns(day=DayText)
    return tuple(
        MarkedCell(row.class_code, row.day, row.person_code) for row in connection.execute(wanted, {"limit": limit})
    )


def marked_but_planned(connection: Connection, limit: int) -> tuple[MarkedCell, ...]:
    """The first *limit* sessions that have marks and are only planned, in order of days; nobody's cells."""
    wanted = text(_MARKED_BUT_PLANNED).columns(day=DayText)
    return tuple(MarkedCell(row.class_code, row.day, "") for row in connection.execute(wanted, {"limit": limit}))


def cells_unlike_history(connection: Connection) -> list[tuple[int, int]]:
    """Session and person of every such cell."""
    return [(int(row[0]), int(row[1])) for row in connection.exec_driver_sql(_CELLS)]
