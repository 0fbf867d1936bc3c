"""A curriculum as three tables (course, units, criteria), as a spreadsheet holds it, and back.

The words in the first row are the same in every language, so that a file travels between laptops; the texts below them
are in Khmer and in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tlbb_desktop.domain.classes import Course
from tlbb_desktop.domain.curricula import (
    Basis,
    CertificateRule,
    Criterion,
    Curriculum,
    CurriculumProblem,
    CurriculumRefused,
    Unit,
    problems,
)
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.people_import import Cell, ImportTable, Row
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits

COURSE_SHEET, UNIT_SHEET, CRITERION_SHEET = "course", "units", "criteria"
UNIT_COLUMNS: Final = ("code", "title_km", "title_en", "hours")
CRITERION_COLUMNS: Final = ("unit", "number", "criterion_km", "criterion_en", "critical")
YES, NO = "yes", "no"
_TRUE: Final = frozenset({"yes", "true", "1", "x", "critical", "បាទ", "ចាស", "សំខាន់"})
_MOST_DIGITS: Final = 9

Sheet = tuple[str, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class CurriculumFile:
    """What a file says.

    Args:
        course_code: of which course it says it is; ``""`` where it says nothing.
        curriculum: without row and number.
        version: number of the version that it was written from, or None where it does not say.
    """

    course_code: str
    curriculum: Curriculum
    version: int | None = None


def written_sheets(course: Course, curriculum: Curriculum) -> tuple[Sheet, ...]:
    """The three sheets of a curriculum as (name, rows)."""
    rule = curriculum.rule
    about: tuple[Row, ...] = (
        ("course", course.code),
        ("title_km", course.name_km),
        ("title_en", course.name_en),
        ("version", curriculum.number),
        ("hours", curriculum.hours),
        ("basis", str(curriculum.basis)),
        ("all_units", YES if rule.all_units else NO),
        ("attendance_percent", rule.attendance_percent),
        ("hours_percent", rule.hours_percent),
        ("source", curriculum.source),
        ("sample", YES if curriculum.sample else NO),
    )
    units = tuple((unit.code, unit.name_km, unit.name_en, unit.hours) for unit in curriculum.units)
    criteria = tuple(
        (unit.code, each.number, each.name_km, each.name_en, YES if each.critical else "")
        for unit in curriculum.units
        for each in unit.criteria
    )
    return (
        (COURSE_SHEET, about),
        (UNIT_SHEET, (UNIT_COLUMNS, *units)),
        (CRITERION_SHEET, (CRITERION_COLUMNS, *criteria)),
    )


def read_sheets(tables: Sequence[ImportTable], course_id: int) -> CurriculumFile:
    """The curriculum in the sheets of a file.

    Args:
        tables: of the file; the sheet of units is needed, the others may be missing.
        course_id: row of the course that it is for.

    Raises:
        BadFile: no sheet has the columns of units.
        CurriculumRefused: lines that cannot be read, each with its row.
    """
    by_head = {_head(table): table for table in tables}
    units_sheet = by_head.get(UNIT_COLUMNS)
    if units_sheet is None:
        raise BadFile(
            N_("The file has no sheet whose first row says {columns}. Export a course to see how it is written."),
            columns=UNIT_COLUMNS,
        )
    about = _about(tables)
    reader = _Reader()
    criteria = reader.criteria(by_head.get(CRITERION_COLUMNS))
    units = reader.units(units_sheet, criteria)
    reader.strangers(criteria, units)
    rule = CertificateRule(
        about.get("all_units", YES).casefold() in _TRUE,
        reader.percent(about, "attendance_percent"),
        reader.percent(about, "hours_percent"),
    )
    basis = Basis.PARTICIPATION if about.get("basis", "").casefold() == Basis.PARTICIPATION else Basis.COMPETENCE
    curriculum = Curriculum(None, course_id, 0, units, basis, rule, about.get("source", ""))
    if wrong := [*problems(curriculum), *reader.problems]:
        raise CurriculumRefused(wrong)
    return CurriculumFile(about.get("course", ""), curriculum, _whole(about.get("version", "")))


class _Reader:
    """Reads lines and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[CurriculumProblem] = []

    def units(self, table: ImportTable, criteria: Mapping[str, list[Criterion]]) -> tuple[Unit, ...]:
        """The units of a sheet, each with its criteria."""
        found = []
        for row, cells in _lines(table, len(UNIT_COLUMNS)):
            code, name_km, name_en, hours = cells
            number = _whole(hours)
            if number is None:
                self._wrong(N_("Row {row}: {text} is no number of whole hours."), row=row, text=_text(hours) or "–")
            own = tuple(criteria.get(_text(code).upper(), ()))
            found.append(Unit(None, _text(code), _text(name_km), _text(name_en), 1 if number is None else number, own))
        return tuple(found)

    def criteria(self, table: ImportTable | None) -> dict[str, list[Criterion]]:
        """Code of a unit in capitals -> its criteria, of a sheet."""
        found: dict[str, list[Criterion]] = {}
        for row, cells in _lines(table, len(CRITERION_COLUMNS)) if table else ():
            unit, number, name_km, name_en, critical = cells
            whole = _whole(number)
            if whole is None:
                self._wrong(N_("Row {row}: {text} is no number of a criterion."), row=row, text=_text(number) or "–")
            is_critical = critical is True or _text(critical).casefold() in _TRUE
            mine = found.setdefault(_text(unit).upper(), [])
            mine.append(
                Criterion(len(mine) + 1 if whole is None else whole, _text(name_km), _text(name_en), is_critical)
            )
        return found

    def strangers(self, criteria: Mapping[str, list[Criterion]], units: Sequence[Unit]) -> None:
        """Note criteria of units that the file does not have."""
        for code in criteria.keys() - {unit.code.upper() for unit in units}:
            self._wrong(N_("There are criteria of unit {code}, but the file has no such unit."), code=code or "–")

    def percent(self, about: Mapping[str, str], name: str) -> int:
        """A percentage of the sheet about the course."""
        text = about.get(name, "80")
        number = _whole(text)
        if number is None:
            self._wrong(N_("{name}: {text} is no percentage."), name=name, text=text)
        return 80 if number is None else number

    def _wrong(self, message: str, **fields: object) -> None:
        self.problems.append(CurriculumProblem(message, fields))


def _head(table: ImportTable) -> tuple[str, ...]:
    return tuple(_text(cell).casefold() for cell in table.rows[0]) if table.rows else ()


def _about(tables: Sequence[ImportTable]) -> dict[str, str]:
    """The lines of the sheet about the course, which is told by its first cell."""
    for table in tables:
        if table.rows and _text(table.rows[0][0] if table.rows[0] else "").casefold() == "course":
            return {_text(row[0]).casefold(): _text(row[1]) for row in table.rows if len(row) > 1}
    return {}


def _lines(table: ImportTable, columns: int) -> Iterator[tuple[int, Row]]:
    """The rows under the head with their numbers, cut or filled to *columns*; empty ones are left out."""
    for number, row in enumerate(table.rows[1:], 2):
        if any(_text(cell) for cell in row):
            yield number, (*row[:columns], *[""] * (columns - len(row)))


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _whole(cell: Cell) -> int | None:
    """A whole number, also a negative one, or None."""
    text = to_ascii_digits(_text(cell))
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > _MOST_DIGITS:
        return None
    return int(text)
