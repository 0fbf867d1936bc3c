"""Files that were made to hurt, or grew to: memory stays bounded, every line is accounted for, nothing runs."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.documents.test_injection import PAYLOADS
from tests.faults.recording import ROOT
from tests.services.test_spreadsheets import ods, repacked, sheet_with
from tlbb_desktop.documents.cell_text import looks_like_formula
from tlbb_desktop.domain.attendance_import import RefusedCell
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import PeopleFilter
from tlbb_desktop.services.refused_cells import write_refused_cells
from tlbb_desktop.wiring import Desk

MOST_MEGABYTES = 300
"""A laptop of the office has 4,000, and the program itself, Qt included, takes less than a tenth of them."""


def bombs(folder: Path) -> list[Path]:
    """Small files that unfold, and large ones that do not stop."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    entities = f'<!DOCTYPE s [<!ENTITY l0 "laugh">{laughs}]><sst><si><t>&l9;</t></si></sst>'
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>x</text:p>'
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    strings = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    long_texts = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))
    made = [
        repacked(folder / "zip bomb.xlsx", **{"xl/sharedStrings.xml": b"0" * (200 << 20)}),
        repacked(folder / "corners.xlsx", **{"xl/worksheets/sheet1.xml": sheet_with(corners)}),
        repacked(folder / "entities.xlsx", **{"xl/sharedStrings.xml": entities.encode()}),
        repacked(
            folder / "one text.xlsx",
            **{"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet_with(long_texts)},
        ),
        ods(
            folder / "repeated.ods",
            f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-cell></table:table-row>',
        ),
    ]
    texts = {
        "a million rows.csv": b"name,sex\n" + b"Sok Dara,M\n" * 1_000_000,
        "one line.csv": b"name,sex\n" + b"a" * 30_000_000,
        "all commas.csv": b"name,sex\n" + b"," * 5_000_000,
        "endless quote.csv": b'name,sex\n"' + b"a\n" * 5_000_000,
        "zeros.csv": bytes(20_000_000),
    }
    for name, content in texts.items():
        (folder / name).write_bytes(content)
    return [*made, *(folder / name for name in texts)]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_no_file_takes_much_memory_and_each_is_refused_or_nearly_empty(tmp_path) -> None:
    files = bombs(tmp_path)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("reading_process.py")), *map(str, files)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["name"] for line in read] == [file.name for file in files]
    assert [line["name"] for line in read if not line["said"] and line["rows"] > 1] == []
    assert max(line["peak"] for line in read) < MOST_MEGABYTES, read


HOSTILE_NAMES = (
    *PAYLOADS,
    "\u202eDARA SOK",
    "ស" * 5000,
    "្្្្",
    "\u200b\u200b",
    "'; DROP TABLE person; --",
    "\ud800",
    "👩‍👩‍👧",
    "NULL",
    "%s%n{0}{name}",
    "../../etc/passwd",
    "a\x07\x1b[31m",
    "0" * 300,
)


def test_every_line_of_a_hostile_list_is_taken_or_refused_with_a_reason(desk: Desk) -> None:
    quoted = (name.replace('"', '""') for name in HOSTILE_NAMES)
    text = "code\tname\tsex\tdate of birth\n" + "".join(f'C{n}\t"{name}"\tM\t2008\n' for n, name in enumerate(quoted))
    service = desk.people_import
    lines = service.preview(service.propose(service.open_text(text)), date(2026, 10, 1))
    assert len(lines) == len(HOSTILE_NAMES)
    result = service.take(lines)
    assert len(result.added) + len(result.refused) == len(lines)
    assert all(line.why for line in result.refused)
    assert len(desk.people.ids(PeopleFilter())) == len(result.added)
    assert [line.check for line in desk.integrity.check() if not line.sound] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_refused_cell_of_an_absence_list_runs_as_a_formula(tmp_path, payload) -> None:
    cell = RefusedCell("F7", payload, payload, None, payload, Refused("{what}", what=payload))
    write_refused_cells([cell], tmp_path / "cells.csv", "en")
    rows = list(csv.reader(io.StringIO((tmp_path / "cells.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 2
    assert not [part for part in rows[1] if looks_like_formula(part)]
