"""The quiet line at the foot of the window: successes, and what goes on in the background."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.widgets.icon_label import IconLabel

SHOWN_FOR_MS = 8000


class StatusLine(QFrame):
    """A success stays a few seconds; the standing text on the right stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("check", "success", 16, self)
        self._said, self._standing = QLabel(self), QLabel(self)
        self._said.setProperty("role", "caption")
        self._standing.setProperty("role", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP + GAP_SMALL, 2, GAP + GAP_SMALL, 4)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._said, 1)
        row.addWidget(self._standing)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.clear()

    def say(self, text: str) -> None:
        """Show a quiet success, already translated."""
        self._said.setText(text)
        self._icon.setVisible(bool(text))
        self._timer.start(SHOWN_FOR_MS)

    def stand(self, text: str) -> None:
        """Show *text* on the right until another comes."""
        self._standing.setText(text)

    def clear(self) -> None:
        """Take the success away."""
        self._timer.stop()
        self._said.clear()
        self._icon.hide()

    @property
    def text(self) -> str:
        """The success that is shown."""
        return self._said.text()
