"""Watches a start: how often none came to its first page, and from then on every fault of the program."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tlbb_desktop.services.start_record import OFFERED_AFTER, StartRecord

if TYPE_CHECKING:
    from tlbb_desktop.qt.crash import CrashReporter
    from tlbb_desktop.services.home import Home


class StartWatch(QObject):
    """One for the program.

    Args:
        home: whose window starts.
        parent: the program.

    Signals:
        troubled: a TlbbError that a page forgot to take.
    """

    troubled = Signal(object)

    def __init__(self, home: Home, parent: QObject) -> None:
        super().__init__(parent)
        self._home, self._record = home, StartRecord(home)
        self._reporter: CrashReporter | None = None

    def begin(self) -> bool:
        """The start begins; tells whether safe mode shall be offered, as those before it did not get far."""
        return self._record.begin() >= OFFERED_AFTER

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

        if self._reporter is None:
            self._reporter = CrashReporter(self._home, self)
            self._reporter.install()
            self._reporter.watch_native_crashes()
            self._reporter.troubled.connect(self.troubled)

    def report(self, error: Exception) -> None:
        """Log *error* and tell it; a TlbbError goes to ``troubled``."""
        self.catch_faults()
        if self._reporter is not None:
            self._reporter.report(error)

    def say_beside(self, sentence: str) -> None:
        """Tell *sentence* in a box, so that the page in the window stays."""
        self.catch_faults()
        if self._reporter is not None:
            self._reporter.say_beside(sentence)

    def end(self) -> None:
        """The program ends as it should."""
        if self._reporter is not None:
            self._reporter.ended_well()


def shift_is_held() -> bool:
    """Whether somebody holds Shift; asked after the first paint, as Qt's names of keys cost time before it."""
    from PySide6.QtCore import Qt

    return bool(QApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
