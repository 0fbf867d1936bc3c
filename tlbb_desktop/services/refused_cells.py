"""The file that says which cells of an absence list were left out, and why."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from tlbb_desktop.documents.cell_text import guarded_text
from tlbb_desktop.domain.attendance_import import RefusedCell
from tlbb_desktop.i18n.catalog import translate_into
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.whole_file import write_whole

_HEADS = (
    Np_("column of a file of refused cells", "Cell"),
    Np_("column of a file of refused cells", "Code"),
    Np_("column of a file of refused cells", "Name"),
    Np_("column of a file of refused cells", "Date"),
    Np_("column of a file of refused cells", "Mark"),
    Np_("column of a file of refused cells", "Reason"),
)


def write_refused_cells(cells: Sequence[RefusedCell], path: Path, language: str) -> None:
    """Write one line per cell as CSV (UTF-8 with a mark that spreadsheets look for); days as 2026-10-31."""
    text = StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([translate_into(language, head) for head in _HEADS])
    for cell in cells:
        day = cell.day.isoformat() if cell.day else ""
        said = (cell.cell, cell.code, cell.name, day, cell.text, explain(cell.why, language))
        lines.writerow([guarded_text(part) for part in said])
    write_whole(path, text.getvalue().encode("utf-8-sig"))
