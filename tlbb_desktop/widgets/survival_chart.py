"""A Kaplan-Meier curve with its interval; lines differ by dash and weight, so it reads in greyscale and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from tlbb_desktop.domain.survival import SurvivalCurve
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.punctuation import joined_remarks, labelled
from tlbb_desktop.qt.theme import current_scale, current_theme

HEIGHT_LINES: Final = 13
WIDTH_LETTERS: Final = 48
FEWEST_MONTHS: Final = 12
MOST_MARKS: Final = 6
#: The scale ends at one of these shares, so that a few events are not pressed flat.
TOPS: Final = (0.1, 0.25, 0.5, 1.0)


class SurvivalChart(QWidget):
    """Shows which share had an event by which month; below, who was still seen. Readers hear the values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._curve = SurvivalCurve(0, ())
        self._windows: Sequence[int] = ()

    def show_curve(self, curve: SurvivalCurve, windows: Sequence[int]) -> None:
        """Show a curve.

        Args:
            curve: its time in months.
            windows: months that are marked.
        """
        self._curve, self._windows = curve, windows
        self.word()
        self.updateGeometry()
        self.update()

    def word(self) -> None:
        """Say the values at the marked months in the reader's language."""
        self.setAccessibleName(_("Share with an event, month by month"))
        spoken = []
        for months in self._windows:
            step = self._curve.step_before(months)
            share = f"{100 * (1 - step.free) if step else 0:.1f} %"
            name = _n("{n} month", "{n} months", months).format(n=digits(months))
            spoken.append(labelled(name, digits(share)))
        self.setAccessibleDescription(joined_remarks(spoken))
        self.setToolTip(self.accessibleDescription())

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * WIDTH_LETTERS, metrics.height() * HEIGHT_LINES)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() // 2, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        line = float(metrics.height())
        edge = metrics.horizontalAdvance(digits("100 %")) + 8 * current_scale()
        plot = QRectF(edge, line * 1.9, self.width() - edge - 2 * line, self.height() - line * 5.4)
        self._paint_key(painter, line)
        if plot.width() > 0 and plot.height() > 0:
            self._paint_scale(painter, plot, line)
            self._paint_months(painter, plot, line)
            self._paint_curve(painter, plot)
        painter.end()

    # the scales ----------------------------------------------------------------------------------------------------

    @property
    def _last(self) -> int:
        """The last month of the scale, a multiple of six."""
        seen = self._curve.times[-1] if self._curve.times else 0
        return max(FEWEST_MONTHS, *self._windows, ceil(seen / 6) * 6) if self._windows else FEWEST_MONTHS

    @property
    def _top(self) -> float:
        """The share at the upper edge."""
        highest = max((1 - step.interval.low if step.interval else 1.0 for step in self._curve.steps), default=0.0)
        return next(top for top in TOPS if top >= min(1.0, highest))

    def _at(self, plot: QRectF, month: float, share: float) -> QPointF:
        across = plot.left() + plot.width() * month / self._last
        return QPointF(across, plot.bottom() - plot.height() * min(1.0, share / self._top))

    def _paint_key(self, painter: QPainter, line: float) -> None:
        left = self._key(painter, 0.0, line, self._main_pen(), _("Share with an event"))
        self._key(painter, left + line, line, self._band_pen(), _("95 % interval"))

    def _key(self, painter: QPainter, left: float, line: float, pen: QPen, words: str) -> float:
        painter.setPen(pen)
        painter.drawLine(QPointF(left, line * 0.65), QPointF(left + line * 1.6, line * 0.65))
        painter.setPen(QColor(current_theme().text))
        width = float(self.fontMetrics().horizontalAdvance(words))
        box = QRectF(left + line * 2, 0, width + line, line * 1.3)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
        return left + line * 2 + width

    def _paint_scale(self, painter: QPainter, plot: QRectF, line: float) -> None:
        for part in (0.0, 0.5, 1.0):
            place = self._at(plot, 0, part * self._top)
            painter.setPen(QPen(QColor(current_theme().line), 1))
            painter.drawLine(place, QPointF(plot.right(), place.y()))
            painter.setPen(QColor(current_theme().muted))
            box = QRectF(0, place.y() - line / 2, plot.left() - 4 * current_scale(), line)
            words = digits(f"{100 * part * self._top:.3g} %")
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_months(self, painter: QPainter, plot: QRectF, line: float) -> None:
        step = max(6, ceil(self._last / MOST_MARKS / 6) * 6)
        for month in range(0, self._last + 1, step):
            at_risk = self._curve.at_risk(month)
            for row, number in ((0.15, month), (2.25, at_risk)):
                painter.setPen(QColor(current_theme().text))
                middle = self._at(plot, month, 0).x()
                box = QRectF(middle - 2 * line, plot.bottom() + row * line, 4 * line, line)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, digits(number))
        painter.setPen(QColor(current_theme().muted))
        for row, words in ((1.15, _("Months since the release; below, how many were still seen")),):
            box = QRectF(plot.left(), plot.bottom() + row * line, plot.width() + line, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(QColor(current_theme().edge), 1, Qt.PenStyle.DotLine))
        for month in self._windows:
            painter.drawLine(self._at(plot, month, 0), self._at(plot, month, self._top))

    # the curve -----------------------------------------------------------------------------------------------------

    @staticmethod
    def _main_pen() -> QPen:
        return QPen(QColor(current_theme().text), 2.4 * current_scale())

    @staticmethod
    def _band_pen() -> QPen:
        return QPen(QColor(current_theme().text), 1.2 * current_scale(), Qt.PenStyle.DashLine)

    def _paint_curve(self, painter: QPainter, plot: QRectF) -> None:
        if not self._curve.observed:
            return
        steps = self._curve.steps
        events = [(step.time, 1 - step.free) for step in steps]
        banded = [(step.time, step.interval) for step in steps if step.interval is not None]
        painter.setPen(self._band_pen())
        painter.drawPolyline(self._stairs(plot, [(time, 1 - band.high) for time, band in banded]))
        painter.drawPolyline(self._stairs(plot, [(time, 1 - band.low) for time, band in banded]))
        painter.setPen(self._main_pen())
        painter.drawPolyline(self._stairs(plot, events))

    def _stairs(self, plot: QRectF, points: Sequence[tuple[float, float]]) -> list[QPointF]:
        """From month 0, level until each event, up to the last month that anybody was seen."""
        share, corners = 0.0, [self._at(plot, 0, 0)]
        for month, value in points:
            corners += [self._at(plot, month, share), self._at(plot, month, value)]
            share = value
        seen = self._curve.times[-1] if self._curve.times else 0
        return [*corners, self._at(plot, seen, share)]
