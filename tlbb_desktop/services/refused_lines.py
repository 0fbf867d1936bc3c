"""The file that gives refused lines back to the office that sent the list."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path

from tlbb_desktop.documents.cell_text import clean_text, guarded_text
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people_import import Cell, ImportResult
from tlbb_desktop.i18n.catalog import translate_into
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.whole_file import write_whole

_LINE = Np_("column of a file of refused lines", "Line")
_REASON = Np_("column of a file of refused lines", "Reason")
_LEFT_OUT = Refused(N_("This line was left out."))


def write_refused_lines(result: ImportResult, path: Path, language: str) -> None:
    """Write the lines as they stood, with their number and the reason; XLSX when *path* ends so, CSV otherwise."""
    width = max([len(result.headings), *(len(line.cells) for line in result.refused)])
    blank = ("",) * width
    head = (translate_into(language, _LINE), *(*result.headings, *blank)[:width], translate_into(language, _REASON))
    rows = [
        (line.number, *(*line.cells, *blank)[:width], explain(line.why or _LEFT_OUT, language))
        for line in result.refused
    ]
    is_workbook = path.suffix.casefold() == ".xlsx"
    write_whole(path, _workbook([head, *rows]) if is_workbook else _csv([head, *rows]))


def _csv(rows: list[tuple[Cell, ...]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded_text(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _workbook(rows: list[tuple[Cell, ...]]) -> bytes:
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with Workbook(stream, options) as book:
        page = book.add_worksheet()
        formats = {
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
            time: book.add_format({"num_format": "hh:mm"}),
            timedelta: book.add_format({"num_format": "[hh]:mm"}),
        }
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell == "":
                    continue
                if isinstance(cell, str):
                    page.write_string(number, column, clean_text(cell))
                else:
                    page.write(number, column, cell, formats.get(type(cell)))
    return stream.getvalue()
