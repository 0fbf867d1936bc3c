"""What each column of a list from outside holds: its letter, its heading, examples, and a choice."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from tlbb_desktop.domain.people_import import FIELD_NAMES, Cell, ImportField, ImportPlan
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL

EXAMPLES = 3
LONGEST_EXAMPLE = 40
LETTERS = 26


def column_letter(position: int) -> str:
    """The name that a spreadsheet gives to the column at *position* (from 0): ``A`` … ``Z``, ``AA`` …."""
    name = ""
    while position >= 0:
        name = chr(ord("A") + position % LETTERS) + name
        position = position // LETTERS - 1
    return name


def cell_text(cell: Cell) -> str:
    """A cell as a reader knows it from the spreadsheet."""
    if isinstance(cell, datetime):
        return day_text(cell.date())
    if isinstance(cell, date):
        return day_text(cell)
    if isinstance(cell, float) and cell.is_integer():
        return digits(int(cell))
    return " ".join(str(cell).split())


class ColumnMeanings(QWidget):
    """One line for each column of the plan's table.

    Signals:
        chosen: (position of the column from 0, ImportField or None) when a person chooses.
    """

    chosen = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self.boxes: list[QComboBox] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, GAP_SMALL, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP_SMALL)
        self._grid.setColumnStretch(2, 1)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the columns; those that hold nothing at all are left away."""
        self._plan = plan
        self._clear()
        first = 0 if plan.heading is None else plan.heading + 1
        rows = plan.table.rows[first:]
        for position, field in enumerate(plan.columns):
            examples = _examples([row[position] for row in rows if position < len(row)])
            heading = "" if plan.heading is None else _cell_at(plan.table.rows[plan.heading], position)
            if examples or heading:
                self._add_line(position, heading, examples, field)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _add_line(self, position: int, heading: str, examples: str, field: ImportField | None) -> None:
        row = self._grid.rowCount()
        letter, title, sample = QLabel(column_letter(position)), QLabel(heading), QLabel(examples)
        letter.setProperty("role", "badge-muted")
        letter.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        sample.setProperty("role", "caption")
        for label in (title, sample):
            label.setTextFormat(Qt.TextFormat.PlainText)
        box = QComboBox(self)
        box.addItem(_("(left out)"), "")
        for each in ImportField:
            box.addItem(_(FIELD_NAMES[each]), each.value)
        box.setCurrentIndex(max(0, box.findData(field.value if field is not None else "")))
        box.setAccessibleName(_("What column {letter} holds").format(letter=column_letter(position)))
        box.activated.connect(partial(self._tell, position, box))
        for column, widget in enumerate((letter, title, sample, box)):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        self.boxes.append(box)

    def _tell(self, position: int, box: QComboBox, _index: int) -> None:
        value = box.currentData()
        self.chosen.emit(position, ImportField(value) if value else None)

    def _clear(self) -> None:
        self.boxes.clear()
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._plan is not None:
            self.show_plan(self._plan)
        super().changeEvent(event)


def _cell_at(row: tuple[Cell, ...], position: int) -> str:
    return _shortened(cell_text(row[position])) if position < len(row) else ""


def _examples(cells: list[Cell]) -> str:
    found = list(dict.fromkeys(text for cell in cells[: EXAMPLES * 20] if (text := cell_text(cell))))
    return " · ".join(_shortened(text) for text in found[:EXAMPLES])


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1]}…"
