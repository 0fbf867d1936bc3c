"""Asks before the whole class goes on to another unit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.forms.ui_unit_panel import Ui_UnitPanelForm
from tlbb_desktop.widgets.page import ENTER


class UnitPanel(QFrame):
    """Enter moves the class.

    Signals:
        kept: the class is to be moved.
        closed: it stays where it is.
    """

    kept = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = Ui_UnitPanelForm()
        self._form.setupUi(self)
        self._form.keepButton.clicked.connect(self.kept)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self) -> None:
        """Put the cursor on the answer."""
        self._form.keepButton.setFocus()

    def show_words(self, unit: str, day: str) -> None:
        """Say which unit it is, and from which day on."""
        self._form.unitLabel.setText(unit)
        self._form.dayLabel.setText(day)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not isinstance(self.focusWidget(), QPushButton):
            self.kept.emit()
        else:
            super().keyPressEvent(event)
