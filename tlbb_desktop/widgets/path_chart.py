"""Attendance as bars and units reached as a line, month by month; painted by Qt, so Khmer words are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled
from tlbb_desktop.qt.theme import current_scale, current_theme

HEIGHT_LINES = 9
WIDTH_LETTERS = 34
FULL = 100
WIDEST_BAR = 56


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A month of the chart.

    Args:
        label: short, under the bar.
        percent: net attendance, or None when nothing was due.
        reached: units reached by its end.
    """

    label: str
    percent: float | None
    reached: int


class PathChart(QWidget):
    """A chart of some months. Below the goal a bar is hatched, so colour is never alone; readers hear every value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._points: Sequence[ChartPoint] = ()
        self._units, self._goal = 1, 80

    def show_points(self, points: Sequence[ChartPoint], units: int, goal: int) -> None:
        """Show months.

        Args:
            points: in order.
            units: of the whole course.
            goal: net attendance that the certificate asks for, in percent.
        """
        self._points, self._units, self._goal = points, max(1, units), goal
        self.word()
        self.update()

    def word(self) -> None:
        """Say every value in the reader's language."""
        self.setAccessibleName(_("Attendance and units reached, month by month"))
        spoken = [labelled(each.label, f"{_percent(each)}, {digits(each.reached)}") for each in self._points]
        self.setAccessibleDescription(joined_remarks(spoken))
        self.setToolTip(self.accessibleDescription())

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * WIDTH_LETTERS, metrics.height() * HEIGHT_LINES)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = float(self.fontMetrics().height())
        edge = float(self.fontMetrics().horizontalAdvance(digits(f"{FULL}%")) + round(8 * current_scale()))
        plot = QRectF(edge, line * 1.8, self.width() - 2 * edge, self.height() - line * 3.2)
        self._paint_key(painter, line)
        self._paint_scale(painter, plot, edge, line)
        if self._points and plot.width() > 0 and plot.height() > 0:
            self._paint_bars(painter, plot, line)
            self._paint_goal(painter, plot)
            self._paint_reached(painter, plot)
        painter.end()

    def _paint_key(self, painter: QPainter, line: float) -> None:
        theme, left, size = current_theme(), 0.0, line * 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.marks.present.ink))
        painter.drawRect(QRectF(left, line * 0.4, size, size))
        left += size * 1.6
        left += self._write(painter, left, line, _("Attendance in percent")) + size * 2.4
        painter.setPen(QPen(QColor(theme.accent), 2 * current_scale()))
        painter.drawLine(QPointF(left, line * 0.65), QPointF(left + size * 2, line * 0.65))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(QPointF(left + size, line * 0.65), size * 0.4, size * 0.4)
        self._write(painter, left + size * 2.6, line, _("Units reached"))

    def _write(self, painter: QPainter, left: float, line: float, text: str) -> float:
        painter.setPen(QColor(current_theme().text))
        painter.drawText(QRectF(left, 0, self.width() - left, line * 1.3), Qt.AlignmentFlag.AlignVCenter, text)
        return float(self.fontMetrics().horizontalAdvance(text))

    def _paint_scale(self, painter: QPainter, plot: QRectF, edge: float, line: float) -> None:
        theme, gap = current_theme(), 4 * current_scale()
        goal = plot.bottom() - plot.height() * self._goal / FULL
        self._write_at_left(painter, edge - gap, goal, line, f"{self._goal}%")
        for share in (0.0, 0.5, 1.0):
            height = plot.bottom() - plot.height() * share
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(plot.left(), height), QPointF(plot.right(), height))
            if abs(height - goal) >= line:  # the goal is said instead where both have no room
                self._write_at_left(painter, edge - gap, height, line, str(round(FULL * share)))
            painter.setPen(QColor(theme.muted))
            box = QRectF(plot.right() + gap, height - line / 2, edge - gap, line)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, digits(round(self._units * share))
            )

    @staticmethod
    def _write_at_left(painter: QPainter, width: float, height: float, line: float, text: str) -> None:
        painter.setPen(QColor(current_theme().muted))
        box = QRectF(0, height - line / 2, width, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, digits(text))

    def _paint_goal(self, painter: QPainter, plot: QRectF) -> None:
        """Over the bars, which would hide it."""
        height = plot.bottom() - plot.height() * self._goal / FULL
        painter.setPen(QPen(QColor(current_theme().edge), 1.5 * current_scale(), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), height), QPointF(plot.right(), height))

    def _paint_bars(self, painter: QPainter, plot: QRectF, line: float) -> None:
        marks, step = current_theme().marks, plot.width() / len(self._points)
        widest = max(self.fontMetrics().horizontalAdvance(each.label) for each in self._points) + 6 * current_scale()
        every = max(1, -(-round(widest) // max(1, round(step))))
        for number, point in enumerate(self._points):
            left = plot.left() + number * step
            if point.percent is not None:
                high = plot.height() * min(point.percent, FULL) / FULL
                wide = min(step * 0.6, WIDEST_BAR * current_scale())
                bar = QRectF(left + (step - wide) / 2, plot.bottom() - high, wide, high)
                enough = point.percent >= self._goal
                tone = marks.present if enough else marks.late
                painter.fillRect(bar, QColor(tone.fill))
                pattern = Qt.BrushStyle.NoBrush if enough else Qt.BrushStyle.BDiagPattern
                painter.setBrush(QBrush(QColor(tone.ink), pattern))
                painter.setPen(QPen(QColor(tone.ink), 1.2 * current_scale()))
                painter.drawRect(bar)
            if number % every == 0:
                painter.setPen(QColor(current_theme().muted))
                box = QRectF(left + step / 2 - widest, plot.bottom() + line * 0.15, 2 * widest, line)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, point.label)

    def _paint_reached(self, painter: QPainter, plot: QRectF) -> None:
        step, accent = plot.width() / len(self._points), QColor(current_theme().accent)
        places = [
            QPointF(plot.left() + (number + 0.5) * step, plot.bottom() - plot.height() * point.reached / self._units)
            for number, point in enumerate(self._points)
        ]
        painter.setPen(QPen(accent, 2 * current_scale()))
        painter.drawPolyline(places)
        painter.setBrush(accent)
        for place in places:
            painter.drawEllipse(place, 3 * current_scale(), 3 * current_scale())


def _percent(point: ChartPoint) -> str:
    return "–" if point.percent is None else digits(f"{point.percent:.1f}".removesuffix(".0")) + "%"
