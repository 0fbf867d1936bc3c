"""A hand at keyboard and mouse: its events take the way of real ones, through the window system's queue of Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.i18n.marks import N_

Modifier = Qt.KeyboardModifier
PLAIN = Modifier.NoModifier
CONTROL = Modifier.ControlModifier
PATIENCE_SECONDS = 30.0
BREATH_MILLISECONDS = 25
#: How long a picture waits for the program to rest, and how many breaths it must have rested.
REST_SECONDS = 5.0
CALM_BREATHS = 2
#: Less compression: half of the time for a tenth more room.
FAST_PNG = 80

W = TypeVar("W", bound=QWidget)


class Hand:
    """Presses keys and clicks; looks only at what a person can see.

    Args:
        folder: where photographs of the window go.

    Attributes:
        window: the window that it works at.
        pictures: what was photographed so far.
        watch: called again and again while the hand waits; raises when there is no use in going on.
        at_work: tells whether the program is about to show something else by itself.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.window: QWidget | None = None
        self.pictures: list[Path] = []
        self.watch: Callable[[], None] = lambda: None
        self.at_work: Callable[[], bool] = lambda: False

    # keyboard ------------------------------------------------------------------------------------------------------

    def key(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press keys one after the other."""
        for key in keys:
            QTest.keyClick(self._target(), key, modifiers)
            self.breathe()

    def write(self, text: str) -> None:
        """Type *text* where the cursor is."""
        for letter in text:
            key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            QTest.sendKeyEvent(QTest.KeyAction.Click, self._target(), key, letter, PLAIN)
        self.breathe()

    def fill(self, field: QLineEdit, text: str) -> None:
        """Click *field* and type *text* in place of what stands there."""
        self.click(field)
        self.key(Qt.Key.Key_A, modifiers=CONTROL)
        self.write(text)

    def reach(self, widget: QWidget) -> None:
        """Put the cursor on *widget*, as the Tab key does in the end."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.breathe()

    def pick(self, box: QComboBox, value: object) -> None:
        """Walk with the arrow keys to the entry of *box* that stands for *value*."""
        self.reach(box)
        rows = box.findData(value) - box.currentIndex()
        self.key(*[Qt.Key.Key_Down if rows > 0 else Qt.Key.Key_Up] * abs(rows))
        self.wait_for(lambda: box.currentData() == value, f"{box.objectName()}: {value}")

    def go_to_line(self, table: QTableView, words: str) -> None:
        """Walk down *table* from its top to the line that holds *words*."""
        self.reach(table)
        self.key(Qt.Key.Key_Home, modifiers=CONTROL)
        lines = table.model().rowCount()
        while not self.is_at(table, words) and table.currentIndex().row() + 1 < lines:
            self.key(Qt.Key.Key_Down)
        self.wait_for(lambda: self.is_at(table, words), words)

    @staticmethod
    def is_at(table: QTableView, words: str) -> bool:
        """Whether the current line of *table* holds *words*."""
        row, model = table.currentIndex().row(), table.model()
        return any(words in str(model.index(row, column).data()) for column in range(model.columnCount()))

    # mouse ---------------------------------------------------------------------------------------------------------

    def click(self, widget: QWidget) -> None:
        """Click the middle of *widget*, after scrolling to it."""
        self.wait_for(lambda: widget.isVisible() and widget.isEnabled(), f"click {_described(widget)}")
        _scroll_to(widget)
        self.breathe()
        point = widget.window().mapFromGlobal(widget.mapToGlobal(widget.rect().center()))
        QTest.mouseClick(_handle(widget), Qt.MouseButton.LeftButton, PLAIN, point)
        self.breathe()

    def press(self, words: str) -> None:
        """Click the visible button with these words."""
        self.click(self.find(QPushButton, lambda button: button.text().replace("&", "").strip() == words, words))

    def choose_file(self, button: QWidget, path: Path, picture: str = "") -> None:
        """Click *button*, type *path* into the file dialog that it opens and accept.

        Args:
            button: opens the dialog, which then holds the program until it is answered.
            path: a file or folder.
            picture: name of a photograph of the dialog, if there is to be one.
        """
        troubles: list[TlbbError] = []
        asked = QTimer()

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                asked.stop()
                try:
                    self._answer(dialog, path, picture)
                except TlbbError as error:
                    troubles.append(error)
                    dialog.reject()

        asked.timeout.connect(answer)
        asked.start(BREATH_MILLISECONDS)
        self.click(button)
        self.wait_for(lambda: not asked.isActive(), "file dialog")
        if troubles:
            raise troubles[0]

    def _answer(self, dialog: QFileDialog, path: Path, picture: str) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        if not isinstance(field, QLineEdit):
            raise Refused(N_("The tour waited in vain for: {what}"), what="fileNameEdit")
        self.fill(field, str(path))
        if picture:
            self.photograph(picture)
        self.key(Qt.Key.Key_Return)
        self.wait_for(lambda: not dialog.isVisible(), f"answer {path.name}")

    # eyes ----------------------------------------------------------------------------------------------------------

    def find(self, kind: type[W], fits: Callable[[W], bool] = lambda _widget: True, what: str = "") -> W:
        """The first visible widget of *kind* that *fits*, waited for."""
        found: list[W] = []

        def seen() -> bool:
            found[:] = [each for each in self._front().findChildren(kind) if each.isVisible() and fits(each)]
            return bool(found)

        self.wait_for(seen, what or kind.__name__)
        return found[0]

    def named(self, kind: type[W], name: str) -> W:
        """The visible widget of *kind* with an object name, waited for."""
        return self.find(kind, lambda widget: widget.objectName() == name, name)

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program work until *condition* holds.

        Raises:
            Refused: it did not come about; the message names *what*.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            self.watch()
            if time.monotonic() > end:
                raise Refused(N_("The tour waited in vain for: {what}"), what=what)
            self.breathe()

    def photograph(self, name: str) -> None:
        """Leave a picture of the window, and of a dialog over it, as ``<number>-<name>.png``.

        It is taken once the program rests; what works for long is photographed at work.
        """
        self.let_rest()
        if self.window is None:
            return
        picture = self.window.grab()
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            painter = QPainter(picture)
            corner = self.window.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0)))
            painter.drawPixmap(corner, dialog.grab())
            painter.drawRect(QRect(corner, dialog.size()))  # instead of the frame that the window manager draws
            painter.end()
        path = self._folder / f"{len(self.pictures) + 1:03d}-{name}.png"
        picture.save(str(path), quality=FAST_PNG)
        self.pictures.append(path)

    def let_rest(self) -> None:
        """Wait until the program shows all that it is about to show by itself, but no longer than a while."""
        end = time.monotonic() + REST_SECONDS
        self.breathe()
        calm = 0
        while calm < CALM_BREATHS and time.monotonic() < end:
            calm = 0 if self.at_work() else calm + 1
            self.breathe()

    def breathe(self) -> None:
        """Let the program handle what has arrived."""
        loop = QEventLoop()  # QTest.qWait would hold up the threads in the background
        QTimer.singleShot(BREATH_MILLISECONDS, loop.quit)
        loop.exec()
        self.watch()

    def _front(self) -> QWidget:
        front = QApplication.activeModalWidget() or self.window
        if front is None:
            raise Refused(N_("The tour waited in vain for: {what}"), what="window")
        return front

    def _target(self) -> QWindow:
        return _handle(self._front())


def _handle(widget: QWidget) -> QWindow:
    handle = widget.window().windowHandle()
    if handle is None:
        raise Refused(N_("The tour waited in vain for: {what}"), what=_described(widget))
    return handle


def _scroll_to(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def _described(widget: QWidget) -> str:
    return widget.objectName() or widget.accessibleName() or type(widget).__name__
