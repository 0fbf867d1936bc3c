"""The page of the classes over a real record, and where its parts are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.classroom import Classroom, furnish
from tlbb_desktop.domain.classes import Weekday
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.classes.screen import ClassesScreen

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


def numbers(screen: ClassesScreen) -> list[str]:
    model = detail(screen).learnersTable.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]
