"""A window that is closed while something is written stays, says so, and goes by itself; it is never hung."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.gui.text_fits import cut_texts
from tlbb_desktop import main_window
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.main_window import STILL_WRITING, MainWindow


@pytest.fixture
def window(qtbot, tasks):
    window = MainWindow()
    qtbot.addWidget(window)
    window.is_writing = lambda: not tasks.is_idle
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
        tasks.submit(lambda _progress: gate.wait(30), tasks, done.append)
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
    tasks.submit(job, tasks, lambda _none: None)
    assert not window.close()
    assert window.isVisible()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert stopped.is_set()
    assert told == [True]


def test_a_job_that_comes_while_the_window_closes_is_dropped(qtbot, window, tasks, gate):
    answers = []
    tasks.submit(
        lambda _progress: gate.wait(30), tasks, lambda _: tasks.submit(lambda _progress: 2, tasks, answers.append)
    )
    window.close()
    gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    qtbot.wait(50)
    assert answers == []


def test_a_job_that_never_ends_keeps_no_window(qtbot, window, tasks, gate, monkeypatch):
    monkeypatch.setattr(main_window, "LONGEST_STAY_SECONDS", 0.2)
    tasks.submit(lambda _progress: gate.wait(30), tasks, lambda _none: None)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not tasks.is_idle
    assert not tasks.close(0.01)
