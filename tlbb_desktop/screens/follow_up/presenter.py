"""The list of contacts and the person that is open, without widgets."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.due_contacts import ContactLine, FollowedPerson, When
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.khmer import holds, search_key
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


class ContactView(StrEnum):
    """Which contacts are listed."""

    DUE = "due"
    ALL = "all"
    OVER = "over"


_SHOWN = {
    ContactView.DUE: frozenset({When.OVERDUE, When.TODAY, When.WEEK}),
    ContactView.ALL: frozenset(When),
    ContactView.OVER: frozenset({When.OVER}),
}


class FollowUpPresenter:
    """What the page shows.

    Args:
        desk: the services.

    Attributes:
        desk: the services.
        view: which contacts are listed.
        person: whose contacts are open, or None.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = ContactView.DUE
        self.person: FollowedPerson | None = None
        self._lines: dict[int, ContactLine] = {}

    @property
    def today(self) -> date:
        """The working day."""
        return self.desk.office.clock.today()

    def load(self) -> None:
        """Read the list afresh."""
        self._lines = {_line_id(line): line for line in self.desk.contact_lists.due()}

    def lines(self, text: str = "") -> dict[int, ContactLine]:
        """By line, those of the view whose name or code holds *text*; what is typed is looked for in every view."""
        wanted, shown = search_key(text), frozenset(When) if text.strip() else _SHOWN[self.view]
        return {
            number: line
            for number, line in self._lines.items()
            if line.when in shown and holds(wanted, line.person.code, line.person.shown_name)
        }

    def counts(self) -> dict[When, int]:
        """How many lines each part of the list has."""
        return {when: sum(line.when is when for line in self._lines.values()) for when in When}

    def open_release(self, release_id: int) -> FollowedPerson | None:
        """Whose release it is; None for one that is not listed."""
        found = (line.person for line in self._lines.values() if line.person.release_id == release_id)
        self.person = next(found, None)
        return self.person

    def release_of_case(self, case_id: int) -> int | None:
        """The last release of a case on the list, or None."""
        found = {line.person.release_id for line in self._lines.values() if line.person.case_id == case_id}
        return max(found, default=None)

    def may_write(self) -> bool:
        """Whether the reader enters contacts."""
        return self.desk.office.may(Action.AFTERCARE_WRITE)


class FollowedReader:
    """How far what came after a release opens to whoever sits there: of a sealed case to a manager who says why.

    Args:
        desk: the services.

    Attributes:
        reason: why it is read; forgotten with the person.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._person: FollowedPerson | None = None
        self.reason: ReadReason | None = None

    def show_person(self, person: FollowedPerson) -> None:
        """From now on, this person."""
        if self._person is None or person.release_id != self._person.release_id:
            self.reason = None
        self._person = person

    @property
    def sealed(self) -> bool:
        """Whether the case is sealed."""
        return self._person is not None and self._person.case_state is CaseState.SEALED

    @property
    def owns(self) -> bool:
        """Whether it is open without a reason."""
        return not self.sealed

    @property
    def may_give_reason(self) -> bool:
        """Whether a reason would open it."""
        return self.sealed and self._desk.office.may(Action.COUNSELLING_REASON)

    @property
    def opens(self) -> bool:
        """Whether it is open now."""
        return self.owns or (self.reason is not None and self.may_give_reason)

    @property
    def worker(self) -> str:
        """Who is responsible, or ``""``."""
        return "" if self._person is None else self._person.worker


def _line_id(line: ContactLine) -> int:
    """The row of the contact; of a line without one that of the release, below zero."""
    return line.follow_up_id or -line.person.release_id
