"""Khmer text in labels and in the guide breaks between words, and what is copied has no break hints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tlbb_desktop.khmer import with_break_hints
from tlbb_desktop.qt.wrapping_label import Reader, WrappingLabel

ZWSP = "\u200b"
SENTENCE = "ក្រុមការងារបានចុះទៅកាន់ភូមិដើម្បីជួបគ្រួសាររបស់សិក្ខាកាមដែលបានបញ្ចប់វគ្គសិក្សា"


@pytest.fixture
def label(qtbot) -> WrappingLabel:
    label = WrappingLabel(text=SENTENCE)
    label.make_selectable()
    qtbot.addWidget(label)
    return label


def test_a_long_khmer_sentence_breaks_into_lines_that_fit(label):
    label.resize(160, label.heightForWidth(160))
    assert label.minimumSizeHint().width() <= 160
    assert label.heightForWidth(160) > 2 * label.fontMetrics().height()


def test_who_asks_for_the_text_gets_it_without_hints(label):
    assert label.text() == SENTENCE
    assert QLabel.text(label) == with_break_hints(SENTENCE)
    label.setText("plain")
    assert label.text() == QLabel.text(label) == "plain"
    label.clear()
    assert label.text() == QLabel.text(label) == ""


def test_copied_text_of_a_label_has_no_hints(label, qtbot):
    label.show()
    qtbot.waitExposed(label)
    label.setSelection(0, len(QLabel.text(label)))
    assert ZWSP in label.selectedText()
    label.setFocus()
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == SENTENCE)


def test_text_from_elsewhere_is_left_alone_on_the_clipboard(label, qtbot):
    label.setSelection(0, 5)
    QGuiApplication.clipboard().setText(f"សុខ{ZWSP}ដារ៉ា")
    qtbot.wait(0)
    assert QGuiApplication.clipboard().text() == f"សុខ{ZWSP}ដារ៉ា"


def test_copied_text_of_the_guide_has_no_hints(qtbot):
    reader = Reader()
    qtbot.addWidget(reader)
    reader.setMarkdown(f"# ជំនួយ\n\n{SENTENCE} **{SENTENCE}**\n\n- [{SENTENCE}](people.md)\n")
    assert ZWSP in reader.toPlainText()
    cursor = reader.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    reader.setTextCursor(cursor)
    reader.copy()
    copied = QGuiApplication.clipboard().mimeData()
    assert ZWSP not in copied.text() + copied.html()
    assert copied.text().count(SENTENCE) == 3


def test_hints_can_wait_until_the_window_is_painted(qtbot):
    WrappingLabel.hold_hints()
    try:
        label = WrappingLabel(text=SENTENCE)
        qtbot.addWidget(label)
        assert QLabel.text(label) == SENTENCE
    finally:
        WrappingLabel.give_hints()
    assert QLabel.text(label) == with_break_hints(SENTENCE)
    assert label.text() == SENTENCE
