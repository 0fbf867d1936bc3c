"""Asks a manager why something protected or sealed is read: one key, and the audit knows it."""

from __future__ import annotations

from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.read_reasons import REASON_NAMES, ReadReason
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.widgets.flow_layout import FlowLayout

REASONS: Final = tuple(REASON_NAMES)
_SEALED: Final = N_("This case is sealed. Only a manager who gives a reason reads it.")
_SEALED_ASKS: Final = N_("This case is sealed. Give the reason for reading it; it is written down.")


class Reader(Protocol):
    """How far something opens to whoever sits there."""

    @property
    def owns(self) -> bool:
        """Whether it is open without a reason."""
        ...

    @property
    def may_give_reason(self) -> bool:
        """Whether a reason would open it."""
        ...

    @property
    def opens(self) -> bool:
        """Whether it is open now."""
        ...

    @property
    def sealed(self) -> bool:
        """Whether the whole case is sealed."""
        ...

    @property
    def worker(self) -> str:
        """Name of the one who is responsible, or ``""``."""
        ...

    @property
    def reason(self) -> ReadReason | None:
        """The reason that was given."""
        ...


class ReasonBar(QFrame):
    """Says that a part is protected or sealed, and asks a manager for the reason.

    Signals:
        given: the reason that was chosen.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._reader: Reader | None = None
        self._sentence = WrappingLabel(self)
        self._choices = QWidget(self)
        flow = FlowLayout(self._choices, spacing=GAP_SMALL)
        self.buttons = {reason: QPushButton(self._choices) for reason in REASONS}
        for reason, button in self.buttons.items():
            button.clicked.connect(partial(self.given.emit, reason))
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self._sentence)
        column.addWidget(self._choices)
        self.hide()

    def show_reader(self, reader: Reader) -> None:
        """Show what this reader may do; nothing where everything is open anyway."""
        self._reader = reader
        self.setVisible(not reader.owns)
        self._choices.setVisible(reader.may_give_reason and reader.reason is None)
        self._word()

    @property
    def asks(self) -> bool:
        """Whether a reason is asked for now."""
        return not self.isHidden() and not self._choices.isHidden()

    def put_cursor(self) -> None:
        """Go to the first reason."""
        self.buttons[REASONS[0]].setFocus()

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.text()

    def take_key(self, event: QKeyEvent) -> bool:
        """Give the reason of a digit; False when the key is none."""
        typed = to_ascii_digits(event.text())
        if not self.asks or not typed.isdigit() or not 1 <= int(typed) <= len(REASONS):
            return False
        self.given.emit(REASONS[int(typed) - 1])
        return True

    def _word(self) -> None:
        for place, (reason, button) in enumerate(self.buttons.items(), 1):
            button.setText(f"{digits(place)} {_(REASON_NAMES[reason])}")
        self._sentence.setText(self._worded())

    def _worded(self) -> str:
        reader = self._reader
        if reader is None:
            return ""
        if reader.opens and reader.reason is not None:
            return _("You read the protected part, reason: {reason}. It is written down that you did.").format(
                reason=_(REASON_NAMES[reader.reason])
            )
        if reader.sealed:
            return _(_SEALED_ASKS) if reader.may_give_reason else _(_SEALED)
        if reader.may_give_reason:
            return _("The protected part is closed. Give the reason for reading it; it is written down.")
        if reader.worker:
            return _("{name} is responsible for the case and alone reads the protected part.").format(
                name=reader.worker
            )
        return _("Only the one who is responsible for the case reads the protected part.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
