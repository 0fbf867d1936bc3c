"""The class that one looks at stays when one goes from page to page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.classroom import OCTOBER, Classroom, furnish
from tlbb_desktop.domain.months import Month
from tlbb_desktop.main_window import MainWindow
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.shell.workplace import Workplace
from tlbb_desktop.widgets.destinations import OpenRegister

SEPTEMBER = Month(2026, 9)


@pytest.fixture
def room(desk) -> Classroom:
    return furnish(desk)


@pytest.fixture
def second(room) -> int:
    """A class of which the list knows later, and which was there a month earlier."""
    first = room.desk.classes.group(room.class_id)
    group = replace(first, id=None, version=0, code="SR-ZEBRA-26", starts_on=date(2026, 9, 1))
    class_id = room.desk.classes.save(group)
    room.desk.classes.enrol(class_id, [room.people[0]], date(2026, 9, 1))
    return class_id


@pytest.fixture
def window(qtbot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    return window


@pytest.fixture
def workplace(qtbot, tasks, room, window) -> Workplace:
    workplace = Workplace(room.desk, tasks, ChangeSignal(), room.desk.office.clock.today(), window)
    window.show_inside(workplace)
    with qtbot.waitExposed(window):
        window.show()
    workplace.go("today")
    return workplace


def sheet_shown(workplace: Workplace) -> tuple[int | None, Month]:
    presenter = workplace._pages["sheets"]._presenter
    assert workplace._pages["sheets"]._form.table.current_id() == presenter.class_id
    return presenter.class_id, presenter.month


def register_shown(workplace: Workplace) -> tuple[int, Month]:
    register = workplace._pages["register"]._presenter.register
    return register.group.id, register.month


def test_ctrl_p_on_the_register_shows_the_sheet_of_its_class_and_month_and_the_way_back_the_same_class(
    workplace, second
):
    workplace.go("sheets")
    workplace.go("register", OpenRegister(second, SEPTEMBER))
    QTest.keyClick(workplace, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert workplace.place == "sheets"
    assert sheet_shown(workplace) == (second, SEPTEMBER)
    workplace.go("register")
    assert register_shown(workplace) == (second, SEPTEMBER)


def test_the_month_sheets_open_from_the_rail_on_the_class_last_looked_at(workplace, room, second):
    workplace.go("sheets")
    assert sheet_shown(workplace)[0] == room.class_id
    workplace.go("register", OpenRegister(second, OCTOBER))
    workplace.go("sheets")
    assert sheet_shown(workplace) == (second, OCTOBER)
    workplace.go("classes", room.class_id)
    workplace.go("today")
    workplace.go("sheets")
    assert sheet_shown(workplace) == (room.class_id, OCTOBER)


def test_the_register_opens_from_the_rail_on_the_class_whose_sheet_was_chosen(workplace, room, second):
    workplace.go("register", OpenRegister(room.class_id, SEPTEMBER.shift(1)))
    workplace.go("sheets", (second, OCTOBER))
    workplace.go("register")
    assert register_shown(workplace) == (second, OCTOBER)


def test_a_month_in_which_the_class_has_no_session_is_said_so(workplace, room, second):
    workplace.go("register", OpenRegister(second, SEPTEMBER))
    workplace.go("sheets", (room.class_id, SEPTEMBER))
    assert workplace.status.text == "The class that you come from had no session in this month."
