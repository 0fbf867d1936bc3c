"""A part of somebody's follow-up that is shut where the case is sealed, and asks a manager for the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tlbb_desktop.domain.due_contacts import FollowedPerson
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.screens.follow_up.part import FollowUpPart
from tlbb_desktop.screens.follow_up.presenter import FollowedReader, FollowUpPresenter
from tlbb_desktop.widgets.reason_bar import ReasonBar


class SealedPart(FollowUpPart):
    """Shows records once the case is open, or a reason was given.

    Args:
        presenter: the page's.
    """

    def __init__(self, presenter: FollowUpPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._followed: FollowedPerson | None = None
        self.reader = FollowedReader(presenter.desk)
        self.bar = ReasonBar(self)
        self.bar.given.connect(self.give_reason)

    @override
    def show_person(self, person: FollowedPerson) -> None:
        self._followed = person
        self.reader.show_person(person)
        self.bar.show_reader(self.reader)
        self.show_records(person)

    def show_records(self, person: FollowedPerson) -> None:
        """Show the records of this person as far as the reader opens them."""
        raise NotImplementedError

    def give_reason(self, reason: ReadReason) -> None:
        """Open the records of a sealed case for a manager who says why."""
        person = self._followed
        if person is None or not self.may_be_left():
            return
        self.reader.reason = reason
        try:
            self.show_person(person)
        except TlbbError as error:
            self.reader.reason = None
            self.troubled.emit(error)
        self.bar.show_reader(self.reader)
        self.put_cursor()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() != Qt.KeyboardModifier.NoModifier or not self.bar.take_key(event):
            super().keyPressEvent(event)
