"""Trouble and important news, calmly, above the page."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.icon_label import IconLabel

Tone = Literal["danger", "warning", "success", "info"]
ICONS: dict[Tone, str] = {
    "danger": "triangle-alert",
    "warning": "triangle-alert",
    "success": "circle-check",
    "info": "info",
}


class Banner(QFrame):
    """One sentence in the reader's language with at most one action; hidden while there is nothing to say.

    Signals:
        acted: the action's button was pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self._error: TlbbError | None = None
        self._text = self._action_text = ""
        self._icon = IconLabel("info", "info", parent=self)
        self._sentence = WrappingLabel(self)
        self._sentence.make_selectable()
        self._action = QPushButton(self)
        self._action.clicked.connect(self.acted)
        self._close = QToolButton(self)
        self._close.setProperty("role", "quiet")
        set_icon(self._close, "x", "muted")
        self._close.clicked.connect(self.clear)
        self._close.setVisible(closable)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_SMALL + 4, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        row.setSpacing(GAP_SMALL + 2)
        row.addWidget(self._icon)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.clear()

    def show_trouble(self, error: TlbbError) -> None:
        """Say what happened, what is safe and what to do."""
        self._error = error
        self._show("danger" if error.exit_code == 3 else "warning", explain(error))

    def show_text(self, tone: Tone, text: str, action: str = "") -> None:
        """Show *text*, already translated, with a button *action* where one is given."""
        self._error, self._action_text = None, action
        self._show(tone, text)

    def clear(self) -> None:
        """Hide it."""
        self._error, self._text, self._action_text = None, "", ""
        self.hide()

    def clear_trouble(self) -> None:
        """Hide a trouble that is over; anything else stays."""
        if self._error is not None:
            self.clear()

    @property
    def text(self) -> str:
        """What stands there, or ``""``."""
        return self._text

    def _show(self, tone: Tone, text: str) -> None:
        self._text = text
        set_role(self, f"banner-{tone}")
        self._icon.show_icon(ICONS[tone], tone)
        self._word()
        self.show()

    def _word(self) -> None:
        if self._error is not None:
            self._text = explain(self._error)
        self._sentence.setText(self._text)
        self._sentence.setAccessibleName(self._text)
        self._action.setText(self._action_text)
        self._action.setVisible(bool(self._action_text))
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
