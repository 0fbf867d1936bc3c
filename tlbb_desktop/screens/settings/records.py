"""Reasons, holidays, courses, prisons: a list, and a short form for the line that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTableWidgetItem, QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.record_table import RecordTable
from tlbb_desktop.widgets.small_form import Field, SmallForm

Row = TypeVar("Row")
SHOWN_ROWS = 9


@dataclass(frozen=True, slots=True)
class Records(Generic[Row]):
    """A kind of record and what can be done with it.

    Args:
        heading, hint: marked words of the card.
        columns: (marked title, text of a row).
        fields: of the form.
        rows: reads them all.
        values: a row as the form shows it.
        blank: the form of a new one.
        save: writes the form's values; gets the row that they came from, or None.
        remove: takes a row away; None where rows only become inactive.
        wide: columns that share the room which the others leave.
    """

    heading: str
    hint: str
    columns: Sequence[tuple[str, Callable[[Row], str]]]
    fields: Sequence[Field]
    rows: Callable[[], Sequence[Row]]
    values: Callable[[Row], Mapping[str, object]]
    blank: Callable[[], Mapping[str, object]]
    save: Callable[[Mapping[str, object], Row | None], object]
    remove: Callable[[Row], object] | None = None
    wide: tuple[int, ...] = (0,)


class RecordsSection(Section, Generic[Row]):
    """Shows one kind of record."""

    def __init__(self, records: Records[Row], tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._records = records
        self._rows: tuple[Row, ...] = ()
        listing = Card(records.heading, records.hint, self)
        self.table = RecordTable(len(records.columns), records.wide, SHOWN_ROWS, listing)
        self.table.itemSelectionChanged.connect(self._row_chosen)
        self.new_button = QPushButton(listing)
        set_icon(self.new_button, "plus", "text")
        self.new_button.clicked.connect(self.begin_new)
        listing.head.addWidget(self.new_button)
        listing.body.addWidget(self.table)
        self._editor = Card("", "", self)
        self.form = SmallForm(records.fields, self._editor)
        self.save_button, self._remove_button = QPushButton(self._editor), QPushButton(self._editor)
        self.save_button.setProperty("role", "primary")
        self.save_button.clicked.connect(self.save)
        self._remove_button.clicked.connect(self._remove)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self._remove_button)
        buttons.addStretch()
        buttons.addWidget(self.save_button)
        self._editor.body.addWidget(self.form)
        self._editor.body.addLayout(buttons)
        self._editor.hide()
        self.column.addWidget(listing)
        self.column.addWidget(self._editor)
        self.column.addStretch()
        self.word()

    def open(self) -> None:
        """Read the records again."""
        self._rows = tuple(self._records.rows())
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._rows))
        for line, row in enumerate(self._rows):
            for column, (_title, text) in enumerate(self._records.columns):
                item = QTableWidgetItem(text(row))
                item.setToolTip(item.text())
                self.table.setItem(line, column, item)
        self.table.clearSelection()
        self.table.setCurrentCell(-1, -1)
        self.table.blockSignals(False)
        self.table.fit()
        self.form.refresh_choices()
        self._editor.hide()

    @property
    def chosen(self) -> Row | None:
        """The row that the form shows, or None for a new one."""
        lines = self.table.selectionModel().selectedRows()
        return self._rows[lines[0].row()] if lines else None

    def begin_new(self) -> None:
        """Show an empty form."""
        self.table.clearSelection()
        self._show_form(self._records.blank(), existing=False)

    def _row_chosen(self) -> None:
        row = self.chosen
        if row is not None:
            self._show_form(self._records.values(row), existing=True)

    def _show_form(self, values: Mapping[str, object], *, existing: bool) -> None:
        self.form.fill(values, existing=existing)
        self._remove_button.setVisible(existing and self._records.remove is not None)
        self._editor.show()
        self.bring_into_view(self._editor)
        if not existing:
            next(iter(self.form.inputs.values())).setFocus()

    def save(self) -> None:
        """Write the form."""
        try:
            self._records.save(self.form.values(), self.chosen)
        except TlbbError as error:
            self.form.show_trouble(error)
            return
        self.open()
        self.said.emit(_("Saved"))

    def _remove(self) -> None:
        row = self.chosen
        if row is None or self._records.remove is None:
            return
        try:
            self._records.remove(row)
        except TlbbError as error:
            self.form.show_trouble(error)
            return
        self.open()
        self.said.emit(_("Removed"))

    def word(self) -> None:
        """Column titles, buttons and the rows, whose texts depend on the language."""
        self.table.setHorizontalHeaderLabels([_(title) for title, _text in self._records.columns])
        self.table.setAccessibleName(_(self._records.heading))
        self.new_button.setText(_("New"))
        self.save_button.setText(_("Save"))
        self._remove_button.setText(_("Remove"))
        for line, row in enumerate(self._rows):
            for column, (_title, text) in enumerate(self._records.columns):
                item = self.table.item(line, column)
                if item is not None:
                    item.setText(text(row))
