"""The sample curricula that the program brings, from its bundled tables; nobody here has approved them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Final

from sqlalchemy import Connection

from tlbb_desktop.data.models.vocabulary import to_milliseconds
from tlbb_desktop.data.repositories.curricula import store_curriculum
from tlbb_desktop.domain.curricula import Basis, Criterion, Curriculum, Unit

#: Courses that come with a sample, as they are coded in a new programme.
SAMPLES: Final = ("moto", "electronics", "electrical", "aircon", "life-skills")


def sample_curriculum(course_id: int, course_code: str) -> Curriculum | None:
    """The sample for a course as its first version, or None where there is none."""
    if course_code not in SAMPLES:
        return None
    lines = list(_lines(course_code))
    source = next(line for line in lines if line[0] == "source")
    units = [_unit(line, lines) for line in lines if line[0] == "unit"]
    return Curriculum(
        id=None,
        course_id=course_id,
        number=1,
        units=tuple(units),
        basis=Basis(source[4]),
        source=f"{source[2]} / {source[3]}",
        sample=True,
    )


def plant_missing(connection: Connection) -> None:
    """Give every course that has no curriculum its sample, where there is one."""
    courses = connection.exec_driver_sql(
        "SELECT id, code FROM course WHERE id NOT IN (SELECT course_id FROM curriculum) ORDER BY id"
    ).all()
    at = to_milliseconds(datetime.now(UTC))
    for course_id, code in courses:
        sample = sample_curriculum(course_id, code)
        if sample is not None:
            store_curriculum(connection, sample, at, None)


def _unit(line: tuple[str, ...], lines: list[tuple[str, ...]]) -> Unit:
    mine = [each for each in lines if each[0] == "criterion" and each[1] == line[1]]
    criteria = tuple(
        Criterion(number, each[2], each[3], critical=each[4] == "critical") for number, each in enumerate(mine, 1)
    )
    return Unit(None, line[1], line[2], line[3], int(line[4]), criteria)


def _lines(course_code: str) -> Iterator[tuple[str, ...]]:
    """The lines of a table as (kind, code, Khmer, English, value)."""
    table = files("tlbb_desktop") / "assets" / "data" / "curricula" / f"{course_code}.tsv"
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "kind\t")):
            yield tuple(line.split("\t"))
