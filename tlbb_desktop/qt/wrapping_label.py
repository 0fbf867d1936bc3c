"""Labels of several lines, which break Khmer between its words. Qt knows no Khmer words: it would not break at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tlbb_desktop.overriding import override

if TYPE_CHECKING:
    from typing import ClassVar

    from PySide6.QtGui import QClipboard

ZERO_WIDTH_SPACE = "\u200b"
FIRST_KHMER, LAST_KHMER = "\u1780", "\u17ff"


class WrappingLabel(QLabel):
    """A label that shows its text with break hints; whoever asks for the text or copies it gets it without them.

    Args:
        parent: the owner.
        text: as for :meth:`setText`.
    """

    _hints_wait: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None, *, text: str = "") -> None:
        super().__init__(parent)
        self._text = ""
        self.setWordWrap(True)
        if text:
            self.setText(text)

    @classmethod
    def hold_hints(cls) -> None:
        """Show text without hints from now on, as what finds words must not be loaded before the first paint."""
        cls._hints_wait = True

    @classmethod
    def give_hints(cls) -> None:
        """Add the hints that were held back, and hold none back any more."""
        cls._hints_wait = False
        for widget in QApplication.allWidgets():
            if isinstance(widget, cls):
                widget.setText(widget.text())

    @override
    def setText(self, text: str, /) -> None:
        self._text = text
        super().setText(text if self._hints_wait else hinted(text))

    @override
    def text(self) -> str:
        return self._text

    @override
    def clear(self) -> None:
        self.setText("")

    def make_selectable(self) -> None:
        """Let the reader select and copy the text with the mouse."""
        from PySide6.QtCore import Qt  # not before the first paint

        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        QGuiApplication.clipboard().changed.connect(self._take_out_hints)

    def _take_out_hints(self, mode: QClipboard.Mode) -> None:
        selected = self.selectedText().replace("\u2029", "\n")
        clipboard = QGuiApplication.clipboard()
        if ZERO_WIDTH_SPACE in selected and clipboard.text(mode) == selected:
            clipboard.setText(unhinted(selected), mode)


def hinted(text: str) -> str:
    """Return *text* with break hints, where it holds Khmer."""
    if not any(FIRST_KHMER <= character <= LAST_KHMER for character in text):
        return text
    from tlbb_desktop.khmer import with_break_hints  # not before the first paint

    return with_break_hints(text)


def unhinted(text: str) -> str:
    """Return *text* without break hints."""
    return text.replace(ZERO_WIDTH_SPACE, "")
