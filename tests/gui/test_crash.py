from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from tlbb_desktop.domain.errors import StorageFull
from tlbb_desktop.qt.crash import LOG_FILE, CrashDialog, CrashReporter, describe, open_log


class Fault(Exception):
    pass


def fail_with(name: str) -> None:
    raise Fault(f"no such person: {name}")


def caught(name: str = "Sok Dara") -> Fault:
    with pytest.raises(Fault) as info:
        fail_with(name)
    return info.value


@pytest.fixture
def reporter(qapp, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    return CrashReporter()


@pytest.fixture
def log_file(tmp_path):
    logger = logging.getLogger("tlbb_desktop")
    before = (list(logger.handlers), logger.level)
    open_log(tmp_path)
    yield tmp_path / LOG_FILE
    for handler in set(logger.handlers) - set(before[0]):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(before[1])


def test_a_description_says_where_and_never_what_was_typed():
    text = describe(caught())
    assert "Fault" in text
    assert "fail_with" in text
    assert "test_crash.py" in text
    assert "Sok" not in text


def test_a_description_follows_the_causes_and_names_no_folder():
    try:
        raise RuntimeError("outer") from caught()
    except RuntimeError as error:
        text = describe(error)
    assert text.index("RuntimeError") < text.index("Fault")
    assert "/tests/" not in text


def test_the_log_is_written_before_the_dialog_is_shown(qtbot, reporter, log_file):
    reporter.report(caught())
    assert "fail_with" in log_file.read_text(encoding="utf-8")
    assert "Sok" not in log_file.read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: reporter._dialog is not None and reporter._dialog.isVisible())
    reporter._dialog.reject()


def test_an_exception_in_a_thread_is_reported_too(qtbot, reporter, log_file):
    reporter.install()
    thread = threading.Thread(target=fail_with, args=("Sok Dara",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter._dialog is not None and reporter._dialog.isVisible())
    reporter._dialog.reject()
    assert "fail_with" in log_file.read_text(encoding="utf-8")


def test_one_dialog_at_a_time(qtbot, reporter, log_file):
    reporter.report(caught())
    qtbot.waitUntil(lambda: reporter._dialog is not None and reporter._dialog.isVisible())
    first = reporter._dialog
    reporter._show("another")
    assert reporter._dialog is first
    first.reject()


def test_trouble_that_a_person_can_act_on_is_no_crash(qtbot, reporter, log_file):
    with qtbot.waitSignal(reporter.troubled) as blocker:
        reporter.report(StorageFull())
    assert isinstance(blocker.args[0], StorageFull)
    assert not log_file.exists()


def test_the_details_can_be_copied(qapp, qtbot, language):
    dialog = CrashDialog("where it happened")
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "where it happened"
    assert dialog.findChild(QPlainTextEdit).accessibleName()
