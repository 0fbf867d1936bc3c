"""The certificates page over a real record, and hands to use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.classroom import OCTOBER, Classroom, Made, furnish, room_at
from tests.programme import Beginnings
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.screens.certificates.screen import CertificatesScreen
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk

Key = Qt.Key


def stay_away(room: Classroom, person: int) -> None:
    """Absent from the first six sessions, which is too often for a certificate of completion."""
    for session in room.desk.classes.sessions(room.class_id, OCTOBER.first, OCTOBER.last)[:6]:
        room.mark(session.day, person, MarkCode.ABSENT)


def course_over(desk: Desk) -> Made:
    room = furnish(desk)
    group = desk.classes.group(room.class_id)
    desk.classes.save(replace(group, ends_on=date(2026, 10, 30)))
    room.mark_all()
    stay_away(room, 4)
    return room.class_id, room.people


@pytest.fixture
def home(beginnings: Beginnings, tmp_path: Path) -> Home:
    return beginnings.copy(course_over, tmp_path)


@pytest.fixture
def room(desk, beginnings: Beginnings) -> Classroom:
    """The course is over: everybody was always there, but for the last, who stayed away too often."""
    return room_at(desk, beginnings.made(course_over))


@pytest.fixture
def proposed(room) -> tuple[int, ...]:
    """Certificates of the first four wait for an approval."""
    return room.desk.certificates.propose(room.class_id, room.people[:4])


@pytest.fixture
def approved(room, proposed) -> tuple[int, ...]:
    room.desk.certificates.approve(proposed)
    return proposed


@pytest.fixture
def issued(room, approved) -> tuple[int, ...]:
    """Four are issued, and none has gone out."""
    room.desk.certificate_batches.issue(approved)
    return approved


@pytest.fixture
def screen_at(qtbot, tasks, tmp_path):
    screens = []  # kept until the worker rests, which would otherwise take their windows apart in its own thread

    def build(desk, argument: object = None) -> CertificatesScreen:
        screen = CertificatesScreen(desk, tasks, ChangeSignal())
        screens.append(screen)
        screen._presenter.keep_folder(tmp_path)
        qtbot.addWidget(screen)
        screen.resize(1166, 660)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.open(argument)
        return screen

    yield build
    tasks.close()


def names(screen: CertificatesScreen) -> list[str]:
    model = screen.list_pane.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def states(screen: CertificatesScreen) -> list[str]:
    return sorted(row.state.value for row in screen._presenter.rows.values())


def paper(screen: CertificatesScreen, qtbot, holds: str) -> str:
    """What stands on the paper in sight, once it holds these words."""
    texts: list[str] = []

    def told() -> bool:
        texts[:] = [page.accessibleDescription() for page in screen.paper_pane.preview.sheets._pages]
        return bool(texts) and all(texts) and holds in "\n".join(texts)

    qtbot.waitUntil(told, timeout=30_000)
    return "\n".join(texts)


def press(screen: CertificatesScreen, *keys: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys in the list."""
    screen.list_pane.table.setFocus()
    for key in keys:
        QTest.keyClick(screen.list_pane.table, key, modifier)


def idle(screen: CertificatesScreen, qtbot) -> None:
    """Wait until no batch is at work."""
    qtbot.waitUntil(lambda: not screen.steps.is_busy, timeout=60_000)
