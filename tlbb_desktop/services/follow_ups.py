"""Contacts after a release: what is due, the tries that reached nobody, and what a contact found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.data.queries import aftercare as queries
from tlbb_desktop.data.queries.aftercare import AftercarePlace
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.follow_up_schedule import next_due, next_try, passed_over, schedule
from tlbb_desktop.domain.follow_ups import (
    AttemptForm,
    ContactFindings,
    ContactMode,
    FollowUp,
    FollowUpForm,
    FollowUpKind,
    LawTrouble,
    Reached,
)
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, OutcomeKnownForm, ReoffenceForm
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.aftercare_access import AftercareAccess
from tlbb_desktop.services.case_access import note_read
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import ATTEMPT, FOLLOW_UP, OUTCOME_KNOWN, RELEASE, REOFFENCE
from tlbb_desktop.services.strengths import overall_risk

#: Answers that somebody was found; the others are tries that reached nobody.
FOUND: Final = frozenset({Reached.IN_PERSON, Reached.BY_PHONE, Reached.FAMILY_ONLY, Reached.IN_CUSTODY, Reached.DIED})
_EVENTS: Final = {
    LawTrouble.ARRESTED: EvidenceLevel.ARREST,
    LawTrouble.CHARGED: EvidenceLevel.CHARGE,
    LawTrouble.CONVICTED: EvidenceLevel.CONVICTION,
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact at which somebody was found.

    Args:
        held_on: the day.
        mode: how.
        reached: who.
        findings: what was found, or None.
        event_on: the day of the trouble with the law that it tells of; the day of the contact where it is not known.
    """

    held_on: date
    mode: ContactMode
    reached: Reached
    findings: ContactFindings | None = None
    event_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactNoted:
    """What came of entering a contact.

    Args:
        next_on: the day that is proposed for the next one, or None after the last.
        reoffence_id: row of the event that it opened, or None.
        passed_over: rows of contacts that should have come before and are over now.
    """

    next_on: date | None
    reoffence_id: int | None = None
    passed_over: tuple[int, ...] = ()


class FollowUpService:
    """Contacts after releases.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = AftercareAccess(office)

    def of_release(self, release_id: int, reason: ReadReason | None = None) -> tuple[FollowUp, ...]:
        """The contacts of a release in order of day, with their tries. Reading them is written to the audit.

        Raises:
            NotFound: the release is not on record.
        """
        place = self._access.of_release(release_id, reason)
        with self._office.act(Action.AFTERCARE_READ, self._access.prison(place), enters=False) as act:
            found = read_follow_ups(act.connection, self._office.cipher, release_id)
            note_read(act, f"release:{release_id}", "follow_up", reason)
        return found

    def plan(self, release_id: int, risk: Risk = Risk.MEDIUM) -> tuple[FollowUp, ...]:
        """Open the contacts that the schedule asks for at this risk; those on record stay as they are.

        Open contacts that another risk had asked for and this one does not are over. Returns all of them.
        """
        place = self._access.of_release(release_id)
        with self._office.act(Action.AFTERCARE_WRITE, self._access.prison(place)) as act:
            cipher = self._office.cipher
            released_on = _released_on(act.connection, cipher, release_id)
            known = read_follow_ups(act.connection, cipher, release_id)
            open_schedule(act, cipher, release_id, released_on, risk, known)
            act.changed("follow_up", release_id)
            return read_follow_ups(act.connection, cipher, release_id)

    def note_attempt(self, follow_up_id: int, attempt: AttemptForm, risk: Risk | None = None) -> date:
        """Keep a try that reached nobody; returns the day that is proposed for the next one.

        Args:
            follow_up_id: row of the contact that was due.
            attempt: the try.
            risk: how soon the next one is; None = as the newest assessment of the case found it.

        Raises:
            Refused: it is in the future, before the release, or somebody was reached; or the contact is over.
            NotFound: the contact is not on record.
        """
        if attempt.reached in FOUND:
            raise Refused(N_("Somebody was reached: enter what was found."), place="reached")
        with self._contact(follow_up_id) as (act, place, row, form):
            _require_day(act, self._office.cipher, place, attempt.on)
            ATTEMPT.add(act, self._office.cipher, models.FollowUpAttempt(follow_up_id=follow_up_id), attempt)
            next_on = next_try(form, attempt.on, risk or risk_of(act, self._office.cipher, place))
            FOLLOW_UP.change(act, self._office.cipher, row, replace(form, next_on=next_on), row.version)
            act.record("follow_up_attempt", f"follow_up:{follow_up_id}", f"next:{next_on}")
            return next_on

    def note_contact(self, follow_up_id: int, contact: Contact, seen: int) -> ContactNoted:
        """Enter a contact at which somebody was found.

        Trouble with the law opens a re-offence event; what was answered makes the outcome known up to that day.

        Args:
            follow_up_id: row of the contact that was due.
            contact: what happened.
            seen: version that was read.

        Raises:
            Refused: nobody was found, the day is in the future, before the release, or before the month is over; or
                the contact is over.
            ChangedMeanwhile: somebody changed it after it was read.
            NotFound: it is not on record.
        """
        if contact.reached not in FOUND:
            raise Refused(N_("Nobody was reached: enter it as a try."), place="reached")
        with self._contact(follow_up_id) as (act, place, row, form):
            _require_day(act, self._office.cipher, place, contact.held_on)
            _require_month_over(form, contact.held_on)
            return self._note(act, place, row, form, contact, seen)

    def add_extra(self, release_id: int, contact: Contact) -> ContactNoted:
        """Enter a contact that the schedule did not ask for; arguments and errors as for :meth:`note_contact`."""
        if contact.reached not in FOUND:
            raise Refused(N_("Nobody was reached: enter it as a try."), place="reached")
        place = self._access.of_release(release_id)
        with self._office.act(Action.AFTERCARE_WRITE, self._access.prison(place)) as act:
            _require_day(act, self._office.cipher, place, contact.held_on)
            form = FollowUpForm(FollowUpKind.EXTRA, contact.held_on, contact.held_on)
            row = models.FollowUpRow(release_id=release_id, done=False)
            FOLLOW_UP.add(act, self._office.cipher, row, form)
            return self._note(act, place, row, form, contact, row.version)

    def give_up(self, follow_up_id: int, seen: int) -> None:
        """End a contact that will not come about any more; its tries stay.

        Raises:
            Refused: it is over already.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        with self._contact(follow_up_id) as (act, _place, row, form):
            row.done = True
            over = replace(form, reached=Reached.NOT_REACHED, next_on=None)
            FOLLOW_UP.change(act, self._office.cipher, row, over, seen)
            act.record("follow_up", f"follow_up:{follow_up_id}", "given up")

    # ----------------------------------------------------------------------------------------------------------------

    @contextmanager
    def _contact(self, follow_up_id: int) -> Iterator[tuple[Act, AftercarePlace, models.FollowUpRow, FollowUpForm]]:
        """An act on a contact that is not over: the act, where it belongs, its row and its form."""
        place = self._access.of_follow_up(follow_up_id)
        with self._office.act(Action.AFTERCARE_WRITE, self._access.prison(place)) as act:
            row = act.session.get_one(models.FollowUpRow, follow_up_id)
            if row.done:
                raise Refused(N_("This contact is over already."))
            yield act, place, row, FOLLOW_UP.open(self._office.cipher, row)

    def _note(
        self, act: Act, place: AftercarePlace, row: models.FollowUpRow, form: FollowUpForm, contact: Contact, seen: int
    ) -> ContactNoted:
        cipher = self._office.cipher
        _require_event(act, cipher, place, contact)
        others = [each for each in read_follow_ups(act.connection, cipher, place.release_id) if each.id != row.id]
        waiting = [each for each in others if not each.done]
        ends = contact.reached is Reached.DIED
        over = waiting if ends else _missed(form, waiting)
        left = [each.form for each in waiting if each not in over]
        next_on = next_due(left, contact.held_on)
        _end(act, cipher, over)
        row.done = True
        held = replace(
            form,
            held_on=contact.held_on,
            mode=contact.mode,
            reached=contact.reached,
            findings=contact.findings,
            next_on=next_on,
        )
        FOLLOW_UP.change(act, cipher, row, held, seen)
        _note_known(act, cipher, place.person_id, contact)
        event = _event_of(contact)
        event_id = None
        if event is not None:
            event_id = REOFFENCE.add(act, cipher, models.ReoffenceRow(person_id=place.person_id), event)
            act.record("reoffence", f"reoffence:{event_id}", f"level:{event.level.value}")
        act.record("follow_up", f"follow_up:{row.id}", f"reached:{contact.reached}")
        act.changed("follow_up", place.release_id)
        return ContactNoted(next_on, event_id, tuple(each.id for each in over if each.id is not None))


def read_follow_ups(connection: Connection, cipher: FieldCipher, release_id: int) -> tuple[FollowUp, ...]:
    """The contacts of a release in order of day, with their tries."""
    rows = queries.follow_ups(connection, release_id)
    tries: dict[int, list[AttemptForm]] = {}
    for each in queries.attempts(connection, [row.id for row in rows]):
        tried = ATTEMPT.open(cipher, each)
        if not tried.void:
            tries.setdefault(each.follow_up_id, []).append(tried)
    found = [
        FollowUp(
            row.id,
            row.release_id,
            FOLLOW_UP.open(cipher, row),
            tuple(sorted(tries.get(row.id, ()), key=lambda each: each.on)),
            bool(row.done),
            from_milliseconds(row.changed_at).date() if row.done else None,
            row.version,
        )
        for row in rows
    ]
    asked = (each for each in found if not _was_taken_back(each))
    return tuple(sorted(asked, key=lambda each: (each.form.held_on or each.form.late_after, each.form.due_on)))


def open_schedule(
    act: Act,
    cipher: FieldCipher,
    release_id: int,
    released_on: date,
    risk: Risk = Risk.MEDIUM,
    known: tuple[FollowUp, ...] = (),
) -> None:
    """Open the contacts of a release inside an act, such as that of the release itself.

    Args:
        act: the transaction.
        cipher: seals them.
        release_id: row.
        released_on: day of the release.
        risk: overall risk of the last assessment.
        known: contacts on record; of an open one that this risk does not ask for nothing stays to be done.
    """
    wanted = schedule(released_on, risk)
    have = {(each.form.kind, each.form.late_after) for each in known}
    have_kinds = {each.form.kind for each in known if each.form.kind is not FollowUpKind.FORTNIGHT}
    for each in wanted:
        if (each.kind, each.late_after) not in have and each.kind not in have_kinds:
            FOLLOW_UP.add(act, cipher, models.FollowUpRow(release_id=release_id, done=False), FollowUpForm(*each))
    kinds = {each.kind for each in wanted} | {FollowUpKind.EXTRA}
    _end(act, cipher, [each for each in known if not each.done and each.form.kind not in kinds])
    act.record("follow_up_plan", f"release:{release_id}", f"risk:{risk}")


def risk_of(act: Act, cipher: FieldCipher, place: AftercarePlace) -> Risk:
    """The overall risk of the case, where the actor holds its key; medium where nothing is known of it."""
    if place.case_id is None or not cipher.opens(Compartment.COUNSELLING):
        return Risk.MEDIUM
    return overall_risk(act.connection, cipher, place.case_id) or Risk.MEDIUM


def _was_taken_back(contact: FollowUp) -> bool:
    """Whether it is an extra contact that was not held after all."""
    return contact.form.kind is FollowUpKind.EXTRA and contact.form.held_on is None


def _missed(form: FollowUpForm, waiting: list[FollowUp]) -> list[FollowUp]:
    """The open contacts that should have come before this one; an extra one comes in nobody's place."""
    if form.kind is FollowUpKind.EXTRA:
        return []
    missed = passed_over(form, [each.form for each in waiting])
    return [each for each in waiting if each.form in missed]


def _end(act: Act, cipher: FieldCipher, contacts: list[FollowUp]) -> None:
    for each in contacts:
        row = act.session.get_one(models.FollowUpRow, each.id)
        row.done = True
        FOLLOW_UP.change(act, cipher, row, replace(each.form, next_on=None), each.version)


def _released_on(connection: Connection, cipher: FieldCipher, release_id: int) -> date:
    return RELEASE.open(cipher, queries.sealed_release(connection, release_id)).released_on


def _require_day(act: Act, cipher: FieldCipher, place: AftercarePlace, day: date) -> None:
    if day > act.today:
        raise Refused(N_("The day {day} has not come yet."), place="held_on", day=day)
    released_on = _released_on(act.connection, cipher, place.release_id)
    if day < released_on:
        raise Refused(N_("{day} is before the release of {released}."), place="held_on", day=day, released=released_on)


def _require_event(act: Act, cipher: FieldCipher, place: AftercarePlace, contact: Contact) -> None:
    """Refuse a day of trouble or death that lies after the contact that tells of it, or before somebody was free."""
    day = contact.event_on
    if day is None:
        return
    if day > contact.held_on:
        raise Refused(N_("The event lies after the contact that tells of it."), place="event_on")
    released_on = _released_on(act.connection, cipher, place.release_id)
    if day < released_on:
        raise Refused(
            N_("The event of {event} is before the release of {released}."),
            place="event_on",
            event=day,
            released=released_on,
        )


def _require_month_over(form: FollowUpForm, held_on: date) -> None:
    if form.kind.value.startswith("m") and held_on < form.due_on:
        raise Refused(
            N_("The contact of this month is made on {day} or later. Enter this one as an extra contact."),
            place="held_on",
            day=form.due_on,
        )


def _note_known(act: Act, cipher: FieldCipher, person_id: int, contact: Contact) -> None:
    """What a contact says of the outcome up to its day: nothing where nobody asked, or nobody knew."""
    trouble = contact.findings.trouble if contact.findings else None
    died = contact.reached is Reached.DIED
    if trouble in (None, LawTrouble.UNKNOWN) and not died:
        return
    known = OutcomeKnownForm(
        contact.held_on, source=_source(contact), died_on=contact.event_on or contact.held_on if died else None
    )
    OUTCOME_KNOWN.add(act, cipher, models.OutcomeKnownRow(person_id=person_id), known)


def _event_of(contact: Contact) -> ReoffenceForm | None:
    trouble = contact.findings.trouble if contact.findings else None
    level = EvidenceLevel.IMPRISONMENT if contact.reached is Reached.IN_CUSTODY else None
    if trouble is not None and level is None:
        level = _EVENTS.get(trouble)
    if level is None:
        return None
    event_on = contact.event_on or contact.held_on
    return ReoffenceForm(event_on, level, contact.held_on, _source(contact))


def _source(contact: Contact) -> EventSource:
    if contact.mode is ContactMode.LOCAL_AUTHORITY:
        return EventSource.LOCAL_AUTHORITY
    if contact.reached in (Reached.IN_PERSON, Reached.BY_PHONE):
        return EventSource.PARTICIPANT
    return EventSource.FAMILY
