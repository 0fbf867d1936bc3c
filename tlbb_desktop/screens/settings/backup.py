"""Backups: the last good one, a new one, and whether an old file is still good."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.settings.copy_cards import CopiesCard, MediaCard
from tlbb_desktop.screens.settings.drill_card import DrillCard
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.backup_contents import BackupInfo
from tlbb_desktop.services.copies import CopyStanding
from tlbb_desktop.services.drills import Drill
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.copy_words import trouble_words
from tlbb_desktop.wiring import Desk


class BackupSection(Section):
    """Written to a USB stick, read back and checked."""

    title = Np_("settings", "Backup")
    icon = "usb"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        self._busy = False
        card = Card(
            N_("Backup"),
            N_(
                "A copy is made by itself at each lock. Once a week plug in a USB stick that is kept in another place."
                " The file is encrypted."
            ),
            self,
        )
        self.last, self.trouble, self.outcome, self._sticks = (WrappingLabel(card) for _label in range(4))
        self.last.setProperty("role", "heading")
        self._sticks.setProperty("role", "caption")
        self.make_button, self._check_button = QPushButton(card), QPushButton(card)
        self.make_button.setProperty("role", "primary")
        set_icon(self.make_button, "usb", "on_accent")
        set_icon(self._check_button, "shield-check", "text")
        self.make_button.clicked.connect(self._choose_stick)
        self._check_button.clicked.connect(self._choose_file)
        self._working = QProgressBar(card)
        self._working.setRange(0, 0)
        self._working.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self.make_button)
        buttons.addWidget(self._check_button)
        buttons.addStretch()
        card.body.addWidget(self.last)
        card.body.addWidget(self.trouble)
        card.body.addWidget(self._sticks)
        card.body.addLayout(buttons)
        card.body.addWidget(self._working)
        card.body.addWidget(self.outcome)
        self.media, self.copies = MediaCard(self), CopiesCard(self)
        self.media.forget_wanted.connect(self._forget)
        self.copies.test_wanted.connect(self.check)
        self.drill = DrillCard(self)
        self.drill.setVisible(desk.office.may(Action.BACKUP_RESTORE))
        self.drill.wanted.connect(self._drill)
        for each in (card, self.media, self.copies, self.drill):
            self.column.addWidget(each)
        self.column.addStretch()
        self._standing: CopyStanding | None = None
        self._plugged = ""
        self.copies.hide()
        self.media.hide()
        self.word()

    def open(self) -> None:
        """Look which sticks are plugged in and what was made."""
        self._look()
        self.outcome.clear()

    def _look(self) -> None:
        self._standing = self._desk.copies.standing()
        media = self._desk.copies.media()
        self.media.show_media(media)
        self._sticks.setVisible(not media)  # what is known says itself whether it is plugged in
        self.copies.show_copies(self._desk.backups.made(), self._desk.home.backups, [medium for medium, _here in media])
        self.drill.show_last(self._desk.drills.last())
        plugged = () if self._desk.safe_mode else self._desk.backups.media()  # a broken stick can hang who looks at it
        self._plugged = next((str(medium.path) for medium in plugged), "")
        self.word()

    def _forget(self, medium_id: str) -> None:
        try:
            self._desk.copies.forget_medium(medium_id)
        except TlbbError as error:
            self.troubled.emit(error)
        self._look()

    def _choose_stick(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose the USB stick"), self._plugged or str(Path.home()))
        if folder:
            self.make(Path(folder))

    def make(self, folder: Path) -> None:
        """Make a backup in *folder*."""
        self._set_busy(True)
        self.work(partial(self._desk.copies.put_on, folder), self._was_made, partial(self._set_busy, False))

    def _was_made(self, info: BackupInfo) -> None:
        self._set_busy(False)
        self.open()
        self.outcome.setText("✓ " + _("Made and checked: {file}").format(file=info.path.name))
        self.said.emit(self.outcome.text())

    def _choose_file(self) -> None:
        kinds = _("Backups") + " (*.tlbb)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the backup"), self._plugged, kinds)
        if chosen:
            self.check(Path(chosen))

    def check(self, path: Path) -> None:
        """See whether the backup *path* is good."""
        self._set_busy(True)
        self.work(partial(self._desk.backups.verify, path), self._was_checked, partial(self._set_busy, False))

    def _was_checked(self, info: BackupInfo) -> None:
        self._set_busy(False)
        self._look()
        opened, whole = _("This backup is good. It is of {moment}."), _("The file is whole. It is of {moment}.")
        found = opened if info.opened else whole
        self.outcome.setText("✓ " + found.format(moment=moment_text(info.made_at)))

    def _drill(self, recovery_key: str) -> None:
        self._set_busy(True)
        self.work(
            partial(self._desk.drills.drill, None, recovery_key), self._was_drilled, partial(self._set_busy, False)
        )

    def _was_drilled(self, done: Drill) -> None:
        self._set_busy(False)
        self._look()
        self.drill.show_done(done)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._working.setVisible(busy)
        self.make_button.setDisabled(busy)
        self._check_button.setDisabled(busy)
        self.drill.setDisabled(busy)

    def word(self) -> None:
        """All words; the last good backup first."""
        newest = self._standing.newest if self._standing else None
        if newest is not None:
            self.last.setText("✓ " + _("Last good backup: {moment}").format(moment=moment_text(newest.made_at)))
        else:
            self.last.setText(_("There is no backup yet."))
        trouble = self._standing.trouble if self._standing else None
        self.trouble.setText(trouble_words(trouble) if trouble else "")
        self.trouble.setVisible(trouble is not None)
        stick = _("Plugged in: {folder}").format(folder=self._plugged)
        self._sticks.setText(stick if self._plugged else _("No USB stick is plugged in."))
        self.make_button.setText(_("Make a backup"))
        self._check_button.setText(_("Check a backup"))
        self._working.setAccessibleName(_("Progress"))
