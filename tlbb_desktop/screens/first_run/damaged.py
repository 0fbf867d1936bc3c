"""The record on this laptop is damaged: bring back a backup in its place, or look again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.stylesheet import GAP_LARGE
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.first_run.presenter import FirstRunPresenter
from tlbb_desktop.screens.first_run.restore_step import RestoreStep
from tlbb_desktop.widgets.banner import Banner
from tlbb_desktop.widgets.gate import Gate

COLUMN_PIXELS = 760


class DamagedPage(Gate):
    """Says what happened, offers the newest backup, and keeps the damaged record beside it.

    Args:
        error: what is the matter.
        presenter: finds and restores backups.
        tasks: where it is done.

    Signals:
        left: the login page is to be shown again, whether or not something was restored.
    """

    left = Signal()

    def __init__(
        self, error: TlbbError, presenter: FirstRunPresenter, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(COLUMN_PIXELS, parent)
        self._error, self._presenter, self._tasks = error, presenter, tasks
        self._kept: Path | None = None
        self._busy = False
        self.sentence, self.explanation = WrappingLabel(self), WrappingLabel(self)
        self._banner = Banner(self)
        self.restore = RestoreStep(presenter.find_backup(at_home=True), self)
        self._back, self.restore_button = QPushButton(self), QPushButton(self)
        self._lay_out()
        self.restore.file_wanted.connect(self._choose_backup)
        self.restore.changed.connect(self._judge)
        self.restore_button.clicked.connect(self.bring_back)
        self._back.clicked.connect(self.left)
        self._judge()
        self._word()

    def _lay_out(self) -> None:
        self.sentence.setProperty("role", "heading")
        self.restore_button.setProperty("role", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch()
        buttons.addWidget(self.restore_button)
        self.column.addSpacing(2 * GAP_LARGE)
        for widget in (self.sentence, self.explanation, self._banner, self.restore):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self.column.addStretch()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.restore.setFocus(event.reason())

    def bring_back(self) -> None:
        """Put the chosen backup in the place of the damaged record; nothing is touched before it has proven good."""
        if self._busy or not self.restore.ready:
            return
        self._banner.clear()
        wish = self.restore.wish
        self._set_busy(busy=True)
        self._tasks.submit(
            lambda _progress: self._presenter.restore_over_damaged(wish),
            self,
            self._restored,
            self._failed,
            writes=True,
        )

    def _restored(self, kept: Path) -> None:
        self._kept = kept
        self.restore.hide()
        self._set_busy(busy=False)
        self._back.setFocus()

    def _failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, TlbbError):
            raise error
        self._banner.show_trouble(error)

    def _choose_backup(self) -> None:
        kinds = _("Backups") + " (*.tlbb)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the backup"), self._presenter.stick(), kinds)
        if chosen:
            self.restore.take_file(Path(chosen))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._back.setDisabled(busy)
        self._judge()
        self._word()

    def _judge(self) -> None:
        self.restore_button.setEnabled(self.restore.ready and not self._busy)

    def _word(self) -> None:
        restored = self._kept is not None
        if restored:
            self.sentence.setText(_("The programme is back."))
            words = _(
                "The damaged record is kept in {folder}; nothing of it was deleted. Today says from which day marks"
                " are to be entered again."
            ).format(folder=self._kept)
        else:
            self.sentence.setText(explain(self._error))
            words = _(
                "A backup can take its place now. The damaged record is not deleted: it is kept in a folder of its own"
                " on this laptop, where somebody who knows the program may still save something from it."
            )
        self.explanation.setText(words)
        self._back.setText(_("Go on to the login page") if restored else _("Back without changing anything"))
        self.restore_button.setText(_("One moment…") if self._busy else _("Bring it back"))
        self.restore_button.setVisible(not restored)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
