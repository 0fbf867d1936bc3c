"""A calm surface that holds what belongs together."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel


class Card(QFrame):
    """A rounded surface with an optional heading; add content to :attr:`body`, small actions to :attr:`head`.

    Args:
        heading: marked with ``N_`` or ``Np_``; ``""`` for none.
        hint: one marked sentence under the heading; ``""`` for none.
    """

    def __init__(self, heading: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._heading_text, self._hint_text = heading, hint
        self._heading, self._hint = QLabel(self), WrappingLabel(self)
        self._heading.setProperty("role", "heading")
        self._hint.setProperty("role", "caption")
        self.head = QHBoxLayout()
        self.head.addWidget(self._heading, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP + 4, GAP, GAP + 4, GAP + 4)
        self.body.setSpacing(GAP_SMALL + 2)
        self.body.addLayout(self.head)
        self.body.addWidget(self._hint)
        self._heading.setVisible(bool(heading))
        self._hint.setVisible(bool(hint))
        self._word()

    def set_hint(self, hint: str) -> None:
        """Show another marked sentence under the heading."""
        self._hint_text = hint
        self._hint.setVisible(bool(hint))
        self._word()

    def _word(self) -> None:
        self._heading.setText(_(self._heading_text))
        self._hint.setText(_(self._hint_text))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
