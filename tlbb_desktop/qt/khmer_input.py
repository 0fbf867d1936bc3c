"""Line edits for Khmer: free while one types, in the stored form when one leaves the field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from tlbb_desktop.khmer import normalise, normalise_name

COENG = "\u17d2"
ZERO_WIDTH_SPACE = "\u200b"


class KhmerEdit(QLineEdit):
    """A line of Khmer or Latin text.

    Backspace never leaves a coeng without its letter, and the text takes its stored form when editing is finished, not
    at each key, because the order of typing is the writer's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._take_stored_form)

    def stored_form(self, text: str) -> str:
        """Return *text* as it is to be stored."""
        return normalise(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Backspace and self._ends_in_coeng():
            self.backspace()

    def _ends_in_coeng(self) -> bool:
        return not self.hasSelectedText() and self.text()[: self.cursorPosition()].endswith(COENG)

    def _take_stored_form(self) -> None:
        stored = self.stored_form(self.text())
        if stored != self.text():
            self.setText(stored)


class NameEdit(KhmerEdit):
    """A name. The space bar of the Khmer keyboard types a zero-width space; here it is the space that was meant."""

    @override
    def stored_form(self, text: str) -> str:
        return normalise_name(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == ZERO_WIDTH_SPACE:
            self.insert(" ")
            return
        super().keyPressEvent(event)
