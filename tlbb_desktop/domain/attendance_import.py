"""A month's absence list on its way into a class's register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import Marked, SetMark


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell, or a whole row, that is left out.

    Args:
        cell: as the spreadsheet names it, such as ``J12``; a row's number for a whole row.
        code: the learner's code as written.
        name: the learner's name as written.
        day: its day, or None for a whole row.
        text: what the cell says.
        why: the reason.
    """

    cell: str
    code: str
    name: str
    day: date | None
    text: str
    why: TlbbError


@dataclass(frozen=True, slots=True)
class AttendanceImport:
    """What a list will do to the register; nothing is written yet.

    Args:
        class_id: row of the class.
        month: the list's month.
        sheet: name of the sheet.
        wishes: the cells that will be set.
        unchanged: number of cells whose mark already reads the same on paper; they keep minutes and reasons.
        refused: what is left out, in the order of the list.
        days: days with a session that the list speaks of.
        missing: (code, name) of learners on the roster of one of those days whom the list does not name.
    """

    class_id: int
    month: Month
    sheet: str
    wishes: tuple[SetMark, ...]
    unchanged: int
    refused: tuple[RefusedCell, ...]
    days: tuple[date, ...]
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AttendanceTaken:
    """What became of a list: the cells set, the cells and rows left out."""

    marked: Marked
    refused: tuple[RefusedCell, ...]
