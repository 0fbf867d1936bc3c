"""Faults of the program: logged first, told once, and never with what was typed."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import StorageFull
from tlbb_desktop.qt.crash import CrashDialog, CrashReporter, full_description
from tlbb_desktop.services.fault_log import FILE_NAME, noted_faults, untold_fault
from tlbb_desktop.services.home import Home


class Fault(Exception):
    pass


def fail_with(name: str) -> None:
    raise Fault(f"no such person: {name}")


def caught(name: str = "Sok Dara") -> Fault:
    with pytest.raises(Fault) as info:
        fail_with(name)
    return info.value


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds():
    return Clock()


@pytest.fixture
def place(tmp_path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def reporter(qapp, monkeypatch, place, seconds):
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    return CrashReporter(place, None, seconds)


def dialog_of(qtbot, reporter) -> CrashDialog:
    qtbot.waitUntil(lambda: reporter._dialog is not None and reporter._dialog.isVisible())
    return reporter._dialog


def test_a_description_names_the_system_and_where_but_never_what_was_typed():
    text = full_description(caught())
    assert "Python" in text
    assert "fail_with" in text
    assert "Sok" not in text


def test_the_log_is_written_before_the_dialog_is_shown(qtbot, reporter, place):
    reporter.report(caught())
    assert "fail_with" in noted_faults(place)
    assert "Sok" not in (place.logs / FILE_NAME).read_text(encoding="utf-8")
    dialog_of(qtbot, reporter).reject()


class Falling(QWidget):
    """Fails wherever Qt calls it."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton(self)
        self.button.clicked.connect(self.in_a_slot)

    def in_a_slot(self) -> None:
        fail_with("Sok Dara")

    def in_a_timer(self) -> None:
        fail_with("Sok Dara")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowTitleChange:
            fail_with("Sok Dara")


FALLS = {
    "in_a_slot": lambda widget: widget.button.click(),
    "in_a_timer": lambda widget: QTimer.singleShot(0, widget, widget.in_a_timer),
    "changeEvent": lambda widget: QCoreApplication.postEvent(widget, QEvent(QEvent.Type.WindowTitleChange)),
    "fail_with": lambda widget: threading.Thread(target=fail_with, args=("Sok Dara",)).start(),
}


@pytest.mark.parametrize("where", FALLS)
def test_a_fault_in_a_slot_a_timer_an_event_or_a_thread_is_logged_and_told(qtbot, reporter, place, where):
    reporter.install()
    widget = Falling()
    qtbot.addWidget(widget)
    with qtbot.captureExceptions() as kept:  # pytest-qt's own hook is put aside while ours is asked
        reporter.install()
        FALLS[where](widget)
        dialog_of(qtbot, reporter).reject()
    assert not kept
    assert where in noted_faults(place)
    assert "Sok" not in noted_faults(place)


def test_a_fault_where_nobody_can_be_told_is_logged(reporter, place):
    reporter.install()

    class Leaving:
        def __del__(self) -> None:
            fail_with("Sok Dara")

    Leaving()
    assert "__del__" in noted_faults(place)
    assert reporter._dialog is None


def test_one_dialog_at_a_time(qtbot, reporter):
    reporter.report(caught())
    first = dialog_of(qtbot, reporter)
    reporter._show("another")
    assert reporter._dialog is first
    first.reject()


def test_what_fails_at_each_paint_is_told_once_and_told_again_later(qtbot, reporter, place, seconds):
    for moment in (0, 4, 8, 12, 16):
        seconds.now = moment
        reporter.report(caught())
    dialog_of(qtbot, reporter).reject()
    assert noted_faults(place).count("test_crash.Fault") == 1
    seconds.now = 60
    reporter.report(caught())
    dialog_of(qtbot, reporter).reject()
    assert noted_faults(place).count("test_crash.Fault") == 2


def test_a_dialog_that_fails_itself_is_logged_and_brings_no_other(qtbot, reporter, place, monkeypatch):
    monkeypatch.setattr(CrashDialog, "open", lambda _dialog: fail_with("Sok Dara"))
    reporter.report(caught())
    qtbot.waitUntil(lambda: "_show" in noted_faults(place))


def test_trouble_that_a_person_can_act_on_is_no_crash(qtbot, reporter, place):
    with qtbot.waitSignal(reporter.troubled) as blocker:
        reporter.report(StorageFull())
    assert isinstance(blocker.args[0], StorageFull)
    assert untold_fault(place) is None


def test_the_details_can_be_copied(qapp, qtbot, language):
    dialog = CrashDialog("where it happened")
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "where it happened"
    assert dialog.findChild(QPlainTextEdit).accessibleName()
