"""The strip under a grid: what its keys do, and the history of the cell under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from tlbb_desktop.qt.at_rest import AtRest
from tlbb_desktop.widgets.flow_layout import FlowLayout


class Legend(QFrame):
    """The keys and what they do, on as many lines as the text size needs; a click presses the key.

    Signals:
        pressed: what stands on the key's cap.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = FlowLayout(self, spacing=4)
        self._keys: list[tuple[str, str]] = []

    def show_keys(self, keys: list[tuple[str, str]]) -> None:
        """Show (key, words) pairs."""
        if keys == self._keys:
            return
        self._keys = keys
        while (item := self._line.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, words in keys:
            if not key:
                self._line.addWidget(QLabel(words, self))
                continue
            button = QPushButton(f"{key}  {words}", self)
            button.setProperty("role", "key")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in the grid
            button.clicked.connect(partial(self.pressed.emit, key))
            self._line.addWidget(button)


class StoryLine(QObject):
    """The history of the cell under the cursor. It is read when the cursor rests, so that no key waits for it.

    Args:
        label: shows the newest line, and all of them as its tip.
        read: gives both.
    """

    def __init__(self, label: QLabel, read: Callable[[], tuple[str, str]]) -> None:
        super().__init__(label)
        self._label, self._read = label, read
        self._rest = AtRest(self._show, self)

    def follow(self) -> None:
        """The cursor or its cell has changed."""
        self._rest.start()

    def _show(self) -> None:
        if self._label.isVisible():
            newest, all_lines = self._read()
            self._label.setText(newest)
            self._label.setToolTip(all_lines)
