"""The one window: first the gate (login, first run), then the workplace, and the cover over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from tlbb_desktop.overriding import override

if TYPE_CHECKING:
    from tlbb_desktop.widgets.cover import Cover

SMALL_SCREEN_PIXELS = 1500
TITLE = "TLBB Desktop"  # the same in every language, and no person's name beside it


class MainWindow(QMainWindow):
    """Holds what the program shows; knows no service.

    Signals:
        painted: the first frame is on the screen.
        closing: the person closes the window.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(1280, 720)
        self._cover: Cover | None = None
        self._was_painted = False

    def show_inside(self, content: QWidget) -> None:
        """Show *content* instead of what is there; what was there is let go."""
        self.setCentralWidget(content)
        content.setFocus()

    def show_at(self, place: str) -> None:
        """Show the window where it stood, as :meth:`place` told, or where the screen has room for it."""
        if place and self.restoreGeometry(QByteArray.fromHex(place.encode())):
            self.show()
        elif QApplication.primaryScreen().availableSize().width() < SMALL_SCREEN_PIXELS:
            self.showMaximized()
        else:
            self.show()

    def place(self) -> str:
        """Where the window stands, as Qt writes it, in hexadecimal."""
        return bytes(self.saveGeometry().toHex().data()).decode()

    @property
    def content(self) -> QWidget | None:
        """What is shown."""
        return self.centralWidget()

    def cover(self) -> None:
        """Hide everything behind an opaque page, painted before this returns."""
        from tlbb_desktop.widgets.cover import Cover

        self._cover = self._cover or Cover(self)
        self._cover.hide_everything()

    @property
    def covered(self) -> bool:
        """Whether the cover lies over the window."""
        return self._cover is not None and self._cover.isVisible()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cover is not None:
            self._cover.setGeometry(self.rect())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
