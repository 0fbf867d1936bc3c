"""The class of five in October 2026 and its progress board, in the real page over a real record; today is Friday."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.classroom import Classroom, all_marked, room_at
from tests.programme import Beginnings
from tlbb_desktop.domain.assessment import CellState, Outcome, SetAttempt
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.board.grid_model import LEFT
from tlbb_desktop.screens.board.presenter import BoardPresenter
from tlbb_desktop.screens.board.screen import BoardScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.widgets.destinations import OpenBoard

NOBODY = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def home(beginnings: Beginnings, tmp_path: Path) -> Home:
    return beginnings.copy(all_marked, tmp_path)


@pytest.fixture
def room(desk, beginnings: Beginnings) -> Classroom:
    return room_at(desk, beginnings.made(all_marked))


@pytest.fixture
def presenter(room: Classroom) -> BoardPresenter:
    presenter = BoardPresenter(room.desk)
    presenter.load(room.class_id)
    return presenter


@pytest.fixture
def page(qtbot, room: Classroom, tasks) -> BoardScreen:
    page = BoardScreen(room.desk, tasks, ChangeSignal())
    qtbot.addWidget(page)
    page.resize(1200, 660)
    with qtbot.waitExposed(page):
        page.show()
    page.open(OpenBoard(room.class_id))
    return page


def unit_id(room: Classroom, code: str) -> int:
    return room.desk.assessment.unit_named(room.class_id, code).id or 0


def go(page: BoardScreen, row: int, code: str) -> None:
    """Put the cursor on the cell of a learner and a unit."""
    column = next(number for number, unit in enumerate(page._presenter.units) if unit.code == code)
    page._form.grid.go(row, column + LEFT)


def press(page: BoardScreen, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NOBODY) -> None:
    """Press keys where the cursor is."""
    for key in keys:
        QTest.keyClick(page.focusWidget(), key, modifiers)


def on_disk(room: Classroom, code: str) -> list[CellState | None]:
    """What the learners have reached in a unit as the record has it, in the order of the board."""
    board = room.desk.progress.board(room.class_id)
    return [row.states.get(unit_id(room, code)) for row in board.learners]


def outcomes(room: Classroom, code: str) -> str:
    """The results of a unit down the board: c competent, n not yet, a dot for nothing."""
    return "".join({None: ".", "competent": "c", "not-yet": "n"}[each and each.outcome] for each in on_disk(room, code))


def assess(room: Classroom, row: int, code: str, outcome: str, **more: object) -> None:
    """Record an attempt of a learner of the board as somebody else would, on the day itself."""
    board = room.desk.progress.board(room.class_id)
    day = more.pop("day", room.desk.office.clock.today())
    wish = SetAttempt(board.learners[row].person_id, unit_id(room, code), day, Outcome(outcome), **more)
    room.desk.assessment.assess(room.class_id, [wish])
