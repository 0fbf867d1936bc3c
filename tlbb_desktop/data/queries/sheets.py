"""Month sheets: those that were issued, and how far each class is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from tlbb_desktop.data.models import Attachment, ClassSession, MonthSheetRow, Prison, Setting, TrainingClass
from tlbb_desktop.data.queries.settings import setting_value
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import SheetState
from tlbb_desktop.domain.sheet_rules import SheetLine

#: A session in which somebody on the roster of its day has no mark; a make-up that was held lacks nobody's.
UNMARKED = (
    "(s.repairs_session_id IS NULL OR s.state <> 'held')"
    " AND EXISTS (SELECT 1 FROM enrolment AS e WHERE e.class_id = s.class_id AND e.starts_on <= s.day"
    " AND (e.ends_on IS NULL OR e.ends_on >= s.day)"
    " AND NOT EXISTS (SELECT 1 FROM mark AS m WHERE m.session_id = s.id AND m.person_id = e.person_id))"
)


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """An issued sheet as it lies in the record; ``figures`` is the frozen sheet."""

    id: int
    version: int
    number: int
    state: SheetState
    corrects: int
    figures: str
    code: str
    issued_at: datetime
    signed_on: date | None
    signed_by: str


def newest_sheet(connection: Connection, class_id: int, month: Month) -> StoredSheet | None:
    """The sheet of a class-month with the highest number, or None while it is open."""
    row = connection.execute(
        select(
            MonthSheetRow.id,
            MonthSheetRow.version,
            MonthSheetRow.number,
            MonthSheetRow.state,
            MonthSheetRow.corrects,
            MonthSheetRow.figures,
            MonthSheetRow.code,
            MonthSheetRow.issued_at,
            MonthSheetRow.signed_on,
            MonthSheetRow.signed_by,
        )
        .where(MonthSheetRow.class_id == class_id, MonthSheetRow.month == str(month))
        .order_by(MonthSheetRow.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return StoredSheet(
        row.id,
        row.version,
        row.number,
        SheetState(row.state),
        row.corrects,
        row.figures,
        row.code,
        row.issued_at,
        row.signed_on,
        row.signed_by,
    )


@dataclass(frozen=True, slots=True)
class StoredScan:
    """The sealed picture of a signed paper."""

    uuid: bytes
    version: int
    content: bytes


def scan_of(connection: Connection, class_id: int, month: Month) -> StoredScan | None:
    """The signed paper of the newest sheet of a class-month, or None."""
    row = connection.execute(
        select(Attachment.uuid, Attachment.version, Attachment.content)
        .join(MonthSheetRow, MonthSheetRow.scan_id == Attachment.id)
        .where(MonthSheetRow.class_id == class_id, MonthSheetRow.month == str(month))
        .order_by(MonthSheetRow.number.desc())
        .limit(1)
    ).one_or_none()
    return StoredScan(row.uuid, row.version, row.content) if row else None


def prison_names(connection: Connection, prison_id: int) -> tuple[str, str] | None:
    """Khmer and English name of a site, or None when there is no such row."""
    row = connection.execute(select(Prison.name_km, Prison.name_en).where(Prison.id == prison_id)).one_or_none()
    return (row.name_km, row.name_en) if row else None


def settings(connection: Connection, *names: str) -> dict[str, Any]:
    """The values of the named settings that are set."""
    rows = connection.execute(select(Setting.name, Setting.value).where(Setting.name.in_(names)))
    return {row.name: setting_value(row.value) for row in rows}


def classes_with_sessions(connection: Connection, prison_id: int, month: Month) -> tuple[int, ...]:
    """The classes of a prison that had or planned a session in *month*, in order of their codes."""
    wanted = (
        select(TrainingClass.id)
        .where(
            TrainingClass.prison_id == prison_id,
            select(ClassSession.id)
            .where(ClassSession.class_id == TrainingClass.id, ClassSession.day.between(month.first, month.last))
            .exists(),
        )
        .order_by(TrainingClass.sort_key)
    )
    return tuple(connection.execute(wanted).scalars())


#: State of a class-month's marks, sessions and enrolments: the last entry in the history, and versions that only grow.
AS_OF = """(
    (SELECT COALESCE(MAX(h.id), 0) FROM class_session AS x JOIN mark_history AS h ON h.session_id = x.id
        WHERE x.class_id = c.id AND x.day BETWEEN :first AND :last)
    || ':' || (SELECT COUNT(*) || '.' || COALESCE(SUM(x.version), 0) FROM class_session AS x
        WHERE x.class_id = c.id AND x.day BETWEEN :first AND :last)
    || ':' || (SELECT COUNT(*) || '.' || COALESCE(SUM(e.version), 0) FROM enrolment AS e WHERE e.class_id = c.id)
)"""
_AS_OF_CLASS = text(f"SELECT {AS_OF} FROM training_class AS c WHERE c.id = :class_id")


def as_of(connection: Connection, class_id: int, month: Month) -> str:
    """The state of a class-month's marks, sessions and enrolments; it differs as soon as one of them was touched."""
    days = {"first": month.first.isoformat(), "last": month.last.isoformat()}
    return str(connection.execute(_AS_OF_CLASS, {"class_id": class_id, **days}).scalar_one())


_LINES = f"""
WITH s AS (
    SELECT s.id, s.class_id, s.day, s.state, s.repairs_session_id
    FROM class_session AS s WHERE s.day BETWEEN :first AND :last
), counted AS (
    SELECT s.class_id,
        SUM(s.state <> 'cancelled' AND s.day <= :today) AS sessions,
        SUM(s.state <> 'cancelled' AND s.day <= :today AND NOT ({UNMARKED})) AS marked,
        SUM(s.state = 'planned' AND s.day > :today) AS to_come
    FROM s GROUP BY s.class_id
)
SELECT c.id, c.code, course.code AS course_code, course.name_km, course.name_en, c.prison_id, prison.code AS prison,
    counted.sessions, counted.marked, counted.to_come, sheet.state, sheet.number,
    CASE WHEN sheet.id IS NOT NULL THEN sheet.as_of <> {AS_OF} ELSE FALSE END AS changed
FROM counted
JOIN training_class AS c ON c.id = counted.class_id
JOIN course ON course.id = c.course_id
JOIN prison ON prison.id = c.prison_id
LEFT JOIN month_sheet AS sheet ON sheet.class_id = c.id AND sheet.month = :month AND sheet.number = (
    SELECT MAX(other.number) FROM month_sheet AS other WHERE other.class_id = c.id AND other.month = :month)
WHERE :everywhere OR c.prison_id IN :prisons
ORDER BY c.sort_key
"""


def sheet_lines(
    connection: Connection, month: Month, today: date, prisons: Iterable[int] | None
) -> tuple[SheetLine, ...]:
    """How far the sheet of each class with a session in *month* is, in one statement.

    Args:
        connection: to read with.
        month: the month.
        today: the working day.
        prisons: rows of the sites; None = all.
    """
    rows = connection.execute(
        text(_LINES).bindparams(bindparam("prisons", expanding=True)),
        {
            "first": month.first.isoformat(),
            "last": month.last.isoformat(),
            "today": today.isoformat(),
            "month": str(month),
            "everywhere": prisons is None,
            "prisons": sorted(prisons or ()),
        },
    )
    return tuple(
        SheetLine(
            class_id=row.id,
            class_code=row.code,
            course_km=row.name_km,
            course_en=row.name_en,
            prison_id=row.prison_id,
            prison=row.prison,
            sessions=row.sessions,
            marked=row.marked,
            to_come=row.to_come,
            state=SheetState(row.state) if row.state else SheetState.OPEN,
            number=row.number or 0,
            changed=bool(row.changed),
        )
        for row in rows
    )


_LOST = """
SELECT COALESCE(SUM(MAX(0, COALESCE(s.real_ends, s.ends) - COALESCE(s.real_starts, s.starts))), 0)
FROM class_session AS s
JOIN training_class AS c ON c.id = s.class_id
JOIN enrolment AS e ON e.class_id = s.class_id AND e.starts_on <= s.day AND (e.ends_on IS NULL OR e.ends_on >= s.day)
LEFT JOIN absence_reason AS why ON why.id = s.reason_id
LEFT JOIN mark AS m ON m.session_id = s.id AND m.person_id = e.person_id
WHERE c.prison_id = :prison AND s.day BETWEEN :first AND :last AND (
    (s.state = 'held' AND m.code = 'institution') OR (s.state = 'cancelled' AND why.code IN :codes))
"""


def minutes_lost(connection: Connection, prison_id: int, month: Month, cancel_codes: Iterable[str]) -> int:
    """Minutes of class that people missed for reasons of the prison: institution marks, sessions that it cancelled.

    Args:
        connection: to read with.
        prison_id: the site.
        month: the month.
        cancel_codes: reasons of cancelled sessions that are the prison's.
    """
    found = connection.execute(
        text(_LOST).bindparams(bindparam("codes", expanding=True)),
        {
            "prison": prison_id,
            "first": month.first.isoformat(),
            "last": month.last.isoformat(),
            "codes": sorted(cancel_codes),
        },
    ).scalar_one()
    return int(found)
