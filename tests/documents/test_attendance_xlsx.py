from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

from tests.documents.sheets import NOVEMBER, all_present, learner, marked, session, sheet_of
from tlbb_desktop.documents.attendance_xlsx import month_workbook
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.register import SheetDifference, SheetState


def opened(content: bytes, *, values: bool = True):
    return openpyxl.load_workbook(BytesIO(content), data_only=values).worksheets[0]


def texts(page) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def head_row(page, word: str) -> int:
    return next(row[0].row for row in page.iter_rows() if row[0].value == word)


def line_of(page, code: str) -> list[object]:
    return next([cell.value for cell in row] for row in page.iter_rows() if row[1].value == code)


def days_of(page, code: str) -> dict[int, list[object]]:
    """Day -> what the learner's cells of that day show."""
    top = head_row(page, "ល.រ")
    shown: dict[int, list[object]] = {}
    line = line_of(page, code)
    for position, cell in enumerate(page[top + 1]):
        if isinstance(cell.value, int):
            shown.setdefault(cell.value, []).append(line[position])
    return shown


@pytest.fixture
def khmer_page(full_sheet):
    return opened(month_workbook(full_sheet, "km"))


def test_the_list_is_headed_as_cambodian_offices_head_it(khmer_page) -> None:
    column = [khmer_page.cell(row, 1).value for row in range(1, 9)]
    assert column[:5] == [
        "ព្រះរាជាណាចក្រកម្ពុជា",
        "ជាតិ សាសនា ព្រះមហាក្សត្រ",
        "ក្រសួងមហាផ្ទៃ",
        "អគ្គនាយកដ្ឋានពន្ធនាគារ",
        "ពន្ធនាគារខេត្តសៀមរាប",
    ]
    assert column[5].startswith("បញ្ជីអវត្តមានសិក្ខាកាមប្រចាំខែ")
    assert "SR-MOTO-26" in column[6]
    assert "៣៤ នាក់ (ស្រី ៧ នាក់)" in column[7]


def test_every_day_of_the_month_has_its_weekday_over_its_number(khmer_page) -> None:
    top = head_row(khmer_page, "ល.រ")
    pairs = [(khmer_page.cell(top, c).value, khmer_page.cell(top + 1, c).value) for c in range(5, 36)]
    letters = ["ច", "អ", "ព", "ព្រ", "សុ", "ស", "អា"]
    days = [*range(1, 17), 16, *range(17, 31)]
    assert [day for _letter, day in pairs] == days
    assert [letter for letter, _day in pairs] == [letters[date(2026, 11, day).weekday()] for day in days]


def test_weekends_are_red(khmer_page) -> None:
    top = head_row(khmer_page, "ល.រ")
    reds = {
        khmer_page.cell(top + 1, c).value
        for c in range(5, 36)
        if khmer_page.cell(top + 1, c).font.color.rgb == "FFC00000"
    }
    assert reds == {day.day for day in NOVEMBER.days() if day.weekday() >= 5}


def test_present_is_blank_and_absences_show_their_sign(khmer_page) -> None:
    shown = days_of(khmer_page, "SR-26-0001")
    assert shown[2] == ["អច្ប"]
    assert shown[4] == ["ច្ប"]
    assert shown[5] == [None]
    assert days_of(khmer_page, "SR-26-0005")[16] == [None, "អច្ប"]


def test_an_institution_mark_is_printed_as_with_permission_with_its_reason_in_the_remarks(khmer_page) -> None:
    assert days_of(khmer_page, "SR-26-0002")[16] == ["ច្ប", None]
    assert "តុលាការ" in line_of(khmer_page, "SR-26-0002")[-1]
    assert "១៦, ១៧" in line_of(khmer_page, "SR-26-0002")[-1]


def test_lateness_has_no_sign_but_a_remark_with_its_minutes(khmer_page) -> None:
    assert days_of(khmer_page, "SR-26-0003")[2] == [None]
    assert line_of(khmer_page, "SR-26-0003")[-1] == "មកយឺត ២ ដង (៣០ នាទី)"


def test_a_cancelled_session_is_crossed_and_its_column_says_why(khmer_page) -> None:
    assert days_of(khmer_page, "SR-26-0001")[11] == ["×"]
    top = head_row(khmer_page, "ល.រ")
    column = next(c for c in range(5, 36) if khmer_page.cell(top + 1, c).value == 11)
    reason = khmer_page.cell(head_row(khmer_page, "សរុប"), column)
    assert reason.value == "ពន្ធនាគារបិទ"
    assert reason.alignment.textRotation == 90


def test_a_day_before_somebody_was_enrolled_is_no_presence(khmer_page) -> None:
    shown = days_of(khmer_page, "SR-26-0033")
    assert shown[2] == ["–"]
    assert shown[12] == [None]


def test_a_complete_list_is_no_draft(khmer_page) -> None:
    assert not any("ព្រាង" in text for text in texts(khmer_page))
    assert "?" not in texts(khmer_page)


def test_a_draft_names_the_class_and_the_days_and_says_so_on_every_page(draft_sheet) -> None:
    page = opened(month_workbook(draft_sheet, "km"))
    line = next(text for text in texts(page) if "ព្រាង" in text)
    assert "SR-MOTO-26" in line
    assert "ថ្ងៃទី ១២" in line
    assert "ថ្ងៃទី ៣០" in line
    assert "ព្រាង" in page.oddHeader.center.text
    assert days_of(page, "SR-26-0001")[12] == ["?"]
    assert days_of(page, "SR-26-0001")[30] == ["…"]


def test_the_demonstration_is_marked_on_every_page(draft_sheet, full_sheet) -> None:
    page = opened(month_workbook(draft_sheet, "en"))
    assert "DEMONSTRATION" in page.oddHeader.center.text
    assert any("DEMONSTRATION" in text for text in texts(page))
    assert "DEMONSTRATION" not in " ".join(texts(opened(month_workbook(full_sheet, "en"))))


def test_programs_that_do_not_calculate_read_the_totals(full_sheet) -> None:
    content = month_workbook(full_sheet, "km")
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    line = next(row for row in rows if row[1] == "SR-26-0001")
    assert line[-7:-1] == [2, 1, 3, 2280, 1740, 76.3]


@pytest.mark.parametrize("language", ["km", "en"])
def test_written_values_are_what_the_live_formulas_give(full_sheet, draft_sheet, language) -> None:
    for sheet in (full_sheet, draft_sheet):
        content = month_workbook(sheet, language)
        live, kept = opened(content, values=False), opened(content)
        checked = 0
        for row in live.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    assert calculated(cell.value[1:], kept) == pytest.approx(kept[cell.coordinate].value)
                    checked += 1
        assert checked >= 34 * 4 + 6 + 12


def calculated(formula: str, page) -> object:  # noqa: PLR0911 - one return a function
    """The few functions that the list uses, worked out from the written values."""
    formula = formula.replace("$", "")
    if found := re.fullmatch(r'IF\((.*)=0,"",ROUND\(100\*(.*)/(.*),1\)\)', formula):
        due = calculated(found[1], page)
        assert found[1] == found[3]
        return round(100 * calculated(found[2], page) / due + 1e-9, 1) if due else ""
    if found := re.fullmatch(r'COUNTIF\((.*),"(.*)"\)', formula):
        return sum(value == found[2] for value in cells(found[1], page))
    if found := re.fullmatch(r'SUMIF\((.*),"(.*)",(.*)\)', formula):
        return sum(
            value for key, value in zip(cells(found[1], page), cells(found[3], page), strict=True) if key == found[2]
        )
    if found := re.fullmatch(r"SUM\((.*)\)", formula):
        return sum(cells(found[1], page))
    if found := re.fullmatch(r"COUNT\((.*)\)", formula):
        return sum(isinstance(value, int) for value in cells(found[1], page))
    if found := re.fullmatch(r"([A-Z]+\d+)([+-])([A-Z]+\d+)", formula):
        return page[found[1]].value + page[found[3]].value * (1 if found[2] == "+" else -1)
    return page[formula].value


def cells(address: str, page) -> list[object]:
    left, top, right, bottom = range_boundaries(address)
    return [page.cell(row, column).value for row in range(top, bottom + 1) for column in range(left, right + 1)]


def test_numbers_stay_numbers_and_are_shown_in_khmer_digits(khmer_page) -> None:
    top = head_row(khmer_page, "ល.រ")
    assert khmer_page.cell(top + 1, 5).value == 1
    assert khmer_page.cell(top + 1, 5).number_format == "[$-12000453]0"


def test_codes_keep_their_leading_zeros(full_sheet) -> None:
    rows = tuple(replace(row, learner=replace(row.learner, code="000123")) for row in full_sheet.rows[:1])
    page = opened(month_workbook(replace(full_sheet, rows=rows), "en"))
    assert "000123" in texts(page)


def test_the_english_list_has_the_same_layout(full_sheet) -> None:
    khmer, english = (opened(month_workbook(full_sheet, language)) for language in ("km", "en"))
    assert khmer.dimensions == english.dimensions
    assert line_of(english, "SR-26-0001")[2] == "KIM1 VANNA"
    assert "A" in line_of(english, "SR-26-0001")
    assert not any(re.search("[\u1780-\u17ff]", text) for text in texts(english) if "សុខ ដារ៉ា" not in text)


def test_it_prints_on_a4_landscape_one_page_wide_with_its_head_on_every_page(khmer_page) -> None:
    assert khmer_page.page_setup.paperSize == 9
    assert khmer_page.page_setup.orientation == "landscape"
    assert khmer_page.sheet_properties.pageSetUpPr.fitToPage
    assert (khmer_page.page_setup.fitToWidth or 1, khmer_page.page_setup.fitToHeight) == (1, 0)
    top = head_row(khmer_page, "ល.រ")
    assert khmer_page.print_title_rows == f"${top}:${top + 1}"
    assert "ទំព័រទី &P នៃ &N" in khmer_page.oddFooter.center.text
    for margin in (khmer_page.page_margins.left, khmer_page.page_margins.right):
        assert 5 <= margin * 25.4 <= 10


def test_every_row_is_high_enough_for_its_text(khmer_page) -> None:
    for row in range(1, khmer_page.max_row):
        if any(cell.value for cell in khmer_page[row]):
            assert khmer_page.row_dimensions[row].height >= 15


def test_a_long_remark_gets_a_higher_row(full_sheet) -> None:
    sessions = full_sheet.register.sessions
    reasons = {number: (f"ហេតុផលវែងណាស់លេខ{number}", f"A very long reason {number}") for number in range(1, 30)}
    marks = dict(full_sheet.register.marks)
    for each in sessions:
        if each.id != 11:
            marked(marks, each.id, 1, MarkCode.INSTITUTION, reason_id=each.id % 28 + 1)
    sheet = sheet_of(full_sheet.register.learners, sessions, marks, reasons=reasons)
    page = opened(month_workbook(sheet, "km"))
    rows = {row[1].value: row[0].row for row in page.iter_rows()}
    high, plain = (page.row_dimensions[rows[code]].height for code in ("SR-26-0001", "SR-26-0006"))
    assert high > 3 * plain


def test_an_issued_list_shows_number_correction_signature_and_code(full_sheet) -> None:
    sheet = replace(
        full_sheet,
        state=SheetState.SIGNED,
        number=2,
        corrects=1,
        code="K7QM2XPA",
        series="B",
        signed_on=date(2026, 12, 2),
        signed_by="Director",
        differences=(
            SheetDifference("mark", date(2026, 11, 16), "គឹម វណ្ណា", "SR-26-0001", "absent", "excused:sick"),
            SheetDifference("session", date(2026, 11, 11), "", "", "held:180", "cancelled:lockdown"),
            SheetDifference("learner", None, "ស៊ិន ពិសិដ្ឋ", "SR-26-0002", "", "on list"),
        ),
    )
    shown = "\n".join(texts(opened(month_workbook(sheet, "en"))))
    assert "No. B-2 · issued on 30/11/2026 · corrects no. B-1 · signed on 02/12/2026 by Director" in shown
    assert "Changed since no. B-1: 16 គឹម វណ្ណា: Absent → Excused" in shown
    assert "11 session: held (180 min) → cancelled" in shown
    assert "Code K7QM2XPA" in shown


def test_hours_lost_to_the_prison_are_never_on_the_paper(full_sheet) -> None:
    shown = "\n".join(texts(opened(month_workbook(full_sheet, "en")))).lower()
    assert "lost" not in shown
    assert "hours" not in shown


def test_a_class_without_learners_still_gives_a_list() -> None:
    page = opened(month_workbook(sheet_of((), (session(2, 2),), {}), "km"))
    assert head_row(page, "ល.រ")


def test_a_thirty_one_day_month_with_two_sessions_a_day_fits_the_columns(full_sheet) -> None:
    learners = (learner(1), learner(2))
    sessions = tuple(session(day * 10 + part, day) for day in range(1, 31) for part in (1, 2))
    page = opened(month_workbook(sheet_of(learners, sessions, all_present(learners, sessions)), "km"))
    top = head_row(page, "ល.រ")
    assert [page.cell(top + 1, c).value for c in range(5, 65)] == [day for day in range(1, 31) for _ in (1, 2)]


def test_the_same_sheet_gives_the_same_file(full_sheet) -> None:
    assert month_workbook(full_sheet, "km") == month_workbook(full_sheet, "km")
