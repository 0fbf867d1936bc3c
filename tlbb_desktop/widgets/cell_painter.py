"""Paints the cells of a month grid: tone, sign, short word, corner; names, dots and totals beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from tlbb_desktop.qt.palettes import Theme, Tone
from tlbb_desktop.qt.theme import current_scale, current_theme
from tlbb_desktop.widgets.cell_looks import CellLook, DotsLook, Look, PinnedLook
from tlbb_desktop.widgets.tiles import Tiles

FIVE = 5
#: Number of a row or column, where it begins in the view, how long it is.
Span = tuple[int, int, int]


class CellPainter:
    """One painter for every column. The cursor and the selection are the view's own.

    Args:
        look: gives the look of a cell by row and column.
        font: gives the font of the words.
    """

    def __init__(self, look: Callable[[int, int], Look], font: Callable[[], QFont]) -> None:
        self._look, self._font = look, font
        self._tiles = Tiles(self._paint_look)

    def paint_block(self, painter: QPainter, rows: Sequence[Span], columns: Sequence[Span], ratio: float) -> None:
        """Paint the cells in which *rows* and *columns* meet.

        Args:
            painter: of the view.
            rows: in the pixels of the view.
            columns: likewise.
            ratio: pixels of the screen to one of those.
        """
        look, tile, draw = self._look, self._tiles.tile, painter.drawPixmap
        for row, top, height in rows:
            for column, left, width in columns:
                draw(left, top, tile(look(row, column), width, height, ratio))

    def forget_looks(self) -> None:
        """The theme, the text size or the font is another one."""
        self._tiles.forget()

    def _paint_look(self, painter: QPainter, rect: QRect, look: Look) -> None:
        theme = current_theme()
        painter.setFont(self._font())
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
