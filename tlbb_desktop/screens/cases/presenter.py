"""What the cases page lists and which case it shows, without widgets."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from enum import StrEnum

from tlbb_desktop.domain.cases import CaseFile, CaseState, WaitingLine
from tlbb_desktop.domain.consents import ConsentStanding
from tlbb_desktop.domain.people import PersonRow
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.khmer import holds, search_key
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

VIEW_SETTING = "cases_view"
MOST_FOUND = 8
OVER = (CaseState.CLOSED, CaseState.SEALED, CaseState.EXPUNGED)


class CaseView(StrEnum):
    """Which cases the list shows."""

    MINE = "mine"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class CasesPresenter:
    """The list, and the case that is open.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        first = CaseView.MINE if desk.actor.role is Role.SOCIAL_WORKER else CaseView.OPEN
        self.view = CaseView(desk.settings.mine(VIEW_SETTING, first))
        self.case: CaseFile | None = None
        self.waiting: Mapping[int, WaitingLine] = {}
        self._cases: tuple[CaseFile, ...] = ()

    def choose(self, view: CaseView) -> None:
        """Show others, and keep that for this member of staff."""
        self.view = view
        self._desk.settings.put_mine(VIEW_SETTING, view.value)

    def load(self) -> None:
        """Read the list afresh."""
        self.waiting = {}
        cases = self._desk.cases
        if self.view is CaseView.WAITING:
            lines = cases.waiting_list()
            self.waiting = {line.case.id or 0: line for line in lines}
            self._cases = tuple(line.case for line in lines)
        elif self.view is CaseView.CLOSED:
            self._cases = cases.list(*OVER)
        else:
            self._cases = cases.list(CaseState.OPEN, mine=self.view is CaseView.MINE)

    def lines(self, text: str = "") -> dict[int, CaseFile]:
        """Cases whose code or name, in any script, holds *text*."""
        wanted = search_key(text)
        return {
            case.id or 0: case
            for case in self._cases
            if holds(wanted, case.code, case.names.khmer, case.names.latin, case.names.nickname)
        }

    def view_of_case(self) -> AbstractContextManager[None]:
        """Around all that is read to show a case: its head and its part ask much of the same."""
        return self._desk.office.view()

    def open(self, case_id: int) -> CaseFile:
        """Read a case; it is the one that the page shows."""
        self.case = self._desk.cases.file(case_id)
        return self.case

    def consents(self, case: CaseFile) -> ConsentStanding | None:
        """How it stands with the consents; None for who may not know."""
        if not self._desk.office.may(Action.CONSENT_READ):
            return None
        return self._desk.consents.standing(case.person_id)

    def may_write(self) -> bool:
        """Whether the reader opens cases."""
        return self._desk.office.may(Action.CASE_WRITE)

    def may_move_dates(self) -> bool:
        """Whether the reader changes release dates."""
        return self._desk.office.may(Action.RELEASE_DATE_WRITE)

    def people(self, text: str) -> list[PersonRow]:
        """People for whom a case may be opened, found as one types."""
        return self._desk.people.quick_find(text, limit=MOST_FOUND) if text.strip() else []

    def begin(self, person_id: int, *, waiting: bool = False) -> int:
        """Open a case, or put somebody on the waiting list; returns its row."""
        return self._desk.cases.wait(person_id) if waiting else self._desk.cases.open(person_id)
