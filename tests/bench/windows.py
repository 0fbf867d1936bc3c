"""A window of the program's size, and waiting until something in it has been painted."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

WIDTH, HEIGHT = 1366, 768


def application() -> QApplication:
    """The application with our words, fonts and light theme; without a screen it paints into memory."""
    use_memory_without_a_screen(os.environ)
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    from tlbb_desktop.application import make_application
    from tlbb_desktop.qt.theme import apply_theme
    from tlbb_desktop.qt.translator import switch_language

    app = make_application()
    apply_theme(app, "light")
    switch_language(app, "km")
    return app


def use_memory_without_a_screen(environment: os._Environ[str] | dict[str, str]) -> None:
    """Let Qt paint into memory where there is no screen."""
    if sys.platform == "linux" and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"


class Frame(QMainWindow):
    """The window; what is shown in it takes the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(WIDTH, HEIGHT)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(QWidget())
        self.setCentralWidget(self._stack)
        self.show()
        wait_for_paint(self._stack)

    def put(self, content: QWidget) -> None:
        """Show *content*."""
        if self._stack.indexOf(content) < 0:
            self._stack.addWidget(content)
        self._stack.setCurrentWidget(content)

    def clear(self) -> None:
        """Show nothing again, painted."""
        self._stack.setCurrentIndex(0)
        wait_for_paint(self._stack)

    def drop(self, content: QWidget) -> None:
        """Let go of *content*."""
        self._stack.removeWidget(content)
        content.deleteLater()


class PaintWatch(QObject):
    """Notices when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._painted = False
        self._widget = widget

    def wait(self) -> None:
        """Let Qt work until the widget has been painted since the watch began; then the frame is on the screen."""
        while not self._painted:
            QApplication.processEvents()
        self._widget.removeEventFilter(self)
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._painted = self._painted or event.type() == QEvent.Type.Paint
        return False


def watch(widget: QWidget) -> PaintWatch:
    """Notice the next time that *widget* (the viewport of a view) is painted."""
    found = PaintWatch(widget)
    widget.installEventFilter(found)
    return found


def wait_for_paint(widget: QWidget) -> None:
    """Paint *widget* anew."""
    painted = watch(widget)
    widget.update()
    painted.wait()
