"""The page of the classes over a real record, and where its parts are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.classroom import Classroom, five_learners, room_at
from tests.programme import Beginnings
from tlbb_desktop.domain.classes import Weekday
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.classes.screen import ClassesScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk

Key = Qt.Key


def nobody(desk: Desk) -> None:
    """A programme without people or classes."""


@pytest.fixture
def home(request: pytest.FixtureRequest, beginnings: Beginnings, tmp_path: Path) -> Home:
    """Empty for a test that asks for no class."""
    return beginnings.copy(five_learners if "room" in request.fixturenames else nobody, tmp_path)


@pytest.fixture
def room(desk, beginnings: Beginnings) -> Classroom:
    return room_at(desk, beginnings.made(five_learners))


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
