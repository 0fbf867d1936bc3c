"""A list of people from outside, on its way into the record: table, plan, lines, result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.people import LikelySame, PersonRecord
from tlbb_desktop.i18n.marks import Np_

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell of a spreadsheet holds; an empty cell is the empty text."""

Row = tuple[Cell, ...]


class ImportField(StrEnum):
    """What a column of a list can hold. A name column may hold either script; the letters decide."""

    CODE = "code"
    NAME_KM = "name_km"
    FAMILY_KM = "family_km"
    GIVEN_KM = "given_km"
    NAME_LATIN = "name_latin"
    FAMILY_LATIN = "family_latin"
    GIVEN_LATIN = "given_latin"
    NICKNAME = "nickname"
    SEX = "sex"
    BIRTH = "birth"
    AGE = "age"
    PROVINCE = "province"
    ADDRESS = "address"
    PHONES = "phones"
    NOTE = "note"


FIELD_NAMES = {
    ImportField.CODE: Np_("column of a list of people", "Code"),
    ImportField.NAME_KM: Np_("column of a list of people", "Name"),
    ImportField.FAMILY_KM: Np_("column of a list of people", "Family name"),
    ImportField.GIVEN_KM: Np_("column of a list of people", "Given name"),
    ImportField.NAME_LATIN: Np_("column of a list of people", "Name in Latin letters"),
    ImportField.FAMILY_LATIN: Np_("column of a list of people", "Family name in Latin letters"),
    ImportField.GIVEN_LATIN: Np_("column of a list of people", "Given name in Latin letters"),
    ImportField.NICKNAME: Np_("column of a list of people", "Nickname"),
    ImportField.SEX: Np_("column of a list of people", "Sex"),
    ImportField.BIRTH: Np_("column of a list of people", "Date of birth"),
    ImportField.AGE: Np_("column of a list of people", "Age"),
    ImportField.PROVINCE: Np_("column of a list of people", "Province"),
    ImportField.ADDRESS: Np_("column of a list of people", "Address"),
    ImportField.PHONES: Np_("column of a list of people", "Telephone"),
    ImportField.NOTE: Np_("column of a list of people", "Note"),
}
NAME_FIELDS = frozenset(
    {
        ImportField.NAME_KM,
        ImportField.FAMILY_KM,
        ImportField.GIVEN_KM,
        ImportField.NAME_LATIN,
        ImportField.FAMILY_LATIN,
        ImportField.GIVEN_LATIN,
    }
)


@dataclass(frozen=True, slots=True)
class ImportTable:
    """The cells of one sheet.

    Args:
        name: the file's or the sheet's name.
        rows: every row from the first of the sheet, so that row 1 of the sheet is ``rows[0]``; trailing blanks are cut.
    """

    name: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What each column of a table means.

    Args:
        table: the cells.
        heading: position of the row with the headings in ``table.rows`` (0-based), or None when there is none.
        columns: the field of each column, None = left out.
    """

    table: ImportTable
    heading: int | None
    columns: tuple[ImportField | None, ...]

    def with_column(self, position: int, field: ImportField | None) -> ImportPlan:
        """The plan with *field* in the column at *position*, and in no other."""
        columns = [None if field is not None and each is field else each for each in self.columns]
        columns[position] = field
        return replace(self, columns=tuple(columns))

    @property
    def is_complete(self) -> bool:
        """Whether a name is among the columns, without which nobody can be taken in."""
        return any(field in NAME_FIELDS for field in self.columns)


class ImportOutcome(StrEnum):
    """What will happen with a line."""

    ADD = "add"
    REFUSED = "refused"
    LIKELY_SAME = "likely_same"


OUTCOME_NAMES = {
    ImportOutcome.ADD: Np_("line of a list of people", "Will be added"),
    ImportOutcome.REFUSED: Np_("line of a list of people", "Refused"),
    ImportOutcome.LIKELY_SAME: Np_("line of a list of people", "Perhaps the same person"),
}


class LineDecision(StrEnum):
    """What a person decided on a line that may be somebody known."""

    ADD = "add"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A line of the list with what will happen to it.

    Args:
        number: row of the sheet, counted from 1.
        cells: the row as it stands in the file.
        record: the person as read, or None when the line is refused.
        outcome: what will happen.
        why: the reason of a refusal or a doubt.
        resembles: the person it may be; an ``id`` of 0 is somebody on an earlier line of the same list.
        headings: the row with the headings of its list.
    """

    number: int
    cells: Row
    record: PersonRecord | None
    outcome: ImportOutcome
    why: TlbbError | None = None
    resembles: LikelySame | None = None
    headings: Row = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a list.

    Args:
        headings: the row with the headings, for the file of refused lines.
        added: ids of the people taken in, in the order of the list.
        refused: the lines that were left out, each with its reason.
    """

    headings: Row
    added: tuple[int, ...]
    refused: tuple[ImportLine, ...]
