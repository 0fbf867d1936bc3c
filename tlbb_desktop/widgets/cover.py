"""What hides the record from a curious eye while the keys are put away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.icon_label import IconLabel


class Cover(QFrame):
    """An opaque page over the whole window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered, self._words = parent, ""
        self.setAutoFillBackground(True)
        self._text = WrappingLabel(self)
        self._text.setProperty("role", "heading")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GAP, GAP, 4 * GAP, GAP)
        column.setSpacing(GAP)
        column.addStretch()
        column.addWidget(IconLabel("lock", "accent", 32, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._text)
        column.addStretch()
        self._word()
        self.hide()

    def hide_everything(self, words: str) -> None:
        """Cover the parent and paint it before this returns; *words* are marked for translation."""
        self._words = words
        self._word()
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self.repaint()

    def _word(self) -> None:
        self._text.setText(_(self._words) if self._words else "")

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
