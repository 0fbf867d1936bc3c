"""A bench sheet as a table: learners in the order of the paper, a column for each criterion, the result beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from tlbb_desktop.domain.assessment import OUTCOME_NAMES, Outcome
from tlbb_desktop.domain.attendance import MARK_NAMES
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.screens.board.attempt_panel import criterion_words
from tlbb_desktop.screens.board.bench_presenter import BenchPresenter
from tlbb_desktop.widgets.cell_looks import CellLook, Look, PinnedLook
from tlbb_desktop.widgets.day_header import DayTitle

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LEFT_COLUMNS = (Np_("number on a list", "No."), N_("Name"))
LEFT = len(LEFT_COLUMNS)
NAME_COLUMN = 1
RIGHT = 1


class BenchModel(QAbstractTableModel):
    """Rows are learners; a unit without criteria has one column, the result as a whole."""

    def __init__(self, presenter: BenchPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter

    def reload(self) -> None:
        """The presenter has read another sheet."""
        self.beginResetModel()
        self.endResetModel()

    def repaint_row(self, row: int) -> None:
        """Repaint a learner."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def criterion_of(self, column: int) -> int | None:
        """Number of the criterion shown in a column, from 0, or None."""
        place = column - LEFT
        return place if 0 <= place < len(self._presenter.criteria) else None

    def look(self, row: int, column: int) -> Look:
        """How a cell is painted."""
        place = self.criterion_of(column)
        if place is not None or LEFT <= column < self.columnCount() - RIGHT:
            return self._cell(row, place)
        ink = current_theme().muted if column == 0 or not self._presenter.takes_part(row) else ""
        return PinnedLook(self._text(row, column), ink, left=column == NAME_COLUMN)

    def title(self, column: int) -> DayTitle:
        """Head of a column; critical criteria have a star, as on the paper."""
        if column < LEFT:
            widest = "" if column else digits("888")
            return DayTitle("", _(LEFT_COLUMNS[column]), left=column == NAME_COLUMN, widest=widest)
        place = self.criterion_of(column)
        if place is None:
            return DayTitle("", _p("of an attempt", "Result"), widest=self._widest_result())
        criterion = self._presenter.criteria[place]
        return DayTitle(_p("criterion", "critical") if criterion.critical else "", self._number(place))

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._presenter.learners)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return LEFT + max(1, len(self._presenter.criteria)) + RIGHT

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
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._presenter.learners[section].names.shown
        return self.title(section).lower

    def outcome_words(self, row: int) -> str:
        """What will be recorded for a learner."""
        outcome, sheet = self._presenter.outcome(row), self._presenter.sheet
        if outcome is not None and sheet is not None:
            return _(OUTCOME_NAMES[sheet.basis][outcome])
        if self._presenter.was_competent(row):
            return _("reached before")
        away = self._presenter.away(row)
        return _(MARK_NAMES[away]) if away is not None else _("not assessed")

    def _cell(self, row: int, place: int | None) -> CellLook:
        presenter = self._presenter
        if not presenter.takes_part(row):
            return CellLook("quiet", text="–")
        if place is None:
            return (
                CellLook("present", "tick") if presenter.outcome(row) is Outcome.COMPETENT else CellLook("late", "ring")
            )
        if presenter.shown(row, place):
            return CellLook("present", "tick")
        return CellLook("absent" if presenter.criteria[place].critical else "late", "cross")

    def _widest_result(self) -> str:
        """The column leaves room for every result, as it changes while exceptions are typed."""
        sheet = self._presenter.sheet
        names = [_(name) for name in OUTCOME_NAMES[sheet.basis].values()] if sheet is not None else []
        return max([*names, _("reached before"), _("not assessed")], key=len)

    def _number(self, place: int) -> str:
        criterion = self._presenter.criteria[place]
        return digits(criterion.number) + (" *" if criterion.critical else "")

    def _text(self, row: int, column: int) -> str:
        learner = self._presenter.learners[row]
        if column == 0:
            return digits(row + 1)
        if column == NAME_COLUMN:
            return learner.names.shown
        return self.outcome_words(row) if column == self.columnCount() - 1 else ""

    def _spoken(self, row: int, column: int) -> str:
        place, name = self.criterion_of(column), self._presenter.learners[row].names.shown
        if place is None or not self._presenter.takes_part(row):
            return f"{name}, {self.outcome_words(row)}"
        words = _("shown") if self._presenter.shown(row, place) else _("not shown")
        return f"{name}, {criterion_words(self._presenter.criteria[place])}, {words}"
