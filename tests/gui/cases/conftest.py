"""The cases page over a real record: a social worker with one case at Siem Reap."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.services.cases.conftest import CaseRoom, clock, room
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.cases.screen import CasesScreen

__all__ = ["CaseRoom", "clock", "room"]


@pytest.fixture
def page_at(qtbot, tasks):
    """Build the page of a member of staff."""

    def build(desk) -> CasesScreen:
        page = CasesScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(page)
        page.resize(1166, 660)
        with qtbot.waitExposed(page):
            page.show()
        page.open()
        return page

    return build


@pytest.fixture
def page(page_at, room) -> CasesScreen:
    """The page of the social worker who is responsible."""
    return page_at(room.desk())


@pytest.fixture
def press():
    """A key to whatever has the cursor."""

    def send(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    return send


@pytest.fixture
def said(page):
    heard = []
    page.said.connect(heard.append)
    return heard
