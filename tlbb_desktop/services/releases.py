"""Releases: somebody left prison, planned or not; it never waits for an approval, a consent or a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import cases as case_queries
from tlbb_desktop.data.queries.people import prison_of_person
from tlbb_desktop.data.repositories import people as people_repository
from tlbb_desktop.domain.case_plans import PlanStatus
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.follow_ups import FollowUpForm, FollowUpKind
from tlbb_desktop.domain.people import PersonStatus
from tlbb_desktop.domain.release_items import FIRST_CONTACT
from tlbb_desktop.domain.release_plans import Light, due_day
from tlbb_desktop.domain.releases import Release, ReleaseForm
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.person_form import note_form
from tlbb_desktop.services.release_item_rows import readiness_in
from tlbb_desktop.services.sealed_forms import FOLLOW_UP, RELEASE


class ReleaseService:
    """That somebody left, when and how.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def of_person(self, person_id: int) -> tuple[Release, ...]:
        """The releases of a person, the newest first, without those entered by mistake."""
        with self._office.act(Action.LEGAL_READ, self._access.where_lives(person_id), enters=False) as act:
            act.record("protected_read", f"person:{person_id}", "releases")
            found = [self._release(row) for row in _rows(act.connection, person_id)]
        return tuple(sorted(found, key=lambda each: (each.form.released_on, each.id), reverse=True))

    def left_today(self, person_id: int) -> int:
        """Left today without a plan, by one key: records the day and opens the contact within 72 hours."""
        today = self._office.clock.today()
        return self.record(person_id, ReleaseForm(today, unplanned=True))

    def record(self, person_id: int, form: ReleaseForm) -> int:
        """Record a release; returns its row.

        The stay in prison and the places in classes end with that day, the readiness of then is kept, and the first
        contact is due three days later.

        Raises:
            Refused: the day lies ahead or before the admission, or the person is out already.
        """
        tidy: ReleaseForm = form_tidied(form)
        cipher = self._office.cipher
        with self._office.act(Action.RELEASE_NOTE, self._access.where_lives(person_id)) as act:
            person = people_repository.person_to_change(act.session, person_id)
            self._check(act, person_id, tidy)
            case_id = case_queries.open_case_of(act.connection, person_id)
            prison_id = prison_of_person(act.connection, person_id)
            whole = self._with_readiness(act, person_id, case_id, tidy)
            row = models.ReleaseRow(person_id=person_id, case_id=case_id, prison_id=prison_id)
            row.imported = row.void = False
            release_id = RELEASE.add(act, cipher, row, whole)
            if whole.to_liberty and cipher.opens(Compartment.AFTERCARE):
                due = due_day(whole.released_on, FIRST_CONTACT)
                contact = FollowUpForm(FollowUpKind.HOURS_72, whole.released_on, due)
                follow_up = models.FollowUpRow(release_id=release_id, done=False)
                FOLLOW_UP.add(act, cipher, follow_up, contact)
            act.change(person, person.version)
            person.status = PersonStatus.POST_RELEASE
            _end_stays(act, person_id, whole.released_on)
            if whole.released_on < act.today:
                person.prison_id = None
            act.record("release", f"person:{person_id}", f"release:{release_id} {whole.kind}")
            note_form(act, person_id)
            return release_id

    def void(self, release_id: int, reason: str) -> None:
        """Say that a release was entered by mistake: the person is in prison and awaits release again.

        Raises:
            Refused: no reason is given, or it was taken back before.
            NotFound: it is not on record.
        """
        said = reason.strip()
        if not said:
            raise Refused(N_("Say why it was a mistake."), place="reason")
        with self._office.store.read() as connection:
            person_id = connection.execute(
                select(models.ReleaseRow.person_id).where(models.ReleaseRow.id == release_id)
            ).scalar()
        if person_id is None:
            raise NotFound(N_("This release is not on record any more."))
        with self._office.act(Action.RELEASE_NOTE, self._access.where_lives(person_id)) as act:
            row = act.session.get_one(models.ReleaseRow, release_id)
            if row.void:
                raise Refused(N_("This release was taken back already."))
            form = RELEASE.open(self._office.cipher, row)
            row.void = True
            RELEASE.change(act, self._office.cipher, row, replace(form, note=said), row.version)
            person = people_repository.person_to_change(act.session, person_id)
            act.change(person, person.version)
            person.status = PersonStatus.AWAITING_RELEASE
            _open_stay_again(act, person, form.released_on)
            act.record("release", f"person:{person_id}", f"release:{release_id} void")
            note_form(act, person_id)

    def _check(self, act: Act, person_id: int, form: ReleaseForm) -> None:
        if form.released_on > act.today:
            raise Refused(N_("This day lies in the future."), place="released_on")
        admitted = case_queries.admissions(act.connection, (person_id,)).get(person_id)
        if admitted is not None and form.released_on < admitted:
            raise Refused(N_("{day} lies before the admission."), place="released_on", day=form.released_on)
        inside = act.session.scalars(_going_on(models.CustodyStay, person_id, form.released_on)).first()
        if inside is None and _rows(act.connection, person_id):
            raise Refused(N_("This person is out already. Enter the new admission first."))

    def _with_readiness(self, act: Act, person_id: int, case_id: int | None, form: ReleaseForm) -> ReleaseForm:
        """The form with the planned day, and how ready the plan that stands was."""
        official = legal_reading.official_release(act.connection, self._office.cipher, person_id)
        planned = None if official is None else legal_reading.planned(act.connection, official)
        known = replace(form, planned_on=planned)
        table = models.ReleasePlanRow
        plan = act.connection.execute(
            select(table.__table__)
            .where(table.case_id == case_id, table.status.in_((PlanStatus.ACTIVE, PlanStatus.DRAFT)))
            .order_by(table.status == PlanStatus.DRAFT, table.number.desc())
        ).first()
        if plan is None:
            return known
        readiness = readiness_in(plan)
        return replace(known, readiness_percent=readiness.percent, ready=readiness.light(0) is Light.GREEN)

    def _release(self, row: Any) -> Release:
        return Release(
            row.id,
            row.person_id,
            row.case_id,
            row.prison_id,
            RELEASE.open(self._office.cipher, row),
            row.imported,
            row.created_at.date(),
            row.version,
        )


def _rows(connection: Connection, person_id: int) -> list[Any]:
    table = models.ReleaseRow
    return list(connection.execute(select(table.__table__).where(table.person_id == person_id, table.void.is_(False))))


def _end_stays(act: Act, person_id: int, day: date) -> None:
    """End what goes on after *day*: the stay in prison, and the places in classes."""
    stay, place = models.CustodyStay, models.Enrolment
    for row in act.session.scalars(_going_on(stay, person_id, day)):
        act.change(row, row.version)
        row.ends_on = day
    for taken in act.session.scalars(_going_on(place, person_id, day)):
        act.change(taken, taken.version)
        taken.ends_on, taken.end_reason = day, "released"
        act.changed("class", taken.class_id)
    act.session.flush()


def _going_on(table: Any, person_id: int, day: date) -> Any:
    goes_on = or_(table.ends_on.is_(None), table.ends_on > day)
    return select(table).where(table.person_id == person_id, table.starts_on <= day, goes_on)


def _open_stay_again(act: Act, person: models.Person, day: date) -> None:
    stay = models.CustodyStay
    wanted = select(stay).where(stay.person_id == person.id, stay.ends_on == day).order_by(stay.id.desc())
    row = act.session.scalars(wanted).first()
    if row is not None:
        act.change(row, row.version)
        row.ends_on = None
        person.prison_id = row.prison_id
    act.session.flush()
