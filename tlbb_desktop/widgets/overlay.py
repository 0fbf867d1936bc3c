"""A panel over the page that goes away with Esc, without a second window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.theme import current_scale

VEIL = QColor(0, 0, 0, 96)


class Overlay(QWidget):
    """Dims *window* and shows :attr:`panel` in its upper middle; gives the cursor back when it closes.

    Args:
        window: what it lies over.
        pixels: the panel's width at 100 % text size.

    Signals:
        closed: it has gone away.
    """

    closed = Signal()

    def __init__(self, window: QWidget, pixels: int) -> None:
        super().__init__(window)
        self._window, self._pixels = window, pixels
        self._came_from: QWidget | None = None
        self.panel = QFrame(self)
        self.panel.setProperty("role", "card")
        self.column = QVBoxLayout(self.panel)
        self.column.setContentsMargins(GAP, GAP, GAP, GAP)
        self.column.setSpacing(GAP_SMALL)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the panel."""
        self._came_from = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Hide the panel; the cursor returns to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    def place(self) -> None:
        """Fit the panel into the window; called again when its content grows."""
        self.setGeometry(self._window.rect())
        width = min(round(self._pixels * current_scale()), self.width() - 4 * GAP)
        top = self.height() // 9
        self.panel.setFixedWidth(width)
        self.panel.adjustSize()
        self.panel.resize(width, min(self.panel.sizeHint().height(), self.height() - top - 2 * GAP))
        self.panel.move((self.width() - width) // 2, top)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.leave()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), VEIL)
        painter.end()
