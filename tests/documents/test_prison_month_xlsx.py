from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from tests.documents.sheets import NOVEMBER
from tlbb_desktop.documents.prison_month_xlsx import prison_month_workbook
from tlbb_desktop.domain.errors import Cancelled
from tlbb_desktop.domain.sheet_rules import PrisonMonth


def with_code(sheet, code: str):
    return replace(sheet, register=replace(sheet.register, group=replace(sheet.register.group, code=code)))


def month_of(*sheets, **changed) -> PrisonMonth:
    return replace(
        PrisonMonth(("ពន្ធនាគារខេត្តសៀមរាប", "Siem Reap Prison"), NOVEMBER, sheets, False, NOVEMBER.last), **changed
    )


def opened(month: PrisonMonth, language: str = "en"):
    return openpyxl.load_workbook(BytesIO(prison_month_workbook(month, language)), data_only=True)


def test_a_summary_stands_before_a_list_per_class(full_sheet, draft_sheet) -> None:
    book = opened(month_of(full_sheet, with_code(draft_sheet, "SR-LIFE-26")))
    assert book.sheetnames == ["Summary", "SR-MOTO-26", "SR-LIFE-26"]


def test_the_summary_counts_each_class_and_all_of_them(full_sheet) -> None:
    page = opened(month_of(full_sheet, with_code(full_sheet, "SR-LIFE-26"))).worksheets[0]
    lines = {row[0].value: [cell.value for cell in row] for row in page.iter_rows()}
    assert lines["SR-MOTO-26"][2:12] == [34, 7, 13, 1, 3, 3, 6, 76260, 75550, 99.1]
    assert lines["Total"][2:12] == [68, 14, 26, 2, 6, 6, 12, 152520, 151100, 99.1]
    assert any("Different people in all classes: 34 (of whom female: 7)" in str(key) for key in lines)


def test_a_draft_in_the_summary_is_named(full_sheet, draft_sheet) -> None:
    page = opened(month_of(full_sheet, with_code(draft_sheet, "SR-LIFE-26")), "km").worksheets[0]
    shown = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any(text.startswith("ព្រាង · ថ្នាក់រៀន SR-LIFE-26") for text in shown)
    assert "ព្រាង" in page.oddHeader.center.text


@pytest.mark.parametrize("code", ["A/B:C*D?[E]\\F", "x" * 60, "'quoted'", "History", "Summary", ""])
def test_page_names_are_such_that_every_spreadsheet_takes_them(full_sheet, code) -> None:
    book = opened(month_of(*[with_code(full_sheet, code)] * 3))
    names = book.sheetnames
    assert len({name.casefold() for name in names}) == 4
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_it_tells_how_far_it_is(full_sheet) -> None:
    told = []
    prison_month_workbook(month_of(full_sheet, full_sheet), "km", lambda done, total: told.append((done, total)))
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)
    assert told == sorted(told)


def test_it_stops_when_the_person_cancels(full_sheet) -> None:
    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        prison_month_workbook(month_of(full_sheet, full_sheet), "km", stop)


def test_a_month_without_classes_says_so() -> None:
    page = opened(month_of()).worksheets[0]
    assert any("No class" in str(row[0].value) for row in page.iter_rows())
