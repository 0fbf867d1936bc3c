"""Watches a start: how often none came to its first page, and from then on every fault of the program."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tlbb_desktop.services.native_crash import WINDOW, NativeLog
from tlbb_desktop.services.start_record import OFFERED_AFTER, SafeModeReason, StartRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from tlbb_desktop.domain.errors import TlbbError
    from tlbb_desktop.qt.crash import CrashReporter
    from tlbb_desktop.services.home import Home


class StartWatch(QObject):
    """One for the program.

    Args:
        home: whose window starts.
        parent: the program.
        native: where crashes of this process are written down, if that has begun.

    Signals:
        troubled: a TlbbError that a page forgot to take.
    """

    troubled = Signal(object)

    def __init__(self, home: Home, parent: QObject, native: NativeLog | None = None) -> None:
        super().__init__(parent)
        self._native = native or NativeLog(home, WINDOW)
        self._home, self._record = home, StartRecord(home)
        self._reporter: CrashReporter | None = None

    def begin(self) -> SafeModeReason | None:
        """The start begins; tells why safe mode shall be offered, if those before it did not go well."""
        self.note_native_crashes()
        failed, crashed = self._record.begin(), self._record.crashes()
        if crashed >= OFFERED_AFTER:
            return SafeModeReason.CRASHED
        return SafeModeReason.NOT_STARTED if failed >= OFFERED_AFTER else None

    def note_native_crashes(self) -> None:
        """Let a crash of this process be written down; asked again once there is a home that takes it."""
        self._native.begin()

    def first_page_stands(self) -> None:
        """Count this start as one that got there."""
        self._seconds = time.process_time()
        self._record.painted()

    def keep_facts(self, *, safe_mode: bool) -> None:
        """Keep what the start was like, for a diagnosis."""
        self._record.keep({"processor_seconds": round(self._seconds, 3), "safe": int(safe_mode)})

    def catch_faults(self) -> None:
        """From now on every fault of the program is logged and told."""
        from tlbb_desktop.qt.crash import CrashReporter
        from tlbb_desktop.services.fault_log import take_in_native_crashes

        if self._reporter is None:
            self._reporter = CrashReporter(self._home, self)
            self._reporter.install()
            take_in_native_crashes(self._home)
            self._reporter.troubled.connect(self.troubled)

    def report(self, error: Exception) -> None:
        """Log *error* and tell it; a TlbbError goes to ``troubled``."""
        self.catch_faults()
        if self._reporter is not None:
            self._reporter.report(error)

    def say_beside(self, error: TlbbError) -> None:
        """Explain *error* in a box, so that the page in the window stays."""
        from tlbb_desktop.i18n.sentences import explain

        self.catch_faults()
        if self._reporter is not None:
            self._reporter.say_beside(explain(error))

    def do_each(self, *steps: Callable[[], object]) -> None:
        """Do all of them, whichever fails; in a program that was renewed a part may be missing."""
        for step in steps:
            try:
                step()
            except Exception as error:  # noqa: BLE001  # a lock waits for nobody
                from tlbb_desktop.domain.clock import SystemClock
                from tlbb_desktop.services.fault_log import note_fault

                note_fault(self._home, error, SystemClock().now())

    def worked(self) -> None:
        """Somebody worked here and leaves: crashes of before are no row any more."""
        self._record.worked()

    def end(self) -> None:
        """The program ends as it should."""
        self._native.end()


def shift_is_held() -> bool:
    """Whether somebody holds Shift; asked after the first paint, as Qt's names of keys cost time before it."""
    from PySide6.QtCore import Qt

    return bool(QApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
