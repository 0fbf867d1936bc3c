"""A workbook of plain tables that can be edited and read again: curricula, lists for the Ministry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from tlbb_desktop.documents.cell_text import clean_text, looks_like_formula, sheet_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FONT: Final = "Khmer OS Battambang"
_A4: Final = 9

CellValue = str | int | float | bool | date
Row = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """One table.

    Args:
        name: of the sheet.
        rows: the cells; days and numbers stay what they are.
        widths: of the columns, in characters.
        headed: whether the first row is a head that stands still and is printed on every page.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    widths: tuple[int, ...]
    headed: bool = True


def plain_workbook(sheets: Sequence[PlainSheet], title: str, made_on: date) -> bytes:
    """The tables as an XLSX file; no text of it runs as a formula or becomes a link.

    Args:
        sheets: in order.
        title: of the file, in its properties; no person's name.
        made_on: so that the same tables give the same file.
    """
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": title, "created": datetime.combine(made_on, time())})
        writer = _Writer(book)
        names: list[str] = []
        for sheet in sheets:
            names.append(sheet_name(sheet.name, names))
            writer.write(names[-1], sheet)
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Workbook) -> None:
        body = {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top"}
        self._book = book
        self._plain = book.add_format(body)
        self._quoted = book.add_format({**body, "quote_prefix": True})
        self._day = book.add_format({**body, "num_format": "dd/mm/yyyy", "align": "left"})
        self._head = book.add_format({**body, "bold": True, "bg_color": "#E0E0E0", "border": 1})

    def write(self, name: str, sheet: PlainSheet) -> None:
        """Add one table."""
        page = self._book.add_worksheet(name)
        page.set_paper(_A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        if sheet.headed:
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                self._cell(page, row, column, cell, is_head=sheet.headed and row == 0)

    def _cell(self, page: Any, row: int, column: int, cell: CellValue, *, is_head: bool) -> None:
        if isinstance(cell, date):
            page.write_datetime(row, column, datetime.combine(cell, time()), self._day)
        elif isinstance(cell, int | float):
            page.write_number(row, column, cell, self._plain)
        else:
            text = clean_text(cell)
            style = self._head if is_head else self._quoted if looks_like_formula(text) else self._plain
            page.write_string(row, column, text, style)
