"""The staff page: who may come in, with which work, and what happens when somebody leaves."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QTableWidgetItem, QWidget

from tlbb_desktop.domain.actors import StaffRow
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.staff import ROLE_NAMES, Role
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.screens.settings.staff_cards import (
    ActionCard,
    AddCard,
    HandOverCard,
    MemberCard,
    OnceCard,
    PassphraseCard,
    RemovalCard,
)
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.widgets.banner import Banner
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.record_table import RecordTable
from tlbb_desktop.wiring import Desk

COLUMNS = (N_("Name"), N_("Login name"), N_("Work"), N_("Prisons"), N_("May come in"))
SHOWN_ROWS = 8


class StaffSection(Section):
    """A list, and one card at a time under it."""

    title = Np_("settings", "Staff")
    icon = "users"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        self._rows: tuple[StaffRow, ...] = ()
        self._rekey = Banner(self, closable=False)
        self._rekey.acted.connect(self._finish_rekeying)
        listing = Card(N_("Staff"), N_("Choose somebody to change what they may do."), self)
        self.add_button = QPushButton(listing)
        set_icon(self.add_button, "user-plus", "text")
        self.add_button.clicked.connect(self.begin_adding)
        self.table = RecordTable(len(COLUMNS), (0,), SHOWN_ROWS, listing)
        self.table.itemSelectionChanged.connect(self._row_chosen)
        self._working, self._working_text = QProgressBar(listing), QLabel(listing)
        self._working.setRange(0, 0)
        listing.head.addWidget(self.add_button)
        listing.body.addWidget(self.table)
        listing.body.addWidget(self._working_text)
        listing.body.addWidget(self._working)
        self.adding, self.member, self.resetting = AddCard(self), MemberCard(self), PassphraseCard(self)
        self.removing, self.once = RemovalCard(self), OnceCard(self)
        self.handing = HandOverCard(self)
        self._cards: tuple[ActionCard, ...] = (
            self.adding,
            self.member,
            self.resetting,
            self.removing,
            self.handing,
            self.once,
        )
        self.column.addWidget(self._rekey)
        self.column.addWidget(listing)
        for card in self._cards:
            self.column.addWidget(card)
            card.left.connect(self._leave)
        self.column.addStretch()
        self._wire()
        self._set_busy(False)
        self._show(None)
        self.word()

    def _wire(self) -> None:
        self.adding.wanted.connect(self._add)
        self.member.wanted.connect(self._change)
        self.member.passphrase_wanted.connect(self._begin_resetting)
        self.member.removal_wanted.connect(self._begin_removing)
        self.member.duty_wanted.connect(self._begin_handing)
        self.handing.wanted.connect(self._hand_over)
        self.resetting.wanted.connect(self._reset)
        self.removing.wanted.connect(self._remove)
        self.once.wanted.connect(self._leave)

    # the list ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Read the list again."""
        self._rows = self._desk.staff.list()
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._rows))
        self._fill()
        self.table.clearSelection()
        self.table.blockSignals(False)
        if self._desk.staff.rekey_due:
            text = _("Keys still have to be renewed. It takes about a minute; nobody else may have the record open.")
            self._rekey.show_text("warning", text, _("Renew now"))
        else:
            self._rekey.clear()

    def _fill(self) -> None:
        for line, row in enumerate(self._rows):
            work = _(ROLE_NAMES[row.role]) + (" · " + _("administrator") if row.admin_duty else "")
            state = "✓" if row.active else _p("member of staff", "No longer")
            for column, text in enumerate((row.name, row.username, work, ", ".join(row.prisons), state)):
                self.table.setItem(line, column, QTableWidgetItem(text))
        self.table.fit()

    @property
    def chosen(self) -> StaffRow | None:
        """Who is selected."""
        lines = self.table.selectionModel().selectedRows()
        return self._rows[lines[0].row()] if lines else None

    def _row_chosen(self) -> None:
        row = self.chosen
        if row is None or not row.active:
            self._show(None)
            return
        prisons = self._desk.prisons.prisons(active_only=True)
        me = self._desk.actor
        self.member.begin(row, prisons, is_me=row.username == me.username, has_duty=me.admin_duty)
        self._show(self.member)

    def _show(self, card: ActionCard | None) -> None:
        for each in self._cards:
            each.setVisible(each is card)
        if card is not None:
            self.bring_into_view(card)

    def _leave(self) -> None:
        self.once.forget()
        self._show(None)
        self.open()

    # acts ----------------------------------------------------------------------------------------------------------

    def begin_adding(self) -> None:
        """Show the form for somebody new."""
        self.table.clearSelection()
        self.adding.begin(self._desk.prisons.prisons(active_only=True))
        self._show(self.adding)
        self.adding.form.inputs["name"].setFocus()

    def _add(self) -> None:
        values, proposal = self.adding.form.values(), self.adding.proposal
        member = NewMember(
            username=str(values["username"]),
            name=str(values["name"]),
            role=Role(str(values["role"])),
            passphrase=proposal.passphrase,
            admin_duty=bool(values["admin_duty"]),
            prisons=self.adding.prisons.chosen,
            slip=proposal.slip.isChecked(),
        )
        self._set_busy(True)
        self._tasks.submit(
            lambda _progress: self._desk.staff.add(member),
            self,
            partial(self._show_once, member.passphrase),
            self._adding_failed,
            writes=True,
        )

    def _adding_failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, TlbbError):
            raise error
        self.adding.form.show_trouble(error)

    def _show_once(self, passphrase: str, slip: str) -> None:
        self._set_busy(False)
        self.open()
        self.once.begin(passphrase, slip)
        self._show(self.once)

    def _change(self) -> None:
        row = self.chosen
        if row is None:
            return
        values, prisons = self.member.form.values(), self.member.prisons.chosen
        role, duty = Role(str(values["role"])), bool(values["admin_duty"])
        name = str(values["name"])

        def act() -> bool:
            staff, finished = self._desk.staff, True
            if name != row.name:
                staff.rename(row.username, name)
            staff.set_prisons(row.username, prisons)
            if (role, duty) != (row.role, row.admin_duty):
                finished = staff.change_role(row.username, role, duty)
            return finished

        self._set_busy(True)
        self.work(act, self._done, partial(self._set_busy, False))

    def _done(self, _finished: bool) -> None:
        self._set_busy(False)
        self._leave()
        self.said.emit(_("Saved"))

    def _begin_resetting(self) -> None:
        row = self.chosen
        if row is not None:
            self.resetting.proposal.begin(row.role)
            self._show(self.resetting)

    def _reset(self) -> None:
        row, proposal = self.chosen, self.resetting.proposal
        if row is None:
            return
        passphrase, slip = proposal.passphrase, proposal.slip.isChecked()
        self._set_busy(True)
        self.work(
            lambda: self._desk.staff.reset_passphrase(row.username, passphrase, slip=slip),
            partial(self._show_once, passphrase),
            partial(self._set_busy, False),
        )

    def _begin_removing(self) -> None:
        row = self.chosen
        if row is not None:
            self.removing.name.setText(f"{row.name} ({row.username})")
            self._show(self.removing)

    def _remove(self) -> None:
        row = self.chosen
        if row is None:
            return
        self._set_busy(True)
        self.work(partial(self._desk.staff.deactivate, row.username), self._done, partial(self._set_busy, False))

    def _begin_handing(self) -> None:
        row = self.chosen
        if row is not None:
            self.handing.name.setText(f"{row.name} ({row.username})")
            self._show(self.handing)

    def _hand_over(self) -> None:
        row = self.chosen
        if row is None:
            return
        self._set_busy(True)
        job = partial(self._desk.staff.hand_over_duty, row.username)
        self.work(job, partial(self._handed_over, row.name), partial(self._set_busy, False))

    def _handed_over(self, name: str, _nothing: None) -> None:
        self._set_busy(False)
        self._show(None)
        self.rights_changed.emit()
        self.said.emit(_("{name} has the administrator duty now.").format(name=name))

    def _finish_rekeying(self) -> None:
        self._set_busy(True)
        self.work(self._desk.staff.finish_rekeying, self._done, partial(self._set_busy, False))

    def _set_busy(self, busy: bool) -> None:
        self._working.setVisible(busy)
        self._working_text.setVisible(busy)
        self.add_button.setDisabled(busy)
        for card in self._cards:
            card.set_busy(busy)

    def word(self) -> None:
        """Titles, buttons and the words in the list."""
        self.table.setHorizontalHeaderLabels([_(title) for title in COLUMNS])
        self.table.setAccessibleName(_("Staff"))
        self.add_button.setText(_("Add somebody"))
        self._working.setAccessibleName(_("Progress"))
        self._working_text.setText(_("Keys are being made. Do not switch the laptop off."))
        self._fill()
