"""The lines of a list as a table: who stands on each, and what will happen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from tlbb_desktop.domain.people import SEX_LETTERS
from tlbb_desktop.domain.people_import import (
    OUTCOME_NAMES,
    ImportField,
    ImportLine,
    ImportOutcome,
    LineDecision,
)
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.paged_table import LEADING
from tlbb_desktop.qt.theme import current_theme
from tlbb_desktop.screens.people.described import birth_words
from tlbb_desktop.screens.people.import_presenter import ImportPresenter
from tlbb_desktop.widgets.column_meanings import cell_text

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
DECISION_NAMES = {
    LineDecision.ADD: Np_("line of a list of people", "Another person: will be added"),
    LineDecision.SKIP: Np_("line of a list of people", "Same person: left out"),
}
TITLES = (
    Np_("line of a list of people", "Line"),
    N_("Name"),
    N_("What will happen"),
    N_("Why"),
    Np_("column of a list of people", "Date of birth"),
    N_("Sex"),
    N_("Latin name"),
)
WIDTHS = (56, 140, 190, 300, 120, 56, 150)
OUTCOME_COLUMN = 2
KHMER_NAME = (ImportField.NAME_KM, ImportField.FAMILY_KM, ImportField.GIVEN_KM)
LATIN_NAME = (ImportField.NAME_LATIN, ImportField.FAMILY_LATIN, ImportField.GIVEN_LATIN)
#: A sign beside each outcome, so that colour is never alone.
SIGNS = {ImportOutcome.ADD: "✓", ImportOutcome.REFUSED: "✕", ImportOutcome.LIKELY_SAME: "?"}


class ImportLinesModel(QAbstractTableModel):
    """Shows the presenter's lines; a decision changes one of them."""

    def __init__(self, presenter: ImportPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter

    def reload(self) -> None:
        """The presenter shows other lines."""
        self.beginResetModel()
        self.endResetModel()

    def line(self, row: int) -> ImportLine | None:
        """The line in a row of the table, or None."""
        shown = self._presenter.shown
        return shown[row] if 0 <= row < len(shown) else None

    def repaint_row(self, row: int) -> None:
        """A decision was taken on this row."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._presenter.shown)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(TITLES)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self._presenter.shown[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(line, index.column())
        if role == Role.ForegroundRole and index.column() == OUTCOME_COLUMN:
            return self._colour(line)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Role.DisplayRole:
                return _(TITLES[section])
            if role == Role.TextAlignmentRole:
                return LEADING
        return None

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(TITLES) - 1)
            if self._presenter.shown:
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(TITLES) - 1))
        return super().event(event)

    def _text(self, line: ImportLine, column: int) -> str:
        show = (
            lambda: digits(line.number),
            lambda: line.record.names.khmer if line.record else self._cells(line, KHMER_NAME),
            lambda: self._outcome(line),
            lambda: explain(line.why) if line.why is not None else "",
            lambda: birth_words(line.record.identity.birth) if line.record and line.record.identity else "",
            lambda: _(SEX_LETTERS[line.record.sex]) if line.record and line.record.sex else "",
            lambda: line.record.names.latin if line.record else self._cells(line, LATIN_NAME),
        )
        return show[column]()

    def _outcome(self, line: ImportLine) -> str:
        decision = self._presenter.decisions.get(line.number)
        if decision is LineDecision.ADD:
            return f"✓ {_(DECISION_NAMES[decision])}"
        if decision is LineDecision.SKIP:
            return f"– {_(DECISION_NAMES[decision])}"
        return f"{SIGNS[line.outcome]} {_(OUTCOME_NAMES[line.outcome])}"

    def _colour(self, line: ImportLine) -> str:
        theme = current_theme()
        decision = self._presenter.decisions.get(line.number)
        if decision is LineDecision.ADD or line.outcome is ImportOutcome.ADD:
            return theme.success.ink
        if decision is LineDecision.SKIP:
            return theme.muted
        return theme.danger.ink if line.outcome is ImportOutcome.REFUSED else theme.warning.ink

    def _cells(self, line: ImportLine, wanted: tuple[ImportField, ...]) -> str:
        """What stands in the columns of a name, for a line that could not be read."""
        columns = self._presenter.plan.columns if self._presenter.plan is not None else ()
        found = [cell_text(cell) for cell, field in zip(line.cells, columns, strict=False) if field in wanted]
        return " ".join(filter(None, found))
