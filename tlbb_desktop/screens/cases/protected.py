"""What only the responsible member of staff reads, and a manager who says why: one key, and the audit knows it."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.khmer import to_ascii_digits
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.section import CaseRecords, RecordsSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import REASON_NAMES, CaseAccess, ReadReason
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.wiring import Desk

Record = TypeVar("Record")
REASONS = tuple(REASON_NAMES)


class ProtectedReader:
    """How far the protected part of the case that is shown opens to whoever sits there.

    Args:
        desk: the services.

    Attributes:
        reason: why a manager reads it; forgotten with the case.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._access = CaseAccess(desk.office)
        self.case: CaseFile | None = None
        self.reason: ReadReason | None = None

    def show_case(self, case: CaseFile) -> None:
        """From now on, this case."""
        if self.case is None or case.id != self.case.id:
            self.reason = None
        self.case = case

    @property
    def owns(self) -> bool:
        """Whether the reader is responsible, and so reads and writes it."""
        return self.case is not None and self._access.opens_own(self.case)

    @property
    def may_give_reason(self) -> bool:
        """Whether a reason would open it."""
        case = self.case
        if case is None or self.owns:
            return False
        return self._desk.office.may(Action.COUNSELLING_REASON, self._access.where(case))

    @property
    def opens(self) -> bool:
        """Whether it is open now."""
        return self.owns or (self.reason is not None and self.may_give_reason)

    @property
    def may_write(self) -> bool:
        """Whether the reader adds to the unprotected parts of this case."""
        case = self.case
        return case is not None and case.is_open and self._desk.office.may(Action.CARE_WRITE, self._access.where(case))


class ReasonBar(QFrame):
    """Says that a part is protected, and asks a manager for the reason.

    Signals:
        given: the reason that was chosen.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._reader: ProtectedReader | None = None
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

    def show_reader(self, reader: ProtectedReader) -> None:
        """Show what this reader may do; nothing where everything is open anyway."""
        self._reader = reader
        self.setVisible(not reader.owns)
        self._choices.setVisible(reader.may_give_reason and reader.reason is None)
        self._word()

    @property
    def asks(self) -> bool:
        """Whether a reason is asked for now."""
        return not self.isHidden() and not self._choices.isHidden()

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
        if reader is None or reader.case is None:
            return ""
        if reader.opens and reader.reason is not None:
            return _("You read the protected part, reason: {reason}. It is written down that you did.").format(
                reason=_(REASON_NAMES[reader.reason])
            )
        if reader.may_give_reason:
            return _("The protected part is closed. Give the reason for reading it; it is written down.")
        if reader.case.worker:
            return _("{name} is responsible for the case and alone reads the protected part.").format(
                name=reader.case.worker
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


class ProtectedSection(RecordsSection[Record]):
    """A section with a protected part.

    Args:
        records: the kind; it reads as *reader* may.
        reader: whoever sits there.
        name: marked words for the list.
        parent: where it stands.
    """

    def __init__(
        self, records: CaseRecords[Record], reader: ProtectedReader, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(records, name, "counselling", parent)
        self.reader = reader
        self.bar = ReasonBar(self)
        self.bar.given.connect(self.give_reason)
        column = self.layout()
        if isinstance(column, QBoxLayout):
            column.setSpacing(GAP)
            column.insertWidget(0, self.bar)

    @override
    def show_case(self, case: CaseFile) -> None:
        self.reader.show_case(case)
        self.bar.show_reader(self.reader)
        super().show_case(case)

    def give_reason(self, reason: ReadReason) -> None:
        """Open the protected part for a manager who says why."""
        if self.reader.case is None or not self.may_be_left():
            return
        self.reader.reason = reason
        try:
            super().show_case(self.reader.case)
        except TlbbError as error:
            self.reader.reason = None
            self.troubled.emit(error)
        self.bar.show_reader(self.reader)
        self.pane.table.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() != Qt.KeyboardModifier.NoModifier or not self.bar.take_key(event):
            super().keyPressEvent(event)
