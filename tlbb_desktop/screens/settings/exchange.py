"""Other laptops of the programme: how far each is, bundles out and in, a further one invited."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidgetItem,
    QWidget,
)

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.exchange import Laptop, LaptopStanding, TakenIn, Written
from tlbb_desktop.domain.exchange_files import BUNDLE_ENDING, CARD_ENDING, JOIN_ENDING
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.settings.conflicts import ConflictCard
from tlbb_desktop.screens.settings.known_laptop import KnownLaptopCard, prison_choices
from tlbb_desktop.screens.settings.members import MemberTicks
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.services.exchange_joining import FurtherLaptop
from tlbb_desktop.services.exchange_words import taken_lines, until_text
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.record_table import RecordTable
from tlbb_desktop.widgets.small_form import Field, SmallForm
from tlbb_desktop.wiring import Desk

SHOWN_LAPTOPS = 8
_HEADS = (N_("Laptop"), N_("Works for"), N_("Its record is here until"), N_("Sent"), N_("Confirmed"), N_("Taken in"))


class LaptopsCard(Card):
    """Who is how far, and bundles out and in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            N_("Other laptops"),
            N_("Bundles go on a USB stick between this laptop and the others. Who finds the stick can read nothing."),
            parent,
        )
        self.standings: tuple[LaptopStanding, ...] = ()
        self.own, self.outcome = WrappingLabel(self), WrappingLabel(self)
        self.own.setProperty("role", "caption")
        self.table = RecordTable(len(_HEADS), (1,), SHOWN_LAPTOPS, self)
        self.send_button, self.take_button = QPushButton(self), QPushButton(self)
        self.take_button.setProperty("role", "primary")
        set_icon(self.take_button, "usb", "on_accent")
        set_icon(self.send_button, "usb", "text")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.send_button)
        buttons.addStretch()
        self.body.addWidget(self.own)
        self.body.addWidget(self.table)
        self.body.addLayout(buttons)
        self.body.addWidget(self.outcome)
        self.table.itemSelectionChanged.connect(self._judge)

    def show_standings(self, standings: Sequence[LaptopStanding]) -> None:
        """Show the laptops; the first other one is chosen."""
        self.standings = tuple(standings)
        self.word()
        if self.others:
            self.table.selectRow(0)
        self._judge()

    @property
    def others(self) -> tuple[LaptopStanding, ...]:
        """Every laptop but this one."""
        return tuple(each for each in self.standings if not each.laptop.own)

    @property
    def chosen(self) -> Laptop | None:
        """The laptop whose line is chosen."""
        lines = self.table.selectionModel().selectedRows()
        return self.others[lines[0].row()].laptop if lines else None

    def set_busy(self, busy: bool) -> None:
        """While a bundle is written or taken in nothing else begins."""
        self.take_button.setDisabled(busy)
        self.send_button.setDisabled(busy)
        if not busy:
            self._judge()

    def _judge(self) -> None:
        chosen = self.chosen
        self.take_button.setEnabled(bool(self.others))
        self.send_button.setEnabled(chosen is not None and not chosen.refused)
        self._word_send()

    def word(self) -> None:
        """All words, and the lines of the table."""
        own = next((each.laptop for each in self.standings if each.laptop.own), None)
        this = _("This laptop is {name}, number series {series}, code {code}.")
        self.own.setText(this.format(name=own.name, series=own.series, code=own.code) if own else "")
        self.take_button.setText(_("Take in a bundle"))
        self.table.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        self.table.setAccessibleName(_("Other laptops"))
        self.table.setRowCount(len(self.others))
        for line, each in enumerate(self.others):
            for column, text in enumerate(_line(each)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(line, column, item)
        self.table.fit()
        self._word_send()

    def _word_send(self) -> None:
        chosen = self.chosen
        self.send_button.setText(
            _("Write a bundle for {name}").format(name=chosen.name) if chosen else _("Write a bundle")
        )


def _line(each: LaptopStanding) -> tuple[str, ...]:
    laptop = each.laptop
    until = until_text(each)
    where = _("head office") if laptop.head_office else ", ".join(laptop.prisons)
    numbers = (digits(number) for number in (each.sent, each.confirmed, each.received))
    return (laptop.name, _("refused") if laptop.refused else where, until, *numbers)


class InviteCard(Card):
    """A further laptop: its name, its prison, who works there."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            N_("A further laptop"),
            N_("A new laptop begins with this file. A manager opens it there with the passphrase that they have."),
            parent,
        )
        self._desk = desk
        fields = (Field("name", N_("Name of the laptop")), Field("prison", N_("Prison"), "choice", self._prisons))
        self.form = SmallForm(fields, self)
        self.staff = MemberTicks(desk, self)
        self.invite_button = QPushButton(self)
        set_icon(self.invite_button, "plus", "text")
        self.body.addWidget(self.form)
        self.body.addWidget(self.staff)
        self.body.addWidget(self.invite_button, 0, Qt.AlignmentFlag.AlignLeft)

    def open(self) -> None:
        """Read who may work there."""
        self.staff.open()
        self.form.refresh_choices()
        self.word()

    @property
    def wish(self) -> FurtherLaptop:
        """What is asked for."""
        values = self.form.values()
        prison = str(values["prison"] or "")
        return FurtherLaptop(str(values["name"]), (prison,) if prison else (), self.staff.ticked)

    def _prisons(self) -> list[tuple[object, str]]:
        return prison_choices(self._desk)

    def word(self) -> None:
        """All words."""
        self.staff.word()
        self.invite_button.setText(_("Write the invitation"))


class ExchangeSection(Section):
    """Bundles, conflicts, and a further laptop."""

    title = Np_("settings", "Other laptops")

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        self.laptops, self.invite = LaptopsCard(self), InviteCard(desk, self)
        self.conflicts, self.known = ConflictCard(desk, self), KnownLaptopCard(desk, self)
        self.laptops.send_button.clicked.connect(self._choose_target)
        self.laptops.take_button.clicked.connect(self._choose_bundle)
        self.invite.invite_button.clicked.connect(self._choose_invitation)
        self.known.card_button.clicked.connect(self._choose_card_place)
        self.known.register_button.clicked.connect(self._choose_card)
        self.conflicts.decided.connect(self._decided)
        self.conflicts.troubled.connect(self.troubled)
        for card in (self.laptops, self.conflicts, self.invite, self.known):
            self.column.addWidget(card)
        self.column.addStretch()
        self.word()

    def open(self) -> None:
        """Read how far everybody is, and what waits for a decision."""
        self.laptops.outcome.clear()
        self._refresh()
        self.invite.open()
        self.known.open()

    def _refresh(self) -> None:
        self.laptops.show_standings(self._desk.exchange.status())
        self.conflicts.open()

    # bundles -------------------------------------------------------------------------------------------------------

    def _choose_target(self) -> None:
        laptop = self.laptops.chosen
        if laptop is None:
            return
        name = f"{laptop.name}-{self._desk.office.clock.today():%Y%m%d}{BUNDLE_ENDING}"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the bundle"), self._at_stick(name), _bundles())
        if chosen:
            self.send(laptop, Path(chosen))

    def send(self, laptop: Laptop, path: Path) -> None:
        """Write the next bundle for *laptop*."""
        self.laptops.set_busy(True)
        job = partial(self._desk.exchange.send, laptop.name, path)
        self.work(job, partial(self._was_sent, laptop.name), partial(self.laptops.set_busy, False))

    def _was_sent(self, name: str, written: Written) -> None:
        self.laptops.set_busy(False)
        self._refresh()
        said = _("Bundle {number} for {name} is written.").format(number=digits(written.number), name=name)
        self.laptops.outcome.setText("✓ " + said)

    def _choose_bundle(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the bundle"), self._at_stick(""), _bundles())
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Take in a bundle."""
        self.laptops.set_busy(True)
        self.work(partial(self._desk.exchange.take_in, path), self._was_taken, partial(self.laptops.set_busy, False))

    def _was_taken(self, taken: TakenIn) -> None:
        self.laptops.set_busy(False)
        self._refresh()
        self.laptops.outcome.setText("✓ " + "\n".join(taken_lines(taken)))
        if taken.conflicts:
            self.bring_into_view(self.conflicts)

    # a further laptop ----------------------------------------------------------------------------------------------

    def _choose_invitation(self) -> None:
        name = f"{self.invite.wish.name or 'laptop'}{JOIN_ENDING}"
        kinds = _("Invitations") + f" (*{JOIN_ENDING})"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the invitation"), self._at_stick(name), kinds)
        if chosen:
            self.write_invitation(Path(chosen))

    def write_invitation(self, path: Path) -> None:
        """Write the file that a further laptop begins with."""
        try:
            laptop = self._desk.invitations.invite(self.invite.wish, path)
        except TlbbError as error:
            self.invite.form.show_trouble(error)
            return
        self._refresh()
        self.invite.open()
        self.said.emit(_("The invitation for {name} is written.").format(name=laptop.name))

    # known by its card --------------------------------------------------------------------------------------------

    def _choose_card_place(self) -> None:
        own = next(each.laptop for each in self.laptops.standings if each.laptop.own)
        name = self._at_stick(f"{own.name}{CARD_ENDING}")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the card"), name, _cards())
        if chosen:
            self.write_card(Path(chosen))

    def write_card(self, path: Path) -> None:
        """Write the card of this laptop, and say its code."""
        try:
            laptop = self._desk.exchange.write_card(path)
        except TlbbError as error:
            self.troubled.emit(error)
            return
        said = _("The card of {name} is written. Its code, to be read out: {code}")
        self.known.outcome.setText("✓ " + said.format(name=laptop.name, code=laptop.code))

    def _choose_card(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the card"), self._at_stick(""), _cards())
        if chosen:
            self.take_card(Path(chosen))

    def take_card(self, path: Path) -> None:
        """Get to know a laptop by its card, as the form says."""
        try:
            laptop = self.known.register(path)
        except TlbbError as error:
            self.known.form.show_trouble(error)
            return
        self._refresh()
        self.known.open()
        self.said.emit(_("{name} is known now.").format(name=laptop.name))

    def _decided(self) -> None:
        self._refresh()
        self.said.emit(_("Decided. The next bundle carries it to the other laptop."))

    def _at_stick(self, name: str) -> str:
        folder = next((medium.path for medium in self._desk.backups.media()), Path.home())
        return str(folder / name)

    def word(self) -> None:
        """All words."""
        for card in (self.laptops, self.conflicts, self.invite, self.known):
            card.word()


def _cards() -> str:
    return _("Cards of laptops") + f" (*{CARD_ENDING})"


def _bundles() -> str:
    return _("Bundles") + f" (*{BUNDLE_ENDING})"
