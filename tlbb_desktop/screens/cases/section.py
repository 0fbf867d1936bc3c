"""What every section of a case is: some own pages, most a list of records with their form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.widgets.paper_trail import PaperTrailPane
from tlbb_desktop.widgets.record_pane import RecordPane, Records, SignedRecords

Record = TypeVar("Record")


class CaseSection(QWidget):
    """Shows one part of a case.

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError for the banner.
        go_to: (place, argument) as ``widgets.page.Page.go_to``.
        case_changed: the case itself is another than before; the page reads it again.

    Attributes:
        compartment: the most protected compartment of what is typed here; its key seals the draft.
    """

    said = Signal(str)
    troubled = Signal(object)
    go_to = Signal(str, object)
    case_changed = Signal()

    compartment = "family"

    def show_case(self, case: CaseFile) -> None:
        """Show this case; called again when it was changed."""
        raise NotImplementedError

    def show_record(self, row: int) -> None:
        """Go to one record of the section."""

    def may_be_left(self) -> bool:
        """Whether nothing that is typed would be lost."""
        return True

    def draft(self) -> dict[str, object] | None:
        """What is half typed; see ``widgets.page.Page.draft``."""
        return None

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what :meth:`draft` gave."""

    def undo(self) -> None:
        """Take back the last change of this section."""

    def print_paper(self) -> None:
        """Print this section's paper."""


class CaseRecords(Records[Record], Protocol[Record]):
    """Records that belong to a case."""

    def show_case(self, case: CaseFile) -> None:
        """From now on, the records of this case."""
        ...


class RecordsSection(CaseSection, Generic[Record]):
    """A section that is a list of records.

    Args:
        records: the kind.
        name: marked words for the list.
        tasks: read scans in the background.
        compartment: see :class:`CaseSection`.
        parent: where it stands.
    """

    def __init__(
        self,
        records: CaseRecords[Record],
        name: str,
        tasks: TaskRunner,
        compartment: str = "family",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.compartment = compartment
        self._records = records
        self._case_id: int | None = None
        self.pane = RecordPane(records, name, self)
        self.pane.said.connect(self.said)
        self.pane.troubled.connect(self.troubled)
        self.pane.kept.connect(self.case_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.trail = PaperTrailPane(tasks, self)
        if isinstance(records, SignedRecords):
            self.pane.filled.connect(self._show_trail)
            self.pane.beside = self.trail.may_be_left
            self.trail.said.connect(self.said)
            self.trail.troubled.connect(self.troubled)
            self.trail.kept.connect(self.case_changed)
            column.addWidget(self.trail)

    def _show_trail(self) -> None:
        """Signatures and scans follow the record that the form shows."""
        records, record = self._records, self.pane.record
        if isinstance(records, SignedRecords):
            self.trail.show_trail(records.trail(record) if record is not None else None)

    @override
    def show_case(self, case: CaseFile) -> None:
        self._records.show_case(case)
        if case.id != self._case_id:
            self._case_id = case.id
            self.pane.forget()
        self.pane.open()

    @override
    def show_record(self, row: int) -> None:
        self.pane.show_record(row)

    @override
    def may_be_left(self) -> bool:
        return self.pane.may_be_left()

    @override
    def draft(self) -> dict[str, object] | None:
        typed, signature = self.pane.draft(), self.trail.draft()
        if signature is None:
            return typed
        return {**(typed or {"row": self.pane.row, "typed": None}), "signature": signature}

    @override
    def take_draft(self, draft: Mapping[str, Any]) -> None:
        if draft["typed"] is None:
            self.pane.show_record(draft["row"])
        else:
            self.pane.take_draft(draft)
        if "signature" in draft and self.pane.row == draft["row"]:
            self.trail.take_draft(draft["signature"])
