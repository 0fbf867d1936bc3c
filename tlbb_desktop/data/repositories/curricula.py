"""Writes versions of a curriculum; a stored version never changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.domain.curricula import Curriculum, Unit

_STAMP: Final = "uuid, version, created_at, created_by, changed_at, changed_by"
_NEW_UNIT: Final = f"INSERT INTO course_unit (course_id, code, {_STAMP}) VALUES (?, ?, ?, 1, ?, ?, ?, ?)"
_NEW_CURRICULUM: Final = (
    "INSERT INTO curriculum (course_id, number, basis, all_units, attendance_percent, hours_percent, source, sample,"
    f" {_STAMP}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)"
)
_NEW_CURRICULUM_UNIT: Final = (
    "INSERT INTO curriculum_unit (curriculum_id, unit_id, name_km, name_en, hours, position) VALUES (?, ?, ?, ?, ?, ?)"
)
_NEW_CRITERION: Final = (
    "INSERT INTO criterion (curriculum_unit_id, number, name_km, name_en, critical) VALUES (?, ?, ?, ?, ?)"
)


def store_curriculum(connection: Connection, curriculum: Curriculum, at: int, staff_id: int | None) -> Curriculum:
    """Store a new version; units keep the row of the course's unit with their code. Gives it with its rows.

    Args:
        connection: of the unit of work.
        curriculum: with its number.
        at: moment in milliseconds.
        staff_id: who acts, or None for the program itself.
    """
    stamp = (at, staff_id, at, staff_id)
    rule = curriculum.rule
    curriculum_id = _inserted(
        connection,
        _NEW_CURRICULUM,
        curriculum.course_id,
        curriculum.number,
        str(curriculum.basis),
        rule.all_units,
        rule.attendance_percent,
        rule.hours_percent,
        curriculum.source,
        curriculum.sample,
        new_uuid(),
        *stamp,
    )
    wanted = "SELECT upper(code), id FROM course_unit WHERE course_id = ?"
    known = {row[0]: int(row[1]) for row in connection.exec_driver_sql(wanted, (curriculum.course_id,))}
    units = []
    for position, unit in enumerate(curriculum.units, 1):
        unit_id = known.get(unit.code.upper()) or _inserted(
            connection, _NEW_UNIT, curriculum.course_id, unit.code, new_uuid(), *stamp
        )
        _store_unit(connection, curriculum_id, unit_id, unit, position)
        units.append(replace(unit, id=unit_id))
    return replace(curriculum, id=curriculum_id, units=tuple(units))


def _store_unit(connection: Connection, curriculum_id: int, unit_id: int, unit: Unit, position: int) -> None:
    row = _inserted(
        connection,
        _NEW_CURRICULUM_UNIT,
        curriculum_id,
        unit_id,
        unit.name_km,
        unit.name_en,
        unit.hours,
        position,
    )
    criteria = [(row, each.number, each.name_km, each.name_en, each.critical) for each in unit.criteria]
    if criteria:
        connection.exec_driver_sql(_NEW_CRITERION, criteria)


def _inserted(connection: Connection, statement: str, *values: Any) -> int:
    return int(connection.exec_driver_sql(f"{statement} RETURNING id", values).scalar_one())
