"""What the window expects of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import ChangedMeanwhile, TlbbError

T = TypeVar("T")
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Page(QWidget):
    """A calm page for one job. The window shows one at a time and offers its keys to it.

    Signals:
        go_to: (place, argument) another page is wished for, such as ``("register", class_id)``.
        said: a quiet success, already translated, for the status bar.
        troubled: a TlbbError, which the window explains in its banner.
        look_wanted: another ``language``, ``theme``, ``scale`` or ``khmer_digits``; the window applies and keeps it.
        restore_wanted: a check found damage; the window closes the record and offers a backup.
    """

    go_to = Signal(str, object)
    said = Signal(str)
    troubled = Signal(object)
    look_wanted = Signal(str, object)
    restore_wanted = Signal()

    def open(self, argument: object = None) -> None:
        """Show the newest state; *argument* names what the page is about (its kind is the page's own)."""

    def class_in_view(self) -> int | None:
        """The class that the page shows now, if it shows one."""
        return None

    def wish_for_class(self, class_id: int) -> object:  # noqa: ARG002 - a page without classes has no wish
        """The argument that opens this page on a class that was looked at elsewhere; None leaves it as it was."""
        return None

    def title(self) -> str:
        """The heading, translated. No person's name: titles end up in task bars and photographs."""
        return ""

    def help_topic(self) -> str:
        """Name of the help chapter for F1."""
        return "start"

    def key_list(self) -> tuple[tuple[str, str], ...]:
        """The page's own keys for Ctrl+/: (as on the key cap, marked words)."""
        return ()

    def undo(self) -> None:
        """Take back the last change of this page (Ctrl+Z)."""

    def redo(self) -> None:
        """Bring back what was undone (Ctrl+Y)."""

    def can_redo(self) -> bool:
        """Whether Ctrl+Y does something on this page."""
        return type(self).redo is not Page.redo

    def print_paper(self) -> None:
        """Print this page's paper (Ctrl+P)."""

    def start_find(self) -> None:
        """Put the cursor where typing searches (Ctrl+F)."""

    def go_back(self) -> bool:
        """Leave an inner step of the page (Esc); False when there is none."""
        return False

    def draft(self) -> dict[str, object] | None:
        """What is half typed, in JSON values, with the cursor's place; None when nothing is."""
        return None

    def draft_compartment(self) -> str:
        """The most protected compartment of the fields in :meth:`draft`; its key seals the draft."""
        return "db"

    def take_draft(self, draft: dict[str, object]) -> None:
        """Put back what :meth:`draft` gave."""

    def read_again(self) -> None:
        """Show what stands on record now, with the cursor where it is."""

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Carry *act* out; trouble goes to the banner and gives None.

        Where somebody else was quicker, the page shows what they made of it: then the act can be tried again.
        """
        try:
            return act()
        except ChangedMeanwhile as error:
            self.read_again()
            self.troubled.emit(error)
            return None
        except TlbbError as error:
            self.troubled.emit(error)
            return None

    def done(self, act: Callable[[], object]) -> bool:
        """Carry *act* out; trouble goes to the banner and gives False."""

        def carried_out() -> bool:
            act()
            return True

        return bool(self.attempt(carried_out))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the cursor, as in a dialog."""
        focused = QApplication.focusWidget()
        if event.key() in ENTER and isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()
        else:
            super().keyPressEvent(event)
