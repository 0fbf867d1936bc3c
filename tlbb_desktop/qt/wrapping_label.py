"""Labels of several lines, which break Khmer between its words. Qt knows no Khmer words: it would not break at all."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QTextBrowser, QWidget
from typing_extensions import override

ZERO_WIDTH_SPACE: Final = "\u200b"
_KHMER: Final = re.compile("[\u1780-\u17ff]")


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
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        QGuiApplication.clipboard().changed.connect(self._take_out_hints)

    def _take_out_hints(self, mode: QClipboard.Mode) -> None:
        selected = self.selectedText().replace("\u2029", "\n")
        clipboard = QGuiApplication.clipboard()
        if ZERO_WIDTH_SPACE in selected and clipboard.text(mode) == selected:
            clipboard.setText(unhinted(selected), mode)


class Reader(QTextBrowser):
    """Long text to read, in Markdown; copied text carries no break hints."""

    @override
    def setMarkdown(self, markdown: str, /) -> None:
        super().setMarkdown("\n".join(map(hinted, markdown.split("\n"))))

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        selected = super().createMimeDataFromSelection()
        copied = QMimeData()
        copied.setText(unhinted(selected.text()))
        copied.setHtml(unhinted(selected.html()))
        return copied


def hinted(text: str) -> str:
    """Return *text* with break hints, where it holds Khmer."""
    if not _KHMER.search(text):
        return text
    from tlbb_desktop.khmer import with_break_hints  # not before the first paint

    return with_break_hints(text)


def unhinted(text: str) -> str:
    """Return *text* without break hints."""
    return text.replace(ZERO_WIDTH_SPACE, "")
