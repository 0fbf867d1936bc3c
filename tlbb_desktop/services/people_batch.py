"""Adds many people in one transaction: plain rows by the thousand instead of one object after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import to_milliseconds, uuids_in_order
from tlbb_desktop.data.repositories import people as repository
from tlbb_desktop.domain.births import Birth, age_band
from tlbb_desktop.domain.people import PersonRecord
from tlbb_desktop.domain.person_check import stay_open_on
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services import person_seal as seal
from tlbb_desktop.services.office import Act

_STAMP: Final = ("id", "uuid", "version", "created_at", "created_by", "changed_at", "changed_by")
_PERSON: Final = (
    *_STAMP,
    "code",
    "kind",
    "status",
    "family_km",
    "given_km",
    "family_latin",
    "given_latin",
    "nickname",
    "sex",
    "age_band",
    "province_code",
    "prison_id",
    "note",
    "sort_key",
    "latin_sort_key",
    "search_text",
    "duplicate_key",
)
_IDENTITY: Final = (*_STAMP, "person_id", "birth")
_CONTACT: Final = (*_STAMP, "person_id", "place_text", "phones")
_STAY: Final = (*_STAMP, "person_id", "prison_id", "starts_on", "ends_on")
_NOBODY: Final = Birth()

_Row = tuple[object, ...]


class PeopleBatch:
    """New people inside one act.

    Args:
        act: the transaction.
        cipher: seals the birth dates and addresses.
        prison_code: begins the codes of those who have none.
    """

    def __init__(self, act: Act, cipher: FieldCipher, prison_code: str) -> None:
        self._act = act
        self._connection = act.connection
        self._cipher = cipher
        at, staff_id = to_milliseconds(act.at), act.actor.staff_id
        self._uuids = uuids_in_order()
        self._first_version = (1, at, staff_id, at, staff_id)
        self._prefix = f"{prison_code}-{act.today:%y}-"
        self._next_number = repository.last_number(self._connection, self._prefix) + 1
        self._next_ids = {
            model: repository.next_id(self._connection, model)
            for model in (models.Person, models.PersonIdentity, models.PersonContact, models.CustodyStay)
        }

    def add(self, records: Sequence[PersonRecord]) -> list[int]:
        """Store tidy and checked records; returns the new ids in their order."""
        people: list[_Row] = []
        identities: list[_Row] = []
        contacts: list[_Row] = []
        stays: list[_Row] = []
        added: list[int] = []
        for record in records:
            stamp = self._stamp(models.Person)
            person_id = stamp[0]
            added.append(person_id)
            people.append((*stamp, *self._person(record)))
            identities += self._identity(person_id, record)
            contacts += self._contact(person_id, record)
            stays += self._stays(person_id, record)
        repository.insert_rows(self._connection, models.Person, _PERSON, people)
        repository.insert_rows(self._connection, models.PersonIdentity, _IDENTITY, identities)
        repository.insert_rows(self._connection, models.PersonContact, _CONTACT, contacts)
        repository.insert_rows(self._connection, models.CustodyStay, _STAY, stays)
        return added

    def _stamp(self, model: type[repository.PersonTable]) -> tuple[int, bytes, int, int, int, int, int]:
        row_id = self._next_ids[model]
        self._next_ids[model] = row_id + 1
        return row_id, next(self._uuids), *self._first_version

    def _person(self, record: PersonRecord) -> _Row:
        names, code = record.names, record.code or self._new_code()
        keys = person_keys(names, code)
        stay = stay_open_on(record.stays, self._act.today)
        birth = record.identity.birth if record.identity else _NOBODY
        return (
            code,
            record.kind.value,
            record.status.value,
            names.family_km,
            names.given_km,
            names.family_latin,
            names.given_latin,
            names.nickname,
            record.sex.value if record.sex else None,
            age_band(birth.age_on(self._act.today)),
            record.province_code,
            stay.prison_id if stay else None,
            record.note,
            keys.sort_key,
            keys.latin_sort_key,
            keys.search_text,
            keys.duplicate_key,
        )

    def _new_code(self) -> str:
        self._next_number += 1
        return f"{self._prefix}{self._next_number - 1:04d}"

    def _identity(self, person_id: int, record: PersonRecord) -> list[_Row]:
        if record.identity is None or record.identity.birth == _NOBODY:
            return []
        stamp = self._stamp(models.PersonIdentity)
        birth = self._cipher.encrypt(
            Compartment.LEGAL, seal.IDENTITY.name, stamp[1], "birth", 1, seal.birth_stored(record.identity.birth)
        )
        return [(*stamp, person_id, birth)]

    def _contact(self, person_id: int, record: PersonRecord) -> list[_Row]:
        if record.contact is None:
            return []
        stamp = self._stamp(models.PersonContact)
        place_text, phones = (
            self._cipher.encrypt(Compartment.FAMILY, seal.CONTACT.name, stamp[1], column, 1, text or None)
            for column, text in (("place_text", record.contact.place_text), ("phones", record.contact.phones))
        )
        return [(*stamp, person_id, place_text, phones)]

    def _stays(self, person_id: int, record: PersonRecord) -> list[_Row]:
        return [
            (
                *self._stamp(models.CustodyStay),
                person_id,
                stay.prison_id,
                stay.starts_on.isoformat(),
                stay.ends_on.isoformat() if stay.ends_on else None,
            )
            for stay in record.stays
        ]
