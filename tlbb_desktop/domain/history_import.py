"""A table of releases of earlier years: who left when, what happened then, and up to which day that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tlbb_desktop.domain.birth_text import is_unknown, read_birth
from tlbb_desktop.domain.births import BirthPrecision
from tlbb_desktop.domain.errors import BadFile, Refused, TlbbError
from tlbb_desktop.domain.people_import import Cell, ImportTable, Row
from tlbb_desktop.domain.person_check import check_code
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import search_key, to_ascii_digits
from tlbb_desktop.khmer.normal import normalise_name

#: Column -> headings; compared by their search keys without underscores.
_HEADINGS: Final = {
    "code": ("code", "id", "កូដ", "លេខកូដ"),
    "released": ("released", "release", "release date", "released on", "ថ្ងៃដោះលែង", "កាលបរិច្ឆេទដោះលែង"),
    "completed": ("completed", "course completed", "បានបញ្ចប់", "បញ្ចប់វគ្គ"),
    "event": ("event", "event date", "return", "ហេតុការណ៍", "ថ្ងៃហេតុការណ៍"),
    "event_level": ("event_level", "level", "evidence level", "កម្រិត", "កម្រិតភស្តុតាង"),
    "known_until": ("known_until", "known to", "ដឹងដល់", "ដឹងដល់ថ្ងៃ"),
}
_NEEDED: Final = ("code", "released")
_SEARCHED_ROWS: Final = 20
_YES: Final = {search_key(word) for word in ("yes", "y", "true", "1", "បាទ", "ចាស", "បាទ/ចាស", "បានបញ្ចប់", "✓")}
_NO: Final = {search_key(word) for word in ("no", "n", "false", "0", "ទេ", "មិនបានបញ្ចប់")}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line: a release and what is known of the time after it.

    Args:
        number: of the row, from 1.
        code: of the person, as text.
        released_on: the day.
        completed: whether the course was completed before; None where the table does not say.
        event_on: day of an event, or None.
        level: of the event, or None without one.
        known_until: the last day for which the outcome is known, or None.
    """

    number: int
    code: str
    released_on: date
    completed: bool | None = None
    event_on: date | None = None
    level: EvidenceLevel | None = None
    known_until: date | None = None

    @property
    def same_day(self) -> bool:
        """Whether the event is on the day of release: an error that is kept, told, and never counted."""
        return self.event_on == self.released_on


@dataclass(frozen=True, slots=True)
class HistoryRefusal:
    """A line that is left out.

    Args:
        number: of the row, from 1.
        code: as far as it can be read.
        why: the sentence.
    """

    number: int
    code: str
    why: TlbbError


@dataclass(frozen=True, slots=True)
class HistoryTable:
    """What a table says.

    Args:
        lines: that can be taken in.
        refused: that cannot.
    """

    lines: tuple[HistoryLine, ...]
    refused: tuple[HistoryRefusal, ...] = ()


def read_history(table: ImportTable, today: date) -> HistoryTable:
    """Every line of *table*; empty ones are passed over.

    Raises:
        BadFile: the columns ``code`` and ``released`` are missing.
    """
    heading, columns = _columns_of(table)
    lines: list[HistoryLine] = []
    refused: list[HistoryRefusal] = []
    for number, row in enumerate(table.rows[heading + 1 :], heading + 2):
        cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        if all(cell == "" or is_unknown(cell) for cell in cells.values()):
            continue
        try:
            lines.append(_line(number, cells, today))
        except Refused as why:
            refused.append(HistoryRefusal(number, str(cells["code"]), why))
    return HistoryTable(tuple(lines), tuple(refused))


def _columns_of(table: ImportTable) -> tuple[int, dict[str, int]]:
    for place, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        columns = _named(row)
        if all(name in columns for name in _NEEDED):
            return place, columns
    raise BadFile(N_("The table has no columns “code” and “released”. Nothing was taken in."))


def _named(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        key = _heading_key(str(cell))
        for name, headings in _HEADINGS.items():
            if key and key in map(_heading_key, headings):
                found.setdefault(name, place)
    return found


def _heading_key(text: str) -> str:
    return search_key(text.replace("_", " "))


def _line(number: int, cells: dict[str, Cell], today: date) -> HistoryLine:
    released_on = _day(cells["released"], today, "released")
    if released_on is None:
        raise Refused(N_("The day of release is missing."), place="released")
    event_on = _day(cells.get("event", ""), today, "event")
    if event_on is not None and event_on < released_on:
        raise Refused(
            N_("The event of {event} is before the release of {released}."),
            place="event",
            event=event_on,
            released=released_on,
        )
    return HistoryLine(
        number,
        _code(cells["code"]),
        released_on,
        _yes_or_no(cells.get("completed", "")),
        event_on,
        _level(cells.get("event_level", ""), event_on),
        _day(cells.get("known_until", ""), today, "known_until"),
    )


def _code(cell: Cell) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    code = normalise_name(text)
    if not code:
        raise Refused(N_("The code is missing."), place="code")
    check_code(code)
    return code


def _day(cell: Cell, today: date, place: str) -> date | None:
    if cell == "" or is_unknown(cell):
        return None
    try:
        found = read_birth(cell, today)
    except Refused:
        found = None
    if found is None or found.precision is not BirthPrecision.DAY:
        raise Refused(N_("{text} is not a day. A day is written like 2026-10-31."), place=place, text=str(cell).strip())
    if found.earliest > today:
        raise Refused(N_("The day {day} has not come yet."), place=place, day=found.earliest)
    return found.earliest


def _yes_or_no(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    key = search_key(f"{cell:g}" if isinstance(cell, float) else str(cell))
    if key in _YES or key in _NO:
        return key in _YES
    if cell == "" or is_unknown(cell):
        return None
    raise Refused(N_("“Completed” is yes or no, not {text}."), place="completed", text=str(cell))


def _level(cell: Cell, event_on: date | None) -> EvidenceLevel | None:
    if event_on is None:
        return None
    text = to_ascii_digits(f"{cell:g}" if isinstance(cell, float) else str(cell)).strip()
    if text not in {"1", "2", "3", "4", "5"}:
        raise Refused(
            N_("The level of an event is 1 report, 2 arrest, 3 charge, 4 conviction or 5 imprisonment, not “{text}”."),
            place="event_level",
            text=text,
        )
    return EvidenceLevel(int(text))
