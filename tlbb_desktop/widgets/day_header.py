"""The head of a column of a month grid: weekday over day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

from tlbb_desktop.qt.palettes import Theme
from tlbb_desktop.qt.theme import current_scale, current_theme


@dataclass(frozen=True, slots=True)
class DayTitle:
    """What stands in the head of a column.

    Args:
        upper: small line, such as the weekday.
        lower: large line, such as the day of the month.
        today: whether it is the working day.
        quiet: whether nothing is marked here (holiday, cancelled).
        left: whether the text starts at the left edge (names) instead of the middle.
    """

    upper: str
    lower: str
    today: bool = False
    quiet: bool = False
    left: bool = False


class DayHeader(QHeaderView):
    """Paints :class:`DayTitle` heads and marks the column of the cursor."""

    def __init__(self, title: Callable[[int], DayTitle], parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._title = title
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @override
    def sizeHint(self) -> QSize:
        lines = QFontMetrics(self._small_font()).height() + self.fontMetrics().height()
        return QSize(0, lines + round(8 * current_scale()))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        title = self._title(logicalIndex)
        theme = current_theme()
        here = self._is_current(logicalIndex)
        painter.save()
        painter.fillRect(rect, QColor(theme.accent_soft if here else theme.raised))
        if title.today:
            painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), QColor(theme.accent))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._words(painter, rect, title, theme)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, title: DayTitle, theme: Theme) -> None:
        margin = round(10 * current_scale()) if title.left else 0
        side = Qt.AlignmentFlag.AlignLeft if title.left else Qt.AlignmentFlag.AlignHCenter
        box = rect.adjusted(margin, round(3 * current_scale()), -margin, -round(3 * current_scale()))
        painter.setPen(QColor(theme.muted))
        if title.upper:
            painter.setFont(self._small_font())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignTop, title.upper)
        if not title.quiet:
            painter.setPen(QColor(theme.text))
        painter.setFont(self.font())
        upright = Qt.AlignmentFlag.AlignBottom if title.upper else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, side | upright, title.lower)

    def _is_current(self, section: int) -> bool:
        model = self.selectionModel()
        return model is not None and model.currentIndex().isValid() and model.currentIndex().column() == section

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font
