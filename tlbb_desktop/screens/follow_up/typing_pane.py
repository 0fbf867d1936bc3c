"""Types in the papers of a journey: rows in the order of the paper, digits only, X where nobody was met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.stylesheet import GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.follow_up.day_room import fit_day
from tlbb_desktop.screens.follow_up.road_presenter import RoadPresenter
from tlbb_desktop.screens.follow_up.road_words import ROW_COLUMNS, ROW_STATE, question_words, row_sign, typed_words
from tlbb_desktop.screens.follow_up.words import noted_words, tried_words
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.khmer_date_edit import KhmerDateEdit
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.page import ENTER, Page

#: The table takes the room that there is; without it the rest stays at the top.
ALL_ROOM = 1000
UNDO = (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class DigitsEdit(QLineEdit):
    """The digits of a row. Enter keeps it, X says that nobody was met, the arrow keys go to other rows.

    Ctrl+Z takes back what was typed, then the row before.

    Signals:
        kept: Enter was pressed.
        not_met: X was pressed.
        taken_back: Ctrl+Z was pressed where nothing is typed.
        stepped: (1 or -1) another row is wished for.
    """

    kept = Signal()
    not_met = Signal()
    taken_back = Signal()
    stepped = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in ENTER:
            self.kept.emit()
        elif plain and physical_key(event) == Qt.Key.Key_X:
            self.not_met.emit()
        elif plain and event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        elif event.modifiers() == UNDO[0] and physical_key(event) == UNDO[1] and not self.text():
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)


class TypingPane(QWidget):
    """Takes the code of a paper, then its rows.

    Args:
        presenter: of the journey.
        page: says what happened.

    Signals:
        left: back to the list.
    """

    left = Signal()

    def __init__(self, presenter: RoadPresenter, page: Page) -> None:
        super().__init__(page)
        self._presenter, self._page = presenter, page
        self._back, self._title, self._code_label, self._day_label = (
            QPushButton(self), QLabel(self), QLabel(self), QLabel(self)
        )  # fmt: skip
        self.code_edit, self.day_edit, self.open_button = QLineEdit(self), KhmerDateEdit(self), QPushButton(self)
        self.table, self.digits_edit = LineTable(self), DigitsEdit(self)
        self.question_label, self.said_label, self._keys = (WrappingLabel(self) for _number in range(3))
        self.table.set_columns(ROW_COLUMNS, ROW_STATE, row_sign)
        self._lay_out()
        self._wire()
        self._word()

    def _lay_out(self) -> None:
        set_role(self._title, "heading")
        set_icon(self._back, "arrow-left")
        for label in (self.said_label, self._keys):
            label.setProperty("role", "caption")
        self._code_label.setBuddy(self.code_edit)
        self._day_label.setBuddy(self.day_edit)
        head, choices = QHBoxLayout(), FlowLayout(spacing=GAP_SMALL)
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        for widget in (self._code_label, self.code_edit, self.open_button, self._day_label, self.day_edit):
            choices.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_LARGE, 4, GAP_LARGE, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addLayout(choices)
        column.addWidget(self.table, ALL_ROOM)
        column.addStretch(1)
        for widget in (self.question_label, self.digits_edit, self.said_label, self._keys):
            column.addWidget(widget)

    def _wire(self) -> None:
        self._back.clicked.connect(self.left)
        self.code_edit.returnPressed.connect(self.take_up)
        self.open_button.clicked.connect(self.take_up)
        self.digits_edit.textChanged.connect(self._say)
        self.digits_edit.kept.connect(self.enter)
        self.digits_edit.not_met.connect(self.note_nobody)
        self.digits_edit.taken_back.connect(self.undo)
        self.digits_edit.stepped.connect(self._step)
        self.table.moved.connect(self._row_moved)
        self.table.chosen.connect(lambda _row: self.digits_edit.setFocus())

    def start(self) -> None:
        """Ask for the code, or go on with the journey that is open."""
        self._show_rows()
        if self._presenter.typed_pack is None:
            pack = self._presenter.pack
            self.code_edit.setText(pack.code if pack is not None else "")
            self.day_edit.set_day(self._presenter.today)
            self.code_edit.setFocus()
            self.code_edit.selectAll()
        else:
            self.digits_edit.setFocus()

    def take_up(self) -> None:
        """Open the journey of the code that is typed."""
        if self._page.done(lambda: self._presenter.take_up(self.code_edit.text())):
            self._show_rows()
            self._go_on(0)

    def enter(self) -> None:
        """Keep the row that is typed, and go to the next one."""
        number, presenter = self.table.current_id(), self._presenter
        if number is None:
            return
        typed = self.digits_edit.text()
        noted = self._page.attempt(lambda: presenter.enter(number, typed, self._day()))
        if noted is not None:
            self._page.said.emit(noted_words(noted))
            self._go_on(number)

    def note_nobody(self) -> None:
        """Say that nobody was met here, and go to the next row."""
        number, presenter = self.table.current_id(), self._presenter
        if number is None:
            return
        next_on = self._page.attempt(lambda: presenter.not_met(number, self._day()))
        if next_on is not None:
            self._page.said.emit(tried_words(next_on))
            self._go_on(number)

    def undo(self) -> None:
        """Take back the row that was typed in last; it is open again and has the cursor."""
        here = self.table.current_id()
        if self._page.done(lambda: self._take_back(here)):
            self.digits_edit.setFocus()

    def _take_back(self, here: int | None) -> None:
        number = self._presenter.take_back(here)
        if number is None:
            self._page.said.emit(_("Nothing of today can be taken back here."))
            return
        self._show_rows()
        self.table.go(number)
        self._row_moved()
        self._page.said.emit(_("Taken back."))

    def draft(self) -> dict[str, object] | None:
        """The digits of a row that was not kept yet, with its journey, its number and the day of the visits."""
        pack, digits = self._presenter.typed_pack, self.digits_edit.text()
        if pack is None or not digits:
            return None
        return {"code": pack.code, "row": self.table.current_id(), "digits": digits, "day": self._day().isoformat()}

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Open the journey again and put the digits back into their row."""
        self.code_edit.setText(draft["code"])
        self.day_edit.set_day(date.fromisoformat(draft["day"]))
        self.take_up()
        if draft["row"] in self._presenter.rows:
            self.table.go(draft["row"])
            self.digits_edit.setText(draft["digits"])

    def _day(self) -> date:
        return self.day_edit.day() or self._presenter.today

    def _go_on(self, after: int) -> None:
        self.digits_edit.setText("")  # unlike clear(), it leaves nothing for Ctrl+Z to bring back
        self._show_rows()
        number = self._presenter.next_open(after)
        if number is None:
            self._page.said.emit(_("Every row of the paper is typed in."))
        else:
            self.table.go(number)
        self.digits_edit.setFocus()

    def _show_rows(self) -> None:
        self.table.show_lines(self._presenter.rows)
        shown = bool(self._presenter.rows)
        for widget in (self.table, self.question_label, self.digits_edit, self.said_label):
            widget.setVisible(shown)
        self._say()

    def _row_moved(self) -> None:
        row = self._presenter.rows.get(self.table.current_id() or 0)
        self.digits_edit.setEnabled(row is not None and not row.done)
        self._say()

    def _step(self, step: int) -> None:
        here = self.table.current_id()
        if here is not None and here + step in self._presenter.rows:
            self.table.go(here + step)
            self.digits_edit.setFocus()

    def _say(self) -> None:
        typed = self.digits_edit.text()
        self.question_label.setText(question_words(typed))
        self.said_label.setText(typed_words(typed))

    def _word(self) -> None:
        self._back.setText(_("Back"))
        self._title.setText(_("Type in visits"))
        self._code_label.setText(_("Code of the paper"))
        self._day_label.setText(_("Day of the visits"))
        self.open_button.setText(_("Open"))
        self.table.setAccessibleName(_("Rows of the paper"))
        self.digits_edit.setAccessibleName(_("Digits of the row"))
        self.digits_edit.setPlaceholderText(_("One digit for each question"))
        self._keys.setText(_("Enter: keep, next row. X: nobody was met. Up and down: another row. Ctrl+Z: take back."))
        for edit in (self.code_edit, self.day_edit):
            fit_day(edit)
        self._say()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
