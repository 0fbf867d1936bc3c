"""Cases: waiting list, opening, who is responsible."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import cases as queries
from tlbb_desktop.data.queries.consents import consents_of
from tlbb_desktop.data.repositories import people as people_repository
from tlbb_desktop.domain.cases import (
    LEAST_MONTHS_LEFT,
    CaseFile,
    CaseState,
    Eligibility,
    WaitingLine,
    eligibility,
)
from tlbb_desktop.domain.consents import TO_BE_RECORDED_DAYS, ConsentStanding, standing_on
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.people import PersonKind, PersonStatus
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.office import Act, Office

#: Name of the setting: how many full months somebody must have left to be taken from the waiting list.
LEAST_MONTHS: Final = "case_least_months_left"


class CaseService:
    """The cases themselves; what is in them has services of its own.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def file(self, case_id: int) -> CaseFile:
        """A case.

        Raises:
            NotFound: it is not on record.
            NotPermitted: it is at a prison that is not the actor's, and somebody else is responsible.
        """
        case = self._access.head(case_id)
        self._office.permit(Action.CASE_READ, self._access.where(case))
        return case

    def of_person(self, person_id: int) -> tuple[CaseFile, ...]:
        """All cases of a person, the newest first."""
        with self._office.read(Action.CASE_READ, self._access.where_lives(person_id)) as connection:
            return queries.cases_of_person(connection, person_id)

    def list(self, *states: CaseState, mine: bool = False) -> tuple[CaseFile, ...]:
        """Cases in the order of names.

        Args:
            states: which; open ones when none is named.
            mine: only those that the actor is responsible for.
        """
        limit = self._office.prison_limit(Action.CASE_READ)
        me = self._office.actor.staff_id
        with self._office.store.read() as connection:
            return queries.cases_in(connection, states or (CaseState.OPEN,), limit, me, only=me if mine else None)

    def waiting_list(self) -> tuple[WaitingLine, ...]:
        """Who waits for a case, whoever has waited longest first, each with what speaks for and against it.

        That is told from legal files, so it is written to the audit.
        """
        limit, me = self._office.prison_limit(Action.CASE_READ), self._office.actor.staff_id
        with self._office.act(Action.CASE_READ, enters=False) as act:
            waiting = queries.cases_in(act.connection, (CaseState.WAITING,), limit, me)
            lines = [self._waiting(act.connection, case) for case in waiting]
            act.record("protected_read", "waiting_list", f"people:{len(lines)}")
        return tuple(sorted(lines, key=lambda each: (each.case.waiting_since, each.case.id)))

    def workers(self) -> tuple[tuple[int, str], ...]:
        """Who can become responsible for a case: (row, name), in the order of names."""
        with self._office.read(Action.CASE_ASSIGN) as connection:
            return queries.workers(connection)

    def wait(self, person_id: int) -> int:
        """Put somebody on the waiting list; returns the row of the case.

        Raises:
            Refused: they have a case that is open or waiting, or are nobody whom cases are opened for.
        """
        with self._office.act(Action.CASE_WRITE, self._access.where_lives(person_id)) as act:
            _require_new(act, person_id)
            return _keep(act, models.CaseFileRow(person_id=person_id, state=CaseState.WAITING, waiting_since=act.today))

    def open(self, person_id: int, worker_id: int | None = None) -> int:
        """Open a case for somebody, from the waiting list or not; returns its row.

        Marks, sessions and release dates never wait for this. Somebody who is in the programme already and never
        agreed to anything has 30 days for the consents; a candidate's are recorded first.

        Args:
            person_id: whose.
            worker_id: who becomes responsible; the actor where they do such work and nobody is named.

        Raises:
            Refused: there is an open case, or *worker_id* is nobody who can be responsible.
        """
        with self._office.act(Action.CASE_WRITE, self._access.where_lives(person_id)) as act:
            waiting = _waiting_row(act, person_id)
            if waiting is None:
                _require_new(act, person_id)
            responsible = worker_id if worker_id is not None else _actor_if_worker(act)
            if responsible is not None:
                _require_worker(act, responsible)
            row = waiting or models.CaseFileRow(person_id=person_id)
            from_before = _is_from_before(act, person_id)
            if waiting is not None:
                act.change(waiting, waiting.version)
            row.state, row.opened_on, row.worker_id = CaseState.OPEN, act.today, responsible
            if from_before:
                row.consents_due_on = act.today + timedelta(days=TO_BE_RECORDED_DAYS)
            return _keep(act, row)

    def assign(self, case_id: int, worker_id: int, seen: int) -> None:
        """Make another member of staff responsible.

        Args:
            case_id: row of the case.
            worker_id: row of the member of staff.
            seen: version of the case that was read.

        Raises:
            Refused: they cannot be responsible, or the case is over.
            ChangedMeanwhile: somebody changed the case after it was read.
        """
        case = self._access.head(case_id)
        if case.state not in (CaseState.OPEN, CaseState.WAITING):
            raise Refused(N_("This case is not open. Open it before you add to it."))
        with self._office.act(Action.CASE_ASSIGN, self._access.where(case)) as act:
            _require_worker(act, worker_id)
            row = act.session.get_one(models.CaseFileRow, case_id)
            act.change(row, seen)
            row.worker_id = worker_id
            _keep(act, row)

    def _waiting(self, connection: Connection, case: CaseFile) -> WaitingLine:
        consents = standing_on(self._office.clock.today(), consents_of(connection, case.person_id))
        return WaitingLine(case, self._eligibility(connection, case), consents)

    def _eligibility(self, connection: Connection, case: CaseFile) -> Eligibility:
        cipher, today = self._office.cipher, self._office.clock.today()
        least = legal_reading.setting(connection, LEAST_MONTHS, LEAST_MONTHS_LEFT)
        return eligibility(
            legal_reading.legal_file(connection, cipher, case.person_id),
            legal_reading.birth(connection, cipher, case.person_id),
            legal_reading.planned_release(connection, cipher, case.person_id),
            today,
            least,
        )


def _keep(act: Act, row: models.CaseFileRow) -> int:
    if row not in act.session:
        act.add(row)
    act.session.flush()
    act.record("case", f"case:{row.id}", f"person:{row.person_id} {row.state} worker:{row.worker_id or ''}")
    act.changed("case", row.id)
    act.changed("person", row.person_id)
    return row.id


def _require_new(act: Act, person_id: int) -> None:
    person = people_repository.person_to_change(act.session, person_id)
    if person.merged_into_id is not None or person.kind == PersonKind.GUEST:
        raise Refused(N_("A case belongs to somebody on record. Join this row to a record first."))
    if queries.open_case_of(act.connection, person_id) is not None:
        raise Refused(N_("This person has a case already."))


def _waiting_row(act: Act, person_id: int) -> models.CaseFileRow | None:
    case_id = queries.open_case_of(act.connection, person_id)
    row = None if case_id is None else act.session.get_one(models.CaseFileRow, case_id)
    return row if row is not None and row.state == CaseState.WAITING else None


def _is_from_before(act: Act, person_id: int) -> bool:
    """Whether somebody is in the programme already and nobody ever asked for the consents."""
    person = people_repository.person_to_change(act.session, person_id)
    standing = standing_on(act.today, consents_of(act.connection, person_id))
    first = all(case.opened_on is None for case in queries.cases_of_person(act.connection, person_id))
    return first and person.status != PersonStatus.CANDIDATE and standing is ConsentStanding.MISSING


def _actor_if_worker(act: Act) -> int | None:
    return act.actor.staff_id if act.actor.role is Role.SOCIAL_WORKER else None


def _require_worker(act: Act, staff_id: int) -> None:
    """Only a social worker or a manager who works here can be responsible: they hold the keys of all parts."""
    staff = act.session.get(models.Staff, staff_id)
    if staff is None:
        raise NotFound(N_("This member of staff is not on record."))
    if not staff.active or staff.role not in (Role.SOCIAL_WORKER, Role.MANAGER):
        raise Refused(N_("Only a social worker or a manager who works here can be responsible for a case."))
