"""Finding a learner while one types, in the real page over a real record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.register.conftest import on_disk, press
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.screens.register.grid_model import LEFT
from tlbb_desktop.screens.register.screen import RegisterScreen


def test_typing_part_of_a_name_finds_the_row_in_any_encoding(page):
    page._form.findEdit.setText("ឡុង\u200bដារ៉ា")
    QTest.keyClick(page._form.findEdit, Qt.Key.Key_Return)
    assert page._form.grid.current()[0] == 4


def find(page: RegisterScreen, text: str) -> None:
    press(page, Qt.Key.Key_Slash)
    page._form.findEdit.insert(text)


def test_the_cursor_jumps_to_the_first_match_while_one_types(page):
    page._form.grid.go(3, LEFT)
    find(page, "ចាន់")
    assert page._form.grid.current() == (2, LEFT)
    page._form.findEdit.selectAll()
    page._form.findEdit.insert("ដារ៉ា")
    assert page._form.grid.current() == (0, LEFT)


def test_enter_goes_to_the_next_match_and_the_text_stays_until_the_find_is_left(page):
    find(page, "ដារ៉ា")
    rows = []
    for _press in range(5):
        QTest.keyClick(page._form.findEdit, Qt.Key.Key_Return)
        rows.append(page._form.grid.current()[0])
    assert rows == [1, 2, 3, 4, 0]
    assert page._form.findEdit.text() == "ដារ៉ា"
    QTest.keyClick(page._form.findEdit, Qt.Key.Key_Down)
    assert page._form.grid.cells.hasFocus()
    assert page._form.findEdit.text() == ""
    assert page._form.grid.current()[0] == 0


def test_enter_on_the_only_match_goes_into_its_cell(page, desk, class_id):
    find(page, "ចាន់")
    QTest.keyClick(page._form.findEdit, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_A)
    assert on_disk(desk, class_id)[2] is MarkCode.ABSENT


def test_escape_and_an_emptied_find_go_back_to_the_cell_one_came_from(page):
    page._form.grid.go(1, LEFT + 2)
    find(page, "ឡុង")
    assert page._form.grid.current()[0] == 4
    page._form.findEdit.clear()
    assert page._form.grid.current() == (1, LEFT + 2)
    page._form.findEdit.insert("ឡុង")
    QTest.keyClick(page._form.findEdit, Qt.Key.Key_Escape)
    assert page._form.grid.current() == (1, LEFT + 2)
    assert page._form.grid.cells.hasFocus()
    assert page._form.findEdit.text() == ""


def test_a_name_that_nobody_has_is_said_while_one_types(page, qtbot):
    page._form.grid.go(1, LEFT)
    with qtbot.waitSignal(page.said) as said:
        find(page, "zzz")
    assert said.args == ["Nobody in this class has that name."]
    assert page._form.grid.current() == (1, LEFT)


def test_the_button_that_clears_goes_with_the_text(page, qtbot):
    from PySide6.QtWidgets import QToolButton

    edit = page._form.findEdit
    page.start_find()
    edit.setText("ដារ៉ា")
    (button,) = edit.findChildren(QToolButton)
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    page._form.grid.cells.setFocus()
    assert edit.text() == ""
    qtbot.waitUntil(lambda: not button.isVisible())
