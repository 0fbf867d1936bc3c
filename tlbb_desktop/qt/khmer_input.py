"""Line edits for Khmer: free while one types, in the stored form when one leaves the field."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from tlbb_desktop.khmer import clusters, normalise, normalise_name, to_ascii_digits

COENG = "\u17d2"
ZERO_WIDTH_SPACE = "\u200b"
State = QValidator.State


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


class ClusterLimit(QValidator):
    """Takes up to *most* letters as a reader counts them; never cuts inside one, as ``maxLength`` does."""

    def __init__(self, most: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most = most

    @override
    def validate(self, text: str, position: int) -> object:
        state = State.Acceptable if len(clusters(text)) <= self._most else State.Invalid
        return state, text, position


class WholeNumber(QValidator):
    """Takes a whole number from *least* to *most*, in Khmer or ASCII digits."""

    def __init__(self, least: int, most: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most

    def value(self, text: str) -> int | None:
        """Return the number that *text* writes, or None when it is none or out of range."""
        digits = to_ascii_digits(text.strip())
        if not digits.isascii() or not digits.isdigit():
            return None
        number = int(digits)
        return number if self._least <= number <= self._most else None

    @override
    def validate(self, text: str, position: int) -> object:
        if self.value(text) is not None:
            return State.Acceptable, text, position
        digits = to_ascii_digits(text.strip())
        unfinished = not digits or (digits.isdigit() and int(digits) < self._least)
        return (State.Intermediate if unfinished else State.Invalid), text, position
