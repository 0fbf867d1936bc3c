"""Gives the question its room: beside the grid, or under it where both have no room beside each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from tlbb_desktop.screens.board.grid_model import LEFT
from tlbb_desktop.widgets.month_grid import MonthGrid
from tlbb_desktop.widgets.side_pane import SidePane

LEAST_CELLS = 6  # in sight beside a question
MARGIN_PIXELS = 24  # of the page


class SideRoom(QObject):
    """Lays grid and question out again whenever one of them changes.

    Args:
        row: the layout of the two.
        grid: the board.
        side: where the question stands.
        page: whose width decides.
    """

    def __init__(self, row: QBoxLayout, grid: MonthGrid, side: SidePane, page: QWidget) -> None:
        super().__init__(page)
        self._row, self._grid, self._side, self._page = row, grid, side, page
        self._rest = QTimer(self)  # once the layout has done its work
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._show_cursor)

    def fit(self) -> None:
        """Choose again."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        cells = LEAST_CELLS * self._grid.cells.columnWidth(LEFT)
        needed = self._grid.left.width() + cells + self._side.sizeHint().width()
        self._row.setDirection(down if needed > self._page.width() else across)
        self._show_totals()
        self._rest.start()

    def _show_totals(self) -> None:
        """The totals give way to the question, and to the units where the text is very large."""
        pinned = self._grid.left.minimumWidth() + self._grid.right.minimumWidth()
        room = self._page.width() - pinned - 2 * MARGIN_PIXELS
        fits = room >= 2 * self._grid.cells.columnWidth(LEFT)
        self._grid.right.setVisible(self._side.shown is None and fits)

    def _show_cursor(self) -> None:
        """Bring the cell with the cursor into the room that is left."""
        self._show_totals()
        self._grid.cells.scrollTo(self._grid.cells.currentIndex())
