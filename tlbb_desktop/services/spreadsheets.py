"""Reads tables from files that come from outside: XLSX, XLS, ODS, CSV, and text pasted from a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.domain.people_import import Cell, ImportTable, Row
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.spreadsheet_guard import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    checked_package,
    damaged,
    locked,
    too_large,
)

MOST_BYTES: Final = 32 * 1024 * 1024
LONGEST_CELL: Final = 32_767
"""Excel's own limit."""

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAMS: Final = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_DELIMITERS: Final = "\t,;|"
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def read_spreadsheet(path: Path) -> tuple[ImportTable, ...]:
    """Every sheet of the file that holds anything, in the file's order; of formulas, the values they had.

    The kind of file is told from its content, not from its name.

    Raises:
        BadFile: it cannot be opened, is no spreadsheet, is damaged, protected with a password, empty or too large.
    """
    data = _content(path)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        tables = _read_workbook(checked_package(data))
    elif data.startswith(_OLE):
        tables = _read_workbook(_checked_ole(data))
    else:
        tables = [read_text(_decoded(data), path.name)]
    filled = tuple(table for table in tables if table.rows)
    if not filled:
        raise BadFile(N_("The file is empty."))
    return filled


def read_text(text: str, name: str = "") -> ImportTable:
    """The table in text that was pasted from a spreadsheet or stands in a CSV file.

    Args:
        text: rows as lines; columns divided by tabs, commas, semicolons or bars, whichever occurs most evenly.
        name: for the table.

    Raises:
        BadFile: there are too many rows, or the quotes do not end.
    """
    lines = StringIO(text.replace("\x00", ""), newline="")
    try:
        rows = csv.reader(lines, delimiter=_delimiter(text), strict=False)
        return ImportTable(name, _bounded(rows))
    except csv.Error:
        damaged()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError:
        raise BadFile(N_("The file {name} cannot be opened."), name=path.name or str(path)) from None
    if len(data) > MOST_BYTES:
        too_large()
    return data


def _checked_ole(data: bytes) -> bytes:
    if _ENCRYPTED_PACKAGE in data:
        locked()
    if not any(stream in data for stream in _XLS_STREAMS):
        raise BadFile(N_("The file is not a spreadsheet. Choose an XLSX, XLS, ODS or CSV file."))
    return data


def _read_workbook(data: bytes) -> list[ImportTable]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            names = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
            ]
            return [
                ImportTable(name, _bounded(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)))
                for name in names
            ]
    except PasswordError:
        locked()
    except (CalamineError, OSError, ValueError, OverflowError):
        damaged()
    except BaseException as fault:
        # A reader in Rust that gives up raises this, and it is no Exception.
        if type(fault).__name__ == "PanicException":
            damaged()
        raise


def _decoded(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise BadFile(N_("The file is not a spreadsheet. Choose an XLSX, XLS, ODS or CSV file."))


def _encodings(data: bytes) -> tuple[str, ...]:
    """What the bytes can be: Latin text in UTF-16 has a zero in every other place, any other text hardly one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    big, little = data[:400:2].count(0), data[1:400:2].count(0)
    if big + little > len(data[:400]) // 10:
        return ("utf-16-le" if little > big else "utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _is_text(text: str) -> bool:
    """Whether this is writing: pictures and programs are full of control characters."""
    start = text[:4000]
    return len(_UNSEEN.findall(start)) * 50 <= len(start)


def _delimiter(text: str) -> str:
    """The sign that divides most of the first lines, and divides them most alike."""
    lines = [line for line in text[:20_000].splitlines()[:50] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: (sum(1 for count in counts[sign] if count), sum(counts[sign])))


def _bounded(rows: Iterable[Iterable[object]]) -> tuple[Row, ...]:
    """The rows without trailing blanks, as long as they are not too many."""
    kept: list[Row] = []
    cells = 0
    filled = 0
    for row in rows:
        cut = _cut(row)
        cells += len(cut)
        if len(kept) >= MOST_ROWS or len(cut) > MOST_COLUMNS or cells > MOST_CELLS:
            too_large()
        kept.append(cut)
        filled = len(kept) if cut else filled
    return tuple(kept[:filled])


def _cut(row: Iterable[object]) -> Row:
    cells = [*_cells(row)]
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)


def _cells(row: Iterable[object]) -> Iterator[Cell]:
    for cell in row:
        if isinstance(cell, str):
            text = _UNSEEN.sub("", cell) if not cell.isprintable() else cell
            yield text[:LONGEST_CELL] if text.strip() else ""
        elif cell is None:
            yield ""
        else:
            yield cell  # type: ignore[misc]
