"""A line of text that changes at every key without shoving its neighbours."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.widgets.short_label import ShortLabel


class SteadyLine(ShortLabel):
    """Keeps the room that it once needed and covers its own ground.

    A label that asks for other room at each key has the whole page laid out anew and painted beneath it, which took
    as long as the mark itself.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._room = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @override
    def text(self) -> str:
        return self._words

    @override
    def setText(self, text: str) -> None:
        if text == self._words:
            return
        self._words = text
        self.setAccessibleName(text)
        needed = self.fontMetrics().horizontalAdvance(text)
        if needed > self._room:
            self._room = needed
            self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._room, self.fontMetrics().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(current_theme().window))
        painter.end()
        super().paintEvent(event)
