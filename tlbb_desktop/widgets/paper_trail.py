"""Signatures and scans of one paper, under the form that the paper was made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_plans import SignatureForm
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.widgets.record_pane import RecordPane
from tlbb_desktop.widgets.scan_card import ScanCard
from tlbb_desktop.widgets.signatures import SignatureRecords
from tlbb_desktop.widgets.trail import Trail

LINES_IN_SIGHT = 3
NAME = Np_("under a paper", "Signatures and thumbprints")


class PaperTrailPane(QWidget):
    """Shows who signed a paper and its scans; hidden while there is no paper.

    Args:
        tasks: read scans in the background.

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError.
        kept: a signature or a page was added.
    """

    said = Signal(str)
    troubled = Signal(object)
    kept = Signal()

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: tuple[str, int] | None = None
        self._heading = QLabel(self)
        self._heading.setProperty("role", "heading")
        self._records = SignatureRecords()
        self.signatures: RecordPane[SignatureForm] = RecordPane(self._records, NAME, self)
        self.signatures.table.keep_lines_in_sight(LINES_IN_SIGHT)
        self.scans = ScanCard(tasks, self)
        for part in (self.signatures, self.scans):
            part.said.connect(self.said)
            part.troubled.connect(self.troubled)
            part.kept.connect(lambda *_row: self.kept.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(GAP)
        for shown in (self._heading, self.signatures, self.scans):
            column.addWidget(shown)
        self._word()
        self.hide()

    def show_trail(self, trail: Trail | None) -> None:
        """Show a paper, read afresh; what is half typed stays while it is the same paper."""
        key = trail.key if trail is not None else None
        if key != self._key:
            self._key = key
            self.signatures.forget()
            self.scans.show_trail(None)  # whatever fails below, no page goes to the paper that was shown before
        self._records.trail = trail
        self.setVisible(trail is not None)
        self.signatures.form.offer_again()
        try:
            self.signatures.open()
            self.scans.show_trail(trail)
        except TlbbError as error:
            self.troubled.emit(error)

    def may_be_left(self) -> bool:
        """Whether no signature is half typed, or the reader was told so."""
        return self.signatures.may_be_left()

    def draft(self) -> dict[str, object] | None:
        """What is half typed; None when nothing is."""
        return self.signatures.draft()

    def take_draft(self, draft: Mapping[str, Any]) -> None:
        """Put back what :meth:`draft` gave; the paper is shown already."""
        self.signatures.take_draft(draft)

    def _word(self) -> None:
        self._heading.setText(_(NAME))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
