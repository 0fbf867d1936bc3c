"""Marks by keyboard and mouse, in the real page over a real record."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.register.conftest import NOVEMBER, column_of, on_disk, press
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.screens.register.grid_model import LEFT
from tlbb_desktop.widgets.destinations import OpenRegister


def test_a_mark_is_on_the_disk_before_the_next_key(page, desk, class_id):
    press(page, Qt.Key.Key_P)
    assert on_disk(desk, class_id) == [MarkCode.PRESENT, None, None, None, None]
    press(page, Qt.Key.Key_A)
    assert on_disk(desk, class_id) == [MarkCode.PRESENT, MarkCode.ABSENT, None, None, None]


def test_each_mark_moves_down_and_rest_present_fills_only_unset_cells(page, desk, class_id):
    press(page, Qt.Key.Key_A, Qt.Key.Key_L)
    press(page, Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    present = MarkCode.PRESENT
    assert on_disk(desk, class_id) == [MarkCode.ABSENT, MarkCode.LATE, present, present, present]


def test_digits_amend_the_minutes_and_the_reason_of_the_mark_just_made(page, desk, class_id):
    press(page, Qt.Key.Key_L, Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_E, Qt.Key.Key_1)
    late, excused = page._presenter.mark_at(0, column_of(page)), page._presenter.mark_at(1, column_of(page))
    assert (late.code, late.minutes) == (MarkCode.LATE, 25)
    assert page._presenter.reasons[excused.reason_id].code == "sick"
    assert on_disk(desk, class_id)[:2] == [MarkCode.LATE, MarkCode.EXCUSED]


def test_one_undo_takes_back_a_mark_with_the_digits_typed_after_it(page, desk, class_id):
    press(page, Qt.Key.Key_P, Qt.Key.Key_L, Qt.Key.Key_2, Qt.Key.Key_0)
    page.undo()
    assert on_disk(desk, class_id)[:2] == [MarkCode.PRESENT, None]
    page.redo()
    assert page._presenter.mark_at(1, column_of(page)).minutes == 20
    page.undo()
    page.undo()
    assert on_disk(desk, class_id)[:2] == [None, None]


def test_digits_after_a_mark_that_stood_already_are_a_step_of_their_own(page, desk, class_id):
    press(page, Qt.Key.Key_L, Qt.Key.Key_Up, Qt.Key.Key_L, Qt.Key.Key_2, Qt.Key.Key_0)
    page.undo()
    assert page._presenter.mark_at(0, column_of(page)).minutes == 15


def test_the_khmer_keyboard_marks_by_the_place_of_the_key(page, desk, class_id):
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, page._form.grid.cells, Qt.Key(0x1795), "ផ", Qt.KeyboardModifier.NoModifier
    )
    assert on_disk(desk, class_id)[0] is MarkCode.PRESENT


def test_a_block_is_marked_by_one_key_and_undone_as_one_act(page, desk, class_id):
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    press(page, Qt.Key.Key_A)
    assert on_disk(desk, class_id).count(MarkCode.ABSENT) == 3
    page.undo()
    assert on_disk(desk, class_id) == [None] * 5
    page.redo()
    assert on_disk(desk, class_id).count(MarkCode.ABSENT) == 3


def test_fill_down_copies_the_mark_above(page, desk, class_id):
    press(page, Qt.Key.Key_A)
    press(page, Qt.Key.Key_D, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert on_disk(desk, class_id)[:2] == [MarkCode.ABSENT, MarkCode.ABSENT]


def test_backspace_clears_and_the_earlier_mark_stays_readable(page, desk, class_id):
    press(page, Qt.Key.Key_A, Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    assert on_disk(desk, class_id)[0] is None
    assert [story.code for story in page._presenter.story(0, column_of(page))] == [MarkCode.ABSENT, None]


def test_the_cursor_passes_over_learners_who_have_left(page, desk, class_id):
    second = desk.classes.enrolments(class_id)[1]
    gone = next(row for row, learner in enumerate(page._presenter.learners) if learner.person_id == second.person_id)
    desk.classes.end_enrolment(second.id, date(2026, 11, 12))
    page.open(OpenRegister(class_id, NOVEMBER))
    press(page, *[Qt.Key.Key_P] * 4)
    marks = on_disk(desk, class_id)
    assert marks[gone] is None
    assert marks.count(MarkCode.PRESENT) == 4


def test_a_future_day_refuses_a_mark_and_says_why(page, qtbot):
    page._form.grid.go(0, column_of(page) + 1 + LEFT)
    with qtbot.waitSignal(page.troubled, timeout=1000):
        press(page, Qt.Key.Key_P)


def chosen(menu, *words: str) -> None:
    """Choose an entry of a menu, and of the menus inside it."""
    for word in words:
        action = next(each for each in menu.actions() if each.text().split("\t")[0] == word)
        menu = action.menu() or menu
    action.trigger()


def test_a_hand_on_the_mouse_marks_with_reason_and_minutes(page, desk, class_id):
    chosen(page._menus.cell_menu(), "Late", "20 minutes")
    chosen(page._menus.cell_menu(), "Excused", "Sick")
    chosen(page._menus.cell_menu(), "Absent")
    chosen(page._menus.cell_menu(), "Rest present")
    present = MarkCode.PRESENT
    assert on_disk(desk, class_id) == [MarkCode.LATE, MarkCode.EXCUSED, MarkCode.ABSENT, present, present]
    column = page._form.grid.current()[1] - LEFT
    assert page._presenter.mark_at(0, column).minutes == 20
    assert page._presenter.reasons[page._presenter.mark_at(1, column).reason_id].code == "sick"


def test_a_click_on_the_legend_presses_its_key(page, desk, class_id, qtbot):
    def offered(words: str) -> list[QPushButton]:
        return [each for each in page._legend.findChildren(QPushButton) if each.text() == words]

    for words in ("A  Absent", "E  Excused", "1  Sick"):
        qtbot.waitUntil(lambda words=words: bool(offered(words)))
        offered(words)[0].click()
    assert on_disk(desk, class_id)[:2] == [MarkCode.ABSENT, MarkCode.EXCUSED]
    assert page._presenter.mark_at(1, page._form.grid.current()[1] - LEFT).reason_id is not None
