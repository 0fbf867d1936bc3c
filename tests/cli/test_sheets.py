from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from tests.paper_text import text_of


@pytest.fixture
def group(run) -> str:
    """A class of October 2025, over long ago, with nobody in it."""
    add = ("class", "add", "--course", "moto", "--prison", "SR", "--code", "SR-MOTO-25", "--days", "mon,tue")
    code, _out, err = run(*add, "--time", "08:00-11:00", "--from", "2025-10-01", "--to", "2025-10-31")
    assert code == 0, err
    return "SR-MOTO-25"


def test_export_writes_the_workbook_in_the_asked_language(run, group, tmp_path: Path) -> None:
    out = tmp_path / "sheet.xlsx"
    assert run("attendance", "export", group, "--month", "2025-10", "--lang", "km", "--out", out)[0] == 0
    assert openpyxl.load_workbook(out).worksheets[0]["A1"].value == "ព្រះរាជាណាចក្រកម្ពុជា"
    assert run("attendance", "export", group, "--month", "2025-10", "--format", "xlsx", "--out", out)[0] == 0
    assert openpyxl.load_workbook(out).worksheets[0]["A1"].value == "KINGDOM OF CAMBODIA"


def test_export_writes_a_table_for_machines(run, group, tmp_path: Path) -> None:
    out = tmp_path / "marks.csv"
    assert run("attendance", "export", group, "--month", "2025-10", "--format", "csv", "--out", out)[0] == 0
    assert next(csv.reader(StringIO(out.read_text(encoding="utf-8-sig"))))[0] == "class_code"


def test_export_prison_writes_one_file(run, group, tmp_path: Path) -> None:
    out = tmp_path / "month.xlsx"
    assert (
        run("attendance", "export-prison", "--prison", "SR", "--month", "2025-10", "--lang", "en", "--out", out)[0] == 0
    )
    assert openpyxl.load_workbook(out).sheetnames == ["Summary", group]


@pytest.mark.parametrize("language", ["km", "en", "both"])
def test_every_paper_of_a_class_is_written_as_pdf_in_every_language(run, group, tmp_path: Path, language) -> None:
    month = ("--month", "2025-10")
    for number, words in enumerate(
        (
            ("export", group, *month, "--format", "pdf"),
            ("export-prison", "--prison", "SR", *month, "--format", "pdf"),
            ("blank", group, *month),
            ("roll", group, "--on", "2025-10-06"),
            ("roll", group),
        )
    ):
        out = tmp_path / f"{number}.pdf"
        code, said, err = run("attendance", *words, "--lang", language, "--out", out)
        assert (code, said.strip(), err) == (0, str(out), "")
        text = text_of(out)
        assert group in text
        assert any("\u1780" <= letter <= "\u17ff" for letter in text) or language == "en"


def test_side_by_side_is_no_language_of_a_workbook(run, group, tmp_path: Path) -> None:
    out = tmp_path / "sheet.xlsx"
    code, _out, err = run("attendance", "export", group, "--month", "2025-10", "--lang", "both", "--out", out)
    assert code == 2
    assert "km or en" in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "NOBODY", "--month", "2025-10", "--out", "x.xlsx"), 1),
        (("export", "SR-MOTO-25", "--month", "October", "--out", "x.xlsx"), 2),
        (("export", "SR-MOTO-25", "--month", "2025-10"), 2),
        (("export", "SR-MOTO-25", "--month", "2025-10", "--format", "doc", "--out", "x"), 2),
        (("export", "SR-MOTO-25", "--month", "2025-10", "--out", "missing/x.xlsx"), 1),
        (("blank", "NOBODY", "--month", "2025-10", "--out", "x.xlsx"), 1),
        (("blank", "SR-MOTO-25", "--out", "x.xlsx"), 2),
        (("roll", "NOBODY", "--out", "x.xlsx"), 1),
        (("roll", "SR-MOTO-25", "--on", "someday", "--out", "x.xlsx"), 2),
        (("roll", "SR-MOTO-25", "--out", "missing/x.xlsx"), 1),
        (("export-prison", "--prison", "XX", "--month", "2025-10", "--out", "x.xlsx"), 1),
    ],
)
def test_what_cannot_be_exported_is_refused_in_one_sentence(run, group, tmp_path, monkeypatch, arguments, code) -> None:
    monkeypatch.chdir(tmp_path)
    given, out, err = run("attendance", *arguments)
    assert (given, out) == (code, "")
    assert err.strip()
    assert "Traceback" not in err
    assert not (tmp_path / "x.xlsx").exists()


def test_a_sheet_is_listed_issued_and_signed(run, group, home) -> None:
    (line,) = json.loads(run("sheet", "list", "--month", "2025-10", "--json")[1])
    assert (line["class"], line["state"], line["number"]) == (group, "open", 0)
    code, out, _err = run("sheet", "issue", group, "--month", "2025-10")
    assert code == 0
    assert "no. 1" in out
    code, out, err = run("sheet", "sign", group, "--month", "2025-10", "--by", "Director")
    assert code == 0, err
    (line,) = json.loads(run("sheet", "list", "--month", "2025-10", "--prison", "SR", "--json")[1])
    assert (line["state"], line["number"], line["changed"]) == ("signed", 1, False)


def test_a_scan_that_is_not_there_is_refused(run, group, tmp_path) -> None:
    run("sheet", "issue", group, "--month", "2025-10")
    scan = tmp_path / "scan.jpg"
    code, _out, err = run("sheet", "sign", group, "--month", "2025-10", "--by", "Director", "--scan", scan)
    assert code == 1
    assert "scan.jpg" in err
