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
        milliseconds: how long a moment is.
    """

    def __init__(self, act: Callable[[], object], parent: QObject, milliseconds: int = REST_MILLISECONDS) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(milliseconds)
        self.timeout.connect(act)
