"""The signed papers of a plan: its scans under its signatures, and a review's signatures and scans under its form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tlbb_desktop.domain.case_plans import PlanReview
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.plan_presenter import PlanPresenter
from tlbb_desktop.widgets.paper_trail import PaperTrailPane
from tlbb_desktop.widgets.record_pane import RecordPane
from tlbb_desktop.widgets.scan_card import ScanCard


class PlanPapers(QWidget):
    """Stands under the parts of a plan; shows what belongs to the part that is shown.

    Args:
        presenter: the plan.
        tasks: read scans in the background.
        parent: where it stands.

    Signals:
        said: a quiet success, translated.
        troubled: a TlbbError.
        kept: a signature or a page was added.
    """

    said = Signal(str)
    troubled = Signal(object)
    kept = Signal()

    def __init__(self, presenter: PlanPresenter, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.scans, self.review = ScanCard(tasks, self), PaperTrailPane(tasks, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.scans, self.review):
            part.said.connect(self.said)
            part.troubled.connect(self.troubled)
            part.kept.connect(self.kept)
            column.addWidget(part)

    @property
    def signals(self) -> tuple[SignalInstance, ...]:
        """Its signals, in their order."""
        return self.said, self.troubled, self.kept

    def draft(self, reviews: RecordPane[Any]) -> dict[str, object]:
        """What is half typed under the review that *reviews* shows; empty when nothing is."""
        signature = self.review.draft()
        return {} if signature is None else {"review": reviews.row, "signature": signature}

    def take_draft(self, draft: Mapping[str, Any], reviews: RecordPane[Any]) -> None:
        """Put back what :meth:`draft` gave."""
        reviews.show_record(draft["review"])
        self.review.take_draft(draft["signature"])

    def show_plan(self) -> None:
        """The scans of the version that is shown."""
        self._show(plan=True, review=None)

    def show_review(self, review: PlanReview | None) -> None:
        """Signatures and scans of a review; None for a new one."""
        self._show(plan=False, review=review)

    def show_nothing(self) -> None:
        """The part that is shown is signed by nobody."""
        self._show(plan=False, review=None)

    def _show(self, *, plan: bool, review: PlanReview | None) -> None:
        self.scans.setVisible(plan and self._presenter.plan is not None)
        try:
            if plan:
                self.scans.show_trail(self._presenter.plan_trail())
            self.review.show_trail(self._presenter.review_trail(review))
        except TlbbError as error:
            self.troubled.emit(error)
