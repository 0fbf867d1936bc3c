from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from tests.documents.papers import read_with_poppler
from tests.documents.sheets import all_present, learner, session, sheet_of
from tests.paper_text import pages_of, text_of
from tlbb_desktop.documents.attendance_pdf import attendance_pdf
from tlbb_desktop.documents.prison_month_pdf import prison_month_pdf
from tlbb_desktop.documents.sheet_lines import SheetLines
from tlbb_desktop.documents.typesetting import PaperLanguage
from tlbb_desktop.domain.errors import Cancelled
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import MonthSheet, SheetDifference, SheetState
from tlbb_desktop.domain.sheet_rules import PrisonMonth

KM, EN, BOTH = PaperLanguage.KHMER, PaperLanguage.ENGLISH, PaperLanguage.BOTH
LANGUAGES = pytest.mark.parametrize("language", [KM, EN, BOTH], ids=lambda language: language.value)
A4_ACROSS = (842, 595)


def rows_on_paper(pdf: bytes, folder: Path) -> dict[str, str]:
    """Code of a learner -> everything in the line of the list, without spaces."""
    file = folder / "list.pdf"
    file.write_bytes(pdf)
    answer = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(file), "-"], check=True, capture_output=True, timeout=60
    )
    lines = answer.stdout.decode("utf-8").splitlines()
    codes = ((line, part) for line in lines for part in line.split() if part.startswith("SR-26-"))
    return {code: "".join(line.split()) for line, code in codes}


@pytest.fixture
def sixty() -> MonthSheet:
    learners = tuple(learner(number) for number in range(1, 61))
    sessions = tuple(session(day, day) for day in (2, 3, 4, 5, 10, 12))
    return sheet_of(learners, sessions, all_present(learners, sessions))


@pytest.fixture
def correction(full_sheet) -> MonthSheet:
    changes = tuple(
        SheetDifference("mark", date(2026, 11, 2), "គឹម វណ្ណា", f"SR-26-{number:04d}", "absent", "late:15")
        for number in range(50)
    )
    return replace(
        full_sheet,
        state=SheetState.SIGNED,
        number=2,
        corrects=1,
        differences=changes,
        code="9F3C21AB",
        series="A",
        signed_on=date(2026, 12, 2),
        signed_by="កែវ សុភា",
    )


@pytest.mark.parametrize("language", [KM, EN])
def test_each_line_says_what_the_workbook_and_the_screen_say(full_sheet, language, tmp_path) -> None:
    on_paper = rows_on_paper(attendance_pdf(full_sheet, language).pdf, tmp_path)
    lines = SheetLines(full_sheet, language.code).table().lines[2:-1]
    said = {line[1].text: "".join(cell.text for cell in line).replace(" ", "") for line in lines}
    assert len(on_paper) == 33
    assert on_paper == {code: text for code, text in said.items() if code in on_paper}


def test_side_by_side_each_name_stands_in_both_scripts_and_each_figure_once(full_sheet) -> None:
    text = text_of(attendance_pdf(full_sheet, BOTH).pdf)
    for row in full_sheet.rows:
        assert row.learner.names.khmer in text
        assert row.learner.names.latin in text
    assert "៧៦.៣" in text
    assert "76.3" not in text
    assert "Prison closed" in text
    assert "ពន្ធនាគារបិទ" in text


@LANGUAGES
def test_the_sums_and_counts_are_those_of_the_record(full_sheet, language, tmp_path) -> None:
    text = " ".join(read_with_poppler(attendance_pdf(full_sheet, language).pdf, tmp_path))
    spoken = SheetLines(full_sheet, language.code)
    figures = [cell.text for cell in spoken.table().lines[-1] if cell.text and not cell.turned][1:]
    figures += [cell.text for line in spoken.counts().lines[1:] for cell in line[1:]]
    assert len(figures) >= 18
    assert [figure for figure in figures if figure not in text] == []


@LANGUAGES
def test_sixty_learners_take_several_pages_each_with_the_heads(sixty, language) -> None:
    finished = attendance_pdf(sixty, language)
    pages = pages_of(finished.pdf)
    assert len(pages) == finished.pages > 2 if language is BOTH else finished.pages == 3
    listed = [page for page in pages if "SR-26-" in page]
    assert len(listed) > 1
    head = "No." if language is EN else "ល.រ"
    assert all(head in page for page in listed)
    assert [code in text_of(finished.pdf) for code in ("SR-26-0001", "SR-26-0060")] == [True, True]


def test_it_is_a4_across_and_names_its_language_and_nobody(full_sheet) -> None:
    reader = pypdf.PdfReader(BytesIO(attendance_pdf(full_sheet, KM).pdf))
    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {A4_ACROSS}
    assert reader.root_object["/Lang"] == "km"
    assert reader.metadata is not None
    assert reader.metadata.title == "អវត្តមាន SR-MOTO-26 ២០២៦-១១"
    assert not reader.metadata.author


@LANGUAGES
def test_a_cancelled_day_says_why(full_sheet, language) -> None:
    text = text_of(attendance_pdf(full_sheet, language).pdf)
    assert ("Prison closed" if language is EN else "ពន្ធនាគារបិទ") in text
    assert "×" in text


@LANGUAGES
def test_an_unmarked_cell_makes_every_page_a_draft_that_names_class_and_day(draft_sheet, language) -> None:
    pages = pages_of(attendance_pdf(draft_sheet, language).pdf)
    mark = "DRAFT" if language is EN else "ព្រាង"
    assert all(page.count(mark) >= 2 for page in pages)
    assert ("class SR-MOTO-26 · not yet marked: day 12" if language is EN else "ថ្ងៃទី ១២") in pages[0]
    assert "?" in pages[0]


def test_a_complete_list_is_no_draft(full_sheet) -> None:
    assert "DRAFT" not in text_of(attendance_pdf(full_sheet, EN).pdf)


@LANGUAGES
def test_the_demonstration_says_so_on_every_page(draft_sheet, language) -> None:
    word = "ទិន្នន័យសាកល្បង" if language is KM else "DEMONSTRATION"
    assert all(word in page for page in pages_of(attendance_pdf(draft_sheet, language).pdf))


def test_an_issued_list_explains_its_code_and_carries_it_on_every_page(correction) -> None:
    pages = pages_of(attendance_pdf(correction, EN).pdf)
    assert all("A-2 · 9F3C21AB" in page for page in pages)
    assert "Code 9F3C21AB: it stands for the record as it was when this list was issued." in " ".join(pages)


def test_every_correction_is_listed(correction) -> None:
    text = " ".join(text_of(attendance_pdf(correction, EN).pdf).split())
    assert "Changed since no. A-1:" in text
    assert text.count("Absent › Late 15") == 50


def test_nothing_on_the_paper_lacks_a_letter(correction, draft_sheet) -> None:
    for language in PaperLanguage:
        assert attendance_pdf(correction, language).missing == ()
        assert attendance_pdf(draft_sheet, language).missing == ()


@LANGUAGES
def test_lunar_and_gregorian_date_stand_over_the_signature(full_sheet, language) -> None:
    text = text_of(attendance_pdf(full_sheet, language).pdf)
    assert "ថ្ងៃចន្ទ ៦រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ព.ស.២៥៧០" in text
    assert ("30 November 2026" if language is EN else "ថ្ងៃទី៣០ ខែវិច្ឆិកា ឆ្នាំ២០២៦") in text


def test_a_very_long_name_and_two_sessions_every_day_still_fit(tmp_path) -> None:
    names = Names("ក" * 200, "ខ" * 200, "A" * 200, "B" * 200)
    learners = (learner(1, names=names), learner(2))
    sessions = tuple(session(100 * part + day, day) for day in range(1, 31) for part in (1, 2))
    finished = attendance_pdf(sheet_of(learners, sessions, all_present(learners, sessions)), BOTH)
    assert "SR-26-0002" in text_of(finished.pdf)


def test_nobody_on_the_list_gives_a_paper_with_heads(full_sheet) -> None:
    empty = sheet_of((), (), {})
    assert "No." in text_of(attendance_pdf(empty, EN).pdf)


@LANGUAGES
def test_the_same_list_gives_the_same_bytes(full_sheet, language) -> None:
    assert attendance_pdf(full_sheet, language).pdf == attendance_pdf(full_sheet, language).pdf


# -- the whole prison's month ----------------------------------------------------------------------------------------


@pytest.fixture
def month(full_sheet, draft_sheet) -> PrisonMonth:
    group = replace(draft_sheet.register.group, code="SR-SEW-26")
    other = replace(draft_sheet, register=replace(draft_sheet.register, group=group), demonstration=False)
    return PrisonMonth(full_sheet.prison_names, Month(2026, 11), (full_sheet, other), False, date(2026, 11, 30))


@LANGUAGES
def test_the_whole_month_is_a_summary_and_a_list_for_each_class(month, language) -> None:
    finished = prison_month_pdf(month, language)
    pages = pages_of(finished.pdf)
    alone = [attendance_pdf(sheet, language).pages for sheet in month.sheets]
    assert finished.pages == 1 + sum(alone)
    assert "SR-MOTO-26" in pages[0]
    assert "SR-SEW-26" in pages[0]
    counted = "Page 1 of 1" if language is EN else "ទំព័រទី ១ នៃ ១"
    assert counted in pages[0]
    assert ("Page 1 of 2" if language is EN else f"ទំព័រទី ១ នៃ {language.number(alone[0])}") in pages[1]


def test_a_long_code_of_a_class_stays_on_its_line(month) -> None:
    sheets = tuple(
        replace(sheet, register=replace(sheet.register, group=replace(sheet.register.group, code=code)))
        for sheet, code in zip(month.sheets, ("SR-LIFE-SKILLS-26", "BMC-ELECTRONICS-EVENING-2026"), strict=True)
    )
    lines = pages_of(prison_month_pdf(replace(month, sheets=sheets), KM).pdf)[0]
    assert "SR-LIFE-SKILLS-26" in lines
    assert "BMC-ELECTRONICS-EVENING-2026" in lines


def test_only_the_class_that_misses_a_mark_is_a_draft(month) -> None:
    pages = pages_of(prison_month_pdf(month, EN).pdf)
    assert ["DRAFT" in page for page in pages] == [True, False, False, True, True]


def test_the_summary_has_the_sums_of_all_classes(month) -> None:
    first = pages_of(prison_month_pdf(month, EN).pdf)[0]
    for figure in ("68", "14", "25", "2", "145860", "144440", "99.0"):
        assert figure in first.split()
    assert "Different people in all classes: 34 (of whom female: 7)" in first


def test_no_paper_of_the_prison_says_how_many_hours_it_lost(month) -> None:
    for language in PaperLanguage:
        text = text_of(prison_month_pdf(month, language).pdf)
        assert "lost" not in text.lower()
        assert "បាត់បង់" not in text


def test_a_month_without_a_class_says_so(month) -> None:
    assert "No class of this prison" in text_of(prison_month_pdf(replace(month, sheets=()), EN).pdf)


def test_progress_goes_from_nothing_to_all_papers(month) -> None:
    told: list[tuple[int, int]] = []
    prison_month_pdf(month, EN, lambda done, papers: told.append((done, papers)))
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)
    assert told == sorted(told)


def test_the_work_stops_when_it_is_cancelled(month) -> None:
    def stop(done: int, _papers: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        prison_month_pdf(month, EN, stop)


def test_a_guest_is_called_one_and_not_enrolled_from_day_to_day() -> None:
    came = ((date(2026, 11, 12), date(2026, 11, 12)),)
    sheet = sheet_of((learner(1), learner(2, guest=True, code="G-1", enrolled=came)), (session(12, 12),), {})
    text = text_of(attendance_pdf(sheet, EN).pdf)
    assert "not on the list" in text
    assert "from day" not in text
