"""Who may work with which case, and what must be agreed to before anything is added to it.

A case belongs to the member of staff who is responsible, at whatever prison, and to the staff of the prison where the
person is or was last. What is sealed under ``counselling`` opens to the one who is responsible, or to a manager who
says why.
"""

from __future__ import annotations

from typing import Final

from tlbb_desktop.data.queries import cases as queries
from tlbb_desktop.data.queries import people as people_queries
from tlbb_desktop.data.queries.consents import consents_of
from tlbb_desktop.domain.cases import CaseFile, CaseState
from tlbb_desktop.domain.consents import ConsentStanding, standing_on
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action, Scope
from tlbb_desktop.services.office import NOWHERE, Act, Office

SEALED: Final = N_("This case is sealed. Only a manager who gives a reason reads it.")


class CaseAccess:
    """Finds cases and says where they are, for the permission that a service asks.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def file(self, case_id: int, reason: ReadReason | None = None) -> CaseFile:
        """The case, for whoever looks into it: into one that is sealed only a manager who says why.

        Raises:
            Refused: it is sealed, and no reason is given.
            NotPermitted: it is sealed, and the actor opens nothing with a reason.
            NotFound: it is not on record.
        """
        found = self.head(case_id)
        require_unsealed(self._office, found.state is CaseState.SEALED, self.where(found), reason)
        return found

    def head(self, case_id: int) -> CaseFile:
        """The case as lists show it, sealed or not.

        Raises:
            NotFound: it is not on record.
        """
        with self._office.store.read() as connection:
            found = queries.case_of(connection, case_id)
        if found is None:
            raise NotFound(N_("This case is not on record any more."))
        return found

    def where(self, case: CaseFile) -> int | None:
        """The prison to ask a permission for; None for the one who is responsible, whose own case it is anyway."""
        return None if case.worker_id == self._office.actor.staff_id else case.prison_id or NOWHERE

    def where_own(self, case: CaseFile) -> int | None:
        """As :meth:`where` for what is done in own cases only: a colleague's is at no prison of the actor's."""
        return self.where(case) if case.worker_id in (None, self._office.actor.staff_id) else NOWHERE

    def where_is(self, case_id: int) -> int | None:
        """:meth:`where` of a case by its row; raises NotFound."""
        return self.where(self.file(case_id))

    def where_lives(self, person_id: int) -> int | None:
        """The prison to ask a permission for about a person.

        None where the actor is responsible for an open case, and for somebody new who was never in a prison and has
        neither a case nor a release: they are nobody's yet.
        """
        with self._office.store.read() as connection:
            case_id = queries.open_case_of(connection, person_id)
            case = None if case_id is None else queries.case_of(connection, case_id)
            prison_id = people_queries.prison_of_person(connection, person_id)
            is_new = prison_id is None and not queries.has_history(connection, person_id)
        if case is not None:
            return self.where(case)
        return None if is_new else prison_id or NOWHERE

    def where_unsealed(self, person_id: int, reason: ReadReason | None = None) -> int | None:
        """:meth:`where_lives` of somebody whose case is not sealed, or for a manager who says why.

        Raises:
            Refused, NotPermitted: as :meth:`file`.
        """
        where = self.where_lives(person_id)
        if reason is not None:
            self._office.permit(Action.COUNSELLING_REASON, where)
        elif self.is_sealed(person_id):
            raise Refused(SEALED)
        return where

    def is_sealed(self, person_id: int) -> bool:
        """Whether what lies under keys about a person is shut, because their case is sealed and no other one stands."""
        with self._office.store.read() as connection:
            return person_id in queries.sealed_people(connection, (person_id,))

    def opens_own(self, case: CaseFile) -> bool:
        """Whether the actor reads and writes what is sealed under ``counselling`` without a reason.

        That is the one who is responsible; where nobody is, the social workers of the prison. Nobody opens a sealed
        case like that.
        """
        if case.state is CaseState.SEALED:
            return False
        mine = case.worker_id == self._office.actor.staff_id
        nobodys = case.worker_id is None and self._office.scope(Action.COUNSELLING_OWN) is Scope.OWN
        return (mine or nobodys) and self._office.may(Action.COUNSELLING_OWN, self.where(case))

    def opens_restricted(self, case: CaseFile, reason: ReadReason | None) -> bool:
        """Whether the actor may read what is sealed under ``counselling``, with the reason given if one is needed.

        Raises:
            NotPermitted: a reason was given by somebody who cannot open it with one.
        """
        if self.opens_own(case):
            return True
        if reason is None:
            return False
        self._office.permit(Action.COUNSELLING_REASON, self.where(case))
        return True

    def require_own(self, case: CaseFile) -> None:
        """Raise Refused unless the actor writes what is sealed under ``counselling`` in this case."""
        if not self.opens_own(case):
            raise Refused(N_("Only the member of staff who is responsible for the case enters this. Ask a manager."))


def require_unsealed(office: Office, sealed: bool, prison_id: int | None, reason: ReadReason | None) -> None:
    """Let nobody into a sealed case but a manager who says why.

    Raises:
        Refused: it is sealed, and no reason is given.
        NotPermitted: it is sealed, and the actor opens nothing with a reason.
    """
    if sealed and reason is None:
        raise Refused(SEALED)
    if sealed:
        office.permit(Action.COUNSELLING_REASON, prison_id)


def note_reading(act: Act, case: CaseFile, parts: str, reason: ReadReason | None) -> None:
    """Write into the audit that protected parts of a case were read, and why where a reason was needed."""
    note_read(act, f"case:{case.id}", parts, reason)


def note_read(act: Act, subject: str, parts: str, reason: ReadReason | None) -> None:
    """:func:`note_reading` of what is no case, such as a release."""
    if reason is None:
        act.record("protected_read", subject, parts)
    else:
        act.record("break_glass", subject, f"{parts} reason:{reason}")


def require_service(act: Act, case_id: int) -> CaseFile:
    """The case as it stands in *act*, if something may be added to it.

    Raises:
        Refused: it is not open, or the consents to service and storing are missing, refused or withdrawn.
        NotFound: it is not on record.
    """
    case = queries.case_of(act.connection, case_id)
    if case is None:
        raise NotFound(N_("This case is not on record any more."))
    if case.state is not CaseState.OPEN:
        raise Refused(N_("This case is not open. Open it before you add to it."))
    consents = consents_of(act.connection, case.person_id)
    standing = standing_on(act.today, consents, case.consents_due_on)
    if standing is ConsentStanding.REFUSED:
        raise Refused(N_("The person does not agree to be served or to have data kept. Nothing is added to the case."))
    if standing is ConsentStanding.MISSING:
        raise Refused(N_("Record the consents 1 (service) and 2 (keeping data) first. Marks and release dates go on."))
    return case
