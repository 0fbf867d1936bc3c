"""The first start: a few calm pages, then the window opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QStandardPaths, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.exchange_files import JOIN_ENDING
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.qt.stylesheet import GAP_LARGE
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.screens.first_run.arrived_step import ArrivedStep
from tlbb_desktop.screens.first_run.join_step import JoinStep
from tlbb_desktop.screens.first_run.presenter import Begun, FirstRunPresenter
from tlbb_desktop.screens.first_run.restore_step import RestoreStep
from tlbb_desktop.screens.first_run.steps import (
    BackupStep,
    ManagerStep,
    PassphraseStep,
    PrisonStep,
    RecoveryStep,
    StartStep,
    Step,
    TypeBackStep,
)
from tlbb_desktop.widgets.banner import Banner
from tlbb_desktop.widgets.gate import Gate

if TYPE_CHECKING:
    from tlbb_desktop.services.moving import CameHere

COLUMN_PIXELS = 760
STEPS = 7


class FirstRunPage(Gate):
    """Walks through the steps; nothing is written before the passphrase is chosen.

    Args:
        presenter: what the steps do.
        tasks: where it is done.

    Signals:
        begun: a new programme stands and its desk is open.
        restored: a programme was brought back, or joined; its login page comes next.
    """

    begun = Signal(object)
    restored = Signal()

    def __init__(self, presenter: FirstRunPresenter, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(COLUMN_PIXELS, parent)
        self._presenter, self._tasks = presenter, tasks
        self._begun: Begun | None = None
        self._busy = self._backup_made = False
        self._progress, self._count = QProgressBar(self), QLabel(self)
        self._banner = Banner(self)
        backup = presenter.find_backup()
        self.start = StartStep(backup.name if backup else "", presenter.server, self)
        self.prison = PrisonStep(presenter.server, self)
        self.manager, self.passphrase = ManagerStep(self), PassphraseStep(self)
        self.restore, self.join, self.arrived = RestoreStep(backup, self), JoinStep(self), ArrivedStep(self)
        self.backup = BackupStep(self)
        self._back, self.next_button = QPushButton(self), QPushButton(self)  # Tab reaches them after the steps
        self._steps: list[Step] = [self.start, self.prison, self.manager, self.passphrase]
        self._steps += [self.restore, self.join, self.arrived, self.backup]
        self._step: Step = self.start
        self._lay_out()
        self._wire()
        self._show(self.start)
        tasks.submit(lambda _progress: presenter.prisons(), self, self.prison.show_prisons)

    def _lay_out(self) -> None:
        self._progress.setTextVisible(False)
        self._progress.setMaximum(STEPS)
        self._progress.setProperty("role", "thin")
        self._count.setProperty("role", "caption")
        self.next_button.setProperty("role", "primary")
        self.column.addSpacing(2 * GAP_LARGE)
        self.column.addWidget(self._count)
        self.column.addWidget(self._progress)
        self.column.addWidget(self._banner)
        for step in self._steps:
            self.column.addWidget(step)
            step.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch()
        buttons.addWidget(self.next_button)
        self.column.addLayout(buttons)
        self.column.addStretch()

    def _wire(self) -> None:
        self._back.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.start.language_chosen.connect(partial(self.look_wanted.emit, "language"))
        self.backup.folder_wanted.connect(self._choose_stick)
        self.restore.file_wanted.connect(self._choose_backup)
        self.join.file_wanted.connect(self._choose_invitation)
        for step in self._steps:
            step.changed.connect(self._judge)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._step.setFocus(event.reason())

    # walking -------------------------------------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._step

    def go_on(self) -> None:
        """Carry out the step and show the next one."""
        if not self._step.ready:
            return
        self._banner.clear()
        act = self._acts().get(self._step)
        if act is not None:
            act()
        elif isinstance(self._step, RecoveryStep):
            self._show(self.type_back)
        else:
            self._keep_key()

    def _acts(self) -> dict[Step, Callable[[], object]]:
        """What each step does when one goes on; the paper of the recovery key comes after the programme was made."""
        return {
            self.start: lambda: self._show(self._chosen_way()),
            self.prison: lambda: self._show(self.manager),
            self.manager: lambda: self._show(self.passphrase),
            self.passphrase: self._create,
            self.restore: self._restore,
            self.join: self._join,
            self.arrived: self.restored.emit,
            self.backup: self._finish,
        }

    def _chosen_way(self) -> Step:
        if self.start.join.isChecked():
            return self.join
        return self.prison if self.start.new.isChecked() else self.restore

    def go_back(self) -> None:
        """Show the step before this one."""
        self._banner.clear()
        before: dict[Step, Step] = {
            self.prison: self.start,
            self.restore: self.start,
            self.join: self.start,
            self.manager: self.prison,
            self.passphrase: self.manager,
        }
        if self._begun is not None:
            before[self.type_back] = self.recovery
        if self._step in before:
            self._show(before[self._step])

    def _show(self, step: Step) -> None:
        self._step.hide()
        self._step = step
        step.show()
        step.setFocus()
        self._judge()
        self._word()

    def _number(self) -> int:
        order: list[Step] = [self.start, self.prison, self.manager, self.passphrase]
        if self._begun is not None:
            order += [self.recovery, self.type_back, self.backup]
        return order.index(self._step) + 1 if self._step in order else 2

    # acts ----------------------------------------------------------------------------------------------------------

    def _run(self, job: Callable[[], object], done: Callable[[object], object]) -> None:
        self._set_busy(True)
        self._tasks.submit(
            lambda _progress: job(), self, lambda result: self._done(done, result), self._failed, writes=True
        )

    def _done(self, done: Callable[[object], object], result: object) -> None:
        self._set_busy(False)
        done(result)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.backup.set_busy(False)
        if not isinstance(error, TlbbError):
            raise error
        self._banner.show_trouble(error)

    def _create(self) -> None:
        prison, name = self.prison.code, self.manager.name_edit.text()
        username, passphrase = self.manager.username_edit.text(), self.passphrase.chooser.passphrase
        self._run(lambda: self._presenter.begin(prison, username, name, passphrase), self._created)

    def _created(self, begun: object) -> None:
        if not isinstance(begun, Begun):
            return
        self._begun = begun
        self.recovery, self.type_back = RecoveryStep(begun.recovery, self), TypeBackStep(begun.recovery, self)
        for step in (self.recovery, self.type_back):
            step.hide()
            step.changed.connect(self._judge)
            self.column.insertWidget(self.column.indexOf(self.backup), step)
        self._show(self.recovery)

    def _keep_key(self) -> None:
        """The key was typed back, so from now on the programme stands for good."""
        begun = self._begun
        if begun is not None and self._presenter.server:
            self._run(lambda: self._presenter.key_kept(begun), lambda _done: self._show(self.backup))
        else:
            self._show(self.backup)

    def _restore(self) -> None:
        wish = self.restore.wish
        self._run(lambda: self._presenter.restore(wish), self._restored)

    def _restored(self, came: object) -> None:
        """After a move show what arrived; a backup leads to the login page at once."""
        if came is None:
            self.restored.emit()
        else:
            self.arrived.show_counts(cast("CameHere", came))
            self._show(self.arrived)

    def _join(self) -> None:
        wish = self.join.wish
        self._run(lambda: self._presenter.join(wish), lambda _done: self.restored.emit())

    def _choose_invitation(self) -> None:
        kinds = _("Invitations") + f" (*{JOIN_ENDING})"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the invitation"), self._presenter.stick(), kinds)
        if chosen:
            self.take_invitation(Path(chosen))

    def take_invitation(self, path: Path) -> None:
        """Look whom an invitation is for, and who may open it."""
        self._banner.clear()
        self._run(lambda: self._presenter.invited(path), partial(self.join.show_invitation, path))

    def _choose_backup(self) -> None:
        kinds = _("Backups") + " (*.tlbb)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the backup"), self._presenter.stick(), kinds)
        if chosen:
            self.restore.take_file(Path(chosen))

    def _choose_stick(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        folder = QFileDialog.getExistingDirectory(self, _("Choose the USB stick"), self._presenter.stick() or start)
        if folder:
            self.make_backup(folder)

    def make_backup(self, folder: str) -> None:
        """Write the first backup into *folder*."""
        begun = self._begun
        if begun is not None:
            self.backup.set_busy(True)
            self._run(lambda: self._presenter.back_up(begun.desk, folder), self._backed_up)

    def _backed_up(self, name: object) -> None:
        self.backup.set_busy(False)
        self._backup_made = True
        self.backup.outcome.setText("✓ " + _("Made and checked: {file}").format(file=name))
        self._word()

    def _finish(self) -> None:
        if self._begun is not None:
            self.begun.emit(self._begun.desk)

    # words ---------------------------------------------------------------------------------------------------------

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._back.setDisabled(busy)
        self._judge()
        self._word()

    def _judge(self) -> None:
        self.next_button.setEnabled(self._step.ready and not self._busy)

    def _word(self) -> None:
        number = self._number()
        self._progress.setValue(number)
        self._progress.setAccessibleName(_("Progress"))
        self._count.setText(_("Step {number} of {count}").format(number=digits(number), count=digits(STEPS)))
        self._back.setText(_("Back"))
        self._back.setVisible(
            self._step not in {self.start, self.backup, self.arrived} and not isinstance(self._step, RecoveryStep)
        )
        self.next_button.setText(self._next_word())
        set_role(self.next_button, "" if self._step is self.backup and not self._backup_made else "primary")

    def _next_word(self) -> str:
        if self._busy:
            return _("One moment…")
        if self._step is self.backup:
            return _("Begin working") if self._backup_made else _("Later, remind me on Today")
        if self._step is self.restore:
            return _("Bring it back")
        if self._step is self.join:
            return _("Join the programme")
        if self._step is self.arrived:
            return _("Go on to the login page")
        return _("Next")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
