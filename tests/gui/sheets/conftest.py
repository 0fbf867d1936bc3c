"""The page of month sheets over a real record, and hands to use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.classroom import Classroom, Made, five_learners, furnish, room_at
from tests.programme import Beginnings
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.sheets.screen import SheetsScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk

Key = Qt.Key
MISSING = date(2026, 10, 20)


def october_marked(desk: Desk) -> Made:
    """Everything of October is marked; one was absent, one late, and the prison closed on a day."""
    room = furnish(desk)
    room.mark_all()
    room.mark(date(2026, 10, 6), 0, MarkCode.ABSENT)
    room.mark(date(2026, 10, 7), 1, MarkCode.LATE, 15)
    room.cancel(date(2026, 10, 8))
    return room.class_id, room.people


@pytest.fixture
def beginning(request: pytest.FixtureRequest) -> Callable[[Desk], Made]:
    """What this test begins with: marked when it asks for that."""
    return october_marked if "marked" in request.fixturenames else five_learners


@pytest.fixture
def home(beginnings: Beginnings, beginning: Callable[[Desk], Made], tmp_path: Path) -> Home:
    return beginnings.copy(beginning, tmp_path)


@pytest.fixture
def room(desk, beginnings: Beginnings, beginning: Callable[[Desk], Made]) -> Classroom:
    return room_at(desk, beginnings.made(beginning))


@pytest.fixture
def marked(room) -> Classroom:
    """The class of :func:`october_marked`."""
    return room


@pytest.fixture
def screen_at(qtbot, tasks, tmp_path):
    built: list[SheetsScreen] = []  # as the window holds its pages

    def build(desk, argument: object = None) -> SheetsScreen:
        screen = SheetsScreen(desk, tasks, ChangeSignal())
        built.append(screen)
        screen._presenter.keep_folder(tmp_path)
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open(argument)
        return screen

    yield build
    built.clear()


def form(screen: SheetsScreen):
    return screen._form


def lines(screen: SheetsScreen) -> list[list[str]]:
    model = form(screen).table.model()
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def paper(screen: SheetsScreen, qtbot, holds: str = "") -> str:
    """What stands on the paper in sight, once it holds these words."""
    texts: list[str] = []

    def told() -> bool:
        texts[:] = [page.accessibleDescription() for page in form(screen).preview.sheets._pages]
        return bool(texts) and all(texts) and holds in "\n".join(texts)

    qtbot.waitUntil(told, timeout=30_000)
    return "\n".join(texts)


def issue(screen: SheetsScreen) -> None:
    form(screen).issueButton.click()
    screen._issuing.issue._form.keepButton.click()


def choose(screen: SheetsScreen, box: str, wanted: str) -> None:
    chosen = getattr(form(screen), box)
    chosen.setCurrentIndex(chosen.findData(wanted))
    chosen.activated.emit(chosen.currentIndex())
