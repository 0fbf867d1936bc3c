"""Long text to read, broken between Khmer words."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QTextBrowser
from typing_extensions import override

from tlbb_desktop.qt.wrapping_label import hinted, unhinted


class Reader(QTextBrowser):
    """Long text to read, in Markdown; copied text carries no break hints."""

    @override
    def setMarkdown(self, markdown: str, /) -> None:
        super().setMarkdown("\n".join(map(hinted, markdown.split("\n"))))

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        copied = super().createMimeDataFromSelection()  # filled anew, as one of our own crashes at the end
        text, html = unhinted(copied.text()), unhinted(copied.html())
        copied.clear()
        copied.setText(text)
        copied.setHtml(html)
        return copied
