"""The register as a table, so that screen readers meet names, days and marks in every cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from tlbb_desktop.domain.attendance import MARK_NAMES, MarkCode
from tlbb_desktop.domain.people import SEX_LETTERS
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.screens.register.columns import (
    DOTS_COLUMN,
    LEFT_COLUMNS,
    NAME_COLUMN,
    RIGHT_COLUMNS,
    cell_look,
    cell_words,
    day_title,
    percent_words,
)
from tlbb_desktop.screens.register.presenter import Cell, RegisterPresenter
from tlbb_desktop.widgets.cell_looks import DotsLook, Look, PinnedLook
from tlbb_desktop.widgets.day_header import DayTitle

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LEFT = len(LEFT_COLUMNS)
RIGHT = len(RIGHT_COLUMNS)


class RegisterModel(QAbstractTableModel):
    """Rows are learners; columns are the pinned ones, the days, then the totals."""

    def __init__(self, presenter: RegisterPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter

    def reload(self) -> None:
        """The presenter has read another class-month."""
        self.beginResetModel()
        self.endResetModel()

    def repaint_cells(self, cells: Iterable[Cell]) -> None:
        """Repaint cells (row, day) and the totals of their rows."""
        totals = range(self.columnCount() - RIGHT, self.columnCount())
        rows = set()
        for row, day in cells:
            self._repaint(row, day + LEFT)
            rows.add(row)
        for row in rows:
            for column in (DOTS_COLUMN, *totals):
                self._repaint(row, column)

    def _repaint(self, row: int, column: int) -> None:
        """One cell alone: of a range, each of the three views paints its whole row."""
        index = self.index(row, column)
        self.dataChanged.emit(index, index)

    def repaint_totals(self) -> None:
        """Repaint the totals of every row."""
        if self.rowCount():
            last = self.columnCount() - 1
            self.dataChanged.emit(self.index(0, last - RIGHT + 1), self.index(self.rowCount() - 1, last))

    def repaint_all(self) -> None:
        """Repaint everything and the heads."""
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def day_of(self, column: int) -> int | None:
        """Number of the day shown in a column, or None for a pinned one."""
        day = column - LEFT
        return day if 0 <= day < len(self._presenter.columns) else None

    def look(self, row: int, column: int) -> Look:
        """How a cell is painted."""
        day = self.day_of(column)
        if day is not None:
            return cell_look(self._presenter, row, day)
        if column == DOTS_COLUMN:
            return DotsLook(self._presenter.last_five(row))
        return PinnedLook(self._text(row, column), self._ink(row, column), left=column == NAME_COLUMN)

    def title(self, column: int) -> DayTitle:
        """Head of a column."""
        if column < LEFT:
            return DayTitle("", _(LEFT_COLUMNS[column]), left=column == NAME_COLUMN, widest=self._widest(column))
        day = self.day_of(column)
        if day is None:
            total = RIGHT_COLUMNS[column - LEFT - len(self._presenter.columns)]
            return DayTitle("", _(total), widest=self._widest(column))
        days = self._presenter.columns
        twice = sum(each.day == days[day].day for each in days) > 1
        return day_title(days[day], self._presenter.today, twice=twice)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._presenter.learners)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return LEFT + len(self._presenter.columns) + RIGHT

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.DisplayRole:
            return self._text(index.row(), index.column())
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            return self._spoken(index.row(), index.column())
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._presenter.learners[section].names.shown
        title = self.title(section)
        return f"{title.upper} {title.lower}".strip()

    def _text(self, row: int, column: int) -> str:
        learner = self._presenter.learners[row]
        if column == 0:
            return "+" if learner.guest else digits(row + 1)
        if column == NAME_COLUMN:
            nickname = f" ({learner.names.nickname})" if learner.names.nickname else ""
            gone = " ?" if learner.gone_asked else ""
            return f"{learner.names.shown}{nickname}{gone}"
        if column == 2:
            return _(SEX_LETTERS[learner.sex]) if learner.sex else ""
        if column == DOTS_COLUMN:
            return ""
        day = self.day_of(column)
        return self._total(row, column) if day is None else cell_look(self._presenter, row, day).text

    def _widest(self, column: int) -> str:
        """What a pinned column leaves room for; "" where its own texts decide."""
        if column == NAME_COLUMN:
            return ""
        if column == DOTS_COLUMN:
            return "●●●●●"
        return digits("100.0 ▲" if column == self.columnCount() - 1 else "888")

    def _total(self, row: int, column: int) -> str:
        totals = self._presenter.tally_at(row)
        which = column - LEFT - len(self._presenter.columns)
        if which == 0:
            return digits(totals.absent)
        if which == 1:
            return digits(totals.excused)
        sign = " ▲" if self._presenter.cannot_reach(row) else ""
        return f"{percent_words(totals.percent)}{sign}"

    def _spoken(self, row: int, column: int) -> str:
        day = self.day_of(column)
        if day is not None:
            return cell_words(self._presenter, row, day)
        if column == DOTS_COLUMN:
            marks = [_(MARK_NAMES[MarkCode(code)]) for code in self._presenter.last_five(row)]
            return labelled(_(LEFT_COLUMNS[column]), ", ".join(marks) or _("none yet"))
        if column == self.columnCount() - 1 and self._presenter.cannot_reach(row):
            return _("Can no longer reach {percent} percent in this class").format(percent=digits(80))
        return labelled(_(self.title(column).lower), self._text(row, column))

    def _ink(self, row: int, column: int) -> str:
        if column == self.columnCount() - 1 and self._presenter.cannot_reach(row):
            return current_theme().danger.ink
        return current_theme().muted if column in (0, 2) else ""
