"""When the program itself fails: the log first, then a calm dialog. Neither holds personal data."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from tlbb_desktop.bundle import soundness
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.clipboard import copy_what_names_nobody
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.services.fault_log import describe, note_description, note_fault

if TYPE_CHECKING:
    from tlbb_desktop.services.home import Home

#: What fails at each paint must not bring its dialog back at each paint.
QUIET_SECONDS = 10.0

SAFE = N_("Everything that was saved before is safe.")
NEXT = N_(
    "You can go on working. If it happens again, close the program and start it anew. Send the text below to the "
    "person who looks after the program; it names nobody."
)


def full_description(error: BaseException) -> str:
    """What the person who looks after the program needs to know of *error*: the system, then where it came from."""
    import platform

    head = f"TLBB Desktop · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
    return f"{head}\n{describe(error)}"


class CrashReporter(QObject):
    """Takes every exception that nobody caught, in any thread.

    Args:
        home: whose log is written.
        parent: what it lives with.
        seconds: a clock that only goes forward.

    Signals:
        troubled: a TlbbError that a page forgot to take; the window explains it in its banner.
    """

    troubled = Signal(object)
    _failed = Signal(str)

    def __init__(
        self, home: Home, parent: QObject | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._home, self._seconds = home, seconds
        self._dialog: CrashDialog | None = None
        self._told: dict[str, float] = {}
        self._failed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the program's exception hook, in the main thread and in all others."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        sys.unraisablehook = self._take_unraisable

    def report(self, error: BaseException) -> None:
        """Log *error*, then tell the person, from whatever thread."""
        if isinstance(error, TlbbError):
            self.troubled.emit(error)
            return
        if self._is_new(describe(error)):
            note_fault(self._home, error, SystemClock().now())
            renewal = soundness.PROGRAM.renewal()
            if renewal is not None:  # a part that was needed now is no longer the one that belongs to it
                self.troubled.emit(renewal)
            else:
                self._failed.emit(full_description(error))

    def say_beside(self, sentence: str) -> None:
        """Tell *sentence* in a box, so that the page in the window stays."""
        self._failed.emit(sentence)

    def _is_new(self, description: str) -> bool:
        """Whether the same fault has not been told a moment ago; each time it comes again begins a new moment."""
        now = self._seconds()
        before, self._told[description] = self._told.get(description), now
        return before is None or now - before > QUIET_SECONDS

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.report(error.with_traceback(trace))

    def _take_from_thread(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            self.report(failure.exc_value)

    def _take_unraisable(self, failure: sys.UnraisableHookArgs) -> None:
        """Log what failed where nobody can be told, such as while something is put away."""
        if failure.exc_value is not None and self._is_new(describe(failure.exc_value)):
            note_fault(self._home, failure.exc_value, SystemClock().now())

    @Slot(str)
    def _show(self, description: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            return  # one fault often brings others; all of them are in the log
        try:
            self._dialog = CrashDialog(description, QApplication.activeWindow())
            self._dialog.open()
        except Exception as error:  # noqa: BLE001  # or its own fault would bring the next dialog, for ever
            note_description(self._home, describe(error), SystemClock().now())


class CrashDialog(QDialog):
    """Says what happened, what is safe and what to do, with the details to copy."""

    def __init__(self, description: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._description = description
        self.setWindowTitle(_("Something went wrong"))
        heading = QLabel(_("Something went wrong in the program"))
        heading.setProperty("role", "heading")
        details = QPlainTextEdit(description)
        details.setReadOnly(True)
        details.setAccessibleName(_("Details for the maintainer"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(_("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_LARGE, GAP_LARGE, GAP_LARGE, GAP_LARGE)
        layout.setSpacing(GAP)
        for widget in (heading, WrappingLabel(text=_(SAFE)), WrappingLabel(text=_(NEXT)), details, buttons):
            layout.addWidget(widget)
        self.resize(640, 420)

    def _copy(self) -> None:
        copy_what_names_nobody(self._description)
