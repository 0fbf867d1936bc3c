"""Paints the cells of a month grid: tone, sign, short word, corner, cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from tlbb_desktop.qt.palettes import Theme, Tone
from tlbb_desktop.qt.theme import current_scale, current_theme
from tlbb_desktop.widgets.month_grid import CellLook, PinnedLook

Index = QModelIndex | QPersistentModelIndex
FIVE = 5
MOST_TILES = 500


class MarkDelegate(QStyledItemDelegate):
    """One painter for every column.

    A month has a thousand cells but few looks, so each look is painted once and then copied.

    Args:
        look: gives the look of a cell by row and column.
        last_five: gives the tones of the five newest marks of a row, oldest first, for the column *dots_column*.
        dots_column: the pinned column that shows them.
        parent: the grid.
    """

    def __init__(
        self,
        look: Callable[[int, int], CellLook | PinnedLook],
        last_five: Callable[[int], tuple[str, ...]],
        dots_column: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._last_five, self._dots_column = look, last_five, dots_column
        self._tiles: dict[tuple[object, ...], QPixmap] = {}

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look(index.row(), index.column())
        if isinstance(look, CellLook):
            rect: QRect = option.rect
            painter.drawPixmap(rect, self._tile(look, option, rect))
            self._paint_cursor(painter, option, index)
        else:
            self._paint_pinned(painter, option.rect, look, index)

    def _tile(self, look: CellLook, option: QStyleOptionViewItem, rect: QRect) -> QPixmap:
        theme, widget = current_theme(), option.widget
        ratio = widget.devicePixelRatioF() if isinstance(widget, QWidget) else 1.0
        key = (look, rect.width(), rect.height(), ratio, current_scale(), theme.name)
        tile = self._tiles.get(key)
        if tile is None:
            if len(self._tiles) >= MOST_TILES:
                self._tiles.clear()
            tile = self._tiles[key] = QPixmap(rect.size() * ratio)
            tile.setDevicePixelRatio(ratio)
            painter = QPainter(tile)
            painter.setFont(option.font)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_cell(painter, QRect(0, 0, rect.width(), rect.height()), look, theme)
            painter.end()
        return tile

    def _paint_pinned(self, painter: QPainter, rect: QRect, look: PinnedLook, index: Index) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, QColor(theme.surface))
        if index.column() == self._dots_column:
            self._paint_dots(painter, rect, index.row(), theme)
        else:
            margin = round(10 * current_scale())
            side = Qt.AlignmentFlag.AlignLeft if look.left else Qt.AlignmentFlag.AlignHCenter
            painter.setPen(QColor(look.ink or theme.text))
            painter.drawText(rect.adjusted(margin, 0, -margin, 0), side | Qt.AlignmentFlag.AlignVCenter, look.text)
        self._paint_line(painter, rect, theme)
        painter.restore()

    @staticmethod
    def _paint_line(painter: QPainter, rect: QRect, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_dots(self, painter: QPainter, rect: QRect, row: int, theme: Theme) -> None:
        size = 7 * current_scale()
        gap = 3 * current_scale()
        left = rect.center().x() - (FIVE * size + (FIVE - 1) * gap) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, tone in enumerate(self._last_five(row)):
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
        self._paint_line(painter, rect, theme)

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
    def _paint_cursor(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        view = option.widget
        if option.state & QStyle.StateFlag.State_Selected:
            wash = QColor(current_theme().accent)
            wash.setAlpha(40)
            painter.fillRect(rect, wash)
        if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
            theme = current_theme()
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.focus if view.hasFocus() else theme.edge), 2.5 * current_scale()))
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
            painter.restore()

    @staticmethod
    def _tone(theme: Theme, name: str) -> Tone:
        if name == "quiet":
            return theme.weekend
        if not name:
            return Tone(theme.surface, theme.muted)
        tone: Tone = getattr(theme.marks, name)
        return tone
