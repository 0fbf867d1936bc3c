"""A row of figures under their heads; a count that stands for people opens them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel

LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A figure.

    Args:
        head: what it is, translated.
        text: the figure in the reader's digits.
        people: rows of the people behind it; None where it stands for none, such as a share.
    """

    head: str
    text: str
    people: tuple[int, ...] | None = None


class FigureRow(QWidget):
    """A title, one sentence, and the figures; made anew whenever its words change.

    Args:
        title: translated.
        sentence: translated.
        cells: from left to right.
        remark: below the figures, or ``""``.

    Signals:
        chosen: (what the people are, their rows) a count was opened.
    """

    chosen = Signal(str, object)

    def __init__(
        self, title: str, sentence: str, cells: Sequence[FigureCell], remark: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._title = title
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        name = WrappingLabel(self, text=title)
        set_role(name, "heading")
        column.addWidget(name)
        column.addWidget(WrappingLabel(self, text=sentence))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(0)
        for number, cell in enumerate(cells):
            head = WrappingLabel(self, text=cell.head)
            head.setProperty("role", "caption")
            grid.addWidget(head, 0, number, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(self._figure(cell), 1, number, LEADING)
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        if remark:
            said = WrappingLabel(self, text=remark)
            said.setProperty("role", "caption")
            column.addWidget(said)

    def _figure(self, cell: FigureCell) -> QWidget:
        if not cell.people:
            return QLabel(cell.text, self)
        button = QPushButton(cell.text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(labelled(f"{self._title}, {cell.head}", cell.text))
        what = f"{self._title} · {cell.head}"
        button.clicked.connect(partial(self.chosen.emit, what, cell.people))
        self.buttons[cell.head] = button
        return button
