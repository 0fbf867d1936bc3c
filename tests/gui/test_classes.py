"""Classes in the real page over a real record."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.accessible import unnamed_controls
from tests.gui.classroom import Classroom, desk_of, furnish, set_day
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.classes import TimetableSlot, Weekday
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.classes.screen import ClassesScreen
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.widgets.timetable_edit import TimetableEdit

Key = Qt.Key


@pytest.fixture
def room(desk) -> Classroom:
    return furnish(desk)


@pytest.fixture
def screen_at(qtbot, tasks):
    def build(desk, argument: object = None) -> ClassesScreen:
        screen = ClassesScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open(argument)
        return screen

    return build


def listed(screen: ClassesScreen) -> list[str]:
    model = screen._form.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def form(screen: ClassesScreen):
    return screen._class_form._form


def detail(screen: ClassesScreen):
    return screen._detail._form


def tick(screen: ClassesScreen, *days: Weekday) -> None:
    for day in days:
        form(screen).timetableEdit._lines[0].boxes[day].click()


def test_the_list_says_how_many_learn_and_how_many_are_female(room, screen_at):
    screen = screen_at(room.desk)
    model = screen._form.table.model()
    assert [model.index(0, column).data() for column in range(7)] == [
        "SR-MOTO-26",
        "Motorbike repair",
        "SR",
        "",
        "5",
        "1",
        "01/10/2026 – 30/11/2026",
    ]


def test_typing_a_course_in_khmer_finds_its_classes(room, screen_at):
    screen = screen_at(room.desk)
    screen._form.findEdit.setText("ម៉ូតូ")
    assert listed(screen) == ["SR-MOTO-26"]
    screen._form.findEdit.setText("aircon")
    assert listed(screen) == []


def test_ended_classes_are_listed_on_demand(room, screen_at):
    screen = screen_at(set_day(room.desk, date(2027, 1, 4)))
    assert listed(screen) == []
    screen._form.whenBox.setCurrentIndex(1)
    screen._form.whenBox.activated.emit(1)
    assert listed(screen) == ["SR-MOTO-26"]


def test_a_programme_without_classes_says_what_to_do_first(desk, screen_at):
    screen = screen_at(desk)
    assert screen._stack.currentWidget() is screen._empty
    screen._empty.wanted.emit()
    assert screen._stack.currentWidget() is screen._class_form


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


def numbers(screen: ClassesScreen) -> list[str]:
    model = detail(screen).learnersTable.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


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


def test_a_make_up_session_names_the_one_that_it_repairs(room, screen_at):
    missed = room.session_on(date(2026, 10, 20))
    room.cancel(date(2026, 10, 20))
    screen = screen_at(room.desk, room.class_id)
    detail(screen).sessionsTable.go(missed)
    detail(screen).addButton.click()
    panel = screen._detail._session_panel._form
    assert panel.repairsBox.currentData() == missed
    panel.dayEdit.show_day(date(2026, 10, 31))
    panel.keepButton.click()
    added = room.desk.classes.sessions(room.class_id, date(2026, 10, 31), date(2026, 10, 31))[0]
    assert (added.repairs_session_id, added.state, added.starts) == (missed, SessionState.PLANNED, time(8))
    model = detail(screen).sessionsTable.model()
    assert "makes up for 20/10/2026" in model.index(model.rowCount() - 1, 2).data()


def test_months_are_turned_by_keyboard(room, screen_at, qtbot):
    screen = screen_at(room.desk, room.class_id)
    detail(screen).laterButton.click()
    model = detail(screen).sessionsTable.model()
    assert model.index(0, 0).data() == "Mon 02/11/2026"
    detail(screen).earlierButton.click()
    assert detail(screen).monthLabel.text() == "October 2026"


def test_enter_on_a_session_opens_its_register(room, screen_at, qtbot):
    screen = screen_at(room.desk, room.class_id)
    wanted = room.session_on(date(2026, 10, 20))
    detail(screen).sessionsTable.go(wanted)
    with qtbot.waitSignal(screen.go_to) as went:
        QTest.keyClick(detail(screen).sessionsTable, Key.Key_Return)
    place, wish = went.args
    assert place == "register"
    assert isinstance(wish, OpenRegister)
    assert (wish.class_id, wish.session_id) == (room.class_id, wanted)


def test_escape_goes_from_panel_to_class_to_list(room, screen_at):
    screen = screen_at(room.desk, room.class_id)
    screen._detail.ask_enrol()
    assert screen.go_back()
    assert screen._stack.currentWidget() is screen._detail
    assert screen.go_back()
    assert screen._stack.currentWidget() is screen._list
    assert not screen.go_back()


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


def test_the_list_leaves_the_letters_to_the_page(room, screen_at, qapp):
    screen = screen_at(room.desk)
    QTest.keyClick(qapp.focusWidget(), Key.Key_N)
    assert screen._stack.currentWidget() is screen._class_form
    screen.go_back()
    QTest.keyClick(qapp.focusWidget(), Key.Key_Slash)
    assert qapp.focusWidget() is screen._form.findEdit


def test_who_may_not_change_classes_only_reads(room, desk_as, screen_at):
    screen = screen_at(desk_of(desk_as, Role.LIAISON))
    assert screen._form.newButton.isHidden()
    QTest.keyClick(screen, Key.Key_N)
    assert screen._stack.currentWidget() is screen._list
    screen.open(room.class_id)
    for button in (detail(screen).editButton, detail(screen).enrolButton, detail(screen).addButton):
        assert button.isHidden()
    assert not detail(screen).sheetButton.isHidden()


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


def test_a_session_is_added_at_a_time_typed_without_a_colon(room, screen_at):
    screen = screen_at(room.desk, room.class_id)
    detail(screen).addButton.click()
    panel = screen._detail._session_panel
    panel._form.dayEdit.show_day(date(2026, 10, 16))
    panel._form.timesEdit.starts.setText("never")
    panel._form.keepButton.click()
    assert panel.isVisible()
    panel._form.timesEdit.starts.setText("0915")
    panel._form.timesEdit.ends.setText("១០៣០")
    panel._form.keepButton.click()
    added = room.desk.classes.sessions(room.class_id, date(2026, 10, 16), date(2026, 10, 16))
    assert [(one.starts, one.ends) for one in added] == [(time(9, 15), time(10, 30))]


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


def test_every_control_is_named_and_no_text_is_cut(room, screen_at, language):
    screen = screen_at(room.desk)
    for step in (lambda: None, screen._new, lambda: screen.open(room.class_id), screen._detail._ask_session):
        step()
        QApplication.processEvents()
        assert unnamed_controls(screen) == []
        assert cut_texts(screen) == []


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
