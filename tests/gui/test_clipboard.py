"""What was copied is gone with the lock, but for what is meant for another program and names nobody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tlbb_desktop.qt.clipboard import forget_copied
from tlbb_desktop.qt.crash import CrashDialog


@pytest.fixture
def clipboard(qapp) -> QClipboard:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    return clipboard


def test_a_copied_name_is_forgotten(qtbot, clipboard):
    field = QLineEdit("សុខ ដារ៉ា")
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    assert clipboard.text() == "សុខ ដារ៉ា"
    forget_copied()
    assert clipboard.text() == ""


def test_where_nothing_was_copied_nothing_happens(clipboard):
    forget_copied()
    assert clipboard.text() == ""


def test_the_text_for_the_maintainer_stays_until_it_is_pasted(qtbot, clipboard):
    dialog = CrashDialog("where it happened")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    forget_copied()
    assert clipboard.text() == "where it happened"
