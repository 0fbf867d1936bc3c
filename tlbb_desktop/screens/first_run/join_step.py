"""Beginning as a further laptop of a programme: the file of head office, and which manager opens it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.staff import MemberTile
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.screens.first_run.steps import Step
from tlbb_desktop.widgets.passphrase_field import PassphraseField


@dataclass(frozen=True, slots=True, repr=False)
class JoinWish:
    """Which invitation is opened, and with whose passphrase."""

    path: Path
    username: str
    passphrase: str


class JoinStep(Step):
    """An invitation, then a manager's passphrase.

    Signals:
        file_wanted: the person wants to choose a file.
    """

    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("A further laptop"),
            N_("Choose the file from head office. A manager opens it with the passphrase that they have there."),
            parent,
        )
        self._path: Path | None = None
        self._name = ""
        self._file, self._choose = QLabel(self), QPushButton(self)
        self.manager_box, self.passphrase_field = QComboBox(self), PassphraseField(self)
        self._manager_label, self._passphrase_label = QLabel(self), QLabel(self)
        self._manager_label.setBuddy(self.manager_box)
        set_icon(self._choose, "folder-open", "text")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._file, 1)
        row.addWidget(self._choose)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_SMALL)
        form.addRow(self._manager_label, self.manager_box)
        form.addRow(self._passphrase_label, self.passphrase_field)
        self.body.addLayout(row)
        self.body.addSpacing(GAP_SMALL)
        self.body.addLayout(form)
        self._choose.clicked.connect(self.file_wanted)
        self.passphrase_field.edited.connect(self.changed)
        self.word()

    def show_invitation(self, path: Path, found: object) -> None:
        """Show whom an invitation is for: (name of the laptop, the managers who may open it)."""
        if not isinstance(found, tuple):
            return
        self._path, (self._name, managers) = path, found
        self.manager_box.clear()
        for tile in managers:
            if isinstance(tile, MemberTile):
                self.manager_box.addItem(tile.name, tile.username)
        self.word()
        self.changed.emit()

    @property
    def wish(self) -> JoinWish:
        """What is asked for; complete when the step is ready."""
        return JoinWish(self._path or Path(), str(self.manager_box.currentData() or ""), self.passphrase_field.text)

    @property
    @override
    def ready(self) -> bool:
        return self._path is not None and self.manager_box.count() > 0 and bool(self.passphrase_field.text)

    @override
    def word(self) -> None:
        chosen = (
            _("{file} makes this laptop {name}.").format(file=self._path.name, name=self._name) if self._path else ""
        )
        self._file.setText(chosen or _("No file chosen yet"))
        self._choose.setText(_("Choose the file"))
        self._manager_label.setText(_("Manager"))
        self._passphrase_label.setText(_("Passphrase"))
        self.manager_box.setAccessibleName(_("Manager"))
