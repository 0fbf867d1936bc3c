"""The page of people with its form, for the tests of what is typed and of what each role sees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.people.screen import PeopleScreen

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen_at(qtbot, tasks):
    kept = []

    def build(desk) -> PeopleScreen:
        screen = PeopleScreen(desk, tasks, ChangeSignal())
        kept.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open()
        return screen

    return build


@pytest.fixture
def screen(screen_at, desk) -> PeopleScreen:
    return screen_at(desk)


def form_of(screen: PeopleScreen):
    return screen.form_page._form


def press_save(screen: PeopleScreen) -> None:
    QTest.keyClick(form_of(screen).givenKmEdit, Key.Key_S, CONTROL)
