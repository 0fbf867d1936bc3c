"""The contacts of one person: the list above, the form below, X for nobody reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.due_contacts import FollowedPerson
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.follow_ups import ContactMode, Reached
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.shortcuts import physical_key
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.follow_up.contacts import ContactRecords
from tlbb_desktop.screens.follow_up.presenter import FollowUpPresenter
from tlbb_desktop.screens.follow_up.sealed_part import SealedPart
from tlbb_desktop.widgets.record_pane import RecordPane


class ContactsPart(SealedPart):
    """Shows the contacts of whoever is open.

    Args:
        presenter: the page's.
    """

    def __init__(self, presenter: FollowUpPresenter, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self._presenter = presenter
        self._person: FollowedPerson | None = None
        self.records = ContactRecords(presenter.desk)
        self.pane = RecordPane(self.records, N_("Contacts after release"), self)
        self.pane.said.connect(self.said)
        self.pane.troubled.connect(self.troubled)
        self.pane.kept.connect(self.changed)
        self.pane.filled.connect(self._follow)
        self.try_button, self._keys = QPushButton(self), WrappingLabel(self)
        self._keys.setProperty("role", "caption")
        self.try_button.setAutoDefault(False)
        set_icon(self.try_button, "user-x", "text")
        self.try_button.clicked.connect(self.note_nobody)
        head = QHBoxLayout()
        head.addWidget(self._keys, 1)
        head.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.bar)
        column.addLayout(head)
        column.addWidget(self.pane)
        self._word()

    @override
    def show_records(self, person: FollowedPerson) -> None:
        writable = self._presenter.may_write() and person.case_state in (None, CaseState.OPEN)
        shown = person.release_id if self.reader.opens else 0
        self.records.show_release(shown, writable=writable, reason=self.reader.reason)
        another = self._person is None or person.release_id != self._person.release_id
        if another:
            self.pane.forget()
        self._person = person
        for shut in (self._keys, self.try_button, self.pane):
            shut.setVisible(self.reader.opens)
        try:
            self.pane.open()
        finally:
            self._follow()
        if another:
            self.pane.table.go(self.records.first_open())
        self._follow()

    @override
    def show_record(self, row: int) -> None:
        self.pane.table.go(row)

    @override
    def put_cursor(self) -> None:
        if self.bar.asks:
            self.bar.put_cursor()
        else:
            self.pane.table.setFocus()

    @override
    def may_be_left(self) -> bool:
        return self.pane.may_be_left()

    @override
    def draft(self) -> dict[str, object] | None:
        return self.pane.draft()

    @override
    def take_draft(self, draft: Mapping[str, Any]) -> None:
        self.pane.take_draft(draft)

    @override
    def undo(self) -> None:
        if self._person is None or not self.pane.may_be_left():
            return
        try:
            taken = self._presenter.desk.contact_undo.take_back(self._person.release_id)
        except TlbbError as error:
            self.troubled.emit(error)
            return
        if taken is None:
            self.said.emit(_("Nothing of today can be taken back here."))
            return
        self.pane.forget()
        self.pane.open()
        self.pane.table.go(taken.follow_up_id)
        self.pane.table.setFocus()
        self.said.emit(_("Taken back."))
        self.changed.emit()

    def note_nobody(self) -> None:
        """Keep that nobody was reached: on the day and in the way that stand in the form, else today at the home."""
        record = None if self.pane.row is None else self.records.lines().get(self.pane.row)
        if record is None or not self.records.may_change(record):
            return
        typed = self.pane.form.readable()
        on = typed.get("held_on") or self._presenter.today
        try:
            self.records.keep_try(
                record, on, typed.get("mode") or ContactMode.HOME_VISIT, Reached.NOT_REACHED, typed.get("note") or ""
            )
        except TlbbError as error:
            if not self.pane.form.show_trouble(error):
                self.troubled.emit(error)
            return
        self.pane.forget()
        self.pane.open()
        self.pane.table.go(record.id)
        self.pane.table.setFocus()
        self.said.emit(self.records.told())
        self.changed.emit()

    def _follow(self) -> None:
        self.try_button.setEnabled(self.pane.save_button.isVisibleTo(self.pane) and self.pane.row is not None)

    def _word(self) -> None:
        self.try_button.setText(_("Not reached"))
        self.try_button.setToolTip(_("Keep that nobody was reached, and propose the next day (X)"))
        self._keys.setText(
            _("X: nobody was reached. Enter: into the form. N: a contact in between. Ctrl+Z: take back.")
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if physical_key(event) == Qt.Key.Key_X and not event.modifiers() and self.pane.table.hasFocus():
            self.note_nobody()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
