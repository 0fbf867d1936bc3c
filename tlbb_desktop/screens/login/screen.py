"""The login page: who are you, and your passphrase.

It is painted first of all, so it does without the ``Qt`` namespace, whose enums cost as much as the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tlbb_desktop.domain.errors import StorageDamaged, TlbbError, TooManyTries
from tlbb_desktop.domain.staff import MemberTile
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.overriding import override
from tlbb_desktop.qt.look_signal import look_signal
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE, GAP_SMALL
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.gate import Gate
from tlbb_desktop.widgets.member_tile import MemberButton
from tlbb_desktop.widgets.passphrase_field import PassphraseField

if TYPE_CHECKING:
    from datetime import date

COLUMN_PIXELS = 820


class Doorkeeper(Protocol):
    """What opens a home; called in a worker thread."""

    def unlock(self, username: str, passphrase: str) -> object:
        """Open the record with a passphrase."""
        ...


class LoginPage(Gate):
    """Tiles of the staff with the last one chosen, and one field.

    Args:
        members: whom the keyring knows.
        last_member: login name of who was here last.
        doorkeeper: what opens the home.
        tasks: where it is opened.
        moved: the day on which the record moved to another laptop, or None.

    Signals:
        opened: what the doorkeeper gave.
        other_way: ``slip`` or ``recovery``, with the login name that is chosen.
        damaged: a StorageDamaged; the passphrase was right, or nobody can tell.
    """

    opened = Signal(object)
    other_way = Signal(str, str)
    damaged = Signal(object)

    def __init__(
        self,
        members: Sequence[MemberTile],
        last_member: str,
        doorkeeper: Doorkeeper,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        *,
        moved: date | None = None,
    ) -> None:
        super().__init__(COLUMN_PIXELS, parent)
        self._doorkeeper, self._tasks = doorkeeper, tasks
        self._moved = moved
        self._error: TlbbError | None = None
        self._busy = False
        self._heading, self._hint = QLabel(self), QLabel(self)
        self._tiles = QButtonGroup(self)
        self._who, self.trouble = QLabel(self), WrappingLabel(self)
        self.field = PassphraseField(self)
        self._enter, self._slip, self._recovery = QPushButton(self), QPushButton(self), QPushButton(self)
        self._second = QTimer(self)
        self._lay_out(members)
        self._wire()
        self._choose_first(last_member)
        self._word()
        look_signal().language_changed.connect(self._word)

    # building ------------------------------------------------------------------------------------------------------

    def _lay_out(self, members: Sequence[MemberTile]) -> None:
        self._heading.setProperty("role", "title")
        self._hint.setProperty("role", "caption")
        self._who.setProperty("role", "heading")
        self.trouble.setProperty("role", "error")
        self._enter.setProperty("role", "primary")
        for button in (self._slip, self._recovery):
            button.setProperty("role", "quiet")
        flow_area = QWidget(self)
        flow = FlowLayout(flow_area, spacing=GAP_SMALL + 4, centred=True)
        for number, member in enumerate(members):
            tile = MemberButton(member, flow_area)
            self._tiles.addButton(tile, number)
            flow.addWidget(tile)
        self.column.addStretch(2)
        self.column.addLayout(_centred(self._heading))
        self.column.addLayout(_centred(self._hint))
        self.column.addSpacing(GAP_SMALL)
        self.column.addWidget(flow_area)
        self.column.addSpacing(GAP)
        self.column.addLayout(self._entry())
        self.column.addStretch(3)

    def _entry(self) -> QHBoxLayout:
        entry = QVBoxLayout()
        entry.setSpacing(GAP_SMALL)
        entry.addWidget(self._who)
        line = QHBoxLayout()
        line.setSpacing(GAP_SMALL)
        line.addWidget(self.field, 1)
        line.addWidget(self._enter)
        entry.addLayout(line)
        entry.addWidget(self.trouble)
        entry.addSpacing(GAP_LARGE)
        ways = QHBoxLayout()
        ways.addWidget(self._slip)
        ways.addWidget(self._recovery)
        ways.addStretch()
        entry.addLayout(ways)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(entry, 4)
        row.addStretch(1)
        return row

    def _wire(self) -> None:
        self._tiles.buttonClicked.connect(self._member_chosen)
        self.field.entered.connect(self.enter)
        self.field.edited.connect(self._forget_trouble)
        self._enter.clicked.connect(self.enter)
        self._slip.clicked.connect(lambda: self.other_way.emit("slip", self.username))
        self._recovery.clicked.connect(lambda: self.other_way.emit("recovery", self.username))
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)

    def _choose_first(self, last_member: str) -> None:
        tiles = [each for each in self._tiles.buttons() if isinstance(each, MemberButton)]
        chosen = next((tile for tile in tiles if tile.member.username == last_member), tiles[0] if tiles else None)
        if chosen is not None:
            chosen.setChecked(True)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.field.setFocus()

    # logging in ----------------------------------------------------------------------------------------------------

    @property
    def member(self) -> MemberTile | None:
        """Whose tile is chosen."""
        tile = self._tiles.checkedButton()
        return tile.member if isinstance(tile, MemberButton) else None

    @property
    def username(self) -> str:
        """The chosen login name, or ``""``."""
        return self.member.username if self.member else ""

    def enter(self) -> None:
        """Try the passphrase."""
        if self._busy or self._second.isActive() or not self.field.text:
            return
        self._set_busy(True)
        username, passphrase = self.username, self.field.text
        self._tasks.submit(
            lambda _progress: self._doorkeeper.unlock(username, passphrase),
            self,
            self._opened,
            self._failed,
            writes=True,  # it may bring the record up to date, or finish a change of keys
        )

    def enter_as(self, username: str, passphrase: str) -> None:
        """Come in without being asked, as the demonstration does."""
        for tile in self._tiles.buttons():
            if isinstance(tile, MemberButton) and tile.member.username == username:
                tile.setChecked(True)
        self.field.set_text(passphrase.strip())
        self.enter()

    def _opened(self, unlocked: object) -> None:
        self.field.clear()
        self._set_busy(False)
        self.opened.emit(unlocked)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, TlbbError):
            raise error
        self.show_trouble(error)
        self.field.field.selectAll()
        self.field.setFocus()
        if isinstance(error, StorageDamaged):
            self.damaged.emit(error)

    def show_trouble(self, error: TlbbError) -> None:
        """Say what was wrong; a wait is counted down."""
        self._error = error
        self.field.mark_wrong(True)
        if isinstance(error, TooManyTries):
            self._second.start()
            self.field.setEnabled(False)
        self._word()

    def _count_down(self) -> None:
        seconds = int(str(self._error.fields.get("seconds", 0))) - 1 if self._error else 0
        if seconds > 0:
            self._error = TooManyTries(seconds=seconds)
        else:
            self._second.stop()
            self._error = None
            self.field.setEnabled(True)
            self.field.mark_wrong(False)
            self.field.setFocus()
        self._word()

    def _forget_trouble(self) -> None:
        if self._error is not None and not self._second.isActive():
            self._error = None
            self.field.mark_wrong(False)
            self._word()

    def _member_chosen(self) -> None:
        self.field.clear()
        self._forget_trouble()
        self.field.setFocus()
        self._word()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._enter.setDisabled(busy)
        self._word()

    def _word(self) -> None:
        self._heading.setText(_("Who is working?"))
        self._hint.setText(self._moved_words() or _("Choose your name, then type your passphrase."))
        self._who.setText(self.member.name if self.member else "")
        self.field.name(_("Passphrase"))
        self.field.field.setPlaceholderText(_("Passphrase"))
        self._enter.setText(_("Opening…") if self._busy else _p("the record, with a passphrase", "Open"))
        self._slip.setText(_("I have a reset slip"))
        self._recovery.setText(_("Use the recovery key"))
        self.trouble.setText(self._explained())
        self.trouble.setAccessibleName(self.trouble.text())

    def _moved_words(self) -> str:
        if self._moved is None:
            return ""
        from tlbb_desktop.i18n.days import day_text  # hardly ever before the first paint
        from tlbb_desktop.services.closed_record import MOVED_AWAY

        return _(MOVED_AWAY).format(day=day_text(self._moved))

    def _explained(self) -> str:
        if self._error is None:
            return ""
        from tlbb_desktop.i18n.sentences import explain  # there is no trouble before the first paint

        return explain(self._error)


def _centred(label: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(label)
    row.addStretch()
    return row
