"""The notes of a case: find in them, read them, write one, add to one that is locked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.case_notes import CaseNote
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.note_search import NoteSearch
from tlbb_desktop.screens.cases.notes import NoteRecords, attended_words
from tlbb_desktop.screens.cases.protected import ProtectedReader, ProtectedSection
from tlbb_desktop.widgets.answers import TextAnswer
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.destinations import OpenCase
from tlbb_desktop.widgets.record_pane import NOT_SAVED
from tlbb_desktop.wiring import Desk


class AddedCard(Card):
    """What was added to a note, and a field to add more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Np_("to a note", "Added"), "", parent)
        self.added = WrappingLabel(self)
        self.added.make_selectable()
        self.text, self.button = TextAnswer(self), QPushButton(self)
        self.button.setAutoDefault(False)
        self.body.addWidget(self.added)
        self.body.addWidget(self.text)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self._word_field()

    def show_note(self, note: CaseNote, *, may_add: bool) -> None:
        """Show what was added to *note*."""
        lines = [f"{moment_text(each.at)} · {each.by}\n{each.text}" for each in note.addenda]
        self.added.setText("\n\n".join(lines))
        self.added.setVisible(bool(lines))
        self.text.setVisible(may_add)
        self.button.setVisible(may_add)
        self.setVisible(bool(lines) or may_add)

    def _word_field(self) -> None:
        self.text.setAccessibleName(_("Text to be added"))
        self.button.setText(_("Add to this note"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word_field()
        super().changeEvent(event)


class NotesSection(ProtectedSection[CaseNote]):
    """Notes, with what is special about them.

    Args:
        desk: the services.
        tasks: the queue of background work.
        parent: where it stands.
    """

    def __init__(self, desk: Desk, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        reader = ProtectedReader(desk)
        self._notes = NoteRecords(desk, reader)
        super().__init__(self._notes, reader, N_("Notes"), tasks, parent)
        self._desk = desk
        self._case: CaseFile | None = None
        self._shown_note: int | None = None
        self._warned = False
        self.search = NoteSearch(self._find, self)
        self.withheld = Card("", N_("Only its author reads this note."), self)
        self.attended = WrappingLabel(self.withheld)
        self.withheld.body.addWidget(self.attended)
        self.added = AddedCard(self)
        self.search.chosen.connect(self._go_to_note)
        self.pane.filled.connect(self._show_parts)
        self.added.button.clicked.connect(self._add)
        self._lay_out()

    def _lay_out(self) -> None:
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - the section above made it
        column.setSpacing(GAP)
        column.insertWidget(0, self.search)
        column.addWidget(self.withheld)
        column.addWidget(self.added)
        column.addStretch(1)
        self._show_parts()

    @override
    def show_case(self, case: CaseFile) -> None:
        if self._case is None or case.id != self._case.id:
            self.search.forget()
            self.added.text.show_value("")
        self._case = case
        super().show_case(case)
        self._show_bar()

    @override
    def give_reason(self, reason: ReadReason) -> None:
        super().give_reason(reason)
        self._show_bar()

    @override
    def may_be_left(self) -> bool:
        if self.added.text.value() and not self._warned:
            self._warned = True
            self.troubled.emit(Refused(NOT_SAVED))
            return False
        self._warned = False
        if not super().may_be_left():
            return False
        self.added.text.show_value("")
        return True

    @override
    def draft(self) -> dict[str, object] | None:
        note, added = super().draft(), self.added.text.value()
        return {"note": note, "row": self.pane.row, "added": added} if note is not None or added else None

    @override
    def take_draft(self, draft: Mapping[str, Any]) -> None:
        if draft["note"] is not None:
            super().take_draft(draft["note"])
        elif draft["row"] is not None:
            self.pane.show_record(draft["row"])
            self.added.text.show_value(draft["added"])

    def _find(self, text: str, everywhere: bool) -> Mapping[int, Any]:
        case_id = None if everywhere or self._case is None else self._case.id
        try:
            return {hit.note_id: hit for hit in self._desk.case_notes.search(text, case_id)}
        except TlbbError as error:
            self.troubled.emit(error)
            return {}

    def _go_to_note(self, note_id: int, case_id: int) -> None:
        if self._case is not None and case_id == self._case.id:
            self.pane.table.go(note_id)
            self.pane.show_record(note_id)
        else:
            self.go_to.emit("cases", OpenCase(case_id, "notes", note_id))

    def _show_bar(self) -> None:
        """A reason is asked for only where a note needs one; a note is protected for its author, not for the case."""
        withheld = any(note.form is None for note in self._notes.notes.values())
        opens = self.reader.may_give_reason and (withheld or self.reader.reason is not None)
        self.bar.setVisible(opens)

    def _add(self) -> None:
        row = self.pane.row
        if row is None:
            return
        try:
            self._desk.case_notes.add(row, self.added.text.value())
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.added.text.show_value("")
        self.said.emit(_("Saved"))
        self.pane.open()

    def _show_parts(self) -> None:
        """Show of a protected note only what everybody may know, and below a note what was added to it."""
        row = self.pane.row
        if row != self._shown_note:
            self._shown_note = row
            self.added.text.show_value("")
        note = None if row is None else self._notes.notes.get(row)
        withheld = note is not None and note.form is None
        self.withheld.setVisible(withheld)
        self.attended.setText(attended_words(note) if note is not None else "")
        if note is not None and not withheld:
            self.added.show_note(note, may_add=self._notes.may_add_to(note))
        else:
            self.added.hide()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_parts()
        super().changeEvent(event)
