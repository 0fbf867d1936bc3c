"""The one window: first the gate (login, first run), then the workplace, and the cover over both."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.overriding import override

if TYPE_CHECKING:
    from tlbb_desktop.widgets.cover import Cover

SMALL_SCREEN_PIXELS = 1500
CLOSE_POLL_MILLISECONDS: Final = 100
#: So long a closed window stays to show that something is still being written; then it goes, and that is broken off.
LONGEST_STAY_SECONDS = 120.0
STILL_WRITING = N_(
    "Something is still being written. The window closes by itself as soon as that is done."
    " To stop it where that is possible, close the window once more."
)
TITLE = "TLBB Desktop"  # the same in every language, and no person's name beside it


class MainWindow(QMainWindow):
    """Holds what the program shows; knows no service.

    Attributes:
        is_writing: tells whether something is being written that the window has to stay for.

    Signals:
        painted: the first frame is on the screen.
        closing: the person closes the window.
        insisted: the person closes it once more, while it stays for what is being written.
    """

    painted = Signal()
    closing = Signal()
    insisted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(1280, 720)
        self._cover: Cover | None = None
        self._was_painted = False
        self._gone_by: float | None = None
        self.is_writing: Callable[[], bool] = lambda: False

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

    def cover(self, words: str = N_("Locked")) -> None:
        """Hide everything behind an opaque page with *words*, painted before this returns."""
        from tlbb_desktop.widgets.cover import Cover

        self._cover = self._cover or Cover(self)
        self._cover.hide_everything(words)

    def begin_to_leave(self) -> None:
        """From now on what is being written has LONGEST_STAY_SECONDS to come to its end."""
        self._gone_by = time.monotonic() + LONGEST_STAY_SECONDS

    @property
    def seconds_left(self) -> float:
        """How long what is being written may still take; 0 where nobody leaves."""
        return 0.0 if self._gone_by is None else self._gone_by - time.monotonic()

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
        if self._gone_by is None:
            self.begin_to_leave()
            self.closing.emit()
        elif self._stays():
            self.insisted.emit()
        if not self._stays():
            super().closeEvent(event)
            return
        event.ignore()
        if not self.covered:
            self.cover(STILL_WRITING)
            QTimer.singleShot(CLOSE_POLL_MILLISECONDS, self, self._close_when_written)

    def _stays(self) -> bool:
        return self.is_writing() and self.seconds_left > 0

    def _close_when_written(self) -> None:
        if self._stays():
            QTimer.singleShot(CLOSE_POLL_MILLISECONDS, self, self._close_when_written)
        else:
            self.insisted.emit()  # what is still at work has had its time
            self.close()
