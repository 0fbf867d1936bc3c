"""The check of the record: everything that can be checked, and a way to a backup where something is damaged."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from tlbb_desktop.domain.errors import StorageDamaged
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.settings.section import Section
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.integrity import CHECK_NAMES, CheckLine, needs_backup, set_again
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.wiring import Desk


class RecordCheckSection(Section):
    """Runs the checks when asked, and says line by line how each ended."""

    title = Np_("settings", "Check of the record")
    icon = "shield-check"

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        self._found: tuple[CheckLine, ...] = ()
        self._busy = False
        card = Card(
            N_("Check of the record"),
            N_("Reads every page, every mark and the whole audit. With many years inside it takes a minute."),
            self,
        )
        self.check_button, self.restore_button = QPushButton(card), QPushButton(card)
        self.check_button.setProperty("role", "primary")
        set_icon(self.check_button, "shield-check", "on_accent")
        set_icon(self.restore_button, "history", "text")
        self._working = QProgressBar(card)
        self._working.setRange(0, 0)
        self.outcome, self.advice = WrappingLabel(card), WrappingLabel(card)
        lines = QGridLayout()
        lines.setSpacing(GAP_SMALL)
        lines.setColumnStretch(1, 1)
        self.signs, self.names = [QLabel(card) for _each in CHECK_NAMES], [WrappingLabel(card) for _each in CHECK_NAMES]
        for row, (sign, name) in enumerate(zip(self.signs, self.names, strict=True)):
            lines.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(name, row, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        for button in (self.check_button, self.restore_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch()
        card.body.addLayout(buttons)
        card.body.addWidget(self._working)
        card.body.addWidget(self.outcome)
        card.body.addLayout(lines)
        card.body.addWidget(self.advice)
        self.column.addWidget(card)
        self.column.addStretch()
        self.check_button.clicked.connect(self.check)
        self.restore_button.clicked.connect(self.restore_wanted)
        self._show()

    def check(self) -> None:
        """Run every check."""
        if not self._busy:
            self._set_busy(True)
            self.work(self._desk.integrity.check, self._take, self._failed)

    def _take(self, found: tuple[CheckLine, ...]) -> None:
        self._found = found
        self._set_busy(False)

    def _failed(self) -> None:
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show()

    def _show(self) -> None:
        self._working.setVisible(self._busy)
        self.check_button.setDisabled(self._busy)
        for label in (*self.signs, *self.names, self.outcome):
            label.setVisible(bool(self._found))
        may_restore = self._desk.office.may(Action.BACKUP_RESTORE)
        self.restore_button.setVisible(needs_backup(self._found) and may_restore and not self._busy)
        self.word()

    def word(self) -> None:
        """All words, and each check with its sign."""
        self.check_button.setText(_("One moment…") if self._busy else _("Check now"))
        self.restore_button.setText(_("Bring back a backup…"))
        self._working.setAccessibleName(_("Progress"))
        for line, sign, name in zip(self._found, self.signs, self.names, strict=False):
            sign.setText("✓" if line.sound else "✗")
            set_role(sign, "" if line.sound else "error")
            name.setText(_(CHECK_NAMES[line.check]))
        damaged, marks = any(not line.sound for line in self._found), set_again(self._found)
        self.advice.setText(explain(marks) if marks else "")
        self.advice.setVisible(marks is not None)
        if damaged and not needs_backup(self._found):
            self.outcome.setText(_("The record is sound but for single marks."))
        else:
            self.outcome.setText(explain(StorageDamaged()) if damaged else _("The record is sound."))
        set_role(self.outcome, "error" if damaged else "heading")
