"""How much of a row of things is done: one box for each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from tlbb_desktop.qt.theme import current_scale, current_theme

BOX, GAP = 9, 3
MOST_BOXES = 40


class ProgressStrip(QWidget):
    """Filled boxes are done, empty ones are missing, dots are still to come.

    Args:
        done: how many are done.
        missing: how many are due and not done.
        later: how many are not due yet.
        spoken: what a screen reader says, translated.
    """

    def __init__(self, done: int, missing: int, later: int, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = (("done",) * done + ("missing",) * missing + ("later",) * later)[:MOST_BOXES]
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        scale = current_scale()
        return QSize(round(len(self._kinds) * (BOX + GAP) * scale), round((BOX + 2) * scale))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, scale = current_theme(), current_scale()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, kind in enumerate(self._kinds):
            box = QRectF(number * (BOX + GAP) * scale + 1, 1, (BOX - 1) * scale, (BOX - 1) * scale)
            colour = QColor({"done": theme.success.ink, "missing": theme.warning.ink, "later": theme.edge}[kind])
            painter.setPen(QPen(colour, 1.5 * scale))
            painter.setBrush(colour if kind == "done" else Qt.BrushStyle.NoBrush)
            if kind == "later":
                painter.setBrush(colour)
                painter.drawEllipse(box.center(), scale, scale)
            else:
                painter.drawRoundedRect(box, 2 * scale, 2 * scale)
