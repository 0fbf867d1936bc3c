"""The form of a class and its timetable, in the real page over a real record."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.classes.conftest import detail, form, tick
from tlbb_desktop.domain.classes import TimetableSlot, Weekday
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.widgets.timetable_edit import TimetableEdit


def test_a_new_class_is_planned_from_its_weekdays_and_asks_whom_to_enrol(room, screen_at):
    screen = screen_at(room.desk, "new")
    form(screen).courseBox.setCurrentIndex(form(screen).courseBox.findData(room.desk.classes.course_named("aircon")))
    form(screen).courseBox.activated.emit(0)
    tick(screen, Weekday.MON, Weekday.FRI)
    form(screen).endsEdit.show_day(date(2026, 11, 13))
    form(screen).saveButton.click()
    class_id = room.desk.classes.class_named("SR-AIRCON-26")
    sessions = room.desk.classes.sessions(class_id, date(2026, 10, 1), date(2026, 12, 31))
    assert [session.day.day for session in sessions] == [30, 2, 6, 13]  # Monday 9 November is a holiday
    assert screen._stack.currentWidget() is screen._detail
    assert detail(screen).strip.shown is screen._detail._enrol_panel


def test_the_proposed_code_counts_on_when_it_is_taken(room, screen_at):
    screen = screen_at(room.desk, "new")
    moto = form(screen).courseBox.findData(room.desk.classes.course_named("moto"))
    form(screen).courseBox.setCurrentIndex(moto)
    form(screen).courseBox.activated.emit(moto)
    assert form(screen).codeEdit.text() == "SR-MOTO-26-2"


def test_a_code_of_ones_own_is_not_proposed_over(room, screen_at):
    screen = screen_at(room.desk, "new")
    form(screen).codeEdit.selectAll()
    QTest.keyClicks(form(screen).codeEdit, "EVENING")
    form(screen).courseBox.activated.emit(1)
    assert form(screen).codeEdit.text() == "EVENING"


def test_a_refusal_stands_at_its_field_and_nothing_is_saved(room, screen_at):
    screen = screen_at(room.desk, "new")
    tick(screen, Weekday.MON)
    form(screen).codeEdit.setText("SR-MOTO-26")
    form(screen).saveButton.click()
    assert form(screen).codeEdit.property("role") == "wrong"
    assert "SR-MOTO-26" in form(screen).errorLabel.text()
    assert len(room.desk.classes.classes()) == 1


def test_a_class_without_weekdays_is_refused_in_the_readers_language(room, screen_at, language):
    screen = screen_at(room.desk, "new")
    form(screen).saveButton.click()
    said = form(screen).errorLabel.text()
    assert said
    assert ("កាលវិភាគ" in said) == (language == "km")


def test_a_half_typed_class_survives_a_lock(room, screen_at):
    screen = screen_at(room.desk, "new")
    tick(screen, Weekday.TUE, Weekday.SAT)
    form(screen).codeEdit.setText("HALF")
    screen._class_form._code_typed()
    kept = screen.draft()
    again = screen_at(room.desk)
    again.take_draft(kept)
    assert again._stack.currentWidget() is again._class_form
    assert again.draft() == kept


def test_a_class_keeps_its_marks_when_its_timetable_changes(room, screen_at):
    room.mark_all(date(2026, 10, 5))
    screen = screen_at(room.desk, room.class_id)
    detail(screen).editButton.click()
    assert not form(screen).prisonBox.isEnabled()
    tick(screen, Weekday.MON)
    form(screen).saveButton.click()
    sessions = room.desk.classes.sessions(room.class_id, date(2026, 10, 1), date(2026, 11, 30))
    assert [one.day.day for one in sessions if one.day.weekday() == Weekday.MON] == [5]


def test_a_half_typed_class_is_left_only_when_one_asks_twice(room, screen_at, qapp):
    screen = screen_at(room.desk)
    screen.open("new")
    pane = screen._class_form
    pane._form.codeEdit.setText("NIGHT-1")
    screen.open()  # somebody went elsewhere and came back
    assert screen._stack.currentWidget() is pane
    assert screen.go_back()
    assert screen._stack.currentWidget() is pane
    assert "not saved" in pane._form.errorLabel.text()
    assert screen.go_back()
    assert screen._stack.currentWidget() is screen._list


def test_the_khmer_layout_types_times_and_days(qtbot):
    edit = TimetableEdit()
    qtbot.addWidget(edit)
    edit.show_slots([TimetableSlot(Weekday.MON, time(8), time(11))])
    starts = edit._lines[0].times.starts
    edit.show()
    starts.selectAll()
    for digit in "០៩":
        QApplication.sendEvent(starts, QKeyEvent(QEvent.Type.KeyPress, 0x17E0, Qt.KeyboardModifier.NoModifier, digit))
    assert edit.slots() == (TimetableSlot(Weekday.MON, time(9), time(11)),)


def test_a_lesson_that_is_typed_without_a_colon_is_saved_and_one_that_is_no_time_is_not(room, screen_at):
    screen = screen_at(room.desk, room.class_id)
    detail(screen).editButton.click()
    times = form(screen).timetableEdit._lines[0].times
    times.ends.setText("11h")
    form(screen).saveButton.click()
    assert screen._stack.currentWidget() is screen._class_form
    assert "11h" in times.problem_text
    assert screen._class_form.is_touched
    times.ends.setText("1030")
    form(screen).saveButton.click()
    assert screen._stack.currentWidget() is screen._detail
    assert {slot.ends for slot in room.desk.classes.group(room.class_id).timetable} == {time(10, 30)}


def test_a_second_time_of_day_joins_and_leaves_the_timetable(qtbot):
    edit = TimetableEdit()
    qtbot.addWidget(edit)
    week = (TimetableSlot(Weekday.MON, time(8), time(11)), TimetableSlot(Weekday.MON, time(14), time(16)))
    edit.show_slots(week)
    assert edit.slots() == week
    edit._lines[1]._remove.click()
    assert edit.slots() == week[:1]
    edit._more.click()
    edit._lines[1].boxes[Weekday.SUN].click()
    assert edit.slots()[-1] == TimetableSlot(Weekday.SUN, time(14), time(16))


def test_the_language_switches_while_a_form_is_half_typed(room, screen_at, qapp):
    screen = screen_at(room.desk, "new")
    form(screen).codeEdit.setText("HALF")
    tick(screen, Weekday.WED)
    try:
        switch_language(qapp, "km")
        QApplication.processEvents()
        assert form(screen).headingLabel.text() == "ថ្នាក់រៀនថ្មី"
        assert form(screen).codeEdit.text() == "HALF"
        assert form(screen).timetableEdit.slots()[0].weekday is Weekday.WED
    finally:
        switch_language(qapp, "en")
        QApplication.processEvents()  # while the screen is still held: afterwards it may be collected in between
