"""When the program itself fails: the log first, then a calm dialog. Neither holds personal data."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP, GAP_LARGE
from tlbb_desktop.qt.wrapping_label import WrappingLabel

log = logging.getLogger(__name__)

LOG_FILE = "tlbb.log"
LOG_BYTES = 512 * 1024
OLD_LOGS = 3
PACKAGE = "tlbb_desktop"


def open_log(folder: Path) -> None:
    """Write the program's log to *folder*, at most 2 MB of it."""
    from logging.handlers import RotatingFileHandler

    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / LOG_FILE, maxBytes=LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger(PACKAGE)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def describe(error: BaseException) -> str:
    """Return where *error* came from: kinds of exceptions, files, lines and functions.

    Messages and values are left out, as they may quote what was typed.
    """
    import platform

    lines = [f"TLBB Desktop · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"]
    for each in _chain(error):
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__)
        ]
    return "\n".join(lines)


class CrashReporter(QObject):
    """Takes every exception that nobody caught, in any thread.

    Signals:
        troubled: a TlbbError that a page forgot to take; the window explains it in its banner.
    """

    troubled = Signal(object)
    _failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialog: CrashDialog | None = None
        self._failed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the program's exception hook, in the main thread and in all others."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def report(self, error: BaseException) -> None:
        """Log *error*, then tell the person, from whatever thread."""
        if isinstance(error, TlbbError):
            self.troubled.emit(error)
            return
        description = describe(error)
        log.critical("%s", description)
        self._failed.emit(description)

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.report(error.with_traceback(trace))

    def _take_from_thread(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            self.report(failure.exc_value)

    @Slot(str)
    def _show(self, description: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            return  # one fault often brings others; all of them are in the log
        self._dialog = CrashDialog(description, QApplication.activeWindow())
        self._dialog.open()


class CrashDialog(QDialog):
    """Says what happened, what is safe and what to do, with the details to copy."""

    def __init__(self, description: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._description = description
        self.setWindowTitle(_("Something went wrong"))
        heading = QLabel(_("Something went wrong in the program"))
        heading.setProperty("role", "heading")
        advice = WrappingLabel(
            text=_(
                "Everything saved before is safe. You can go on working. If it happens again, close the program and "
                "start it anew, and send the text below to the person who looks after the program. "
                "It names nobody."
            )
        )
        details = QPlainTextEdit(description)
        details.setReadOnly(True)
        details.setAccessibleName(_("Details for the maintainer"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(_("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_LARGE, GAP_LARGE, GAP_LARGE, GAP_LARGE)
        layout.setSpacing(GAP)
        for widget in (heading, advice, details, buttons):
            layout.addWidget(widget)
        self.resize(640, 420)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._description)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or each.__context__


def _short(filename: str) -> str:
    """Return the path from our package on, or the bare file name; folders can bear a person's name."""
    parts = Path(filename).parts
    return "/".join(parts[parts.index(PACKAGE) :]) if PACKAGE in parts else parts[-1]
