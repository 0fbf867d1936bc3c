"""The cards of a new laptop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.services.moving import CameHere, MovedAway
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.count_table import CountTable


class _AskedTwice(Card):
    """A card whose button asks once more before it does what cannot be taken back lightly.

    Signals:
        wanted: asked for, and confirmed.
    """

    wanted = Signal()

    def __init__(self, heading: str, hint: str, words: tuple[str, str, str], icon: str, parent: QWidget | None) -> None:
        super().__init__(heading, hint, parent)
        self._words = words
        self.question = WrappingLabel(self)
        self.begin_button, self.sure_button, self.cancel_button = (QPushButton(self) for _button in range(3))
        set_icon(self.begin_button, icon, "text")
        self.sure_button.setProperty("role", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        for button in (self.begin_button, self.sure_button, self.cancel_button):
            buttons.addWidget(button)
        buttons.addStretch()
        self.body.addWidget(self.question)
        self.body.addLayout(buttons)
        self.begin_button.clicked.connect(lambda: self._ask(asking=True))
        self.cancel_button.clicked.connect(lambda: self._ask(asking=False))
        self.sure_button.clicked.connect(self._sure)
        self._ask(asking=False)
        self._say()

    def _ask(self, *, asking: bool) -> None:
        self.begin_button.setVisible(not asking)
        for widget in (self.question, self.sure_button, self.cancel_button):
            widget.setVisible(asking)
        if asking:
            self.cancel_button.setFocus()

    def _sure(self) -> None:
        self._ask(asking=False)
        self.wanted.emit()

    def _say(self) -> None:
        begin, question, sure = (_(word) for word in self._words)
        self.begin_button.setText(begin)
        self.question.setText(question)
        self.sure_button.setText(sure)
        self.cancel_button.setText(_("Cancel"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)


class MoveCard(_AskedTwice):
    """Writes the bundle and closes this record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Move to a new laptop"),
            N_(
                "This record is closed, and everything goes into one encrypted file, which is opened and compared. If"
                " that fails, the record is open again. On the new laptop choose: This laptop takes over from another."
                " All passphrases go on working."
            ),
            (
                N_("Move…"),
                N_("After this, nothing can be entered on this laptop any more. Is the new laptop ready?"),
                N_("Choose the stick and close this record"),
            ),
            "upload",
            parent,
        )


class LostCard(_AskedTwice):
    """Renews every key after a laptop was lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("A laptop was lost"),
            N_(
                "This record came from a backup. If the laptop of before was lost or stolen: everything gets new keys,"
                " what the lost laptop sends is refused, and its certificates count as forged from today."
            ),
            (
                N_("This laptop replaces one that was lost…"),
                N_("All keys are made anew. This takes a minute; do not switch the laptop off."),
                N_("Make all keys new"),
            ),
            "key-round",
            parent,
        )


class AwayCard(Card):
    """This record is closed: what the bundle holds, and the two ways on.

    Signals:
        finish_wanted: the code of the new laptop.
        reopen_wanted: why it goes on here after all.
        again_wanted: the bundle shall be written once more.
    """

    finish_wanted = Signal(str)
    reopen_wanted = Signal(str)
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("This record moved to another laptop"), "", parent)
        self._move: MovedAway | None = None
        self._folder = Path()
        self.state, self.table = WrappingLabel(self), CountTable(self)
        self.code_edit, self.finish_button = QLineEdit(self), QPushButton(self)
        self.reason_edit, self.reopen_button = QLineEdit(self), QPushButton(self)
        self.again_button = QPushButton(self)
        self._code_label, self._reason_label = QLabel(self), QLabel(self)
        self._code_label.setBuddy(self.code_edit)
        self._reason_label.setBuddy(self.reason_edit)
        self.finish_button.setProperty("role", "primary")
        self._ways = QWidget(self)
        self._lay_out()
        self.finish_button.clicked.connect(lambda: self.finish_wanted.emit(self.code_edit.text()))
        self.reopen_button.clicked.connect(lambda: self.reopen_wanted.emit(self.reason_edit.text()))
        self.again_button.clicked.connect(self.again_wanted)
        for edit, button in ((self.code_edit, self.finish_button), (self.reason_edit, self.reopen_button)):
            edit.returnPressed.connect(button.click)
        self.hide()

    def _lay_out(self) -> None:
        ways = QGridLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setHorizontalSpacing(GAP_SMALL)
        ways.setVerticalSpacing(GAP_SMALL)
        lines = (
            (self._code_label, self.code_edit, self.finish_button),
            (self._reason_label, self.reason_edit, self.reopen_button),
        )
        for row, widgets in enumerate(lines):
            for column, widget in enumerate(widgets):
                ways.addWidget(widget, row, column)
        ways.addWidget(self.again_button, len(lines), 2)
        for widget in (self.state, self.table, self._ways):
            self.body.addWidget(widget)

    def show_move(self, move: MovedAway | None, folder: Path) -> None:
        """Show how far the move is; None hides the card."""
        self._move, self._folder = move, folder
        self.setVisible(move is not None)
        if move is not None:
            self.table.show_counts(move.counts)
            self._ways.setVisible(not move.confirmed)
            for widget in (self._code_label, self.code_edit, self.finish_button):
                widget.setVisible(move.awaits_code)
            self._say()

    def _say(self) -> None:
        move = self._move
        if move is None:
            return
        if move.confirmed:
            text = _("The new laptop has it. This record stays closed; its folder may be deleted: {folder}")
        elif move.bundle:
            text = _("Closed on {day}. The bundle is {file}. On the new laptop it shows a code; type it here.")
        else:
            text = _("Closed on {day}, but the bundle was not finished. Write it again, or go on here.")
        self.state.setText(text.format(folder=self._folder, day=day_text(move.on), file=move.bundle))
        self._code_label.setText(_("Code of the new laptop"))
        self.finish_button.setText(_("Finish the move"))
        self._reason_label.setText(_("Reason"))
        self.reopen_button.setText(_("Go on here after all"))
        self.again_button.setText(_("Write the bundle again"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)


class CameCard(Card):
    """This record came from another laptop: what arrived, and the code for the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(N_("This record came from another laptop"), "", parent)
        self._move: CameHere | None = None
        self.state, self.table, self.code = WrappingLabel(self), CountTable(self), QLabel(self)
        self.code.setProperty("role", "title")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.state, self.table, self.code):
            self.body.addWidget(widget)
        self.hide()

    def show_move(self, move: CameHere | None) -> None:
        """Show what arrived; None hides the card."""
        self._move = move
        self.setVisible(move is not None)
        if move is not None:
            self.table.show_counts(move.theirs, move.ours)
            self.code.setText(move.code)
            self._say()

    def _say(self) -> None:
        if self._move is not None:
            text = _("It came on {day}. Type this code on the old laptop, so that it stays closed.")
            self.state.setText(text.format(day=day_text(self._move.on.date())))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
