"""What was copied in the window leaves the clipboard with whoever copied it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

_NAMES_NOBODY = "application/x-tlbb-names-nobody"


def copy_what_names_nobody(text: str) -> None:
    """Put *text* on the clipboard; :func:`forget_copied` leaves it there, as it is meant for another program."""
    content = QMimeData()
    content.setText(text)
    content.setData(_NAMES_NOBODY, b"1")
    QGuiApplication.clipboard().setMimeData(content)


def forget_copied() -> None:
    """Empty the clipboard, and what is marked with the mouse, of what this program put there; all else stays."""
    clipboard = QGuiApplication.clipboard()
    without_others = QGuiApplication.platformName() == "offscreen"
    content = clipboard.mimeData()
    if (clipboard.ownsClipboard() or without_others) and not (content and content.hasFormat(_NAMES_NOBODY)):
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
