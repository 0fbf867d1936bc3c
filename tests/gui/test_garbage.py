"""Widgets that are garbage die in the thread that they live in."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tlbb_desktop.qt.garbage import collect_garbage_here, collect_what_is_due
from tlbb_desktop.qt.tasks import Progress, TaskRunner
from tlbb_desktop.widgets.command_palette import CommandPalette


class Knot:
    """Garbage that only a look for cycles finds; it notes the thread that it died in."""

    def __init__(self, died_in: list[str]) -> None:
        self.itself, self._died_in = self, died_in

    def __del__(self) -> None:
        self._died_in.append(threading.current_thread().name)


def make_much_garbage(_progress: Progress) -> None:
    for _ in range(20 * gc.get_threshold()[0]):
        knot: list[object] = []
        knot.append(knot)


def test_a_job_that_makes_much_garbage_collects_none_of_it_in_its_own_thread(qtbot: QtBot, tasks: TaskRunner) -> None:
    died_in: list[str] = []
    owner, finished = QObject(), []
    tasks.submit(lambda _progress: None, owner, finished.append)
    qtbot.waitUntil(lambda: bool(finished))
    Knot(died_in)

    tasks.submit(make_much_garbage, owner, finished.append)

    qtbot.waitUntil(lambda: len(finished) == 2 and bool(died_in))
    assert died_in == [threading.main_thread().name]


def test_what_python_would_collect_by_now_is_collected_when_one_looks(qtbot: QtBot) -> None:
    collect_garbage_here()
    died_in: list[str] = []
    for _ in range(2 * gc.get_threshold()[0]):
        Knot(died_in)

    collect_what_is_due()

    assert len(died_in) >= gc.get_threshold()[0]


def test_asked_twice_it_still_looks_once(qtbot: QtBot, qapp: QObject) -> None:
    collect_garbage_here()
    collect_garbage_here()

    assert len(qapp.findChildren(QObject, "garbage")) == 1
    assert not gc.isenabled()


def test_a_window_that_holds_itself_goes_while_a_job_runs(qtbot: QtBot, tasks: TaskRunner) -> None:
    class HoldsItself(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.itself = self

    owner, finished = QObject(), []
    for _ in range(20):
        HoldsItself().show()
        tasks.submit(make_much_garbage, owner, finished.append)
    qtbot.waitUntil(lambda: len(finished) == 20)


def test_a_window_goes_in_peace_whose_palette_is_already_taken_apart(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    palette = CommandPalette(lambda _text: (), window)
    window.show()
    qtbot.wait(20)
    field = palette.field
    palette.__dict__.clear()  # a look for cycles empties an object before Qt destroys it

    field.setEnabled(False)
    window.hide()

    assert field.isEnabled() is False
