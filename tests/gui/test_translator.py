from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n import catalog
from tlbb_desktop.qt.translator import GettextTranslator, switch_language


@pytest.fixture
def khmer(qapp):
    switch_language(qapp, "km")
    yield
    switch_language(qapp, "en")


class Listener(QWidget):
    def __init__(self):
        super().__init__()
        self.changes = 0
        layout = QVBoxLayout(self)
        self.box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.edit = QLineEdit("typed")
        layout.addWidget(self.edit)
        layout.addWidget(self.box)

    @override
    def changeEvent(self, event: QEvent) -> None:
        self.changes += event.type() == QEvent.Type.LanguageChange
        super().changeEvent(event)


def test_qt_asks_our_catalogue(khmer):
    assert QCoreApplication.translate("anything", "Copy") == "ចម្លង"


def test_an_unknown_text_stays_as_it_is(khmer):
    assert QCoreApplication.translate("anything", "No such text anywhere") == "No such text anywhere"


def test_an_empty_text_does_not_become_the_header_of_the_catalogue(khmer):
    assert QCoreApplication.translate("anything", "") == ""


def test_a_failing_look_up_leaves_the_english_text(khmer, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(catalog, "lookup", fail)
    assert GettextTranslator().translate("anything", "Copy") is None
    assert "look-up failed" in caplog.text


def test_an_open_window_hears_of_the_new_language_and_keeps_what_was_typed(qapp, qtbot):
    window = Listener()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    try:
        switch_language(qapp, "km")
        qtbot.waitUntil(lambda: window.changes == 1)
        assert window.edit.text() == "typed"
    finally:
        switch_language(qapp, "en")


def test_the_pseudo_language_makes_known_words_a_third_longer(qapp):
    switch_language(qapp, "xx")
    try:
        assert QCoreApplication.translate("anything", "Copy") == "Copy~~"
        assert QCoreApplication.translate("anything", "No such text anywhere") == "No such text anywhere"
    finally:
        switch_language(qapp, "en")
