"""Sessions and guests in the panels of the register, in the real page over a real record."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.register.conftest import MONDAY, NOVEMBER, column_of, on_disk, press
from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.screens.register.grid_model import LEFT


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


def test_a_head_asks_about_its_own_session(page):
    first = LEFT
    page._form.grid.cells.horizontalHeader().sectionDoubleClicked.emit(first)
    assert page._session_panel.isVisible()
    assert page._session_panel._form.dayLabel.text() == "02/11/2026"


def test_new_times_of_a_session_are_shown_at_once(page, qtbot):
    press(page, Qt.Key.Key_H)
    session = page._presenter.columns[column_of(page)].session
    page._session_panel.kept.emit(SetSession.of(session, SessionState.HELD, real_starts=time(8, 30)))
    qtbot.waitUntil(lambda: "08:30" in page._form.dayLabel.text())


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


def test_a_session_that_was_changed_elsewhere_can_be_changed_after_all(page, desk, class_id):
    session = next(column.session for column in page._presenter.columns if column.day == MONDAY)
    desk.attendance.set_session(SetSession.of(session, SessionState.HELD, None, time(8, 15), time(11)))
    page._keep_session(SetSession.of(session, SessionState.HELD, None, time(9), time(11)))
    seen = next(column.session for column in page._presenter.columns if column.day == MONDAY)
    assert seen.real_starts == time(8, 15)
    page._keep_session(SetSession.of(seen, SessionState.HELD, None, time(9), time(11)))
    assert next(one.real_starts for one in page._presenter.register.sessions if one.day == MONDAY) == time(8, 15)
    assert desk.classes.sessions(class_id, MONDAY, MONDAY)[0].real_starts == time(9)
