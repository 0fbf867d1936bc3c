"""The keys of the board in the real page over a real record."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.board.conftest import CONTROL, NOBODY, SHIFT, Key, assess, go, on_disk, outcomes, press
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.screens.board.grid_model import LEFT


def test_c_and_enter_record_an_attempt_and_go_down(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_C)
    assert page._form.side.shown is page._questions._attempt
    press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "c...."
    assert page._form.side.shown is None
    assert page._form.grid.cells.hasFocus()
    assert page._form.grid.current()[0] == 1


def test_a_digit_takes_a_tick_away_and_a_critical_one_makes_it_not_yet(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_C, Key.Key_2)
    form = page._questions._attempt._form
    assert form.notYetButton.isChecked()
    assert not form.competentButton.isEnabled()
    assert form.criteriaLabel.text() == "A critical criterion was not shown: not yet competent."
    press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "n...."
    assert 2 not in page._presenter.story(0, 4)[-1].passed


def test_n_asks_for_not_yet_and_escape_records_nothing(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_N)
    assert page._questions._attempt._form.notYetButton.isChecked()
    assert page.go_back()
    assert outcomes(room, "M05") == "....."
    assert not page.go_back()


def test_a_block_is_assessed_in_one_act(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
    press(page, Key.Key_C)
    assert page._questions._attempt._form.whoLabel.text() == "3 learners"
    press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "ccc.."
    page.undo()
    assert outcomes(room, "M05") == "....."


def test_where_several_units_are_assessed_the_lines_of_the_question_stand_together(page) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_Right, Key.Key_Right, modifiers=SHIFT)
    press(page, Key.Key_C)
    form = page._questions._attempt._form
    assert not form.criteriaArea.isVisible()
    page._questions._attempt.layout().activate()
    for label in (form.whoLabel, form.unitLabel, form.dayLabel):
        assert label.height() < 2 * label.fontMetrics().height()


def test_an_undo_says_what_it_took_back_even_where_the_learners_are_not_shown(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
    press(page, Key.Key_C, Key.Key_Return)
    page._form.choiceBox.setCurrentIndex(page._form.choiceBox.findData("this-unit"))
    page._form.choiceBox.activated.emit(1)
    said = []
    page.said.connect(said.append)
    page.undo()
    assert outcomes(room, "M05") == "....."
    assert said == ["Undone: 3 results in M05."]
    page.undo()
    assert said[1:] == ["There is nothing to undo."]


def test_an_open_story_is_told_anew_after_an_undo(page) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_C, Key.Key_Return, Key.Key_Up, Key.Key_Return)
    panel = page._questions._cell._form
    assert panel.table.model().rowCount() == 1
    page.undo()
    assert page._form.side.shown is page._questions._cell
    assert panel.table.model().rowCount() == 2
    assert not panel.takeBackButton.isVisible()


def test_ctrl_enter_assesses_whoever_has_no_result_after_a_practical(page, room) -> None:
    go(page, 1, "M05")
    press(page, Key.Key_N, Key.Key_Return)
    press(page, Key.Key_Return, modifiers=CONTROL)
    assert page._questions._attempt._form.whoLabel.text() == "4 learners"
    press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "cnccc"
    said = []
    page.said.connect(said.append)
    press(page, Key.Key_Return, modifiers=CONTROL)
    assert said == ["Everybody has a result in this unit on this day."]
    assert page._form.side.shown is None


def test_the_question_after_a_practical_names_who_is_left_out_and_follows_the_day(page, room) -> None:
    room.mark(date(2026, 10, 21), 1, MarkCode.ABSENT)
    go(page, 0, "M05")
    press(page, Key.Key_Return, modifiers=CONTROL)
    form = page._questions._attempt._form
    assert form.whoLabel.text() == "5 learners"
    assert not form.leftOutLabel.isVisible()
    page._form.dayEdit.show_day(date(2026, 10, 21))
    assert form.whoLabel.text() == "4 learners"
    name = next(each for each in page._presenter.rows if each.person_id == room.people[1]).learner.names.shown
    assert form.leftOutLabel.text() == f"Left out: {name} (Absent)"
    QTest.keyClick(page._questions._attempt, Key.Key_Return)
    assert outcomes(room, "M05").count("c") == 4


def test_the_keys_work_while_the_khmer_keyboard_is_on(page, room) -> None:
    go(page, 0, "M05")
    QTest.sendKeyEvent(QTest.KeyAction.Click, page._form.grid.cells, Qt.Key(0x1785), "ច", NOBODY)  # where C lies
    assert page._form.side.shown is page._questions._attempt
    press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "c...."


def test_the_day_of_the_attempts_is_the_working_day_unless_it_is_changed(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_D)
    assert page._form.dayEdit.hasFocus()
    QTest.keyClicks(page._form.dayEdit, "12102026")
    page._form.grid.cells.setFocus()
    press(page, Key.Key_C)
    assert "not today" in page._questions._attempt._form.dayLabel.text()
    press(page, Key.Key_Return)
    assert on_disk(room, "M05")[0].day == date(2026, 10, 12)


def test_a_day_to_come_is_refused_and_nothing_is_recorded(page, room, qtbot) -> None:
    go(page, 0, "M05")
    page._form.dayEdit.show_day(date(2026, 11, 30))
    press(page, Key.Key_C)
    with qtbot.waitSignal(page.troubled):
        press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "....."


def test_where_somebody_else_was_quicker_the_board_shows_what_they_made_of_it(page, room, qtbot) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_C)
    assess(room, 0, "M05", "not-yet")
    with qtbot.waitSignal(page.troubled):
        press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "n...."
    press(page, Key.Key_Return)
    assert outcomes(room, "M05") == "c...."


def test_the_find_line_jumps_to_a_learner(page) -> None:
    press(page, Key.Key_Slash)
    page._form.findEdit.insert("vanna")
    row = page._presenter.rows_matching("vanna")[0]
    assert page._form.grid.current()[0] == row
    QTest.keyClick(page._form.findEdit, Qt.Key.Key_Return)
    assert page._form.grid.cells.hasFocus()


def test_a_click_on_a_key_of_the_legend_presses_it(page, room) -> None:
    go(page, 0, "M05")
    page._legend.pressed.emit("N")
    page._legend.pressed.emit("Enter")  # opens the details instead of recording
    assert page._form.side.shown is page._questions._cell
    assert outcomes(room, "M05") == "....."


def test_f_filters_to_what_is_missing(page, room) -> None:
    assess(room, 0, "M05", "competent")
    page.read_again()
    go(page, 1, "M05")
    press(page, Key.Key_F)
    assert page._form.choiceBox.currentData() == "this-unit"
    assert len(page._presenter.rows) == 4
    assert page._form.grid.cells.hasFocus()
    assert page._form.grid.current()[1] - LEFT == 4
    press(page, Key.Key_F)
    assert page._form.choiceBox.currentData() == "on-list"
    assert len(page._presenter.rows) == 5


def test_f_shows_everybody_again_where_nobody_misses_anything(page, room) -> None:
    go(page, 0, "M05")
    press(page, Key.Key_Return, modifiers=CONTROL)
    press(page, Key.Key_Return, Key.Key_F)
    assert page._presenter.rows == []
    press(page, Key.Key_F)
    assert len(page._presenter.rows) == 5


def test_u_asks_before_the_class_goes_on_to_the_unit(page, room) -> None:
    go(page, 0, "M05")
    before = page._presenter.board.unit_today
    press(page, Key.Key_U)
    assert page._form.side.shown is page._questions._unit
    assert page._questions._unit._form.unitLabel.text().startswith("M05")
    assert page.go_back()
    assert room.desk.progress.board(room.class_id).unit_today == before
    press(page, Key.Key_U, Key.Key_Return)
    assert page._form.side.shown is None
    assert page._presenter.board.unit_today == page._presenter.units[4].id
