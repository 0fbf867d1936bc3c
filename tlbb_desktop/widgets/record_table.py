"""A short list of records inside a card, one of which is chosen to be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTableWidget, QWidget
from typing_extensions import override

from tlbb_desktop.qt.theme import current_scale

FEWEST_ROWS = 3
NARROWEST_PIXELS = 90
EDGES = 6


def fit_wide_columns(table: QTableView, wide: Sequence[int]) -> None:
    """Give the columns *wide* what is left of the width; where that is too little for a name, the table scrolls."""
    header = table.horizontalHeader()
    least = round(NARROWEST_PIXELS * current_scale())
    taken = sum(header.sectionSize(number) for number in range(header.count()) if number not in wide)
    roomy = table.viewport().width() - taken >= least * len(wide)
    for number in wide:
        header.setSectionResizeMode(
            number, QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.Interactive
        )
        if not roomy:
            header.resizeSection(number, least)


class RecordTable(QTableWidget):
    """As high as its lines, up to a limit; keys and a click choose a line.

    Args:
        columns: how many.
        wide: numbers of the columns that share what is left of the width.
        most: how many lines are shown without scrolling.
        parent: the card.
    """

    def __init__(self, columns: int, wide: Sequence[int], most: int, parent: QWidget | None = None) -> None:
        super().__init__(0, columns, parent)
        self._wide, self._most = tuple(wide), most
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading)

    def fit(self) -> None:
        """Take the room of the lines; call after they changed."""
        self.resizeRowsToContents()
        rows = min(max(self.rowCount(), FEWEST_ROWS), self._most)
        row = self.rowHeight(0) if self.rowCount() else self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * row + EDGES)
        fit_wide_columns(self, self._wide)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_wide_columns(self, self._wide)
