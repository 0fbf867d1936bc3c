"""The month's sheet as it will be printed, on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.documents.sheet_lines import AFTER_DAYS, FIRST_DAY, SheetLines
from tlbb_desktop.domain.register import MonthSheet
from tlbb_desktop.qt.fonts import body_font, heading_font
from tlbb_desktop.qt.palettes import LIGHT
from tlbb_desktop.qt.theme import current_scale
from tlbb_desktop.widgets.paper_table import PaperTableView

BODY_PIXELS = 14
SMALLEST_PIXELS = 5.0
LEGIBLE_PIXELS = 10.0
POINTS_PER_PIXEL = 0.75
MARGIN = 28
REMARKS_PIXELS = 190
EDGES = 3
SEEN_PIXELS = 320
STYLE = f"""
#paper {{ background: {LIGHT.surface}; border: 1px solid {LIGHT.edge}; }}
#paper QLabel {{ color: {LIGHT.text}; }}
#paper QLabel#warning {{ color: {LIGHT.danger.ink}; font-weight: bold; }}
#paper QTableView {{
    background: {LIGHT.surface}; border: none; border-top: 1px solid {LIGHT.edge}; border-left: 1px solid {LIGHT.edge};
    border-radius: 0; gridline-color: {LIGHT.edge};
}}
"""


class SheetPreview(QScrollArea):
    """White paper in every theme. It fits the width; when it is to be read it stays legible and scrolls instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._paper = _Paper()
        self.setWidget(self._paper)
        self._large = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)

    def show_sheet(self, sheet: MonthSheet, language: str) -> None:
        """Show *sheet* as it is printed in *language*."""
        self._paper.fill(SheetLines(sheet, language))
        self._fit()

    @property
    def large(self) -> bool:
        """Whether its text stays legible."""
        return self._large

    def set_large(self, large: bool) -> None:
        """Keep its text legible, or fit it into any width."""
        self._large = large
        self._later.start(0)

    def _fit(self) -> None:
        self._paper.lay_out(self.viewport().width(), LEGIBLE_PIXELS if self._large else SMALLEST_PIXELS)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(SEEN_PIXELS * current_scale()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start(0)


class _Paper(QFrame):
    """The page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper")
        self._lines: SheetLines | None = None
        self._state_heading = [QLabel(self) for _ in range(2)]
        self._institution = QLabel(self)
        self._title = QLabel(self)
        self._about = QLabel(self)
        self._state = QLabel(self)
        self._table, self._counts = PaperTableView(self), PaperTableView(self)
        self._notes = QLabel(self)
        self._signatures = [QLabel(self) for _ in range(3)]
        self.setStyleSheet(STYLE)
        self._lay_out_parts()

    def _lay_out_parts(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column = QVBoxLayout(self)
        for label in (*self._state_heading, self._institution, self._title, self._about, self._state):
            if label is not self._institution:
                label.setAlignment(middle)
            self._column.addWidget(label)
        self._column.addWidget(self._table)
        foot = QHBoxLayout()
        foot.addWidget(self._counts, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._notes, 1, Qt.AlignmentFlag.AlignTop)
        self._notes.setWordWrap(True)
        self._state.setWordWrap(True)
        self._column.addLayout(foot)
        names = QGridLayout()
        for number, label in enumerate(self._signatures):
            label.setAlignment(middle | Qt.AlignmentFlag.AlignTop)
            names.addWidget(label, 0, number)
            names.setColumnStretch(number, 1)
        self._column.addLayout(names)

    def fill(self, lines: SheetLines) -> None:
        """Put the words of a sheet in."""
        self._lines = lines
        for label, text in zip(self._state_heading, lines.state_heading(), strict=True):
            label.setText(text)
        self._institution.setText("\n".join(lines.institution()))
        self._title.setText(lines.title())
        self._about.setText("\n".join(lines.about()))
        warnings = lines.warnings()
        self._state.setText(f"{warnings}\n{lines.state()}" if warnings else lines.state())
        self._state.setObjectName("warning" if warnings else "state")
        self._state.style().polish(self._state)
        self._table.show_table(lines.table())
        self._table.setAccessibleName(lines.title())
        self._counts.show_table(lines.counts())
        self._counts.setAccessibleName(self._about.text())
        self._notes.setText("\n".join(lines.notes()))
        for label, text in zip(self._signatures, lines.signatures(), strict=True):
            label.setText(text)

    def lay_out(self, room: int, least: float) -> None:
        """Fit into *room* pixels of width, with text of at least *least* pixels."""
        if self._lines is None:
            return
        scale = current_scale()
        self._dress(BODY_PIXELS * scale)
        natural = sum(self._column_widths(BODY_PIXELS * scale)) + 2 * MARGIN * scale
        pixels = max(least * scale, min(1.0, room / natural) * BODY_PIXELS * scale)
        self._dress(pixels)
        widths = self._column_widths(pixels)
        margin = round(MARGIN * pixels / BODY_PIXELS)
        widths[-1] = max(widths[-1] // 2, room - EDGES - 2 * margin - sum(widths[:-1]))
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(round(pixels * 0.35))
        self._table.lay_out(widths)
        self._counts.lay_out(self._counts.natural_widths())
        self.setFixedWidth(sum(widths) + 2 * margin + EDGES)
        self.adjustSize()

    def _column_widths(self, pixels: float) -> list[int]:
        """As wide as the words ask, days all equal, remarks no wider than on the paper."""
        widths = self._table.natural_widths()
        after = len(widths) - AFTER_DAYS
        widths[FIRST_DAY:after] = [max(widths[FIRST_DAY:after], default=0)] * (after - FIRST_DAY)
        widths[-1] = round(REMARKS_PIXELS * pixels / BODY_PIXELS)
        return widths

    def _dress(self, pixels: float) -> None:
        """Take fonts of this size; not by a style sheet, because its fonts hold only once the page is shown."""
        for label in self.findChildren(QLabel):
            label.setFont(_font(pixels))
        for label in (*self._state_heading, self._title):
            label.setFont(_font(pixels * 1.2, heading_font(BODY_PIXELS)))
        self._notes.setFont(_font(pixels * 0.85))
        self._table.setFont(_font(pixels * 0.92))
        self._counts.setFont(_font(pixels * 0.92))


def _font(pixels: float, face: QFont | None = None) -> QFont:
    font = QFont(face or body_font())
    font.setPointSizeF(pixels * POINTS_PER_PIXEL)
    return font
