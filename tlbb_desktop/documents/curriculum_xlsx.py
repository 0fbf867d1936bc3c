"""A curriculum as a workbook that can be edited and taken in again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Final

from tlbb_desktop.documents.cell_text import clean_text, looks_like_formula
from tlbb_desktop.domain.curriculum_table import Sheet

_FONT: Final = "Khmer OS Battambang"
_WIDTHS: Final = (12, 42, 42, 34, 12)


def curriculum_workbook(sheets: Sequence[Sheet], title: str, made_on: date) -> bytes:
    """The sheets as an XLSX file; no text of it runs as a formula.

    Args:
        sheets: from ``domain.curriculum_table.written_sheets``.
        title: of the file, in its properties.
        made_on: so that the same curriculum gives the same file.
    """
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": title, "created": datetime.combine(made_on, time())})
        body = {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top"}
        plain, head = book.add_format(body), book.add_format({**body, "bold": True, "bg_color": "#E0E0E0"})
        quoted = book.add_format({**body, "quote_prefix": True})
        for name, rows in sheets:
            page = book.add_worksheet(name)
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            for column, width in enumerate(_WIDTHS):
                page.set_column(column, column, width)
            headed = (
                bool(rows) and all(isinstance(cell, str) and cell.isascii() for cell in rows[0]) and len(rows[0]) > 2
            )
            page.freeze_panes(1, 0) if headed else None
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, int):
                        page.write_number(row, column, cell, plain)
                        continue
                    text = clean_text(str(cell))
                    style = head if headed and row == 0 else quoted if looks_like_formula(text) else plain
                    page.write_string(row, column, text, style)
    return stream.getvalue()
