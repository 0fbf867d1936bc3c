from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.documents.papers import read_with_poppler
from tests.documents.sheets import learner, session, sheet_of
from tests.paper_text import pages_of, text_of
from tlbb_desktop.documents.blank_register_pdf import BOX, _BlankRegister, blank_register_pdf
from tlbb_desktop.documents.roll_pdf import roll_pdf
from tlbb_desktop.documents.typesetting import PaperLanguage
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.form_code import form_code
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.domain.register import MonthSheet

KM, EN, BOTH = PaperLanguage.KHMER, PaperLanguage.ENGLISH, PaperLanguage.BOTH
LANGUAGES = pytest.mark.parametrize("language", [KM, EN, BOTH], ids=lambda language: language.value)
DAY = date(2026, 11, 20)


@pytest.fixture
def named() -> MonthSheet:
    """Sixty learners with names of their own."""
    learners = tuple(
        learner(number, names=Names("គឹម", "វណ្ណា", "KIM", f"NUMBER{number:02d}", f"ហៅ{number:02d}"), list_number=number)
        for number in range(1, 61)
    )
    return sheet_of(learners, tuple(session(day, day) for day in (2, 3, 4, 5, 10, 12)), {})


# -- the register for hand marking -----------------------------------------------------------------------------------


def test_the_learners_stand_in_the_order_of_the_roster(named, tmp_path) -> None:
    lines = read_with_poppler(blank_register_pdf(named, EN).pdf, tmp_path)
    found = [line for line in lines if line.startswith("KIM NUMBER")]
    assert found == [f"KIM NUMBER{number:02d}" for number in range(1, 61)]


@LANGUAGES
def test_every_page_has_the_heads_and_the_code_of_class_and_month(named, language) -> None:
    finished = blank_register_pdf(named, language)
    pages = pages_of(finished.pdf)
    code = form_code(7, named.register.month)
    assert finished.pages == len(pages) > 1
    assert all(code in page for page in pages)
    assert all(("No." if language is EN else "ល.រ") in page for page in pages)
    assert pages[0].count(code) == 2


def test_a_cancelled_session_has_no_column_and_two_on_a_day_show_their_hours(full_sheet) -> None:
    text = text_of(blank_register_pdf(full_sheet, EN).pdf)
    words = text.split()
    assert "11" not in words[: words.index("1")]
    assert "08:00" in words
    assert "14:00" in words


def test_whoever_was_not_enrolled_yet_has_no_box(full_sheet) -> None:
    assert text_of(blank_register_pdf(full_sheet, EN).pdf).count("–") == 5


@pytest.mark.parametrize("sessions", [0, 1, 18, 19, 46])
def test_no_box_is_too_small_to_write_in_however_many_sessions_there_are(named, sessions) -> None:
    planned = tuple(session(number, 1 + number // 2, SessionState.PLANNED) for number in range(sessions))
    sheet = sheet_of(named.register.learners, planned, {})
    text = text_of(blank_register_pdf(sheet, KM).pdf)
    assert text.count("គឹម វណ្ណា") == 60 * max(1, -(-(sessions + 2) // 20))
    assert all(block.box >= BOX for block in _BlankRegister(sheet, KM)._blocks())


def test_marks_on_record_are_not_on_it(full_sheet) -> None:
    text = text_of(blank_register_pdf(full_sheet, KM).pdf)
    assert text.count("អច្ប") == 1  # only where it says how to mark


@LANGUAGES
def test_nothing_lacks_a_letter_and_the_same_register_gives_the_same_bytes(full_sheet, language) -> None:
    first = blank_register_pdf(full_sheet, language)
    assert first.missing == ()
    assert first.pdf == blank_register_pdf(full_sheet, language).pdf


def test_a_class_without_learners_has_lines_to_write_on() -> None:
    assert blank_register_pdf(sheet_of((), (), {}), KM).pages == 1


# -- the roll --------------------------------------------------------------------------------------------------------


@LANGUAGES
def test_the_roll_has_names_nicknames_codes_and_list_numbers(named, language) -> None:
    text = text_of(roll_pdf(named, DAY, language).pdf)
    for each in named.register.learners:
        assert each.code in text
        assert each.names.nickname in text
        assert language.number(each.list_number) in text
    assert ("NUMBER60" in text) is (language is not KM)
    assert text.count("គឹម វណ្ណា") == (0 if language is EN else 60)


@LANGUAGES
def test_a_roll_of_sixty_repeats_its_heads(named, language) -> None:
    pages = pages_of(roll_pdf(named, DAY, language).pdf)
    assert len(pages) > 1
    assert all(("Nickname" if language is EN else "ឈ្មោះហៅក្រៅ") in page for page in pages)


def test_only_those_enrolled_on_the_day_are_on_the_roll(named) -> None:
    gone = replace(named.register.learners[0], enrolled=((date(2026, 9, 1), date(2026, 11, 19)),))
    register = replace(named.register, learners=(gone, *named.register.learners[1:]))
    text = text_of(roll_pdf(replace(named, register=register), DAY, EN).pdf)
    assert "SR-26-0001" not in text
    assert "Trainees: 59" in text


def test_a_roll_of_nobody_says_so(named) -> None:
    assert "Nobody is on the list" in text_of(roll_pdf(named, date(2026, 8, 1), EN).pdf)


@LANGUAGES
def test_the_same_roll_gives_the_same_bytes(named, language) -> None:
    first = roll_pdf(named, DAY, language)
    assert first.missing == ()
    assert first.pdf == roll_pdf(named, DAY, language).pdf


def test_both_say_when_they_come_from_the_demonstration(named) -> None:
    sheet = replace(named, demonstration=True)
    for finished in (roll_pdf(sheet, DAY, EN), blank_register_pdf(sheet, EN)):
        assert all("DEMONSTRATION" in page for page in pages_of(finished.pdf))


@LANGUAGES
@pytest.mark.parametrize("sex", [Sex.FEMALE, None])
def test_a_guest_with_one_name_gets_boxes_as_large_as_the_others(language, sex) -> None:
    guest = learner(2, guest=True, code="G-1", names=Names("ចាន់", "ហេង"), sex=sex)
    sheet = sheet_of((learner(1), guest), (session(2, 2),), {})
    register = _BlankRegister(sheet, language)
    (block,) = register._blocks()
    table = register._table(block)
    table.wrap(register.style.text_width, 1000)
    first, second = table._rowHeights[3:5]
    assert second == pytest.approx(first, abs=1)
    assert min(first, second) >= BOX - 0.1
