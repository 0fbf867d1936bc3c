"""The application of Qt, before there is any window."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from tlbb_desktop.main_window import TITLE
from tlbb_desktop.qt.fonts import loading_fonts
from tlbb_desktop.qt.stylesheet import STYLE_ARGUMENTS
from tlbb_desktop.qt.translator import install_translator


def make_application() -> QApplication:
    """The application with our words and fonts, before there is any window."""
    QApplication.setApplicationName("tlbb-desktop")
    QApplication.setApplicationDisplayName(TITLE)
    app = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    install_translator(app)
    with loading_fonts(app):
        import tlbb_desktop.screens.login.screen  # noqa: F401  # the page that is mostly shown first
    return app
