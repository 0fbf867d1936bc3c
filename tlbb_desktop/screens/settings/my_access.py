"""One's own passphrase and reset slip."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.code_groups import CodeView
from tlbb_desktop.widgets.code_paper import print_code, save_code, slip_paper
from tlbb_desktop.widgets.new_passphrase import NewPassphrase
from tlbb_desktop.widgets.passphrase_field import PassphraseField
from tlbb_desktop.wiring import Desk


class MyAccessSection(Section):
    """Needs the present passphrase for everything, so that an unlocked window is not enough."""

    title = Np_("settings", "My access")
    icon = "key-round"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        first = Card(N_("My passphrase"), N_("First the one that you use now."), self)
        self._old_label = QLabel(first)
        self.old = PassphraseField(first)
        first.body.addWidget(self._old_label)
        first.body.addWidget(self.old)
        change = Card(N_("A new passphrase"), "", self)
        self.chooser = NewPassphrase(desk.actor.role, change)
        self.change_button = QPushButton(change)
        self.change_button.setProperty("role", "primary")
        change.body.addWidget(self.chooser)
        change.body.addLayout(_at_end(self.change_button))
        self._slip_card = Card(
            N_("A reset slip"),
            N_("A paper that lets you in once when you forget the passphrase. An older slip stops working."),
            self,
        )
        self.slip_button = QPushButton(self._slip_card)
        self._print, self._keep = QPushButton(self._slip_card), QPushButton(self._slip_card)
        self._code: CodeView | None = None
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        for button in (self.slip_button, self._print, self._keep):
            buttons.addWidget(button)
        buttons.addStretch()
        self._slip_card.body.addLayout(buttons)
        for card in (first, change, self._slip_card):
            self.column.addWidget(card)
        self.column.addStretch()
        self.change_button.clicked.connect(self._change)
        self.slip_button.clicked.connect(self._make_slip)
        self.old.edited.connect(self._judge)
        self.chooser.changed.connect(self._judge)
        self.word()

    def open(self) -> None:
        """Forget everything that was shown or typed."""
        self.old.clear()
        self._forget_slip()
        self._judge()

    def _change(self) -> None:
        old, new = self.old.text, self.chooser.passphrase
        self.change_button.setEnabled(False)
        self.work(partial(self._desk.staff.change_own_passphrase, old, new), self._changed, self._judge)

    def _changed(self, _none: None) -> None:
        self.open()
        self.chooser.again.clear()
        self.said.emit(_("From now on your new passphrase opens the record."))

    def _make_slip(self) -> None:
        self.slip_button.setEnabled(False)
        self.work(partial(self._desk.staff.make_own_slip, self.old.text), self._show_slip, self._judge)

    def _show_slip(self, slip: str) -> None:
        self._forget_slip()
        paper = slip_paper(tuple(slip.split("-")))
        self._code = CodeView(paper.groups, self._slip_card)
        self._slip_card.body.insertWidget(2, self._code)
        self._print.clicked.connect(lambda: print_code(paper, self))
        self._keep.clicked.connect(lambda: save_code(paper, self))
        self._print.show()
        self._keep.show()
        self._judge()

    def _forget_slip(self) -> None:
        if self._code is not None:
            self._code.deleteLater()
            self._code = None
            self._print.clicked.disconnect()
            self._keep.clicked.disconnect()
        self._print.hide()
        self._keep.hide()

    def _judge(self) -> None:
        self.change_button.setEnabled(bool(self.old.text and self.chooser.passphrase))
        self.slip_button.setEnabled(bool(self.old.text))

    def word(self) -> None:
        """Labels and buttons."""
        self._old_label.setText(_("My passphrase of now"))
        self.old.name(_("My passphrase of now"))
        self.change_button.setText(_("Use the new passphrase"))
        self.slip_button.setText(_("Make a reset slip"))
        self._print.setText(_("Print"))
        self._keep.setText(_("Save as PDF"))


def _at_end(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(button)
    return row
