"""Curricula as services read them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.domain.curricula import (
    Basis,
    CertificateRule,
    CourseFollower,
    Criterion,
    Curriculum,
    Unit,
    UnitSwitch,
)

_CURRICULA: Final = (
    "SELECT id, course_id, number, basis, all_units, attendance_percent, hours_percent, source, sample FROM curriculum"
)
_UNITS: Final = (
    "SELECT cu.id, cu.unit_id, u.code, cu.name_km, cu.name_en, cu.hours FROM curriculum_unit AS cu"
    " JOIN course_unit AS u ON u.id = cu.unit_id WHERE cu.curriculum_id = ? ORDER BY cu.position"
)
_CRITERIA: Final = (
    "SELECT c.curriculum_unit_id, c.number, c.name_km, c.name_en, c.critical FROM criterion AS c"
    " JOIN curriculum_unit AS cu ON cu.id = c.curriculum_unit_id WHERE cu.curriculum_id = ? ORDER BY c.number"
)
_SWITCHES: Final = (
    "SELECT s.unit_id, u.code, s.reason, s.version FROM unit_switch AS s JOIN course_unit AS u ON u.id = s.unit_id"
    " WHERE s.prison_id = ? AND s.off ORDER BY u.code"
)
_ATTEMPTED: Final = """
    SELECT DISTINCT u.code FROM attempt AS a JOIN course_unit AS u ON u.id = a.unit_id
    JOIN training_class AS k ON k.id = a.class_id
    WHERE a.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attempt AS b WHERE b.corrects_id = a.id)
      AND k.id IN (SELECT value FROM json_each(?)) ORDER BY u.code
"""
_TAUGHT: Final = """
    SELECT u.code FROM course_unit AS u WHERE u.course_id = ?2 AND u.id IN (
        SELECT unit_id FROM class_unit WHERE class_id IN (SELECT value FROM json_each(?1))
        UNION SELECT p.unit_id FROM class_session AS s JOIN session_unit AS p ON p.session_id = s.id
        WHERE s.class_id IN (SELECT value FROM json_each(?1))
    ) ORDER BY u.code
"""
_RUNNING: Final = (
    "SELECT id FROM training_class WHERE course_id = ? AND curriculum_id IS NOT NULL AND ends_on >= ? ORDER BY id"
)
_FOLLOWERS: Final = """
    SELECT k.id, k.code, k.prison_id, p.code, k.starts_on, k.ends_on, c.number, k.version FROM training_class AS k
    JOIN prison AS p ON p.id = k.prison_id LEFT JOIN curriculum AS c ON c.id = k.curriculum_id
    WHERE k.course_id = ? ORDER BY k.ends_on DESC, k.code
"""


def curriculum(connection: Connection, curriculum_id: int) -> Curriculum | None:
    """One version with its units and criteria, or None."""
    found = _read(connection, f"{_CURRICULA} WHERE id = ?", curriculum_id)
    return found[0] if found else None


def newest(connection: Connection, course_id: int) -> Curriculum | None:
    """The newest version of a course, or None where it has no curriculum."""
    found = _read(connection, f"{_CURRICULA} WHERE course_id = ? ORDER BY number DESC LIMIT 1", course_id)
    return found[0] if found else None


def newest_id(connection: Connection, course_id: int) -> int | None:
    """The row of a course's newest version, or None."""
    wanted = "SELECT id FROM curriculum WHERE course_id = ? ORDER BY number DESC LIMIT 1"
    found = connection.exec_driver_sql(wanted, (course_id,)).scalar()
    return None if found is None else int(found)


def versions(connection: Connection, course_id: int) -> tuple[Curriculum, ...]:
    """Every version of a course, the newest first."""
    return _read(connection, f"{_CURRICULA} WHERE course_id = ? ORDER BY number DESC", course_id)


def of_class(connection: Connection, class_id: int) -> Curriculum | None:
    """The version that a class follows, all units, or None for a class that is taught without units."""
    wanted = f"{_CURRICULA} WHERE id = (SELECT curriculum_id FROM training_class WHERE id = ?)"
    found = _read(connection, wanted, class_id)
    return found[0] if found else None


def switches(connection: Connection, prison_id: int) -> tuple[UnitSwitch, ...]:
    """The units that a prison does not teach, in order of their codes."""
    return tuple(UnitSwitch(*row) for row in connection.exec_driver_sql(_SWITCHES, (prison_id,)))


def running_classes(connection: Connection, course_id: int, today: str) -> tuple[int, ...]:
    """The classes of a course that are taught by units and are not over on *today* (ISO text)."""
    return tuple(connection.exec_driver_sql(_RUNNING, (course_id, today)).scalars())


def followers(connection: Connection, course_id: int) -> tuple[CourseFollower, ...]:
    """The classes of a course, those that end last first, each with the version that it follows."""
    return tuple(
        CourseFollower(row, code, prison_id, prison, date.fromisoformat(first), date.fromisoformat(last), *versions)
        for row, code, prison_id, prison, first, last, *versions in connection.exec_driver_sql(_FOLLOWERS, (course_id,))
    )


def attempted_units(connection: Connection, class_ids: str) -> tuple[str, ...]:
    """Codes of the units in which attempts stand, of these classes (a JSON list of rows)."""
    return tuple(connection.exec_driver_sql(_ATTEMPTED, (class_ids,)).scalars())


def taught_units(connection: Connection, course_id: int, class_ids: str) -> tuple[str, ...]:
    """Codes of the course's units that these classes (a JSON list of rows) are at on some day or teach in a session."""
    return tuple(connection.exec_driver_sql(_TAUGHT, (class_ids, course_id)).scalars())


def _read(connection: Connection, statement: str, value: Any) -> tuple[Curriculum, ...]:
    rows = connection.exec_driver_sql(statement, (value,)).all()
    return tuple(
        Curriculum(
            id=row.id,
            course_id=row.course_id,
            number=row.number,
            units=_units(connection, row.id),
            basis=Basis(row.basis),
            rule=CertificateRule(bool(row.all_units), row.attendance_percent, row.hours_percent),
            source=row.source,
            sample=bool(row.sample),
        )
        for row in rows
    )


def _units(connection: Connection, curriculum_id: int) -> tuple[Unit, ...]:
    criteria: dict[int, list[Criterion]] = {}
    for row in connection.exec_driver_sql(_CRITERIA, (curriculum_id,)):
        criteria.setdefault(row[0], []).append(Criterion(row[1], row[2], row[3], bool(row[4])))
    return tuple(
        Unit(row[1], row[2], row[3], row[4], row[5], tuple(criteria.get(row[0], ())))
        for row in connection.exec_driver_sql(_UNITS, (curriculum_id,))
    )
