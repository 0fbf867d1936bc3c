"""Qt ends the process itself when it finds no way to the screen; before that one sentence says so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.window_memory import read_memory

FAILED = 1
NO_WAY_TO_SCREEN = N_(
    "The window cannot be opened, because Qt finds no way to this screen. What was saved is safe."
    " Install the program anew. The commands work without a window: tlbb-desktop --help"
)


@contextmanager
def say_no_way_to_screen(home: Home, language: str) -> Iterator[None]:
    """While the application is made, let a fatal message of Qt become a sentence, a line in the log and exit code 1.

    Qt's own words name folders, so they are not handed on.

    Args:
        home: whose log is written.
        language: of the sentence; ``""`` = as the home's window speaks.
    """

    def take(kind: QtMsgType, _place: QMessageLogContext, words: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            try:
                _tell(home, language)
            finally:
                os._exit(FAILED)  # Qt would abort, with a dump of the memory where the system makes one
        elif before is not None:
            before(kind, _place, words)
        elif sys.stderr is not None:
            sys.stderr.write(f"{words}\n")

    before: Callable[[QtMsgType, QMessageLogContext, str], object] | None
    before = qInstallMessageHandler(take)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _tell(home: Home, language: str) -> None:
    from tlbb_desktop.domain.clock import SystemClock
    from tlbb_desktop.services.fault_log import note_description
    from tlbb_desktop.services.plain_words import say_without_window

    note_description(home, "qt.no_way_to_screen", SystemClock().now())
    catalog.activate(language or read_memory(home).language)
    say_without_window(_(NO_WAY_TO_SCREEN))
