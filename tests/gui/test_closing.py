"""A window that is closed while something is written stays, says so, and goes by itself; it is never hung."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tests.gui.text_fits import cut_texts
from tlbb_desktop import main_window
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.main_window import STILL_NOT_WRITTEN, STILL_WRITING, MainWindow
from tlbb_desktop.screens.shell.window_keys import WINDOW_KEYS, WindowKeys


@pytest.fixture
def window(qtbot, tasks):
    window = MainWindow()
    qtbot.addWidget(window)
    window.is_writing = lambda: tasks.is_writing
    window.closing.connect(tasks.wind_down)
    window.insisted.connect(tasks.break_off)
    window.resize(1000, 600)
    window.show()
    return window


@pytest.fixture
def gate():
    gate = threading.Event()
    yield gate
    gate.set()


def words_of(window: MainWindow) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]


def test_a_window_at_rest_closes_at_once(window):
    assert window.close()
    assert not window.covered


def test_what_must_not_be_broken_off_is_done_to_its_end_under_a_calm_sentence(qtbot, window, tasks, gate, language):
    done, jobs = [], 2
    for _number in range(jobs):
        tasks.submit(lambda _progress: gate.wait(30), tasks, done.append, writes=True)
    assert not window.close()
    QApplication.processEvents()
    assert window.isVisible()
    assert words_of(window) == [_(STILL_WRITING)]
    assert cut_texts(window) == []
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert tasks.is_idle
    qtbot.waitUntil(lambda: done == [True] * jobs)


def test_what_may_be_broken_off_is_when_the_person_closes_once_more(qtbot, window, tasks):
    stopped, told = threading.Event(), []

    def job(progress):
        while not progress.cancelled:
            stopped.wait(0.001)
        stopped.set()

    window.closing.connect(lambda: told.append(True))
    tasks.submit(job, tasks, lambda _none: None, writes=True)
    assert not window.close()
    assert window.isVisible()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert stopped.is_set()
    assert told == [True]


def test_a_job_that_comes_while_the_window_closes_is_dropped(qtbot, window, tasks, gate):
    answers = []
    tasks.submit(
        lambda _progress: gate.wait(30),
        tasks,
        lambda _: tasks.submit(lambda _progress: 2, tasks, answers.append),
        writes=True,
    )
    window.close()
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    qtbot.wait(50)
    assert answers == []


def test_a_job_that_takes_too_long_is_broken_off_by_the_person_alone(qtbot, window, tasks, gate, monkeypatch, language):
    monkeypatch.setattr(main_window, "LONGEST_STAY_SECONDS", 0.2)
    tasks.submit(lambda _progress: gate.wait(30), tasks, lambda _none: None, writes=True)
    assert not window.close()
    qtbot.waitUntil(lambda: words_of(window) == [_(STILL_NOT_WRITTEN)])
    assert cut_texts(window) == []
    assert window.isVisible()
    assert not window.given_up
    assert window.close()
    assert window.given_up
    assert not tasks.close(0.01)


def test_what_only_looks_holds_no_window_and_is_no_longer_wanted(window, tasks, gate):
    seen = []

    def look(progress):
        gate.wait(30)
        seen.append(progress.cancelled)

    tasks.submit(look, tasks, lambda _none: None)
    assert window.close()
    gate.set()
    assert tasks.close(30)
    assert seen == [True]


def test_a_window_that_is_closed_while_it_locks_says_why_it_stays(qtbot, window, tasks, gate):
    """The first close is no wish to break off."""
    told, insisted = [], []
    window.closing.connect(lambda: told.append(True))
    window.insisted.connect(lambda: insisted.append(True))
    tasks.submit(lambda _progress: gate.wait(30), tasks, lambda _none: None, writes=True)
    window.cover()
    window.begin_to_leave()
    assert not window.close()
    assert (told, insisted) == ([True], [])
    assert words_of(window) == [_(STILL_WRITING)]
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_under_the_cover_no_key_does_anything_and_what_comes_late_stays_behind_it(qtbot, window, tasks, gate):
    asked, content, late = [], QLineEdit(), QLineEdit("late")
    window.show_inside(content)
    WindowKeys(content, {key.command: lambda: asked.append(True) for key in WINDOW_KEYS})
    QTest.keyClick(content, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]
    tasks.submit(lambda _progress: gate.wait(30), tasks, lambda _none: None, writes=True)
    assert not window.close()
    for key in (Qt.Key.Key_P, Qt.Key.Key_L, Qt.Key.Key_K):
        QTest.keyClick(window._cover, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window._cover, Qt.Key.Key_Tab)
    assert asked == [True]
    assert not content.hasFocus()
    window.show_inside(late)
    QApplication.processEvents()
    assert window.childAt(window.rect().center()) is not late
    assert not late.isEnabled()
