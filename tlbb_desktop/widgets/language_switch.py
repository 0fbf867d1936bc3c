"""ខ្មែរ | EN: the reader's language, changed while everything stays where it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.look_signal import look_signal

#: A language is written in itself, so that everybody finds their own.
NAMES = {catalog.KHMER: ("ខ្មែរ", "ភាសាខ្មែរ"), catalog.SOURCE_LANGUAGE: ("EN", "English")}


class LanguageSwitch(QWidget):
    """Two buttons of which one is down.

    Signals:
        chosen: ``km`` or ``en``.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for code, (short, full) in NAMES.items():
            button = QPushButton(short, self)
            button.setCheckable(True)
            button.setProperty("role", "quiet")
            button.setProperty("language", code)
            button.setAccessibleName(full)
            group.addButton(button)
            row.addWidget(button)
            self._buttons[code] = button
        group.buttonClicked.connect(self._choose)
        self._show_active()
        look_signal().language_changed.connect(self._show_active)

    def _choose(self, button: QPushButton) -> None:
        self.chosen.emit(button.property("language"))

    def _show_active(self) -> None:
        for code, button in self._buttons.items():
            button.setChecked(code == catalog.language())
            button.setToolTip(labelled(_("Language of the program"), button.accessibleName()))
