"""What only the window knows of itself, for a diagnosis: numbers and names of Qt's own parts."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication

from tlbb_desktop.i18n import catalog
from tlbb_desktop.qt.theme import current_scale, current_theme


def window_facts() -> dict[str, object]:
    """Qt's version and way to the screen, the screens' sizes, and the look; asked in the window's own thread."""
    screens = [
        {
            "width": screen.size().width(),
            "height": screen.size().height(),
            "pixel_ratio": screen.devicePixelRatio(),
            "dots_per_inch": round(screen.logicalDotsPerInch()),
        }
        for screen in QGuiApplication.screens()
    ]
    return {
        "qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "style": QApplication.style().metaObject().className(),
        "font": QFontInfo(QApplication.font()).family(),
        "screens": screens,
        "language": catalog.language(),
        "theme": current_theme().name,
        "scale": current_scale(),
    }
