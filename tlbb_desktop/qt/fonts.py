"""The fonts that come with the program, loaded before the first paint.

Both are declared tall enough for Khmer (see installer/patch_fonts.py), so no widget cuts a subscript.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

FONTS = Path(__file__).resolve().parents[1] / "assets" / "fonts"
BODY_FAMILY = "TLBB Khmer"
HEADING_FAMILY = "Moul"
BODY_POINTS = 10.5
BODY_FILES = ("TLBBKhmer-Regular.ttf", "TLBBKhmer-Bold.ttf")
HEADING_FILE = "Moul-Regular.ttf"


class FontMissing(RuntimeError):
    """A font file of the package is absent or damaged: the installation is broken."""


def use_fonts(app: QApplication, scale: float = 1.0) -> None:
    """Load our Khmer and Latin face and make it the application's font.

    Args:
        app: the application.
        scale: 1.0 to 2.0, the reader's text size.

    Raises:
        FontMissing: the package lacks its fonts.
    """
    _load_body()
    app.setFont(body_font(scale))


@contextmanager
def loading_fonts(app: QApplication) -> Iterator[None]:
    """Do as :func:`use_fonts` does, while what stands inside is done: Qt looks at the system's fonts without Python.

    Raises:
        FontMissing: the package lacks its fonts.
    """
    faults: list[Exception] = []
    thread = Thread(target=_load_beside, args=(faults,), name="fonts")
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if faults:
        raise faults[0]
    app.setFont(body_font())


def _load_beside(faults: list[Exception]) -> None:
    try:
        _load_body()
    except FontMissing as fault:
        faults.append(fault)


def _load_body() -> None:
    for name in BODY_FILES:
        _load(name)


def body_font(scale: float = 1.0) -> QFont:
    """Return the face of all running text."""
    font = QFont(BODY_FAMILY)
    font.setPointSizeF(BODY_POINTS * scale)
    font.setStyleStrategy(QFont.StyleStrategy.PreferMatch)
    return font


def heading_font(points: float) -> QFont:
    """Return the Khmer title face (Moul), loading it at its first use."""
    _load(HEADING_FILE)
    font = QFont(HEADING_FAMILY)
    font.setPointSizeF(points)
    return font


@cache
def _load(name: str) -> None:
    if QFontDatabase.addApplicationFont(str(FONTS / name)) < 0:
        raise FontMissing(name)
