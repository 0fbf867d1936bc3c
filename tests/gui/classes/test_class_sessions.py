"""The sessions of a class by hand, in the real page over a real record."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtTest import QTest

from tests.gui.classes.conftest import Key, detail
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.widgets.destinations import OpenRegister


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
