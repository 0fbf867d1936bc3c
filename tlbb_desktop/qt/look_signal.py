"""Tells the widgets of the first page of another language or look.

They listen here instead of overriding ``changeEvent``: the first event that Qt hands to Python as a ``QEvent`` makes
PySide6 load the types of all events, and the first paint would wait 4 ms for it.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal


class LookSignal(QObject):
    """Says what has changed for everything on the screen.

    Signals:
        language_changed: words are to be said again.
        theme_changed: colours or the text size are others.
    """

    language_changed = Signal()
    theme_changed = Signal()


@cache
def look_signal() -> LookSignal:
    """Return the one of the application."""
    return LookSignal()
