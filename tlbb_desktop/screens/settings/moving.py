"""A new laptop: writing the bundle and closing this record, what arrived here, and what replaces a lost laptop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.settings.moving_cards import AwayCard, CameCard, LostCard, MoveCard
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


class MovingSection(Section):
    """Shows only the cards that have something to do with this laptop."""

    title = Np_("settings", "New laptop")
    icon = "hard-drive"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        self.move_card, self.away, self.came, self.lost = MoveCard(self), AwayCard(self), CameCard(self), LostCard(self)
        self._working = QProgressBar(self)
        self._working.setRange(0, 0)
        self._working.hide()
        for widget in (self.came, self.away, self.move_card, self.lost, self._working):
            self.column.addWidget(widget)
        self.column.addStretch()
        self.move_card.wanted.connect(self._choose_stick)
        self.away.finish_wanted.connect(self._finish)
        self.away.reopen_wanted.connect(self._reopen)
        self.away.again_wanted.connect(self._choose_stick)
        self.lost.wanted.connect(self._replace_lost)

    def open(self) -> None:
        """Look where this record stands."""
        away, came = self._desk.moving.moved_away(), self._desk.moving.came_here()
        self.move_card.setVisible(away is None)
        self.away.show_move(away, self._desk.home.path)
        self.came.show_move(came)
        may_replace = self._desk.office.may(Action.KEYS_WRITE) and bool(self._desk.lost_laptops.senders_before())
        self.lost.setVisible(may_replace and away is None and came is None)

    def _choose_stick(self) -> None:
        plugged = next((str(medium.path) for medium in self._desk.backups.media()), str(Path.home()))
        folder = QFileDialog.getExistingDirectory(self, _("Choose the USB stick"), plugged)
        if folder:
            self.prepare(Path(folder))

    def prepare(self, folder: Path) -> None:
        """Close this record and write its bundle into *folder*."""
        self._begin(lambda: self._desk.moving.prepare(folder), _("The bundle is written and proved to open."))

    def _replace_lost(self) -> None:
        self._begin(
            self._desk.lost_laptops.replace_lost,
            _("All keys are new. The lost laptop is refused."),
            _("The lost laptop is refused. The new keys are put in place at a manager's next login."),
        )

    def _begin(self, job: Callable[[], object], said: str, otherwise: str = "") -> None:
        """*otherwise* is said of a job that answers False: it is not finished yet."""
        self._set_busy(busy=True)
        self.work(job, lambda done: self._done(otherwise if done is False else said), self._stopped)

    def _stopped(self) -> None:
        self._set_busy(busy=False)
        self.open()  # what did not work may have left the record closed

    def _done(self, said: str) -> None:
        self._set_busy(busy=False)
        self.open()
        self.said.emit(said)

    def _set_busy(self, *, busy: bool) -> None:
        self._working.setVisible(busy)
        for card in (self.move_card, self.away, self.lost):
            card.setDisabled(busy)

    def _finish(self, code: str) -> None:
        self._act(lambda: self._desk.moving.finish(code), _("The move is finished."))

    def _reopen(self, reason: str) -> None:
        self._act(lambda: self._desk.moving.reopen(reason), _("This record is open again."))

    def _act(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.open()
        self.said.emit(said)

    def word(self) -> None:
        """The name of the progress; the cards put in their own words."""
        self._working.setAccessibleName(_("Progress"))
