"""How a case ends: closed by the rule of form I, then sealed, at last expunged, both by two members of staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries.aftercare import places_of_person
from tlbb_desktop.data.repositories import retention
from tlbb_desktop.domain.births import BirthPrecision
from tlbb_desktop.domain.calendar_spans import months_after
from tlbb_desktop.domain.case_tasks import TaskKind
from tlbb_desktop.domain.cases import (
    EXPUNGED_AFTER_YEARS,
    EXPUNGED_FROM_AGE,
    SEALED_AFTER_DAYS,
    CaseFile,
    CaseState,
    CloseReason,
    RetentionAct,
    sealed_from,
)
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.follow_up_schedule import ClosingFacts, ClosingGap, closing_gaps
from tlbb_desktop.domain.people import PersonStatus
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.expunging import expunge
from tlbb_desktop.services.follow_ups import read_follow_ups
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import RELEASE, TASK

#: Names of the settings; their defaults stand in ``domain.cases``.
SEAL_AFTER: Final = "case_sealed_after_days"
EXPUNGE_AFTER: Final = "case_expunged_after_years"
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits for a second member of staff.

    Args:
        id: row.
        case_id: about which case.
        code: of the person.
        act: what is asked for.
        reason: why.
        asked_by: row of who asks.
        asked_on: day.
        version: for detecting two editors.
    """

    id: int
    case_id: int
    code: str
    act: RetentionAct
    reason: str
    asked_by: int
    asked_on: date
    version: int


class CaseEndingService:
    """Closing and what comes after it.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def gaps(self, case_id: int) -> tuple[ClosingGap, ...]:
        """What stands against closing a case today; that a manager signs is the last of it.

        Raises:
            NotFound: it is not on record.
        """
        case = self._access.head(case_id)
        with self._office.read(Action.AFTERCARE_READ, self._access.where(case)) as connection:
            facts = self._facts(connection, case, signed=False)
            return closing_gaps(facts, self._office.clock.today())

    def close(self, case_id: int, reason: CloseReason, seen: int) -> None:
        """Close a case; the manager who does it signs with it.

        After the follow-up the rule of form I has to hold. For any other reason only open safety tasks stand against
        it, and for a death nothing does.

        Args:
            case_id: row.
            reason: why.
            seen: version of the case that was read.

        Raises:
            Refused: the rule does not hold, or the case is not open.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        case = self._access.head(case_id)
        with self._office.act(Action.CASE_CLOSE, self._access.where(case)) as act:
            if case.state is not CaseState.OPEN:
                raise Refused(N_("This case is not open."))
            gaps = closing_gaps(self._facts(act.connection, case, signed=True), act.today)
            if reason is not CloseReason.DONE_AFTER_RELEASE:
                gaps = tuple(gap for gap in gaps if gap is ClosingGap.SAFETY_TASKS and reason is not CloseReason.DIED)
            if gaps:
                raise Refused(N_("The case cannot be closed yet. What stands against it is listed beside it."))
            row = act.session.get_one(models.CaseFileRow, case_id)
            act.change(row, seen)
            row.state, row.closed_on, row.close_reason = CaseState.CLOSED, act.today, reason
            person = act.session.get_one(models.Person, case.person_id)
            act.change(person, person.version)
            person.status = PersonStatus.CLOSED
            _tell(act, row, f"closed {reason}")

    def ask(self, case_id: int, wish: RetentionAct, reason: str) -> int:
        """Ask that a case be sealed, opened again or expunged; returns the row of the request.

        Raises:
            Refused: it is too early, the case does not stand so, nobody says why, or a request waits already.
        """
        case = self._access.head(case_id)
        if not reason.strip():
            raise Refused(N_("Say why."), place="reason")
        with self._office.act(Action.RETENTION, self._access.where(case)) as act:
            self._require_time(act, case, wish)
            if retention.open_request(act.connection, case_id) is not None:
                raise Refused(N_("A request about this case waits for a second member of staff already."))
            row = models.RetentionRequest(case_id=case_id, act=wish, reason=reason.strip(), asked_by=act.actor.staff_id)
            act.add(row)
            act.record("retention_asked", f"case:{case_id}", wish)
            act.changed("case", case_id)
            return row.id

    def requests(self) -> tuple[OpenRequest, ...]:
        """Requests that wait for a second member of staff, the oldest first."""
        with self._office.read(Action.RETENTION) as connection:
            rows = connection.execute(
                select(models.RetentionRequest.__table__, models.Person.code)
                .join(models.CaseFileRow, models.CaseFileRow.id == models.RetentionRequest.case_id)
                .join(models.Person, models.Person.id == models.CaseFileRow.person_id)
                .where(models.RetentionRequest.decided_at.is_(None))
                .order_by(models.RetentionRequest.id)
            ).all()
        return tuple(
            OpenRequest(
                row.id,
                row.case_id,
                row.code,
                RetentionAct(row.act),
                row.reason,
                row.asked_by,
                row.created_at.date(),
                row.version,
            )
            for row in rows
        )

    def decide(self, request_id: int, *, approved: bool, seen: int) -> None:
        """Approve or refuse what another member of staff asked for; what is approved is done at once.

        Raises:
            Refused: it was decided already, or the one who asked decides.
            ChangedMeanwhile: somebody decided after it was read.
            NotFound: it is not on record.
        """
        with self._office.act(Action.RETENTION) as act:
            row = act.session.get(models.RetentionRequest, request_id)
            if row is None:
                raise NotFound(N_("This request is not on record any more."))
            if row.decided_at is not None:
                raise Refused(N_("This request was decided already."))
            if row.asked_by == act.actor.staff_id:
                raise Refused(N_("A second member of staff decides. You asked for it yourself."))
            act.change(row, seen)
            row.decided_at, row.decided_by, row.approved = act.at, act.actor.staff_id, approved
            act.record("retention_decided", f"case:{row.case_id}", f"{row.act} approved:{approved}")
            if approved:
                self._carry_out(act, self._access.head(row.case_id), RetentionAct(row.act))

    # ----------------------------------------------------------------------------------------------------------------

    def _facts(self, connection: Connection, case: CaseFile, *, signed: bool) -> ClosingFacts:
        cipher, views = self._office.cipher, []
        release = None
        for place in places_of_person(connection, case.person_id):
            if place.case_id != case.id:
                continue
            row = connection.execute(
                select(models.ReleaseRow.__table__).where(models.ReleaseRow.id == place.release_id)
            ).one()
            release = RELEASE.open(cipher, row).released_on
            contacts = [each for each in read_follow_ups(connection, cipher, place.release_id) if each.form.held_on]
            views = [each.form.findings.view if each.form.findings else None for each in contacts]
        return ClosingFacts(release, views, self._safety_tasks(connection, case), signed)

    def _safety_tasks(self, connection: Connection, case: CaseFile) -> int:
        """How many are open; whoever cannot read them counts every task of the protected part."""
        rows = connection.execute(
            select(models.CaseTaskRow.__table__).where(
                models.CaseTaskRow.case_id == case.id,
                models.CaseTaskRow.done_at.is_(None),
                models.CaseTaskRow.compartment == Compartment.COUNSELLING,
            )
        ).all()
        if not self._office.cipher.opens(Compartment.COUNSELLING):
            return len(rows)
        return sum(TASK.open(self._office.cipher, row).kind is TaskKind.SAFETY for row in rows)

    def _require_time(self, act: Act, case: CaseFile, wish: RetentionAct) -> None:
        needed = CaseState.CLOSED if wish is RetentionAct.SEAL else CaseState.SEALED
        if case.state is not needed or case.closed_on is None:
            raise Refused(N_("This case does not stand so that this can be asked for."))
        first = self._first_day(act.connection, case, wish)
        if act.today < first:
            raise Refused(N_("This can be asked for from {day} on."), day=first)

    def _first_day(self, connection: Connection, case: CaseFile, wish: RetentionAct) -> date:
        closed_on = case.closed_on or date.max
        if wish is RetentionAct.SEAL:
            return sealed_from(closed_on, legal_reading.setting(connection, SEAL_AFTER, SEALED_AFTER_DAYS))
        if wish is RetentionAct.UNSEAL:
            return closed_on
        years = legal_reading.setting(connection, EXPUNGE_AFTER, EXPUNGED_AFTER_YEARS)
        first = months_after(closed_on, _MONTHS * years)
        birth = legal_reading.birth(connection, self._office.cipher, case.person_id)
        if birth.precision is BirthPrecision.UNKNOWN:
            return first
        return max(first, months_after(birth.latest, _MONTHS * EXPUNGED_FROM_AGE))

    def _carry_out(self, act: Act, case: CaseFile, wish: RetentionAct) -> None:
        self._require_time(act, case, wish)
        row = act.session.get_one(models.CaseFileRow, case.id)
        act.change(row, row.version)
        if wish is RetentionAct.SEAL:
            row.state, row.sealed_on = CaseState.SEALED, act.today
        elif wish is RetentionAct.UNSEAL:
            row.state, row.sealed_on = CaseState.CLOSED, None
        else:
            if retention.other_cases(act.connection, row.id, case.person_id):
                raise Refused(N_("Another case of this person still stands. Expunge the last one only."))
            row.state, row.expunged_on = CaseState.EXPUNGED, act.today
            expunge(act, self._office.cipher, case)
        _tell(act, row, str(wish))


def _tell(act: Act, row: models.CaseFileRow, what: str) -> None:
    act.session.flush()
    act.record("case", f"case:{row.id}", what)
    act.changed("case", row.id)
    act.changed("person", row.person_id)
