from __future__ import annotations

import csv
from io import StringIO

from tlbb_desktop.documents.attendance_csv import COLUMNS, attendance_csv


def rows_of(sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(attendance_csv(sheet).decode("utf-8-sig"))))


def test_there_is_one_row_per_mark(full_sheet) -> None:
    rows = rows_of(full_sheet)
    shown = {(row["session_id"], row["person_code"]) for row in rows}
    assert len(rows) == len(shown) == sum(len(row.marks) for row in full_sheet.rows)
    assert tuple(rows[0]) == COLUMNS


def test_excel_reads_it_as_unicode(full_sheet) -> None:
    assert attendance_csv(full_sheet).startswith(b"\xef\xbb\xbf")


def test_a_mark_carries_codes_minutes_and_names_in_both_scripts(full_sheet) -> None:
    late = next(row for row in rows_of(full_sheet) if row["mark"] == "late")
    assert (late["class_code"], late["month"], late["day"], late["starts"], late["ends"]) == (
        "SR-MOTO-26", "2026-11", "2026-11-02", "08:00", "11:00",
    )  # fmt: skip
    assert (late["person_code"], late["family_km"], late["family_latin"], late["sex"]) == (
        "SR-26-0003", "ខៀវ", "KIM3", "M",
    )  # fmt: skip
    assert late["mark_minutes"] == "15"


def test_a_reason_is_given_by_its_code(full_sheet) -> None:
    reasons = {row["reason_code"] for row in rows_of(full_sheet) if row["mark"] == "institution"}
    assert reasons == {"court"}


def test_an_unmarked_cell_has_no_row(draft_sheet) -> None:
    unmarked = [
        row for row in rows_of(draft_sheet) if row["day"] == "2026-11-12" and row["person_id"] in {"1", "2", "3"}
    ]
    assert not unmarked
