"""What may wait until the keys rest, so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

REST_MILLISECONDS = 80


class AtRest(QTimer):
    """Carries an act out once nobody has asked for it for a moment.

    Args:
        act: what is carried out.
        parent: owns the wait; with it the act is forgotten.
    """

    def __init__(self, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(REST_MILLISECONDS)
        self.timeout.connect(act)
