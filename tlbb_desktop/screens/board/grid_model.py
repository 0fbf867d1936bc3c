"""The board as a table, so that screen readers meet names, units and results in every cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.screens.board.columns import (
    LEFT_COLUMNS,
    NAME_COLUMN,
    RIGHT_COLUMNS,
    cell_look,
    cell_words,
    hours_text,
    leaves_words,
    name_words,
    percent_words,
    unit_head,
    unit_words,
    verdict_look,
    verdict_words,
)
from tlbb_desktop.screens.board.presenter import BoardPresenter, Cell
from tlbb_desktop.widgets.cell_looks import Look, PinnedLook
from tlbb_desktop.widgets.day_header import DayTitle

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LEFT = len(LEFT_COLUMNS)
RIGHT = len(RIGHT_COLUMNS)
UNITS, HOURS, PERCENT, FINISH = range(RIGHT)


class BoardModel(QAbstractTableModel):
    """Rows are learners; columns are the pinned ones, the units, then the totals."""

    def __init__(self, presenter: BoardPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter

    def reload(self) -> None:
        """The presenter shows other learners or another class."""
        self.beginResetModel()
        self.endResetModel()

    def repaint_cells(self, cells: Iterable[Cell]) -> None:
        """Repaint cells (row, unit) and the totals of their rows."""
        rows = set()
        for row, unit in cells:
            index = self.index(row, unit + LEFT)
            self.dataChanged.emit(index, index)
            rows.add(row)
        last = self.columnCount() - 1
        for row in rows:
            self.dataChanged.emit(self.index(row, last - RIGHT + 1), self.index(row, last))

    def repaint_all(self) -> None:
        """Repaint everything and the heads."""
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def unit_of(self, column: int) -> int | None:
        """Number of the unit shown in a column, or None for a pinned one."""
        unit = column - LEFT
        return unit if 0 <= unit < len(self._presenter.units) else None

    def look(self, row: int, column: int) -> Look:
        """How a cell is painted."""
        unit = column - LEFT
        if 0 <= unit < len(self._presenter.units):
            return cell_look(self._presenter, row, unit)
        if unit == len(self._presenter.units) + FINISH:
            return verdict_look(self._presenter.outlook(row))
        quiet = column == 0 or not self._presenter.rows[row].on_list
        return PinnedLook(self._text(row, column), current_theme().muted if quiet else "", left=column == NAME_COLUMN)

    def title(self, column: int) -> DayTitle:
        """Head of a column."""
        if column < LEFT:
            return DayTitle("", _(LEFT_COLUMNS[column]), left=column == NAME_COLUMN, widest=self._widest(column))
        unit = self.unit_of(column)
        if unit is None:
            return DayTitle("", _(RIGHT_COLUMNS[self._total_of(column)]), widest=self._widest(column))
        return unit_head(self._presenter, unit)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._presenter.rows)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return LEFT + len(self._presenter.units) + RIGHT

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == Role.DisplayRole:
            return self._text(row, column)
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            return self._spoken(row, column)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._presenter.rows[section].learner.names.shown if role == Role.DisplayRole else None
        unit = self.unit_of(section)
        if role == Role.ToolTipRole and unit is not None:
            return unit_words(self._presenter.units[unit])
        if role != Role.DisplayRole:
            return None
        title = self.title(section)
        return f"{title.upper} {title.lower}".strip()

    def _total_of(self, column: int) -> int:
        return column - LEFT - len(self._presenter.units)

    def _text(self, row: int, column: int) -> str:
        learner = self._presenter.rows[row]
        if column == 0:
            number = self._presenter.number(row)
            return "–" if number is None else digits(number)
        if column == NAME_COLUMN:
            return name_words(learner)
        if column < LEFT:
            return leaves_words(learner)
        unit = self.unit_of(column)
        if unit is not None:
            return cell_look(self._presenter, row, unit).text
        return self._total(row, self._total_of(column))

    def _total(self, row: int, which: int) -> str:
        learner, board = self._presenter.rows[row], self._presenter.board
        if which == UNITS:
            done = len(board.competent_units(learner)) if board is not None else 0
            return digits(f"{done}/{len(self._presenter.units)}")
        if which == HOURS:
            return hours_text(learner.credited)
        if which == PERCENT:
            return percent_words(learner.totals.percent)
        return verdict_look(self._presenter.outlook(row)).text

    def _widest(self, column: int) -> str:
        """What a pinned column leaves room for; "" where its own texts decide."""
        if column in (NAME_COLUMN, LEFT + len(self._presenter.units) + FINISH):
            return ""
        if column < LEFT:
            return digits("88/88" if column else "888")
        return digits(("88/88", "8888", "100.0")[self._total_of(column)])

    def _spoken(self, row: int, column: int) -> str:
        unit = self.unit_of(column)
        if unit is not None:
            return cell_words(self._presenter, row, unit)
        if column == self.columnCount() - 1:
            return verdict_words(self._presenter.outlook(row))
        return labelled(_(self.title(column).lower), self._text(row, column))
