"""Notices that nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

DEFAULT_MINUTES = 5
LEAST_MINUTES, MOST_MINUTES = 2, 15
SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Counts from the last sign of life.

    Args:
        minutes: 2 to 15; anything else is brought into these bounds.
        parent: what it lives with.

    Signals:
        idle: the time is over.
    """

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Count anew, up to *minutes*."""
        self._timer.start(max(LEAST_MINUTES, min(MOST_MINUTES, minutes)) * 60_000)

    @property
    def minutes(self) -> int:
        """After how many minutes it tells."""
        return self._timer.interval() // 60_000

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE:
            self._timer.start()
        return False
