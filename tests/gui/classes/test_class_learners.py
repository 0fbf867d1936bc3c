"""Who is on the list of a class, with which number, in the real page over a real record."""

from __future__ import annotations

from datetime import date

from PySide6.QtTest import QTest

from tests.gui.classes.conftest import Key, detail, form, numbers, tick
from tests.gui.classroom import furnish
from tlbb_desktop.domain.classes import Weekday


def test_people_are_found_ticked_and_enrolled_by_keyboard(room, screen_at):
    for enrolment in room.desk.classes.enrolments(room.class_id)[:3]:
        room.desk.classes.end_enrolment(enrolment.id, date(2026, 9, 30))
    screen = screen_at(room.desk, room.class_id)
    screen._detail.ask_enrol()
    panel = screen._detail._enrol_panel
    assert panel._form.peopleList.count() == 3
    for name in ("kosal", "គឹម"):
        panel._form.findEdit.setText(name)
        QTest.keyClick(panel._form.findEdit, Key.Key_Return)
    assert panel._form.countLabel.text() == "2 people ticked"
    QTest.keyClick(panel._form.findEdit, Key.Key_Return)
    assert room.desk.classes.row(room.class_id).learners == 4
    assert detail(screen).strip.shown is None


def test_all_of_the_prison_are_enrolled_with_one_button(desk, screen_at):
    room = furnish(desk)
    empty = screen_at(desk, "new")
    tick(empty, Weekday.SAT)
    form(empty).saveButton.click()
    empty._detail._enrol_panel._form.allButton.click()
    class_id = next(row.id for row in desk.classes.classes() if row.id != room.class_id)
    assert desk.classes.row(class_id).learners == 5


def test_an_enrolment_ends_with_a_day_and_a_reason(room, screen_at):
    screen = screen_at(room.desk, room.class_id)
    detail(screen).endButton.click()
    panel = screen._detail._end_panel._form
    panel.dayEdit.show_day(date(2026, 10, 20))
    panel.reasonEdit.setText("released")
    panel.keepButton.click()
    ended = [one for one in room.desk.classes.enrolments(room.class_id) if one.ends_on]
    assert [one.ends_on for one in ended] == [date(2026, 10, 20)]
    assert not detail(screen).endButton.isEnabled()


def test_the_numbers_of_the_prisons_list_are_typed_one_after_the_other(room, screen_at):
    screen = screen_at(room.desk, room.class_id)
    assert numbers(screen) == ["4", "1", "2", "3", "5"]
    detail(screen).numberButton.click()
    edit = screen._detail._number_panel._form.numberEdit
    for typed in ("11", "១២", ""):
        edit.selectAll()
        QTest.keyClick(edit, Key.Key_Delete)
        edit.insert(typed)
        QTest.keyClick(edit, Key.Key_Return)
    assert numbers(screen) == ["11", "12", "", "3", "5"]
    assert edit.text() == "3"
    assert detail(screen).learnersTable.currentIndex().row() == 3


def test_a_number_that_cannot_be_read_is_said_and_stays(room, screen_at, qtbot):
    screen = screen_at(room.desk, room.class_id)
    QTest.keyClick(detail(screen).learnersTable, Key.Key_Return)
    panel = screen._detail._number_panel
    panel._form.numberEdit.setText("many")
    with qtbot.waitSignal(screen.troubled) as trouble:
        panel._form.keepButton.click()
    assert "many" in str(trouble.args[0])
    assert panel.isVisible()
    assert numbers(screen)[0] == "4"


def test_a_number_that_somebody_else_gave_meanwhile_is_shown_before_it_is_changed(room, screen_at, qtbot):
    screen = screen_at(room.desk, room.class_id)
    detail(screen).numberButton.click()
    first = room.desk.classes.enrolments(room.class_id)[0]
    room.desk.classes.set_list_number(first.id, 21, first.version)
    edit = screen._detail._number_panel._form.numberEdit
    edit.setText("11")
    with qtbot.waitSignal(screen.troubled):
        QTest.keyClick(edit, Key.Key_Return)
    assert (numbers(screen)[0], edit.text()) == ("21", "21")
    edit.setText("11")
    QTest.keyClick(edit, Key.Key_Return)
    assert numbers(screen)[0] == "11"


def test_trouble_leaves_the_panel_open(room, screen_at, qtbot):
    screen = screen_at(room.desk, room.class_id)
    detail(screen).endButton.click()
    screen._detail._end_panel._form.dayEdit.show_day(date(2026, 9, 1))
    with qtbot.waitSignal(screen.troubled):
        screen._detail._end_panel._form.keepButton.click()
    assert detail(screen).strip.shown is screen._detail._end_panel
