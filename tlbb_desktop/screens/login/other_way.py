"""The two ways in without a passphrase: a printed reset slip, or the recovery key. Both end in a new passphrase."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.staff import MemberTile
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.login.doorkeeper import HomeDoorkeeper
from tlbb_desktop.security.recovery import GROUP_LENGTH, RECOVERY_GROUPS, SLIP_GROUPS, check_group, read_characters
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.code_groups import CodeFields
from tlbb_desktop.widgets.gate import Gate
from tlbb_desktop.widgets.new_passphrase import NewPassphrase

Way = Literal["slip", "recovery"]
COLUMN_PIXELS = 760
HEADINGS = {"slip": N_("Come in with a reset slip"), "recovery": N_("Come in with the recovery key")}
HINTS = {
    "slip": N_("Type the four groups from your slip. Capital or small letters, either keyboard."),
    "recovery": N_("Type the eight groups from the paper. Capital or small letters, either keyboard."),
}


class OtherWayPage(Gate):
    """A code from paper, then a new passphrase.

    Args:
        way: which paper.
        member: who comes in.
        doorkeeper: what opens the home.
        tasks: where it is opened.

    Signals:
        opened: what the doorkeeper gave.
        left: back to the tiles.
    """

    opened = Signal(object)
    left = Signal()

    def __init__(
        self,
        way: Way,
        member: MemberTile,
        doorkeeper: HomeDoorkeeper,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(COLUMN_PIXELS, parent)
        self._way, self._member, self._doorkeeper, self._tasks = way, member, doorkeeper, tasks
        self._error: TlbbError | None = None
        count = SLIP_GROUPS if way == "slip" else RECOVERY_GROUPS
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        paper = Card(N_("The paper"), HINTS[way], self)
        self.code = CodeFields(count, GROUP_LENGTH, read_characters, check_group, paper)
        paper.body.addWidget(self.code)
        choice = Card(N_("Your new passphrase"), N_("From now on you come in with this."), self)
        self.chooser = NewPassphrase(member.role, choice)
        choice.body.addWidget(self.chooser)
        self.trouble = WrappingLabel(self)
        self.trouble.setProperty("role", "error")
        self._back, self.enter_button = QPushButton(self), QPushButton(self)
        self.enter_button.setProperty("role", "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch()
        buttons.addWidget(self.enter_button)
        self.column.setSpacing(GAP)
        for widget in (self._title, paper, choice, self.trouble):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self.column.addStretch()
        self.setFocusProxy(self.code)
        self._back.clicked.connect(self.left)
        self.enter_button.clicked.connect(self.enter)
        self.code.edited.connect(self._judge)
        self.chooser.changed.connect(self._judge)
        self._judge()
        self._word()

    def enter(self) -> None:
        """Open the record and set the new passphrase."""
        code, passphrase, username = self.code.text, self.chooser.passphrase, self._member.username
        unlock = self._doorkeeper.unlock_with_slip if self._way == "slip" else self._doorkeeper.unlock_with_recovery
        self.enter_button.setEnabled(False)
        self._tasks.submit(
            lambda _progress: unlock(code, username, passphrase), self, self.opened.emit, self._failed, writes=True
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, TlbbError):
            raise error
        self._error = error
        self._judge()
        self._word()

    def _judge(self) -> None:
        self.enter_button.setEnabled(self.code.complete and bool(self.chooser.passphrase))

    def _word(self) -> None:
        self._title.setText(f"{_(HEADINGS[self._way])} · {self._member.name}")
        self._back.setText(_("Back"))
        self.enter_button.setText(_p("the record, with a passphrase", "Open"))
        self.trouble.setText(explain(self._error) if self._error else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
