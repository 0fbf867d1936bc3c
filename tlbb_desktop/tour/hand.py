"""A hand at keyboard and mouse: its events take the way of real ones, through the window system's queue of Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_

Modifier = Qt.KeyboardModifier
CONTROL = Modifier.ControlModifier
PATIENCE_SECONDS = 30.0
BREATH_MILLISECONDS = 30

W = TypeVar("W", bound=QWidget)


class Hand:
    """Presses keys and clicks; looks only at what a person can see.

    Args:
        window: the program's window.
        folder: where photographs of the window go.
    """

    def __init__(self, window: QWidget, folder: Path) -> None:
        self.window = window
        self._folder = folder
        self.pictures: list[Path] = []

    def key(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press keys one after the other."""
        for key in keys:
            QTest.keyClick(self._front().windowHandle(), key, modifiers)
            self.breathe()

    def type(self, text: str) -> None:
        """Type *text* where the cursor is; letters without a key of their own (Khmer) are sent as they are."""
        for letter in text:
            target = QApplication.focusWidget() or self._front()
            QTest.keyClicks(target, letter)
        self.breathe()

    def click(self, widget: QWidget) -> None:
        """Click the middle of *widget*."""
        self.wait_for(lambda: widget.isVisible() and widget.isEnabled(), f"click {widget.objectName()}")
        middle = widget.rect().center()
        point = widget.window().mapFromGlobal(widget.mapToGlobal(QPoint(middle.x(), middle.y())))
        QTest.mouseClick(widget.window().windowHandle(), Qt.MouseButton.LeftButton, Modifier.NoModifier, point)
        self.breathe()

    def click_button(self, text: str) -> None:
        """Click the visible button whose words begin with *text*."""
        self.click(self.find(QAbstractButton, lambda button: button.text().replace("&", "").startswith(text)))

    def find(self, kind: type[W], fits: Callable[[W], bool] = lambda _widget: True) -> W:
        """The first visible widget of *kind* that *fits*, waited for."""
        found: list[W] = []

        def seen() -> bool:
            found[:] = [each for each in self._front().findChildren(kind) if each.isVisible() and fits(each)]
            return bool(found)

        self.wait_for(seen, f"see {kind.__name__}")
        return found[0]

    def named(self, name: str) -> QWidget:
        """The visible widget with an object name, waited for."""
        return self.find(QWidget, lambda widget: widget.objectName() == name)

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program work until *condition* holds.

        Raises:
            Refused: it did not come about; the message names *what*.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise Refused(N_("The tour waited in vain for: {what}"), what=what)
            self.breathe()

    def photograph(self, name: str) -> Path:
        """Leave a picture of the window as ``<number>-<name>.png``."""
        QTest.qWait(250)
        path = self._folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        self.window.grab().save(str(path))
        self.pictures.append(path)
        return path

    def breathe(self) -> None:
        """Let the program handle what has arrived."""
        QTest.qWait(BREATH_MILLISECONDS)

    def _front(self) -> QWidget:
        return QApplication.activeModalWidget() or self.window
