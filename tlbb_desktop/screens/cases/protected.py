"""What only the responsible member of staff reads, and a manager who says why: one key, and the audit knows it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile, CaseState
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.section import CaseRecords, RecordsSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.widgets.reason_bar import ReasonBar
from tlbb_desktop.wiring import Desk

Record = TypeVar("Record")


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
    def sealed(self) -> bool:
        """Whether the whole case is sealed."""
        return self.case is not None and self.case.state is CaseState.SEALED

    @property
    def worker(self) -> str:
        """Who is responsible, or ``""``."""
        return "" if self.case is None else self.case.worker

    @property
    def may_write(self) -> bool:
        """Whether the reader adds to the unprotected parts of this case."""
        case = self.case
        return case is not None and case.is_open and self._desk.office.may(Action.CARE_WRITE, self._access.where(case))


class SealReader(ProtectedReader):
    """How far a part opens that is protected only where the case is sealed."""

    @property
    @override
    def owns(self) -> bool:
        return not self.sealed


class ProtectedSection(RecordsSection[Record]):
    """A section with a protected part.

    Args:
        records: the kind; it reads as *reader* may.
        reader: whoever sits there.
        name: marked words for the list.
        tasks: read scans in the background.
        parent: where it stands.
        compartment: see ``CaseSection``.
    """

    def __init__(
        self,
        records: CaseRecords[Record],
        reader: ProtectedReader,
        name: str,
        tasks: TaskRunner,
        parent: QWidget | None = None,
        compartment: str = "counselling",
    ) -> None:
        super().__init__(records, name, tasks, compartment, parent)
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
        self._show_records(case)

    def give_reason(self, reason: ReadReason) -> None:
        """Open the protected part for a manager who says why."""
        if self.reader.case is None or not self.may_be_left():
            return
        self.reader.reason = reason
        try:
            self._show_records(self.reader.case)
        except TlbbError as error:
            self.reader.reason = None
            self.troubled.emit(error)
        self.bar.show_reader(self.reader)
        self.pane.table.setFocus()

    def _show_records(self, case: CaseFile) -> None:
        # An empty list would say that there is nothing.
        self.pane.setVisible(self.reader.opens or not self.reader.sealed)
        super().show_case(case)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() != Qt.KeyboardModifier.NoModifier or not self.bar.take_key(event):
            super().keyPressEvent(event)
