"""Reads a month's absence list as Cambodian schools and prisons keep it: names down, days across.

Layout (design page "training facts", 4a): a title with month and year; two header rows, weekday letters over day
numbers, beside ល.រ, អត្តលេខ and គោត្តនាម និងនាម; then a row per learner. A blank cell says present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people_import import Cell, ImportTable, Row
from tlbb_desktop.i18n.days import MONTH_NAMES
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import MONTHS, search_key, to_ascii_digits

_ENGLISH_MONTHS: Final = tuple(str(name) for name in MONTH_NAMES)
_MONTH_KEYS: Final = {
    search_key(name): number for names in (MONTHS, _ENGLISH_MONTHS) for number, name in enumerate(names, 1)
}
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DIGITAL_MONTH: Final = re.compile(r"(?<!\d)(?:(20\d\d)[-/.](0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.](20\d\d))(?!\d)")
_KHMER_WEEKDAYS: Final = ["ច", "អ", "ព", "ព្រ", "សុ", "ស", "អា"]
_ENGLISH_WEEKDAYS: Final = ["mo", "tu", "we", "th", "fr", "sa", "su"]
_WEEKDAY_KEYS: Final = {search_key(letter): number for number, letter in enumerate(_KHMER_WEEKDAYS)}
_NUMBER_HEADS: Final = tuple(map(search_key, ("ល.រ", "លរ", "No", "No.", "N°", "#")))
_CODE_HEADS: Final = tuple(map(search_key, ("អត្តលេខ", "លេខកូដ", "ID", "Code")))
_NAME_HEADS: Final = tuple(map(search_key, ("គោត្តនាម", "ឈ្មោះ", "នាមត្រកូល", "Name", "Family")))
_FEWEST_DAYS: Final = 20
_LAST_HEADER_ROW: Final = 60


class Silence(Enum):
    """A sign that says nothing about the learner: not marked, cancelled, not on the list, still to come."""

    SILENT = "silent"


_SIGNS_OF: Final[dict[MarkCode | Silence, tuple[str, ...]]] = {
    MarkCode.ABSENT: ("អច្ប", "អ", "A", "Absent", "អត់ច្បាប់", "អវត្តមាន"),
    MarkCode.EXCUSED: ("ច្ប", "ច", "E", "Excused", "ច្បាប់", "មានច្បាប់"),
    MarkCode.LATE: ("យឺត", "មកយឺត", "L", "Late"),
    MarkCode.PRESENT: ("P", "Present", "មក", "វត្តមាន", "✓", "✔", "√"),
    Silence.SILENT: ("?", "×", "–", "-", "○"),
}
_MEANINGS: Final = {search_key(sign): meaning for meaning, signs in _SIGNS_OF.items() for sign in signs}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A learner's row.

    Args:
        number: row of the sheet, counted from 1.
        code: as written, or ``""``.
        name: as written, or ``""``.
        cells: day -> what the cell says, blank cells too.
    """

    number: int
    code: str
    name: str
    cells: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class PaperRegister:
    """A month's absence list.

    Args:
        sheet: name of the sheet.
        month: the month whose weekdays the list has.
        columns: day -> letter of the column, such as ``J``.
        rows: the learners in the list's order.
    """

    sheet: str
    month: Month
    columns: Mapping[date, str]
    rows: tuple[PaperRow, ...]

    def place(self, row: PaperRow, day: date) -> str:
        """The cell of a learner and a day, as the spreadsheet names it: ``J12``."""
        return f"{self.columns[day]}{row.number}"


def mark_of_sign(sign: str) -> MarkCode | Silence | None:
    """What a filled cell says, or None for a sign that nobody agreed on."""
    return _MEANINGS.get(search_key(sign))


def read_paper_registers(tables: Sequence[ImportTable]) -> tuple[PaperRegister, ...]:
    """The absence lists of a workbook, in the order of its sheets.

    Raises:
        BadFile: no sheet has the two header rows, or the month of one cannot be told.
    """
    found = [_read(table, header) for table in tables if (header := _find_header(table))]
    if not found:
        raise BadFile(
            N_("This is not a month's list of absences: no row with weekdays over the days 1, 2, 3 … was found.")
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the day numbers stand: position of their row, and day -> column."""

    row: int
    days: Mapping[int, int]


def _find_header(table: ImportTable) -> _Header | None:
    for position, row in enumerate(table.rows[:_LAST_HEADER_ROW]):
        days = _day_columns(row)
        if len(days) >= _FEWEST_DAYS:
            return _Header(position, days)
    return None


def _day_columns(row: Row) -> dict[int, int]:
    """The longest run of cells 1, 2, 3 … in neighbouring columns, as day -> column."""
    best: dict[int, int] = {}
    run: dict[int, int] = {}
    for column, cell in enumerate(row):
        number = _whole_number(cell)
        if number == len(run) + 1 <= 31:
            run[number] = column
        else:
            run = {1: column} if number == 1 else {}
        best = max(best, run, key=len)
    return dict(best)


def _whole_number(cell: Cell) -> int | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return int(cell) if cell == int(cell) else None
    text = to_ascii_digits(str(cell)).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None


def _read(table: ImportTable, header: _Header) -> PaperRegister:
    month = _month(table, header)
    days = {date(month.year, month.number, day): column for day, column in header.days.items() if day <= month.last.day}
    first_day = min(header.days.values())
    number_column = _head_column(table, header, _NUMBER_HEADS, first_day)
    code_column = _head_column(table, header, _CODE_HEADS, first_day)
    name_column = _head_column(table, header, _NAME_HEADS, first_day)
    if code_column is None and name_column is None:
        raise BadFile(N_("The list has no column for codes (អត្តលេខ) and none for names (គោត្តនាម និងនាម)."))
    rows = [
        PaperRow(
            position + 1,
            _text(row, code_column),
            _text(row, name_column),
            {day: _text(row, column) for day, column in days.items()},
        )
        for position, row in enumerate(table.rows)
        if position > header.row and (number_column is None or _is_numbered(row, number_column))
    ]
    return PaperRegister(
        table.name,
        month,
        {day: _column_letters(column) for day, column in days.items()},
        tuple(row for row in rows if row.code or row.name),
    )


def _is_numbered(row: Row, column: int) -> bool:
    """Whether a row is a learner's: totals and signatures under the list have no running number."""
    text = to_ascii_digits(_text(row, column)).rstrip(".)")
    return text.isascii() and text.isdigit()


def _head_column(table: ImportTable, header: _Header, heads: tuple[str, ...], before: int) -> int | None:
    """The column whose heading, beside the weekdays or the day numbers, is one of *heads*."""
    for row in table.rows[max(0, header.row - 1) : header.row + 1]:
        for column, cell in enumerate(row[:before]):
            key = search_key(str(cell))
            if key in heads or (len(key) > 3 and key.startswith(tuple(head for head in heads if len(head) > 2))):
                return column
    return None


def _month(table: ImportTable, header: _Header) -> Month:
    """The month that title or sheet name says and the weekday letters agree with.

    Raises:
        BadFile: none is said, or the letters are those of another month.
    """
    lines = [" ".join(str(cell) for cell in row if cell != "") for row in table.rows[: header.row]]
    said = list(_months_in([*lines, table.name]))
    if not said:
        raise BadFile(N_("The list does not say its month and year in the title or in the name of the sheet."))
    letters = _weekdays(table, header)
    for month in said:
        if max(letters, default=0) <= month.last.day and all(
            date(month.year, month.number, day).weekday() == weekday for day, weekday in letters.items()
        ):
            return month
    raise BadFile(N_("The weekdays over the days are not those of {month}. Check the title."), month=str(said[0]))


def _months_in(texts: Sequence[str]) -> Iterator[Month]:
    for text in texts:
        plain = to_ascii_digits(text)
        digital = _DIGITAL_MONTH.search(plain)
        year = _YEAR.search(plain)
        if digital:
            yield Month(int(digital[1] or digital[4]), int(digital[2] or digital[3]))
        elif year:
            key = search_key(plain)
            named = [number for name, number in _MONTH_KEYS.items() if name in key]
            for number in named:
                yield Month(int(year[1]), number)


def _weekdays(table: ImportTable, header: _Header) -> dict[int, int]:
    """Day number -> weekday, where the row above the numbers has a letter for it."""
    if header.row == 0:
        return {}
    above = table.rows[header.row - 1]
    found = {day: _weekday(_text(above, column)) for day, column in header.days.items()}
    return {day: weekday for day, weekday in found.items() if weekday is not None}


def _weekday(letters: str) -> int | None:
    key = search_key(letters)
    if key in _WEEKDAY_KEYS:
        return _WEEKDAY_KEYS[key]
    return _ENGLISH_WEEKDAYS.index(key[:2]) if key[:2] in _ENGLISH_WEEKDAYS else None


def _text(row: Row, column: int | None) -> str:
    if column is None or column >= len(row):
        return ""
    cell = row[column]
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    return " ".join(str(cell).split())


def _column_letters(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
