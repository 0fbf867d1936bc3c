"""The steps of a new programme, one calm question each."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.khmer_input import NameEdit
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.security.recovery import GROUP_LENGTH, PrintedCode, read_characters
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.code_groups import CodeFields, CodeView
from tlbb_desktop.widgets.code_paper import print_code, recovery_paper, save_code
from tlbb_desktop.widgets.language_switch import NAMES
from tlbb_desktop.widgets.new_passphrase import NewPassphrase


class Step(Card):
    """One question.

    Signals:
        changed: :attr:`ready` may be another.
    """

    changed = Signal()

    @property
    def ready(self) -> bool:
        """Whether the answer is complete."""
        return True

    def word(self) -> None:
        """Put in the words of the active language."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focusNextChild()  # the question's first field

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.word()


class StartStep(Step):
    """Language, and where the programme comes from.

    Args:
        backup: name of the one that was found on a stick, or ``""``.
        server: what the server is called that the programme shall lie on, or ``""`` for this laptop.
    """

    language_chosen = Signal(str)

    def __init__(self, backup: str, server: str = "", parent: QWidget | None = None) -> None:
        super().__init__(N_("Welcome"), N_("Which language do you read? You can change it at any time."), parent)
        self._backup, self._server = backup, server
        self.place = WrappingLabel(self)
        self.place.setVisible(bool(server))
        languages = QHBoxLayout()
        languages.setSpacing(GAP_SMALL)
        self._languages = QButtonGroup(self)
        for code, (_short, full) in NAMES.items():
            button = QPushButton(full, self)
            button.setCheckable(True)
            button.setChecked(code == catalog.language())
            button.setProperty("language", code)
            self._languages.addButton(button)
            languages.addWidget(button)
        languages.addStretch()
        self._languages.buttonClicked.connect(self._choose_language)
        self.new, self.join, self.restore, self.takeover = (QRadioButton(self) for _way in range(4))
        self._new_hint, self._join_hint, self._restore_hint, self._takeover_hint = (
            WrappingLabel(self) for _way in range(4)
        )
        (self.restore if backup else self.new).setChecked(True)
        self.body.addLayout(languages)
        self.body.addSpacing(GAP)
        self.body.addWidget(self.place)
        pairs = [
            (self.new, self._new_hint),
            (self.join, self._join_hint),
            (self.takeover, self._takeover_hint),
            (self.restore, self._restore_hint),
        ]
        if server:  # further laptops join by their bundles, further computers by starting with the server's address
            for widget in pairs.pop(1):
                widget.hide()
        for radio, hint in reversed(pairs) if backup else pairs:
            hint.setProperty("role", "caption")
            hint.setIndent(GAP + GAP_SMALL)
            self.body.addWidget(radio)
            self.body.addWidget(hint)
        self.word()

    def _choose_language(self, button: QPushButton) -> None:
        self.language_chosen.emit(button.property("language"))

    @override
    def word(self) -> None:
        for button in self._languages.buttons():
            button.setChecked(button.property("language") == catalog.language())
        if self._server:
            self._word_for_server()
        else:
            self._word_for_laptop()

    def _word_for_server(self) -> None:
        self.place.setText(_("There is no programme on the server {server} yet.").format(server=self._server))
        self.new.setText(_("Begin a new programme on the server"))
        self._new_hint.setText(_("For a head office where several people work at the same time."))
        self.takeover.setText(_("The server takes over from a laptop"))
        self._takeover_hint.setText(_("With the bundle that the laptop wrote: Settings, New laptop."))
        self.restore.setText(_("Bring a programme back from a backup onto the server"))
        found = _("Found on a USB stick: {file}").format(file=self._backup)
        self._restore_hint.setText(found if self._backup else _("For a new or repaired server."))

    def _word_for_laptop(self) -> None:
        self.new.setText(_("Begin a new programme on this laptop"))
        self._new_hint.setText(_("For the first laptop of an office."))
        self.join.setText(_("Join a programme as a further laptop"))
        self._join_hint.setText(_("With the file that head office wrote for this laptop."))
        self.takeover.setText(_("This laptop takes over from another"))
        self._takeover_hint.setText(_("With the bundle that the old laptop wrote: Settings, New laptop."))
        self.restore.setText(_("Bring a programme back from a backup"))
        found = _("Found on a USB stick: {file}").format(file=self._backup)
        self._restore_hint.setText(found if self._backup else _("For a new or repaired laptop."))


class PrisonStep(Step):
    """Where this laptop works, or which prison comes first on a server.

    Args:
        server: what the server is called, or ``""`` for this laptop.
    """

    def __init__(self, server: str = "", parent: QWidget | None = None) -> None:
        question = N_("Where does this laptop work? More prisons can be added later.")
        if server:
            question = N_("With which prison does the programme begin? More prisons can be added later.")
        super().__init__(N_("The prison"), question, parent)
        self._prisons: tuple[tuple[str, str, str], ...] = ()
        self.box = QComboBox(self)
        self.box.setMaxVisibleItems(12)
        self.box.currentIndexChanged.connect(self.changed)
        self.body.addWidget(self.box)
        self.word()

    def show_prisons(self, prisons: Sequence[tuple[str, str, str]]) -> None:
        """Offer these prisons: (code, Khmer name, English name)."""
        self._prisons = tuple(prisons)
        self.word()

    @property
    def code(self) -> str:
        """The chosen code, or ``""``."""
        return str(self.box.currentData() or "")

    @property
    @override
    def ready(self) -> bool:
        return bool(self.code)

    @override
    def word(self) -> None:
        chosen = self.code
        self.box.blockSignals(True)
        self.box.clear()
        self.box.setPlaceholderText(_("Choose the prison"))
        self.box.setAccessibleName(_("Prison"))
        khmer = catalog.language() == catalog.KHMER
        for code, name_km, name_en in self._prisons:
            self.box.addItem(f"{name_km if khmer else name_en}  ({code})", code)
        self.box.setCurrentIndex(self.box.findData(chosen) if chosen else -1)
        self.box.blockSignals(False)
        self.changed.emit()


class ManagerStep(Step):
    """The first member of staff is a manager."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("The first manager"),
            N_("A manager adds the other staff and keeps the backups. In a small office one person is enough."),
            parent,
        )
        self.name_edit = NameEdit(self)
        self.username_edit = QLineEdit(self)
        self.username_edit.setMaxLength(32)
        self._name_label, self._username_label = QLabel(self), QLabel(self)
        self._name_label.setBuddy(self.name_edit)
        self._username_label.setBuddy(self.username_edit)
        form = QFormLayout()
        form.setVerticalSpacing(GAP_SMALL + 2)
        form.addRow(self._name_label, self.name_edit)
        form.addRow(self._username_label, self.username_edit)
        self.body.addLayout(form)
        self._own_username = False
        self.name_edit.textChanged.connect(self._propose_username)
        self.username_edit.textEdited.connect(self._username_edited)
        self.word()

    @property
    @override
    def ready(self) -> bool:
        return bool(self.name_edit.text().strip() and self.username_edit.text().strip())

    def _propose_username(self, name: str) -> None:
        if not self._own_username:
            words = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().split()
            self.username_edit.setText(words[-1][:32] if words else "")
        self.changed.emit()

    def _username_edited(self) -> None:
        self._own_username = True
        self.changed.emit()

    @override
    def word(self) -> None:
        self._name_label.setText(_("Name on the login page"))
        self._username_label.setText(_("Login name, short, without spaces"))
        self.name_edit.setAccessibleName(self._name_label.text())
        self.username_edit.setAccessibleName(self._username_label.text())
        self.username_edit.setPlaceholderText("sokha")


class PassphraseStep(Step):
    """The manager's passphrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Your passphrase"),
            N_("Words are easier to remember and harder to guess than signs. Write it down at home until you know it."),
            parent,
        )
        self.chooser = NewPassphrase(Role.MANAGER, self)
        self.chooser.changed.connect(self.changed)
        self.body.addWidget(self.chooser)

    @property
    @override
    def ready(self) -> bool:
        return bool(self.chooser.passphrase)


class RecoveryStep(Step):
    """The recovery key, to be printed or written down."""

    def __init__(self, code: PrintedCode, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("The recovery key"),
            N_("It opens the record when every passphrase is lost. Print it or write it down: it is shown only once."),
            parent,
        )
        self._paper = recovery_paper(code.groups)
        self._print, self._save = QPushButton(self), QPushButton(self)
        set_icon(self._print, "printer", "text")
        set_icon(self._save, "file-text", "text")
        self._print.clicked.connect(lambda: print_code(self._paper, self))
        self._save.clicked.connect(lambda: save_code(self._paper, self))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_SMALL)
        buttons.addWidget(self._print)
        buttons.addWidget(self._save)
        buttons.addStretch()
        self.body.addSpacing(GAP_SMALL)
        self.body.addWidget(CodeView(code.groups, self))
        self.body.addSpacing(GAP_SMALL)
        self.body.addLayout(buttons)
        self.word()

    @override
    def word(self) -> None:
        self._paper = recovery_paper(self._paper.groups)
        self._print.setText(_("Print"))
        self._save.setText(_("Save as PDF"))


class TypeBackStep(Step):
    """The recovery key typed back from the paper, so that the paper is known to be right."""

    def __init__(self, code: PrintedCode, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Type it back"),
            N_("Read the groups from your paper. Capital or small letters and either keyboard are fine."),
            parent,
        )
        self.fields = CodeFields(len(code.groups), GROUP_LENGTH, read_characters, code.has_group, self)
        self.fields.edited.connect(self.changed)
        self.body.addWidget(self.fields)

    @property
    @override
    def ready(self) -> bool:
        return self.fields.complete


class BackupStep(Step):
    """The first backup, onto a USB stick."""

    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("The first backup"),
            N_("Put a USB stick in. The backup is encrypted; without a passphrase or the recovery key it is useless."),
            parent,
        )
        self._choose = QPushButton(self)
        self._choose.setProperty("role", "primary")
        set_icon(self._choose, "usb", "on_accent")
        self._choose.clicked.connect(self.folder_wanted)
        self.outcome = WrappingLabel(self)
        column = QVBoxLayout()
        column.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.outcome)
        self.body.addLayout(column)
        self.word()

    def set_busy(self, busy: bool) -> None:
        """While the backup is written nothing else can be chosen."""
        self._choose.setDisabled(busy)

    @override
    def word(self) -> None:
        self._choose.setText(_("Choose the stick and make the backup"))
