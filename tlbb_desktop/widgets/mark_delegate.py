"""Paints the cells of a month grid: tone, sign, short word, corner; names, dots and totals beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from tlbb_desktop.qt.palettes import Theme, Tone
from tlbb_desktop.qt.theme import current_scale, current_theme
from tlbb_desktop.widgets.cell_looks import CellLook, DotsLook, Look, PinnedLook
from tlbb_desktop.widgets.tiles import Tiles

Index = QModelIndex | QPersistentModelIndex
FIVE = 5


class MarkDelegate(QStyledItemDelegate):
    """One painter for every column. The cursor and the selection are the view's own.

    Args:
        look: gives the look of a cell by row and column.
        parent: the grid.
    """

    def __init__(self, look: Callable[[int, int], Look], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tiles = Tiles()

    def forget_looks(self) -> None:
        """The theme, the text size or the font is another one."""
        self._tiles.forget()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, space = self._look(index.row(), index.column()), option.rect

        def paint(canvas: QPainter, rect: QRect) -> None:
            canvas.setFont(option.font)
            self._paint_look(canvas, rect, look)

        painter.drawPixmap(space.topLeft(), self._tiles.tile(look, space.size(), _ratio(option), paint))

    def _paint_look(self, painter: QPainter, rect: QRect, look: Look) -> None:
        theme = current_theme()
        if isinstance(look, CellLook):
            self._paint_cell(painter, rect, look, theme)
        elif isinstance(look, DotsLook):
            painter.fillRect(rect, QColor(theme.surface))
            self._paint_dots(painter, rect, look, theme)
        else:
            painter.fillRect(rect, QColor(theme.surface))
            self._paint_pinned(painter, rect, look, theme)
        self._paint_line(painter, rect, theme)

    @staticmethod
    def _paint_pinned(painter: QPainter, rect: QRect, look: PinnedLook, theme: Theme) -> None:
        margin = round(10 * current_scale())
        side = Qt.AlignmentFlag.AlignLeft if look.left else Qt.AlignmentFlag.AlignHCenter
        painter.setPen(QColor(look.ink or theme.text))
        painter.drawText(rect.adjusted(margin, 0, -margin, 0), side | Qt.AlignmentFlag.AlignVCenter, look.text)

    @staticmethod
    def _paint_line(painter: QPainter, rect: QRect, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_dots(self, painter: QPainter, rect: QRect, look: DotsLook, theme: Theme) -> None:
        size = 7 * current_scale()
        gap = 3 * current_scale()
        left = rect.center().x() - (FIVE * size + (FIVE - 1) * gap) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for number, tone in enumerate(look.tones):
            ink = self._tone(theme, tone).ink
            dot = QRectF(left + number * (size + gap), rect.center().y() - size / 2, size, size)
            painter.setBrush(QColor(ink))
            if tone == "present":
                painter.drawEllipse(dot)
            else:  # another shape, so that colour is never alone
                painter.drawRect(dot)

    def _paint_cell(self, painter: QPainter, rect: QRect, look: CellLook, theme: Theme) -> None:
        tone = self._tone(theme, look.tone)
        painter.fillRect(rect, QColor(tone.fill))
        if look.sign == "hatch":
            painter.fillRect(rect, QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern))
        ink = QColor(theme.warning.ink if look.loud else tone.ink)
        painter.setPen(QPen(ink, 2 * current_scale(), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if look.text:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, look.text)
        self._paint_sign(painter, QRectF(rect), look)
        if look.corner:
            self._paint_corner(painter, rect, ink)

    def _paint_sign(self, painter: QPainter, rect: QRectF, look: CellLook) -> None:
        middle, unit = rect.center(), 4.5 * current_scale()
        if look.text:
            middle = QPointF(rect.left() + 2.2 * unit, middle.y())
        if look.sign == "tick":
            points = [QPointF(-1.1, 0.1), QPointF(-0.3, 0.9), QPointF(1.2, -0.8)]
            painter.drawPolyline(QPolygonF([middle + point * unit for point in points]))
        elif look.sign == "cross":
            painter.drawLine(middle + QPointF(-unit, -unit) * 0.8, middle + QPointF(unit, unit) * 0.8)
            painter.drawLine(middle + QPointF(-unit, unit) * 0.8, middle + QPointF(unit, -unit) * 0.8)
        elif look.sign == "diamond":
            points = [QPointF(0, -1.3), QPointF(1.3, 0), QPointF(0, 1.3), QPointF(-1.3, 0)]
            painter.drawPolygon(QPolygonF([middle + point * unit for point in points]))
        elif look.sign == "ring":
            painter.drawEllipse(middle, unit, unit)
        elif look.sign == "dot":
            painter.setBrush(painter.pen().color())
            painter.drawEllipse(middle, unit * 0.25, unit * 0.25)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    @staticmethod
    def _paint_corner(painter: QPainter, rect: QRect, ink: QColor) -> None:
        size = 7 * current_scale()
        corner = QPointF(rect.right() + 1, rect.top())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(-size, 0), corner + QPointF(0, size)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    @staticmethod
    def _tone(theme: Theme, name: str) -> Tone:
        if name == "quiet":
            return theme.weekend
        if not name:
            return Tone(theme.surface, theme.muted)
        tone: Tone = getattr(theme.marks, name)
        return tone


def _ratio(option: QStyleOptionViewItem) -> float:
    """Pixels of the screen that a cell is on to one that layouts count."""
    view = option.widget
    return view.devicePixelRatioF() if isinstance(view, QWidget) else 1.0
