"""Which copies there are, and on which sticks the program puts them by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import moment_text, size_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.services.backup_contents import BackupInfo
from tlbb_desktop.services.second_media import KnownMedium
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.line_table import LineTable
from tlbb_desktop.widgets.task_line import TaskLine

MOST_LINES = 8


class CopiesCard(Card):
    """The good copies, the newest first; one of them can be read again.

    Signals:
        test_wanted: the file of the copy that is to be tested.
    """

    test_wanted = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            Np_("backups", "Copies"),
            N_("Kept are the last of each of 7 days, 4 weeks and 12 months, here and on each stick."),
            parent,
        )
        self._copies: Sequence[BackupInfo] = ()
        self._names: dict[str, str] = {}
        self._home = Path()
        self.table, self.test_button = LineTable(self), QPushButton(self)
        self.table.set_columns(
            (
                Column("made", Np_("a backup", "Made"), lambda info: moment_text(info.made_at)),
                Column("place", N_("Place"), self._place),
                Column("size", N_("Size"), lambda info: size_text(info.size)),
                Column("checked", N_("Checked"), _checked),
            ),
            1,
        )
        self.table.be_as_high_as_the_lines(MOST_LINES)
        set_icon(self.test_button, "shield-check", "text")
        buttons = QHBoxLayout()
        buttons.addWidget(self.test_button)
        buttons.addStretch()
        self.body.addWidget(self.table)
        self.body.addLayout(buttons)
        self.test_button.clicked.connect(self._test)
        self.table.chosen.connect(lambda _id: self._test())
        self._say()

    def show_copies(self, copies: Sequence[BackupInfo], home: Path, media: Sequence[KnownMedium]) -> None:
        """Show *copies*; those in the folder *home* lie on this laptop."""
        self._copies, self._home = copies, home
        self._names = {medium.id: medium.name for medium in media}
        self.table.show_lines(dict(enumerate(copies)))
        self.setVisible(bool(copies))

    def _place(self, info: BackupInfo) -> str:
        if info.medium:
            return self._names.get(info.medium, info.path.parent.name)
        return _("This laptop") if info.path.parent == self._home else str(info.path.parent)

    def _test(self) -> None:
        number = self.table.current_id()
        if number is not None:
            self.test_wanted.emit(self._copies[number].path)

    def _say(self) -> None:
        self.test_button.setText(_("Test this copy"))
        self.table.setAccessibleName(_p("backups", "Copies"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)


class MediaCard(Card):
    """The sticks that get a copy at each lock while they are plugged in.

    Signals:
        forget_wanted: id of the medium that shall get none any more.
    """

    forget_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Sticks for copies"), N_("While one is plugged in, it gets a copy at each lock, by itself."), parent
        )
        self._media: Sequence[tuple[KnownMedium, bool]] = ()
        self._lines = QVBoxLayout()
        self.body.addLayout(self._lines)

    def show_media(self, media: Sequence[tuple[KnownMedium, bool]]) -> None:
        """Show *media*, and for each whether it is plugged in."""
        self._media = media
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for medium, here in media:
            state = _("Plugged in") if here else _("Not plugged in")
            line = TaskLine(("usb", "success" if here else "muted"), medium.name, state, self)
            line.add_button(_("Put no more copies there"), partial(self.forget_wanted.emit, medium.id))
            self._lines.addWidget(line)
        self.setVisible(bool(media))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_media(self._media)
        super().changeEvent(event)


def _checked(info: BackupInfo) -> str:
    """When the copy was last read back: when it was written, or later by a test."""
    return "✓ " + moment_text(info.tested_at or info.made_at)
