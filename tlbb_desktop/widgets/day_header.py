"""The head of a column of a month grid: weekday over day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

from tlbb_desktop.qt.palettes import Theme
from tlbb_desktop.qt.theme import current_scale, current_theme
from tlbb_desktop.widgets.tiles import RESTYLED, Tiles

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DayTitle:
    """What stands in the head of a column.

    Args:
        upper: small line, such as the weekday.
        lower: large line, such as the day of the month.
        today: whether it is the working day.
        quiet: whether nothing is marked here (holiday, cancelled).
        left: whether the text starts at the left edge (names) instead of the middle.
        widest: the longest text that the column leaves room for, or "" where its own texts decide.
    """

    upper: str
    lower: str
    today: bool = False
    quiet: bool = False
    left: bool = False
    widest: str = ""


class DayHeader(QHeaderView):
    """Paints :class:`DayTitle` heads and marks the column of the cursor."""

    def __init__(self, title: Callable[[int], DayTitle], parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._title = title
        self._tiles = Tiles(self._paint_head)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @override
    def sizeHint(self) -> QSize:
        lines = QFontMetrics(self._small_font()).height() + self.fontMetrics().height()
        return QSize(0, lines + round(8 * current_scale()))

    @override
    def currentChanged(self, current: Index, old: Index) -> None:
        if current.column() != old.column():  # a cursor that goes down leaves the heads as they are
            super().currentChanged(current, old)

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The heads show where the cursor is; what else is chosen changes nothing in them."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(current_theme().raised))
        painter.end()
        super().paintEvent(event)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        look = (self._title(logicalIndex), self._is_current(logicalIndex))
        painter.drawPixmap(
            rect.topLeft(), self._tiles.tile(look, rect.width(), rect.height(), self.devicePixelRatioF())
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self._tiles.forget()

    def _paint_head(self, painter: QPainter, rect: QRect, look: tuple[DayTitle, bool]) -> None:
        theme, (title, here) = current_theme(), look
        painter.fillRect(rect, QColor(theme.accent_soft if here else theme.raised))
        if title.today:
            painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), QColor(theme.accent))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._words(painter, rect, title, theme)

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
