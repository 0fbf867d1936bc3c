"""What was changed on both sides, side by side; a person lets one of them stand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QTableWidgetItem, QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.exchange import Conflict, Decision, Side
from tlbb_desktop.domain.read_reasons import REASON_NAMES, ReadReason
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.services.exchange_words import about_text, value_text, what_text
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.record_table import RecordTable
from tlbb_desktop.wiring import Desk

SHOWN_CONFLICTS = 6
_HEADS = (N_("Whom it is about"), N_("What was changed"), N_("Here"), N_("There"))


class ConflictCard(Card):
    """A list, and both values of the line that is chosen with who wrote each and when.

    Signals:
        decided: one was decided.
        troubled: a TlbbError for the banner.
    """

    decided = Signal()
    troubled = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            N_("Changed on both sides"),
            N_("The same thing was changed here and on another laptop. Choose what stands; both stay in the record."),
            parent,
        )
        self._desk = desk
        self.rows: tuple[Conflict, ...] = ()
        self.table = RecordTable(len(_HEADS), (0, 2, 3), SHOWN_CONFLICTS, self)
        self.table.itemSelectionChanged.connect(self._show_sides)
        self.reason = QComboBox(self)
        self.reason.currentIndexChanged.connect(self._reason_given)
        self._panel = QWidget(self)
        self.what = WrappingLabel(self._panel)
        self.mine, self.theirs, self._my_head, self._their_head = (WrappingLabel(self._panel) for _label in range(4))
        self.mine_button, self.theirs_button = QPushButton(self._panel), QPushButton(self._panel)
        self.mine_button.clicked.connect(partial(self._decide, Decision.MINE))
        self.theirs_button.clicked.connect(partial(self._decide, Decision.THEIRS))
        sides = QGridLayout(self._panel)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setHorizontalSpacing(2 * GAP)
        pairs = ((self._my_head, self._their_head), (self.mine, self.theirs), (self.mine_button, self.theirs_button))
        sides.addWidget(self.what, 0, 0, 1, 2)
        for line, pair in enumerate(pairs, 1):
            for column, widget in enumerate(pair):
                sides.addWidget(widget, line, column)
        for column in (0, 1):
            sides.setColumnStretch(column, 1)
        for head in (self._my_head, self._their_head):
            head.setProperty("role", "caption")
        for value in (self.mine, self.theirs):
            value.setProperty("role", "heading")
        self.body.addWidget(self.table)
        self.body.addWidget(self.reason)
        self.body.addWidget(self._panel)

    def open(self) -> None:
        """Read what waits; without anything the card is not there."""
        self._read(None)
        self.reason.blockSignals(True)
        self.reason.setCurrentIndex(0)
        self.reason.blockSignals(False)

    @property
    def chosen(self) -> Conflict | None:
        """The line that is chosen."""
        lines = self.table.selectionModel().selectedRows()
        return self.rows[lines[0].row()] if lines and lines[0].row() < len(self.rows) else None

    def _read(self, reason: ReadReason | None) -> None:
        line = max(0, self.table.currentRow())
        self.rows = self._desk.exchange.conflicts(reason)
        self.setVisible(bool(self.rows))
        self._fill()
        if self.rows:
            self.table.selectRow(min(line, len(self.rows) - 1))
        self._show_sides()

    def _reason_given(self) -> None:
        self._read(self._given)

    @property
    def _given(self) -> ReadReason | None:
        found = self.reason.currentData()
        return ReadReason(found) if found else None

    def _decide(self, decision: Decision) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        try:
            self._desk.exchange.decide(chosen.id, decision, self._given)
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.decided.emit()

    def _show_sides(self) -> None:
        chosen = self.chosen
        sealed = chosen is not None and chosen.mine is None
        self.reason.setVisible(any(each.compartment == "counselling" for each in self.rows))
        self._panel.setVisible(chosen is not None and not sealed)
        if chosen is None or sealed:
            return
        self.what.setText("  ·  ".join(filter(None, (about_text(chosen.about), what_text(chosen)))))
        self._my_head.setText(_head(_("This laptop"), chosen.mine))
        self._their_head.setText(_head(chosen.sender, chosen.theirs))
        self.mine.setText(_value(chosen.mine))
        self.theirs.setText(_value(chosen.theirs))
        self.theirs_button.setText(_("What {name} has stands").format(name=chosen.sender))

    def _fill(self) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.rows))
        for line, row in enumerate(self.rows):
            sides = _value(row.mine), _value(row.theirs)
            for column, text in enumerate((about_text(row.about), what_text(row), *sides)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(line, column, item)
        self.table.blockSignals(False)
        self.table.fit()

    def word(self) -> None:
        """All words, and the lines of the table."""
        self.table.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        self.table.setAccessibleName(_("Changed on both sides"))
        self.mine_button.setText(_("What this laptop has stands"))
        self._word_reasons()
        self._fill()
        self._show_sides()

    def _word_reasons(self) -> None:
        self.reason.blockSignals(True)
        given = self.reason.currentData()
        self.reason.clear()
        self.reason.setAccessibleName(_("Why do you read the sealed part?"))
        self.reason.addItem(_("Why do you read the sealed part?"), None)
        for reason in ReadReason:
            self.reason.addItem(_(REASON_NAMES[reason]), reason.value)
        self.reason.setCurrentIndex(max(0, self.reason.findData(given)))
        self.reason.blockSignals(False)


def _head(name: str, side: Side | None) -> str:
    if side is None:
        return name
    at = moment_text(side.at) if side.at else ""
    return "  ·  ".join(part for part in (name, side.by, at) if part)


def _value(side: Side | None) -> str:
    return _("sealed") if side is None else value_text(side.value)
