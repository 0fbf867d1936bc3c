"""Bringing a programme back: which file, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.screens.first_run.steps import Step
from tlbb_desktop.security.recovery import GROUP_LENGTH, RECOVERY_GROUPS, check_group, read_characters
from tlbb_desktop.services.removable_media import moment_of
from tlbb_desktop.widgets.code_groups import CodeFields
from tlbb_desktop.widgets.passphrase_field import PassphraseField


@dataclass(frozen=True, slots=True, repr=False)
class RestoreWish:
    """What is brought back, and with whose word.

    Args:
        path: the backup.
        username, passphrase: a manager's, or ``""``.
        recovery_key: the printed code, or ``""``.
    """

    path: Path
    username: str = ""
    passphrase: str = ""
    recovery_key: str = ""


class RestoreStep(Step):
    """A backup file, then a manager's passphrase or the recovery key.

    Signals:
        file_wanted: the person wants to choose a file.
    """

    file_wanted = Signal()

    def __init__(self, backup: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Bring a programme back"),
            N_("Everything up to the day of the backup returns. The file stays as it is."),
            parent,
        )
        self._path, self._moment = backup, moment_of(backup) if backup else None
        self._file, self._choose = QLabel(self), QPushButton(self)
        self.by_passphrase, self.by_key = QRadioButton(self), QRadioButton(self)
        self.username_edit, self.passphrase_field = QLineEdit(self), PassphraseField(self)
        self._username_label, self._passphrase_label = QLabel(self), QLabel(self)
        self.code = CodeFields(RECOVERY_GROUPS, GROUP_LENGTH, read_characters, check_group, self)
        self._member = QWidget(self)
        self._lay_out()
        self._wire()
        self.by_passphrase.setChecked(True)
        self._way_chosen()
        self.word()

    def _lay_out(self) -> None:
        set_icon(self._choose, "folder-open", "text")
        file_row = QHBoxLayout()
        file_row.setSpacing(GAP)
        file_row.addWidget(self._file, 1)
        file_row.addWidget(self._choose)
        ways = QHBoxLayout()
        ways.setSpacing(GAP)
        ways.addWidget(self.by_passphrase)
        ways.addWidget(self.by_key)
        ways.addStretch()
        form = QFormLayout(self._member)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP_SMALL)
        form.addRow(self._username_label, self.username_edit)
        form.addRow(self._passphrase_label, self.passphrase_field)
        self._username_label.setBuddy(self.username_edit)
        self.body.addLayout(file_row)
        self.body.addSpacing(GAP_SMALL)
        self.body.addLayout(ways)
        self.body.addWidget(self._member)
        self.body.addWidget(self.code)

    def _wire(self) -> None:
        group = QButtonGroup(self)
        for number, radio in enumerate((self.by_passphrase, self.by_key)):
            group.addButton(radio, number)
        group.buttonClicked.connect(self._way_chosen)
        self._choose.clicked.connect(self.file_wanted)
        self.username_edit.textChanged.connect(self.changed)
        self.passphrase_field.edited.connect(self.changed)
        self.code.edited.connect(self.changed)

    def take_file(self, path: Path) -> None:
        """Take another backup file."""
        self._path, self._moment = path, moment_of(path)
        self.word()
        self.changed.emit()

    @property
    def wish(self) -> RestoreWish:
        """What is asked for; complete when the step is ready."""
        path = self._path or Path()
        if self.by_key.isChecked():
            return RestoreWish(path, recovery_key=self.code.text)
        return RestoreWish(path, self.username_edit.text(), self.passphrase_field.text)

    @property
    @override
    def ready(self) -> bool:
        if self._path is None:
            return False
        if self.by_key.isChecked():
            return self.code.complete
        return bool(self.username_edit.text().strip() and self.passphrase_field.text)

    def _way_chosen(self) -> None:
        self._member.setVisible(not self.by_key.isChecked())
        self.code.setVisible(self.by_key.isChecked())
        self.changed.emit()

    @override
    def word(self) -> None:
        name = self._path.name if self._path else _("No backup chosen yet")
        self._file.setText(f"{name}\n{moment_text(self._moment)}" if self._moment else name)
        self._choose.setText(_("Choose the backup"))
        self.by_passphrase.setText(_("With a manager's passphrase"))
        self.by_key.setText(_("With the recovery key"))
        self._username_label.setText(_("Login name"))
        self._passphrase_label.setText(_("Passphrase"))
        self.username_edit.setAccessibleName(_("Login name"))
