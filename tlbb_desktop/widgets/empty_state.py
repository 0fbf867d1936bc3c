"""What an empty page says: what it is for and what to do first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.icon_label import IconLabel


class EmptyState(QWidget):
    """An icon, one sentence, and the one button that helps.

    Args:
        icon_name: Lucide name.
        heading: marked; what is missing.
        hint: marked; what to do first.
        action: marked; the button's words, or ``""`` for none.

    Signals:
        wanted: the button was pressed.
    """

    wanted = Signal()

    def __init__(
        self, icon_name: str, heading: str, hint: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = (heading, hint, action)
        self._heading, self._hint = WrappingLabel(self), WrappingLabel(self)
        self._action = QPushButton(self)
        self._heading.setProperty("role", "heading")
        self._hint.setProperty("role", "caption")
        self._action.setProperty("role", "primary")
        self._action.clicked.connect(self.wanted)
        for label in (self._heading, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP_SMALL)
        column.addStretch(2)
        column.addWidget(IconLabel(icon_name, "muted", 32, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._heading)
        column.addWidget(self._hint)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._word()

    def _word(self) -> None:
        widgets: tuple[QLabel | QPushButton, ...] = (self._heading, self._hint, self._action)
        for widget, text in zip(widgets, self._texts, strict=True):
            widget.setText(_(text))
            widget.setVisible(bool(text))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
