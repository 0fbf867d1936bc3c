"""What the register shows and says, in the real page over a real record."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.register.conftest import MONDAY, NOVEMBER, column_of, press
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.qt.theme import apply_theme
from tlbb_desktop.screens.register.columns import cell_look
from tlbb_desktop.screens.register.grid_model import LEFT
from tlbb_desktop.screens.register.words import key_words, story_words
from tlbb_desktop.widgets.destinations import OpenRegister


def test_the_page_opens_on_the_first_unmarked_learner_of_today(page):
    row, column = page._form.grid.current()
    assert (row, page._presenter.columns[column - LEFT].day) == (0, MONDAY)


def test_the_keys_go_to_the_grid_as_soon_as_the_page_has_the_focus(page, desk, class_id):
    page._form.findEdit.setFocus()
    page.setFocus()
    assert page._form.grid.cells.hasFocus()


def test_learners_stand_in_khmer_order_with_their_nickname(page):
    names = [page._model.index(row, 1).data() for row in range(5)]
    assert names == ["ខៀវ ដារ៉ា (តូច)", "គឹម ដារ៉ា", "ចាន់ ដារ៉ា", "សុខ ដារ៉ា", "ឡុង ដារ៉ា"]


def test_totals_and_percent_follow_each_key(page):
    last = page._model.columnCount() - 1
    assert page._model.index(0, last).data() == "–"
    press(page, Qt.Key.Key_A)
    assert page._model.index(0, last).data().startswith("0")
    assert page._model.index(0, last - 2).data() == "1"


def test_every_cell_can_be_read_aloud(page):
    press(page, Qt.Key.Key_A)
    role = Qt.ItemDataRole.AccessibleTextRole
    words = page._model.index(0, column_of(page) + LEFT).data(role)
    assert "ខៀវ ដារ៉ា" in words
    assert "Absent" in words
    for row in range(page._model.rowCount()):
        for column in range(page._model.columnCount()):
            assert page._model.index(row, column).data(role), (row, column)


def test_the_place_of_the_cursor_comes_back_from_a_draft(page):
    press(page, Qt.Key.Key_P, Qt.Key.Key_P)
    draft = page.draft()
    page._form.grid.go(0, LEFT)
    page.take_draft(draft)
    assert page._form.grid.current() == (2, column_of(page) + LEFT)


def test_the_menu_tells_who_marked_a_cell(page):
    press(page, Qt.Key.Key_P, Qt.Key.Key_Up)
    stories = [each.menu() for each in page._menus.cell_menu().actions() if each.text().startswith("Who marked")]
    assert "Present" in stories[0].actions()[0].text()


def test_tab_goes_round_the_tools_of_the_page(page, qapp):
    reached = [qapp.focusWidget()]
    while len(reached) < 12:
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        reached.append(qapp.focusWidget())
    form = page._form
    assert {form.classBox, form.findEdit, form.guestButton, form.restButton, form.grid.cells} <= set(reached)


def test_the_strip_names_whose_mark_the_digits_amend(page):
    press(page, Qt.Key.Key_E)
    name = page._presenter.learners[0].names.shown
    assert key_words(page._presenter)[0] == ("", f"{name}: Excused, reason not given")
    press(page, Qt.Key.Key_1)
    assert key_words(page._presenter)[0] == ("", f"{name}: Excused, Sick")
    assert story_words(page._presenter, 0, column_of(page))[0].startswith("Excused, Sick · ")


def test_who_can_no_longer_reach_the_percent_is_shown_when_the_keys_rest(qtbot, page, desk, class_id):
    last = page._model.columnCount() - 1
    assert not any("▲" in page._model.index(row, last).data() for row in range(5))
    cells = [
        SetMark(session.id, page._presenter.learners[0].person_id, MarkCode.ABSENT)
        for session in page._presenter.register.sessions
        if session.day <= MONDAY
    ]
    desk.attendance.mark(class_id, cells)
    page.open(OpenRegister(class_id, NOVEMBER))
    qtbot.waitUntil(lambda: page._model.index(0, last).data().endswith("▲"))
    assert not any("▲" in page._model.index(row, last).data() for row in range(1, 5))


def test_every_further_mark_judges_the_learner_anew(qtbot, page):
    page._presenter.take_other_months(page._presenter.read_other_months())
    for column, day in enumerate(page._presenter.columns):
        if day.day <= MONDAY:
            page._presenter.mark([(0, column)], MarkCode.ABSENT)
    assert page._presenter.cannot_reach(0)
    page._presenter.undo()
    page._presenter.undo()
    assert not page._presenter.cannot_reach(0)


def test_looks_are_painted_anew_in_another_theme(qtbot, page):
    app = QApplication.instance()
    light = page.grab().toImage()
    apply_theme(app, "dark")
    try:
        dark = page.grab().toImage()
    finally:
        apply_theme(app, "light")
    cells = page._form.grid.cells
    inside = cells.mapTo(page, cells.viewport().geometry().topLeft()) + QPoint(30, 40)
    assert light.pixelColor(inside).lightness() > 128 > dark.pixelColor(inside).lightness()
    assert page.grab().toImage().pixelColor(inside) == light.pixelColor(inside)


def test_in_a_make_up_the_cells_of_those_who_missed_nothing_wait_for_nobody(page, desk, class_id):
    missed = desk.attendance.register(class_id, NOVEMBER).sessions[0]
    made = desk.classes.add_session(class_id, date(2026, 11, 6), time(13), time(16), repairs=missed.id)
    register = desk.attendance.register(class_id, NOVEMBER)
    desk.attendance.mark(class_id, [SetMark(made, register.learners[0].person_id, MarkCode.PRESENT)])
    page.open(OpenRegister(class_id, NOVEMBER))
    presenter = page._presenter
    column = presenter.column_of(made)
    assert [cell_look(presenter, row, column).loud for row in range(5)] == [False] * 5
    assert presenter.counts(column) == {MarkCode.PRESENT: 1}
    assert presenter.tally_at(1).held == 0
