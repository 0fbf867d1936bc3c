"""Looks into a packed spreadsheet before a reader is let near it.

The reader lays a sheet out as a full rectangle: two cells in opposite corners would fill the memory. So the parts are
unpacked here within bounds, the size of each sheet is counted from its cells, and the reader gets a new package that
holds only what was looked at.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NoReturn

from tlbb_desktop.domain.errors import BadFile
from tlbb_desktop.i18n.marks import N_

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 500
MOST_CELLS: Final = 2_000_000
MOST_UNPACKED: Final = 128 * 1024 * 1024
MOST_TEXT: Final = 256 * 1024 * 1024
MOST_PARTS: Final = 2_000
HIGHEST_RATIO: Final = 250

_SEEN_RATIO_FROM: Final = 8 * 1024 * 1024
_PARTS_READ: Final = (".xml", ".rels", "mimetype")
_ODS_TYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"

_XLSX_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>/]")
_XLSX_CELL: Final = re.compile(
    rb"""<(?:\w+:)?c(?:\s[^<>]*?\br=["']([A-Za-z]{1,8})([0-9]{1,9})["'][^<>]*|[^<>]*)>\s*<(?:\w+:)?[fiv]"""
)
_XLSX_USUAL_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_XLSX_SHARED: Final = re.compile(rb"""\bt=["']s["'][^<>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})""")
_XLSX_STRING: Final = re.compile(rb"<(?:\w+:)?si[\s>/]")
_ODS_TABLE: Final = re.compile(rb"<table:table[\s>]")
_ODS_ROW: Final = re.compile(rb"<table:table-row([^<>]*)>(.*?)(?=<table:table-row|</table:table[\s>]|\Z)", re.DOTALL)
_ODS_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell([^<>]*)>")
_ODS_ROWS: Final = re.compile(rb"""number-rows-repeated=["']\s*([0-9]{1,9})""")
_ODS_COLUMNS: Final = re.compile(rb"""number-columns-repeated=["']\s*([0-9]{1,9})""")


def too_large() -> NoReturn:
    """Raise BadFile for a file with more than the program takes at once."""
    raise BadFile(
        N_("The file is too large: at most {rows} rows and {columns} columns are read at once. Divide it."),
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def damaged() -> NoReturn:
    """Raise BadFile for a file that breaks its own format."""
    raise BadFile(N_("The file is damaged and cannot be read. Open it in the spreadsheet program and save it anew."))


def locked() -> NoReturn:
    """Raise BadFile for a file that asks for a password."""
    raise BadFile(N_("The file is protected with a password. Save it without one and try again."))


def checked_package(data: bytes) -> bytes:
    """The same spreadsheet in a package that is safe to read.

    Args:
        data: an XLSX, XLSM or ODS file.

    Raises:
        BadFile: damaged, protected, no spreadsheet, too large, or made to fill the memory.
    """
    parts = _unpacked(data)
    if "xl/workbook.xml" in parts:
        _check_xlsx(parts)
    elif parts.get("mimetype", b"").strip() == _ODS_TYPE and "content.xml" in parts:
        _check_ods(parts)
    else:
        raise BadFile(N_("The file is not a spreadsheet. Choose an XLSX, XLS, ODS or CSV file."))
    return _packed(parts)


def _unpacked(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = min(MOST_UNPACKED, max(_SEEN_RATIO_FROM, len(data) * HIGHEST_RATIO))
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if len(package.infolist()) > MOST_PARTS:
                too_large()
            for entry in package.infolist():
                if not entry.filename.endswith(_PARTS_READ):
                    continue
                if entry.filename in parts:
                    damaged()
                if entry.flag_bits & 1:
                    locked()
                content = _read_within(package, entry, room)
                room -= len(content)
                parts[entry.filename] = content
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
        damaged()
    return parts


def _read_within(package: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The part's bytes; what the package says of its size is not believed."""
    with package.open(entry) as stream:
        content = stream.read(room + 1)
    if len(content) > room:
        too_large()
    return content


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def _check_xlsx(parts: dict[str, bytes]) -> None:
    lengths = [len(text) for text in _XLSX_STRING.split(parts.get("xl/sharedStrings.xml", b""))[1:]]
    for name, content in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
                damaged()
            _check_extent(*_xlsx_extent(content))
            _check_text(content, lengths)


def _xlsx_extent(sheet: bytes) -> tuple[int, int]:
    """Rows and columns of the rectangle that holds the cells.

    Counted quickly over all cells of a sheet written as usual; by the cells with content where that is too much or the
    sheet is written otherwise. A cell without a place counts as one of each.
    """
    usual = _XLSX_USUAL_CELL.findall(sheet)
    if len(usual) == sheet.count(b"<c") - sheet.count(b"<col") and b":c" not in sheet:
        rows, columns = _extent_of(usual)
        if _is_small(rows, columns):
            return rows, columns
    found = _XLSX_CELL.findall(sheet)
    placed = [place for place in found if place[0]]
    rows, columns = _extent_of(placed)
    if len(placed) < len(found):
        parts = _XLSX_ROW.split(sheet)
        rows, columns = max(rows, len(parts) - 1), max(columns, *(part.count(b"<c") for part in parts))
    return rows, columns


def _extent_of(places: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    letters = {column for column, _ in places}
    return max((int(row) for _, row in places), default=0), max(map(_column_number, letters), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_text(sheet: bytes, lengths: list[int]) -> None:
    """A long text that many cells share is copied into each of them."""
    if not lengths or max(lengths) * sheet.count(b"<") <= MOST_TEXT:
        return
    shared = (int(found) for found in _XLSX_SHARED.findall(sheet))
    if sum(lengths[number] for number in shared if number < len(lengths)) > MOST_TEXT:
        too_large()


def _check_ods(parts: dict[str, bytes]) -> None:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        locked()
    for table in _ODS_TABLE.split(parts["content.xml"])[1:]:
        rows = last_row = last_column = 0
        for height, width in _ods_rows(table):
            rows += height
            if width:
                last_row, last_column = rows, max(last_column, width)
        _check_extent(last_row, last_column)


def _ods_rows(table: bytes) -> Iterator[tuple[int, int]]:
    """How often each row stands there, and its last column with content."""
    for attributes, content in _ODS_ROW.findall(table):
        columns = last = 0
        for cell in _ODS_CELL.findall(content):
            columns += _repeats(_ODS_COLUMNS, cell)
            if not cell.rstrip().endswith(b"/") or b"office:" in cell:
                last = columns
        yield _repeats(_ODS_ROWS, attributes), last


def _repeats(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _check_extent(rows: int, columns: int) -> None:
    if not _is_small(rows, columns):
        too_large()


def _is_small(rows: int, columns: int) -> bool:
    return rows <= MOST_ROWS and columns <= MOST_COLUMNS and rows * columns <= MOST_CELLS
