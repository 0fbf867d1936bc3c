"""Whether the files of the program that runs are as they were made, and go on to be those that it was started from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tlbb_desktop.bundle import soundness
from tlbb_desktop.domain.errors import ProgramDamaged, TlbbError
from tlbb_desktop.qt.renewal_watch import RenewalWatch
from tlbb_desktop.qt.tasks import TaskRunner

Told = Callable[[TlbbError], object]


class ProgramWatch(QObject):
    """Looks through the files once, beside other work, and from then on whether others take their place.

    Args:
        tasks: the queue of background work.
        parent: what it lives with.

    Signals:
        damaged: a ProgramDamaged; the program must stay shut.
        renewed: a ProgramRenewed to explain.
    """

    damaged = Signal(object)
    renewed = Signal(object)

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        files = soundness.PROGRAM
        files.begin()
        RenewalWatch(files, self).renewed.connect(self.renewed)
        tasks.submit(lambda _progress: files.require_sound(), self, lambda _none: None, self._failed)

    def tell(self, damaged: Told, renewed: Told) -> None:
        """Call *damaged* and *renewed* with what there is to explain."""
        self.damaged.connect(damaged)
        self.renewed.connect(renewed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ProgramDamaged):
            raise error
        self.damaged.emit(error)
