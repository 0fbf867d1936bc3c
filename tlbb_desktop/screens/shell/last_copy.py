"""The copy that is made when somebody leaves: in a thread of its own, beside a window that is covered or gone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.services.fault_log import note_fault
from tlbb_desktop.wiring import Desk

#: After so long the process ends with its keys, whatever is left to copy; the next lock or morning makes it.
MOST_SECONDS: Final = 120


class LastCopy(QObject):
    """Copies what was entered since the last copy, without keeping anybody waiting.

    Args:
        desk: whose record is copied.
        parent: what it lives with.
    """

    _done = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._thread = Thread(target=self._make, name="last copy", daemon=True)
        self._until = 0.0
        self.wanted = True

    @property
    def begun(self) -> bool:
        """Whether it is being made, or was."""
        return self._thread.ident is not None

    def begin_before(self, ended: Callable[[], object]) -> None:
        """Begin, and call *ended* when it is made, or could not be, or takes too long."""
        self._done.connect(ended, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(MOST_SECONDS * 1000, ended)
        self._begin()

    def finish(self) -> None:
        """Make it now unless it is made; a process that takes too long ends here, and what is half copied has no name.

        Called once the window is gone.
        """
        if not self.begun:
            self._begin()
        self._thread.join(max(0.0, self._until - time.monotonic()))
        if self._thread.is_alive():
            os._exit(0)

    def _begin(self) -> None:
        self._until = time.monotonic() + MOST_SECONDS
        self._thread.start()

    def _make(self) -> None:
        try:
            if self.wanted:
                self._desk.copies.make()
        except TlbbError:
            pass  # what did not work is written down for Today where that is possible
        except Exception as error:  # noqa: BLE001  # nobody is left who could be told
            note_fault(self._desk.home, error, SystemClock().now())
        self._done.emit()
