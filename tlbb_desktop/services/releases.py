"""Releases: somebody left prison, as planned or not. Nothing here waits for a plan or a consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import releases as queries
from tlbb_desktop.data.queries.cases import open_case_of
from tlbb_desktop.data.repositories import people as people_repository
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.people import CustodyStay
from tlbb_desktop.domain.person_check import stay_open_on
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_plans import Light, ReleaseType
from tlbb_desktop.domain.releases import Release, ReleaseForm, status_after, stay_that_ends
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import SEALED, CaseAccess, note_read
from tlbb_desktop.services.follow_up_opening import open_follow_ups
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.release_reading import seen_counts
from tlbb_desktop.services.sealed_forms import FOLLOW_UP, RELEASE

_ENDED: Final = "released"


class ReleaseService:
    """Who has left, when and how.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def of_person(self, person_id: int, reason: ReadReason | None = None) -> tuple[Release, ...]:
        """The releases of somebody that stand, the newest day first; reading them is written to the audit.

        Those of a sealed case come along for a manager who gives a reason.

        Raises:
            Refused: the case is sealed, no other one stands, and no reason is given.
        """
        where = self._access.where_unsealed(person_id, reason)
        with self._office.act(Action.LEGAL_READ, where, enters=False) as act:
            note_read(act, f"person:{person_id}", "release", reason)
            rows = queries.releases_of(act.connection, person_id)
            sealed = frozenset[int]() if reason else queries.releases_of_sealed_cases(act.connection, person_id)
            found = [self._release(row) for row in rows if row.id not in sealed]
        return tuple(sorted(found, key=lambda each: (each.form.released_on, each.id or 0), reverse=True))

    def record(self, person_id: int, form: ReleaseForm) -> Release:
        """Record that somebody left: the stay in prison and the classes end, the follow-up begins.

        Who does not hold the key of the follow-up leaves its rows to the next member of staff who does
        (:meth:`open_missing_follow_ups`).

        Args:
            person_id: who.
            form: the day, how, whether it was unplanned, and a note; the rest is told from the record.

        Raises:
            Refused: the day has not come, lies before the admission, or somebody is released already or came back on
                the same day.
        """
        with self._office.act(Action.RELEASE_NOTE, self._access.where_lives(person_id)) as act:
            person = people_repository.person_to_change(act.session, person_id)
            earlier = [self._form(row).released_on for row in queries.releases_of(act.connection, person_id)]
            stay = stay_that_ends(form.released_on, act.today, _stays(act, person_id), earlier)
            case_id = open_case_of(act.connection, person_id)
            whole = self._whole(act, form, person, stay, case_id)
            row = models.ReleaseRow(person_id=person_id, case_id=case_id, imported=False, void=False)
            row.prison_id = person.prison_id if stay is None else stay.prison_id
            _end_stay(act, stay, whole.released_on)
            _end_enrolments(act, whole)
            _move_person(act, person, status_after(whole.kind) or person.status)
            RELEASE.add(act, self._office.cipher, row, whole)
            if self._office.cipher.opens(Compartment.AFTERCARE):
                open_follow_ups(act, self._office.cipher, row, whole)
            _tell(act, "release", row, f"{whole.kind}{' unplanned' if whole.unplanned else ''}")
            return self._release(row)

    def left_today(self, person_id: int, kind: ReleaseType = ReleaseType.SENTENCE_END) -> Release:
        """Record by one act that somebody left today although nobody had planned it."""
        return self.record(person_id, ReleaseForm(self._office.clock.today(), kind, unplanned=True))

    def take_back(self, release_id: int, seen: int) -> None:
        """Take a release back that was entered by mistake: stay, status and classes are as they were.

        Raises:
            NotFound: it is not on record.
            Refused: somebody looked for the person after it, they came to a prison since, or its case is sealed.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        person_id = self._person_of(release_id)
        with self._office.act(Action.RELEASE_NOTE, self._access.where_lives(person_id)) as act:
            row = act.session.get_one(models.ReleaseRow, release_id)
            form = self._form(row)
            _require_alone(act, self._office.cipher, row, form)
            row.void = True
            RELEASE.change(act, self._office.cipher, row, form, seen)
            _reopen(act, form)
            person = people_repository.person_to_change(act.session, person_id)
            _move_person(act, person, form.status_before or person.status)
            _tell(act, "release_taken_back", row)

    def open_missing_follow_ups(self) -> None:
        """Begin the follow-up of releases that somebody without its key recorded; nothing for others without it."""
        cipher = self._office.cipher
        if not cipher.opens(Compartment.AFTERCARE) or not self._office.may(Action.RELEASE_NOTE):
            return
        if self._office.closed_since() is not None:
            return
        with self._office.store.read() as connection:
            rows = queries.without_follow_up(connection)
            missing = [row.id for row in rows if RELEASE.open(cipher, row).to_liberty]
        if missing:
            with self._office.act(Action.RELEASE_NOTE, enters=False) as act:
                for release_id in missing:
                    row = act.session.get_one(models.ReleaseRow, release_id)
                    open_follow_ups(act, cipher, row, self._form(row))

    # ----------------------------------------------------------------------------------------------------------------

    def _whole(
        self, act: Act, form: ReleaseForm, person: models.Person, stay: CustodyStay | None, case_id: int | None
    ) -> ReleaseForm:
        """The form with what the record tells: how ready the plan was, and all that a mistake is taken back with."""
        plan = None if case_id is None else queries.newest_plan(act.connection, case_id)
        cipher = self._office.cipher
        held = frozenset({Compartment.COUNSELLING}) if cipher.opens(Compartment.COUNSELLING) else frozenset()
        counts = None if plan is None else seen_counts(act.connection, cipher, plan, held)
        return replace(
            form,
            note=normalise(form.note).strip(),
            planned_on=legal_reading.planned_release(act.connection, cipher, person.id),
            readiness_percent=None if counts is None else counts.percent,
            ready=counts is not None and counts.light(0) is Light.GREEN,
            stay_id=None if stay is None else stay.id,
            stay_ended_on=None if stay is None else stay.ends_on,
            status_before="" if status_after(form.kind) is None else person.status,
            enrolments=queries.enrolments_to_end(act.connection, person.id, form.released_on),
        )

    def _form(self, row: Any) -> ReleaseForm:
        return RELEASE.open(self._office.cipher, row)

    def _release(self, row: Any) -> Release:
        return Release(
            row.id,
            row.person_id,
            row.case_id,
            row.prison_id,
            self._form(row),
            row.imported,
            row.created_at.date(),
            row.version,
        )

    def _person_of(self, release_id: int) -> int:
        with self._office.store.read() as connection:
            person_id = queries.person_of_release(connection, release_id)
        if person_id is None:
            raise NotFound(N_("This release is not on record."))
        return person_id


def _stays(act: Act, person_id: int) -> list[CustodyStay]:
    rows = people_repository.stays_of(act.session, person_id)
    return [CustodyStay(row.prison_id, row.starts_on, row.ends_on, row.id) for row in rows]


def _was_followed(act: Act, cipher: FieldCipher, release_id: int) -> bool:
    """Whether anybody looked for the person; a contact between the due ones that was taken back is none."""
    if queries.was_tried(act.connection, release_id):
        return True
    over = queries.contacts_over(act.connection, release_id)
    if not cipher.opens(Compartment.AFTERCARE):
        return bool(over)
    forms = (FOLLOW_UP.open(cipher, row) for row in over)
    return any(form.kind is not FollowUpKind.EXTRA or form.held_on is not None for form in forms)


def _require_alone(act: Act, cipher: FieldCipher, row: models.ReleaseRow, form: ReleaseForm) -> None:
    """Refuse to take back what other things rest on."""
    if row.void:
        raise Refused(N_("This release was taken back already."))
    if row.id in queries.releases_of_sealed_cases(act.connection, row.person_id):
        raise Refused(SEALED)
    if _was_followed(act, cipher, row.id):
        raise Refused(N_("Somebody was looked for after this release already, so it stays on record."))
    if queries.stays_since(act.connection, row.person_id, form.released_on + timedelta(days=1)):
        raise Refused(N_("A new stay in prison began after this release, so it stays on record."))


def _move_person(act: Act, person: models.Person, status: str) -> None:
    """Give the person the status, and the prison of the stay that is open today."""
    act.session.flush()
    stay = stay_open_on(_stays(act, person.id), act.today)
    act.change(person, person.version)
    person.status, person.prison_id = status, None if stay is None else stay.prison_id
    act.session.flush()


def _end_stay(act: Act, stay: CustodyStay | None, day: date) -> None:
    if stay is not None and stay.ends_on != day:
        row = act.session.get_one(models.CustodyStay, stay.id)
        act.change(row, row.version)
        row.ends_on = day


def _end_enrolments(act: Act, form: ReleaseForm) -> None:
    for each in form.enrolments:
        row = act.session.get_one(models.Enrolment, each.id)
        act.change(row, row.version)
        row.ends_on, row.end_reason = form.released_on, _ENDED
        act.changed("class", row.class_id)


def _reopen(act: Act, form: ReleaseForm) -> None:
    """Bring stay and enrolments back to what they were, where nobody has changed them since."""
    stay = None if form.stay_id is None else act.session.get_one(models.CustodyStay, form.stay_id)
    if stay is not None and stay.ends_on == form.released_on:
        act.change(stay, stay.version)
        stay.ends_on = form.stay_ended_on
    for each in form.enrolments:
        row = act.session.get_one(models.Enrolment, each.id)
        if row.end_reason == _ENDED and row.ends_on == form.released_on:
            act.change(row, row.version)
            row.ends_on, row.end_reason = each.before_on, ""
            act.changed("class", row.class_id)


def _tell(act: Act, kind: str, row: models.ReleaseRow, detail: str = "") -> None:
    act.record(kind, f"person:{row.person_id}", f"release:{row.id} {detail}".strip())
    act.changed("release", row.id)
    act.changed("person", row.person_id)
    if row.case_id is not None:
        act.changed("case", row.case_id)
