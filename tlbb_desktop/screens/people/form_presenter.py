"""A person's form without widgets: open, compare, save."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    LikelySame,
    Names,
    PersonKind,
    PersonMergeStory,
    PersonRecord,
    PersonStatus,
)
from tlbb_desktop.screens.people.columns import in_language
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

VERSIONS = ("version", "identity_version", "contact_version")


class PersonFormPresenter:
    """The record that is open, as it was read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.record = self.blank()
        self.photo: bytes | None = None
        self.consents: frozenset[ConsentPurpose] = frozenset()

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    def blank(self) -> PersonRecord:
        """A new person at the home's prison, with the parts that this member of staff may fill in."""
        own = self._desk.prisons.own()
        return PersonRecord(
            id=None,
            code="",
            names=Names(),
            sex=None,
            kind=PersonKind.PARTICIPANT,
            status=PersonStatus.ENROLLED,
            stays=(CustodyStay(own.id, self.today),) if own else (),
            identity=Identity() if self._holds(Compartment.LEGAL, Action.IDENTITY_WRITE) else None,
            contact=Contact() if self._holds(Compartment.FAMILY, Action.CONTACT_WRITE) else None,
        )

    def start_new(self) -> None:
        """Begin with an empty form."""
        self.record, self.photo, self.consents = self.blank(), None, frozenset()

    def load(self, person_id: int) -> None:
        """Read a person afresh."""
        self.record = self._desk.people.record(person_id)
        self.photo = self.photo_of(person_id)
        may_know = self.may(Action.CONSENT_READ)
        self.consents = frozenset(
            purpose for purpose in ConsentPurpose if may_know and self._desk.consents.holds(person_id, purpose)
        )

    def photo_of(self, person_id: int) -> bytes | None:
        """A person's photo where this member of staff may see it."""
        return self._desk.people.photo(person_id) if self.may(Action.PHOTO_READ) else None

    def prisons(self) -> tuple[tuple[int, str], ...]:
        """Every prison by id, in the reader's language: people come from and go to any of them."""
        return tuple(
            (prison.id, f"{prison.code} · {in_language(prison.name_km, prison.name_en)}")
            for prison in self._desk.prisons.prisons()
        )

    def may(self, action: Action) -> bool:
        """Whether this member of staff may do *action* anywhere."""
        return self._desk.office.may(action)

    def likely_same(self, record: PersonRecord) -> tuple[LikelySame, ...]:
        """People on record who may be the new one."""
        return self._desk.people.likely_same(record)

    def merges(self) -> tuple[PersonMergeStory, ...]:
        """The records that were joined with this one."""
        return self._desk.people.merges(self.record.id) if self.record.id is not None else ()

    def save(self, record: PersonRecord, photo: bytes | None, consents: frozenset[ConsentPurpose]) -> None:
        """Keep the form and, where they are others, photo and agreement; what was kept is read afresh."""
        person_id = self._desk.people.save(record)
        try:
            if photo != self.photo:
                self._desk.people.set_photo(person_id, photo)
            for purpose in consents ^ self.consents:
                self._desk.consents.note(person_id, purpose, given=purpose in consents)
        finally:
            self.load(person_id)

    def versions(self) -> dict[str, int]:
        """The versions that were read, for a draft."""
        return {name: getattr(self.record, name) for name in VERSIONS}

    def stand_on(self, versions: dict[str, int]) -> None:
        """Go on from an older reading: when somebody saved meanwhile, saving says so."""
        version, identity_version, contact_version = (versions.get(name, 0) for name in VERSIONS)
        self.record = replace(
            self.record, version=version, identity_version=identity_version, contact_version=contact_version
        )

    def compartment(self) -> Compartment:
        """The most protected compartment of what the form shows."""
        if self.record.contact is not None:
            return Compartment.FAMILY
        return Compartment.LEGAL if self.record.identity is not None else Compartment.DB

    def _holds(self, compartment: Compartment, action: Action) -> bool:
        return self._desk.office.cipher.opens(compartment) and self.may(action)
