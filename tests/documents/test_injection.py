"""What somebody typed as a name must never run when the file is opened."""

from __future__ import annotations

import csv
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.sheets import NOVEMBER, REASONS
from tlbb_desktop.documents.attendance_csv import attendance_csv
from tlbb_desktop.documents.attendance_xlsx import month_workbook
from tlbb_desktop.documents.cell_text import clean_text, guarded_text, looks_like_formula
from tlbb_desktop.documents.prison_month_xlsx import prison_month_workbook
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import SheetDifference, SheetState
from tlbb_desktop.domain.sheet_rules import PrisonMonth

PAYLOADS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u200e\u2066=1+1",
    "\u00ad=1+1",
    "\x00=1+1",
    "﹦1+1",
    '=HYPERLINK("http://example.org","x")',
    "http://example.org",
    "mailto:someone@example.org",
    "file:///etc/passwd",
    "external:book.xlsx",
    "{=1+1}",
    "DDE=cmd|x",
    "|calc",
    '";=1+1;"',
    "'=1+1",
    "_x003D_1+1",
)
FUNCTIONS = re.compile(r"=(COUNTIF|SUMIF|SUM|COUNT|IF)\(|=[A-Z]+\d+[+-][A-Z]+\d+$")


def hostile(sheet, payload: str):
    """*payload* wherever text of people gets into a paper."""
    names = Names(payload, "x", payload, "x", payload)
    rows = tuple(replace(row, learner=replace(row.learner, names=names, code=payload)) for row in sheet.rows[:3])
    group = replace(
        sheet.register.group, code=payload, course_km=payload, course_en=payload, course_code=payload, prison=payload
    )
    register = replace(sheet.register, group=group, holidays={date(2026, 11, 9): (payload, payload)})
    return replace(
        sheet,
        register=register,
        rows=rows,
        state=SheetState.SIGNED,
        number=2,
        corrects=1,
        code="ABCDEFGH",
        differences=(SheetDifference("mark", date(2026, 11, 2), payload, payload, "absent", f"excused:{payload}"),),
        reasons=dict.fromkeys(REASONS, (payload, payload)),
        reason_codes=dict.fromkeys(REASONS, payload),
        prison_names=(payload, payload),
        trainer=payload,
        signed_on=date(2026, 12, 1),
        signed_by=payload,
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link_in_a_workbook(full_sheet, payload) -> None:
    sheet = hostile(full_sheet, payload)
    month = PrisonMonth((payload, payload), NOVEMBER, (sheet, sheet), False, sheet.made_on)
    for content in (month_workbook(sheet, "km"), prison_month_workbook(month, "en")):
        book = openpyxl.load_workbook(BytesIO(content))
        for page in book.worksheets:
            for row in page.iter_rows():
                for cell in row:
                    assert cell.hyperlink is None
                    assert cell.data_type != "f" or FUNCTIONS.match(cell.value)
        with zipfile.ZipFile(BytesIO(content)) as parts:
            assert not [name for name in parts.namelist() if "externalLink" in name or "connection" in name]
            assert not any(b"hyperlink" in parts.read(name).lower() for name in parts.namelist() if "rels" in name)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_comes_back_from_a_workbook_as_it_was(full_sheet, payload) -> None:
    page = openpyxl.load_workbook(BytesIO(month_workbook(hostile(full_sheet, payload), "km"))).worksheets[0]
    codes = [cell for cell in page["B"] if cell.value == clean_text(payload)]
    assert len(codes) == 3
    assert all(cell.data_type == "s" for cell in codes)
    if looks_like_formula(payload):
        assert all(cell.quotePrefix for cell in codes)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_the_csv_can_run(full_sheet, payload) -> None:
    rows = list(csv.reader(StringIO(attendance_csv(hostile(full_sheet, payload)).decode("utf-8-sig"))))
    assert len(rows) > 30
    for cell in (cell for row in rows for cell in row):
        seen = "".join(c for c in unicodedata.normalize("NFKC", cell) if unicodedata.category(c)[0] != "C").strip()
        assert not seen.startswith(("=", "+", "-", "@", "|", "%"))
        assert not re.search(r"[\t\r\n]", cell)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_comes_back_from_the_csv_without_its_guard(payload) -> None:
    guarded = guarded_text(payload)
    assert guarded.removeprefix("'" if looks_like_formula(clean_text(payload)) else "") == clean_text(payload)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_guarded_text_never_looks_like_a_formula(text) -> None:
    assert not looks_like_formula(guarded_text(text))


@pytest.mark.parametrize("name", ["គឹម វណ្ណា", "ស៊ិន\u200bពិសិដ្ឋ", "O'Brien", "SOK DARA", "១២៣", ""])
def test_names_as_people_write_them_stay_as_they_are(name) -> None:
    assert guarded_text(name) == name
