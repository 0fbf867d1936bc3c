"""People: lists, the form, photos, merging."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.queries import people as queries
from tlbb_desktop.data.repositories import people as repository
from tlbb_desktop.domain.births import age_band
from tlbb_desktop.domain.errors import Refused, StorageFull, StorageLocked
from tlbb_desktop.domain.people import PersonMergeStory, PersonRecord
from tlbb_desktop.domain.person_check import check_person, stay_open_on
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import person_merge
from tlbb_desktop.services.case_access import SEALED, CaseAccess
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.people_listing import PeopleLists
from tlbb_desktop.services.person_form import read_person, tidied, write_person
from tlbb_desktop.services.person_seal import open_birth
from tlbb_desktop.services.prisons import PrisonService

MOST_PHOTO_BYTES: Final = 400_000
_JPEG: Final = b"\xff\xd8\xff"
_PHOTO: Final = "photo"
_STAYS_FOLLOWED: Final = "stays_followed_on"
_AGES_FOLLOWED: Final = "ages_followed_on"


class PeopleService(PeopleLists):
    """Everything that is done with people one by one, and their lists.

    Args:
        office: who acts on which record.
        prisons: names the home's own prison, for new codes.
    """

    def __init__(self, office: Office, prisons: PrisonService) -> None:
        super().__init__(office)
        self._prisons = prisons
        self._access = CaseAccess(office)

    def record(self, person_id: int) -> PersonRecord:
        """The person's form, with the parts that the actor may read; reading a protected part is written to the audit.

        Of somebody whose case is sealed nobody reads those parts here.

        Raises:
            NotFound: the person is not on record.
            NotPermitted: the person is at a prison that is not the actor's.
        """
        office, prison_id = self._office, self._prison_of(person_id)
        office.permit(Action.PEOPLE_READ, prison_id)
        shut = self._access.is_sealed(person_id)
        parts = {
            "with_identity": not shut
            and office.may(Action.IDENTITY_READ, prison_id)
            and office.cipher.opens(Compartment.LEGAL),
            "with_contact": not shut
            and office.may(Action.CONTACT_READ, prison_id)
            and office.cipher.opens(Compartment.FAMILY),
        }
        if not any(parts.values()):
            with office.store.read() as connection, Session(connection) as session:
                return read_person(session, office.cipher, person_id, **parts)
        with office.act(Action.PEOPLE_READ, prison_id, enters=False) as act:
            record = read_person(act.session, office.cipher, person_id, **parts)
            read = [part.removeprefix("with_") for part, given in parts.items() if given]
            act.record("protected_read", f"person:{person_id}", " ".join(read))
            return record

    def save(self, record: PersonRecord) -> int:
        """Keep the form of somebody new (``id`` None) or known; returns the person's id.

        An empty code gets the next one. ``identity`` or ``contact`` None leaves that part as it is.

        Raises:
            Refused: something is missing or cannot be true; ``place`` names the field. Or a protected part is given of
                somebody whose case is sealed.
            ChangedMeanwhile: somebody saved it after it was read.
            NotPermitted: the actor may not write this part, or not at this prison.
        """
        office = self._office
        tidy = tidied(record)
        check_person(tidy, office.clock.today())
        stay = stay_open_on(tidy.stays, office.clock.today())
        target = stay.prison_id if stay else None
        prison_id = target if record.id is None else self._prison_of(record.id)
        if record.id is not None and (tidy.identity or tidy.contact) and self._access.is_sealed(record.id):
            raise Refused(SEALED)
        if tidy.identity is not None:
            office.permit(Action.IDENTITY_WRITE, prison_id)
        if tidy.contact is not None:
            office.permit(Action.CONTACT_WRITE, prison_id)
        prefix = "" if tidy.code else self._code_prefix(target)
        with office.act(Action.PEOPLE_WRITE, prison_id) as act:
            code = tidy.code or _next_code(act.session, prefix)
            return write_person(act, office.cipher, replace(tidy, code=code))

    def next_code(self) -> str:
        """The code that the next new person at the home's prison gets, such as ``SR-26-0001``."""
        prefix = self._code_prefix(None)
        with self._office.read(Action.PEOPLE_READ) as connection, Session(connection) as session:
            return _next_code(session, prefix)

    def photo(self, person_id: int) -> bytes | None:
        """The photo as JPEG, or None."""
        with self._office.read(Action.PHOTO_READ, self._prison_of(person_id)) as connection:
            stored = queries.photo_of(connection, person_id)
        if stored is None:
            return None
        uuid, version, content = stored
        return self._office.cipher.decrypt(Compartment.DB, "attachment", uuid, "content", version, content)

    def set_photo(self, person_id: int, jpeg: bytes | None) -> None:
        """Give the person a photo, or none. An older one stays among the attachments.

        Args:
            person_id: whose.
            jpeg: encoded anew by the program, at most 400,000 bytes.

        Raises:
            Refused: it is no JPEG, or too large.
        """
        if jpeg is not None and not (jpeg.startswith(_JPEG) and len(jpeg) <= MOST_PHOTO_BYTES):
            raise Refused(N_("The photo must be a JPEG of at most {kilobytes} kB."), place="photo", kilobytes=400)
        with self._office.act(Action.PHOTO_WRITE, self._prison_of(person_id)) as act:
            person = repository.person_to_change(act.session, person_id)
            act.change(person, person.version)
            person.photo_id = None if jpeg is None else self._attach(act, person_id, jpeg)
            act.record(_PHOTO, f"person:{person_id}", f"attachment:{person.photo_id}")
            act.changed("person", person_id)

    def merge(self, kept_id: int, merged_id: int, reason: str = "") -> None:
        """Say that two records are one person: all of *merged_id* moves to *kept_id*, with history.

        Raises:
            Refused: it is one record, or one of them was merged already.
            NotPermitted: one of them is at a prison that is not the actor's.
        """
        self._office.permit(Action.PEOPLE_MERGE, self._prison_of(merged_id))
        with self._office.act(Action.PEOPLE_MERGE, self._prison_of(kept_id)) as act:
            person_merge.merge_people(act, kept_id, merged_id, reason)

    def merges(self, person_id: int) -> tuple[PersonMergeStory, ...]:
        """The merges that the person took part in, the newest first."""
        with self._office.read(Action.PEOPLE_READ, self._prison_of(person_id)) as connection:
            return person_merge.stories(connection, person_id)

    def follow_the_day(self) -> None:
        """Once a day, put people whose stay began or ended into the right prison, and into the age band they reached.

        Ages need the ``legal`` compartment; without it the next member of staff who holds it brings them up to date.
        Nobody is kept from working when this cannot be stored now.
        """
        steps = {_STAYS_FOLLOWED: self._follow_stays}
        if self._office.cipher.opens(Compartment.LEGAL):
            steps[_AGES_FOLLOWED] = self._follow_ages
        today = self._office.clock.today()
        if self._office.closed_since() is not None:
            return
        with suppress(StorageFull, StorageLocked):
            with self._office.store.read() as connection:
                due = [name for name in steps if not repository.was_done_on(connection, name, today)]
            if due:
                with self._office.store.write() as session:
                    for name in due:
                        steps[name](session.connection(), today)
                        repository.note_done_on(session, name, today)

    def _follow_stays(self, connection: Connection, today: date) -> None:
        repository.move_people_with_the_day(connection, today)

    def _follow_ages(self, connection: Connection, today: date) -> None:
        stored = queries.stored_age_bands(connection)
        bands = {
            person_id: age_band(open_birth(self._office.cipher, sealed).age_on(today))
            for person_id, sealed in queries.births_of_ids(connection, list(stored)).items()
            if sealed.birth is not None
        }
        repository.set_age_bands(connection, [(band, each) for each, band in bands.items() if band != stored[each]])

    def _attach(self, act: Act, person_id: int, jpeg: bytes) -> int:
        photo = models.Attachment(
            person_id=person_id,
            kind=_PHOTO,
            compartment=Compartment.DB,
            mime="image/jpeg",
            taken_on=act.today,
            uuid=new_uuid(),
            version=1,
        )
        sealed = self._office.cipher.encrypt(Compartment.DB, "attachment", photo.uuid, "content", 1, jpeg)
        photo.content = sealed or b""
        act.add(photo)
        return photo.id

    def _prison_of(self, person_id: int) -> int | None:
        with self._office.store.read() as connection:
            return queries.prison_of_person(connection, person_id)

    def _code_prefix(self, prison_id: int | None) -> str:
        """Prison and year, such as ``SR-26-``; the home's prison where the person is nowhere yet."""
        prisons = {prison.id: prison for prison in self._prisons.prisons()}
        prison = prisons.get(prison_id or 0) or self._prisons.own()
        return f"{prison.code if prison else 'TLBB'}-{self._office.clock.today():%y}-"


def _next_code(session: Session, prefix: str) -> str:
    return f"{prefix}{repository.last_number(session.connection(), prefix) + 1:04d}"
