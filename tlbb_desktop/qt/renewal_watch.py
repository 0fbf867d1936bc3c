"""Notices that the system has put another version of the program in its place, while a window of it is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from tlbb_desktop.bundle.soundness import ProgramFiles

LOOK_MILLISECONDS = 10_000
AGAIN_MILLISECONDS = 300_000


class RenewalWatch(QObject):
    """Looks now and then; a person who works on is told again after five minutes.

    Only what two looks see is told: while a package is unpacked, whoever locked would meet files of both versions.

    Args:
        files: of the program that runs.
        parent: what it lives with.

    Signals:
        renewed: a ProgramRenewed to explain, or a ProgramRemoved.
    """

    renewed = Signal(object)

    def __init__(self, files: ProgramFiles, parent: QObject) -> None:
        super().__init__(parent)
        self._files, self._seen = files, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MILLISECONDS)

    def look(self) -> None:
        """Tell where the files are others, and were so at the last look."""
        renewal = self._files.renewal()
        before, self._seen = self._seen, renewal is not None
        if renewal is not None and before:
            self._timer.start(AGAIN_MILLISECONDS)
            self.renewed.emit(renewal)
