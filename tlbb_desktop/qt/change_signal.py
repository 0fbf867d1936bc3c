"""Tell every screen what has changed; each decides whether to repaint."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeSignal(QObject):
    """The one place where a finished command is announced.

    Signals:
        changed: the kind of record (``person``, ``class``, ``mark``…) and a frozenset of ids; empty means many.
    """

    changed = Signal(str, object)

    def publish(self, kind: str, ids: frozenset[int] = frozenset()) -> None:
        """Announce that the records *ids* of *kind* are different from what screens may show."""
        self.changed.emit(kind, ids)
