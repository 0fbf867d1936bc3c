"""The releases page over a real record: somebody at Siem Reap who leaves in January."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.services.cases.conftest import CaseRoom, clock, room
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.releases.screen import ReleasesScreen

__all__ = ["CaseRoom", "clock", "room"]


@pytest.fixture
def page_at(qtbot, tasks):
    """Build the page of a member of staff."""

    def build(desk) -> ReleasesScreen:
        page = ReleasesScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(page)
        page.resize(1166, 660)
        with qtbot.waitExposed(page):
            page.show()
        page.open()
        return page

    return build


@pytest.fixture
def case_id(room) -> int:
    """The case of somebody who leaves on 22 January."""
    return room.case()


@pytest.fixture
def page(page_at, room, case_id) -> ReleasesScreen:
    """The page of the social worker who is responsible."""
    return page_at(room.desk())


@pytest.fixture
def plan(page, press) -> ReleasesScreen:
    """The page with the person's plan, opened and begun."""
    page.show_person(next(iter(page._presenter.lines())))
    page.plan_pane.form.beginButton.click()
    return page


@pytest.fixture
def press():
    """A key to whatever has the cursor."""

    def send(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    return send
