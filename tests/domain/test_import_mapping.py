"""Headings of lists, in Khmer and English."""

from __future__ import annotations

import pytest

from tlbb_desktop.domain.import_mapping import field_of_heading, fields_of, find_heading, propose_plan
from tlbb_desktop.domain.people_import import ImportField as F
from tlbb_desktop.domain.people_import import ImportTable


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("អត្តលេខ", F.CODE),
        ("ID No.", F.CODE),
        ("គោត្តនាម និងនាម", F.NAME_KM),
        ("គោត្តនាម\u200bនិង\u200bនាម", F.NAME_KM),
        ("ឈ្មោះ", F.NAME_KM),
        ("Name", F.NAME_KM),
        ("ឈ្មោះឡាតាំង", F.NAME_LATIN),
        ("ឈ្មោះ (Latin)", F.NAME_LATIN),
        ("Name (English)", F.NAME_LATIN),
        ("អក្សរឡាតាំង", F.NAME_LATIN),
        ("នាមត្រកូល", F.FAMILY_KM),
        ("នាមខ្លួន", F.GIVEN_KM),
        ("Family name", F.FAMILY_KM),
        ("Given name (Latin)", F.GIVEN_LATIN),
        ("នាមត្រកូលឡាតាំង", F.FAMILY_LATIN),
        ("ឈ្មោះហៅក្រៅ", F.NICKNAME),
        ("ភេទ", F.SEX),
        ("Sex (M/F)", F.SEX),
        ("ថ្ងៃខែឆ្នាំកំណើត", F.BIRTH),
        ("Date of birth", F.BIRTH),
        ("D.O.B", F.BIRTH),
        ("អាយុ", F.AGE),
        ("Age", F.AGE),
        ("ខេត្ត/រាជធានី", F.PROVINCE),
        ("លេខទូរស័ព្ទ", F.PHONES),
        ("Phone number", F.PHONES),
        ("អាសយដ្ឋាន", F.ADDRESS),
        ("ផ្សេងៗ", F.NOTE),
        ("ល.រ", None),
        ("No", None),
        ("Father's name", None),
        ("ឈ្មោះម្ដាយ", None),
        ("ទីកន្លែងកំណើត", None),
        ("Language", None),
        ("ព្រ", None),
        ("", None),
        (12.0, None),
    ],
    ids=repr,
)
def test_a_heading_names_its_field(heading, field) -> None:
    assert field_of_heading(heading)[0] is field


def test_two_columns_of_one_field_leave_it_to_the_better_heading() -> None:
    assert fields_of(("ឈ្មោះ", "គោត្តនាម និងនាម", "Sex", "ភេទ")) == (None, F.NAME_KM, F.SEX, None)


def test_the_row_with_the_headings_is_found_below_the_official_lines() -> None:
    rows = (("ព្រះរាជាណាចក្រកម្ពុជា",), ("បញ្ជីឈ្មោះសិក្ខាកាម",), (), ("ល.រ", "ឈ្មោះ", "ភេទ"), (1, "សុខ ដារ៉ា", "ប"))
    plan = propose_plan(ImportTable("list", rows))
    assert plan.heading == 3
    assert plan.columns == (None, F.NAME_KM, F.SEX)
    assert plan.is_complete


def test_without_headings_no_column_is_guessed() -> None:
    table = ImportTable("list", ((1, "សុខ ដារ៉ា", "ប"),))
    assert find_heading(table) is None
    assert not propose_plan(table).is_complete
    assert not propose_plan(ImportTable("empty", ())).is_complete


def test_a_field_moves_to_the_column_that_a_person_chooses() -> None:
    plan = propose_plan(ImportTable("list", (("ឈ្មោះ", "ភេទ", "x"),)))
    assert plan.with_column(2, F.SEX).columns == (F.NAME_KM, None, F.SEX)
    assert plan.with_column(1, None).columns == (F.NAME_KM, None, None)
