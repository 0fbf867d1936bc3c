"""The register by keyboard, in the real page over a real record."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.register import SetMark, SetSession
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.theme import apply_theme
from tlbb_desktop.screens.register.grid_model import LEFT
from tlbb_desktop.screens.register.screen import RegisterScreen
from tlbb_desktop.screens.register.words import key_words, story_words
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.wiring import Desk, open_desk

MONDAY = date(2026, 11, 16)
NOVEMBER = Month(2026, 11)
FAMILIES = ("ឡុង", "គឹម", "ចាន់", "ខៀវ", "សុខ")


@pytest.fixture
def desk(home, unlocked) -> Desk:
    return open_desk(home, unlocked, WorkingDayClock(SystemClock(), MONDAY))


@pytest.fixture
def class_id(desk: Desk) -> int:
    prison = desk.prisons.own()
    class_id = desk.classes.save(
        TrainingClass(
            id=None,
            code="SR-MOTO",
            course_id=desk.classes.course_named("moto"),
            prison_id=prison.id,
            trainer_id=None,
            starts_on=date(2026, 11, 2),
            ends_on=date(2026, 12, 31),
            timetable=tuple(TimetableSlot(Weekday(day), time(8), time(11)) for day in range(4)),
        )
    )
    for number, family in enumerate(FAMILIES, 1):
        desk.people.save(
            PersonRecord(
                id=None,
                code=f"SR-{number:03d}",
                names=Names(family, "ដារ៉ា", "", "", "តូច" if family == "ខៀវ" else ""),
                sex=Sex.MALE,
                kind=PersonKind.PARTICIPANT,
                status=PersonStatus.IN_TRAINING,
                stays=(CustodyStay(prison.id, date(2026, 1, 5)),),
            )
        )
    desk.classes.enrol(class_id)
    return class_id


@pytest.fixture
def page(qtbot, desk: Desk, tasks, class_id: int) -> RegisterScreen:
    page = RegisterScreen(desk, tasks, ChangeSignal())
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.open(OpenRegister(class_id, NOVEMBER))
    return page


def press(page: RegisterScreen, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(page._form.grid.cells, key, modifiers)


def on_disk(desk: Desk, class_id: int, day: date = MONDAY) -> list[MarkCode | None]:
    """The marks of a day as the record has them, in the order of the roster."""
    register = desk.attendance.register(class_id, NOVEMBER)
    session = next(session for session in register.sessions if session.day == day)
    found = [register.marks.get((session.id, learner.person_id)) for learner in register.learners]
    return [mark.code if mark else None for mark in found]


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


def column_of(page: RegisterScreen) -> int:
    return next(number for number, column in enumerate(page._presenter.columns) if column.day == MONDAY)


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


def test_totals_and_percent_follow_each_key(page):
    last = page._model.columnCount() - 1
    assert page._model.index(0, last).data() == "–"
    press(page, Qt.Key.Key_A)
    assert page._model.index(0, last).data().startswith("0")
    assert page._model.index(0, last - 2).data() == "1"


def test_a_future_day_refuses_a_mark_and_says_why(page, qtbot):
    page._form.grid.go(0, column_of(page) + 1 + LEFT)
    with qtbot.waitSignal(page.troubled, timeout=1000):
        press(page, Qt.Key.Key_P)


def test_a_session_is_cancelled_with_a_reason_in_its_panel(page, desk, class_id):
    press(page, Qt.Key.Key_H)
    form = page._session_panel._form
    form.cancelledButton.setChecked(True)
    QTest.keyClick(page._session_panel, Qt.Key.Key_Return)
    session = page._presenter.columns[column_of(page)].session
    assert session.state is SessionState.CANCELLED
    assert session.reason_id is not None


def test_a_guest_gets_a_row_of_the_day_only(page):
    page._guest_panel.kept.emit("ស៊ិន វីរៈ", "មកពីអគារ ខ")
    guest = page._presenter.learners[-1]
    assert guest.guest
    assert guest.enrolled_on(MONDAY)
    assert not guest.enrolled_on(date(2026, 11, 12))


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


def test_the_menu_tells_who_marked_a_cell(page):
    press(page, Qt.Key.Key_P, Qt.Key.Key_Up)
    stories = [each.menu() for each in page._menus.cell_menu().actions() if each.text().startswith("Who marked")]
    assert "Present" in stories[0].actions()[0].text()


def test_a_click_on_the_legend_presses_its_key(page, desk, class_id):
    for words in ("A  Absent", "E  Excused", "1  Sick"):
        next(each for each in page._legend.findChildren(QPushButton) if each.text() == words).click()
    assert on_disk(desk, class_id)[:2] == [MarkCode.ABSENT, MarkCode.EXCUSED]
    assert page._presenter.mark_at(1, page._form.grid.current()[1] - LEFT).reason_id is not None


def test_a_head_asks_about_its_own_session(page):
    first = LEFT
    page._form.grid.cells.horizontalHeader().sectionDoubleClicked.emit(first)
    assert page._session_panel.isVisible()
    assert page._session_panel._form.dayLabel.text() == "02/11/2026"


def test_tab_goes_round_the_tools_of_the_page(page, qapp):
    reached = [qapp.focusWidget()]
    while len(reached) < 12:
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        reached.append(qapp.focusWidget())
    form = page._form
    assert {form.classBox, form.findEdit, form.guestButton, form.restButton, form.grid.cells} <= set(reached)


def test_new_times_of_a_session_are_shown_at_once(page):
    press(page, Qt.Key.Key_H)
    session = page._presenter.columns[column_of(page)].session
    page._session_panel.kept.emit(SetSession.of(session, SessionState.HELD, real_starts=time(8, 30)))
    assert "08:30" in page._form.dayLabel.text()


def test_the_session_panel_reads_a_time_without_a_colon_and_keeps_nothing_that_is_no_time(page, desk, class_id):
    press(page, Qt.Key.Key_H)
    panel, starts = page._session_panel, page._session_panel._form.timesEdit.starts
    starts.selectAll()
    QTest.keyClicks(starts, "8h")
    QTest.keyClick(starts, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert "8h" in panel._form.timesEdit.problem_text
    starts.selectAll()
    QTest.keyClicks(starts, "0830")
    QTest.keyClick(starts, Qt.Key.Key_Return)
    assert not panel.isVisible()
    kept = next(one for one in desk.attendance.register(class_id, NOVEMBER).sessions if one.day == MONDAY)
    assert kept.real_starts == time(8, 30)


def test_a_guest_is_present_and_in_sight(page, desk, class_id):
    page.resize(1100, 330)
    page._guest_panel.kept.emit("ស៊ិន វីរៈ", "")
    assert on_disk(desk, class_id)[-1] is MarkCode.PRESENT
    cells = page._form.grid.cells
    assert cells.viewport().rect().contains(cells.visualRect(cells.currentIndex()))


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


def test_a_session_that_was_changed_elsewhere_can_be_changed_after_all(page, desk, class_id):
    session = next(column.session for column in page._presenter.columns if column.day == MONDAY)
    desk.attendance.set_session(SetSession.of(session, SessionState.HELD, None, time(8, 15), time(11)))
    page._keep_session(SetSession.of(session, SessionState.HELD, None, time(9), time(11)))
    seen = next(column.session for column in page._presenter.columns if column.day == MONDAY)
    assert seen.real_starts == time(8, 15)
    page._keep_session(SetSession.of(seen, SessionState.HELD, None, time(9), time(11)))
    assert next(one.real_starts for one in page._presenter.register.sessions if one.day == MONDAY) == time(8, 15)
    assert desk.classes.sessions(class_id, MONDAY, MONDAY)[0].real_starts == time(9)
