"""The events of one person: the list above, the form with its history below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.due_contacts import FollowedPerson
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.screens.follow_up.events import EventRecords
from tlbb_desktop.screens.follow_up.presenter import FollowUpPresenter
from tlbb_desktop.screens.follow_up.sealed_part import SealedPart
from tlbb_desktop.widgets.record_pane import RecordPane


class EventsPart(SealedPart):
    """Shows the events of whoever is open.

    Args:
        presenter: the page's.
    """

    def __init__(self, presenter: FollowUpPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._presenter = presenter
        self._person_id = 0
        self.records = EventRecords(presenter.desk)
        self.pane = RecordPane(self.records, N_("Re-offence events"), self)
        self.pane.said.connect(self.said)
        self.pane.troubled.connect(self.troubled)
        self.pane.kept.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.bar)
        column.addWidget(self.pane)

    @override
    def show_records(self, person: FollowedPerson) -> None:
        shown, sealed = person.person_id if self.reader.opens else 0, self.reader.sealed
        self.records.show_person(shown, writable=self._presenter.may_write() and not sealed, reason=self.reader.reason)
        if person.person_id != self._person_id:
            self._person_id = person.person_id
            self.pane.forget()
        self.pane.setVisible(self.reader.opens)
        self.pane.open()

    @override
    def show_record(self, row: int) -> None:
        self.pane.show_record(row)

    @override
    def put_cursor(self) -> None:
        if self.bar.asks:
            self.bar.put_cursor()
            return
        (self.pane.table if self.pane.table.isVisible() else self.pane.new_button).setFocus()

    @override
    def may_be_left(self) -> bool:
        return self.pane.may_be_left()

    @override
    def draft(self) -> dict[str, object] | None:
        return self.pane.draft()

    @override
    def take_draft(self, draft: Mapping[str, Any]) -> None:
        self.pane.take_draft(draft)
