"""Curricula, what sessions teach, attempts, records from other places, submissions to the Ministry.

A record that is brought up gets the sample curricula of its courses. Its classes go on without units: nobody recorded
which unit they are at, so a manager puts them on a curriculum when they want it.

The samples and the statements that plant them are this migration's own, so that it does the same for ever.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import Connection

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STAMP = "uuid, version, created_at, created_by, changed_at, changed_by"
_UNIT = f"INSERT INTO course_unit (course_id, code, {_STAMP}) VALUES (?, ?, ?, 1, ?, NULL, ?, NULL)"
_CURRICULUM = (
    "INSERT INTO curriculum (course_id, number, basis, all_units, attendance_percent, hours_percent, source, sample,"
    f" {_STAMP}) VALUES (?, 1, ?, TRUE, 80, 80, ?, TRUE, ?, 1, ?, NULL, ?, NULL)"
)
_CURRICULUM_UNIT = (
    "INSERT INTO curriculum_unit (curriculum_id, unit_id, name_km, name_en, hours, position) VALUES (?, ?, ?, ?, ?, ?)"
)
_CRITERION = "INSERT INTO criterion (curriculum_unit_id, number, name_km, name_en, critical) VALUES (?, ?, ?, ?, ?)"


def upgrade() -> None:
    """Make the tables, from the SQL file beside this one, and plant the samples."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)
    connection = op.get_bind()
    for course_id, code in connection.exec_driver_sql("SELECT id, code FROM course ORDER BY id").all():
        _plant(connection, course_id, [line[1:] for line in _samples() if line[0] == code])


def _plant(connection: Connection, course_id: int, lines: list[tuple[str, ...]]) -> None:
    if not lines:
        return
    now = time.time_ns() // 1_000_000
    source = next(line for line in lines if line[0] == "source")
    said = f"{source[2]} / {source[3]}"
    curriculum_id = _inserted(connection, _CURRICULUM, course_id, source[4], said, _uuid(now), now, now)
    for position, (_kind, code, name_km, name_en, hours) in enumerate((each for each in lines if each[0] == "unit"), 1):
        unit_id = _inserted(connection, _UNIT, course_id, code, _uuid(now), now, now)
        row = _inserted(connection, _CURRICULUM_UNIT, curriculum_id, unit_id, name_km, name_en, int(hours), position)
        criteria = [each for each in lines if each[:2] == ("criterion", code)]
        for number, (_kind, _code, said_km, said_en, value) in enumerate(criteria, 1):
            _inserted(connection, _CRITERION, row, number, said_km, said_en, value == "critical")


def _samples() -> Iterator[tuple[str, ...]]:
    """The lines of the samples as (course, kind, code, Khmer, English, value)."""
    table = Path(__file__).with_name("0004_samples.tsv")
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "course\t")):
            yield tuple(line.split("\t"))


def _inserted(connection: Connection, statement: str, *values: Any) -> int:
    return int(connection.exec_driver_sql(f"{statement} RETURNING id", values).scalar_one())


def _uuid(milliseconds: int) -> bytes:
    """A UUID version 7."""
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    return (value & ~(0x3 << 62) | (0x2 << 62)).to_bytes(16, "big")
