"""One thing to do: a sign, what it is, and the button that leads there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole, set_icon
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.icon_label import IconLabel


class TaskLine(QFrame):
    """Made anew whenever its words change; all texts are translated.

    Args:
        sign: (Lucide name, colour) before the words.
        words: what it is.
        caption: more about it, smaller, or ``""``.
        parent: where it stands.

    Attributes:
        buttons: its buttons, the main one first.
        row: takes more widgets before the buttons.
    """

    def __init__(
        self, sign: tuple[str, IconRole], words: str, caption: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._words = words
        text = WrappingLabel(self, text=words)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(text)
        if caption:
            below = WrappingLabel(self, text=caption)
            below.setProperty("role", "caption")
            column.addWidget(below)
        self.row = QHBoxLayout()
        self.row.setSpacing(GAP_SMALL)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(GAP - 4)
        line.addWidget(IconLabel(*sign, parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(column, 1)
        line.addLayout(self.row)

    def add_button(
        self, words: str, act: Callable[[], object], *, icon: str = "", primary: bool = False
    ) -> QPushButton:
        """Add a button; a screen reader hears what it is about, too."""
        button = QPushButton(words, self)
        button.setAccessibleName(labelled(words, self._words))
        if primary:
            button.setProperty("role", "primary")
        if icon:
            set_icon(button, icon, "on_accent" if primary else "text")
        button.clicked.connect(lambda _checked: act())
        self.row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)
        return button
