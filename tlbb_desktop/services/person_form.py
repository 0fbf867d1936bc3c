"""Keeps a person's form: tidy, check, write the row, seal what is protected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.queries.people import bearer_of_code, form_versions, names_of
from tlbb_desktop.data.repositories import people as repository
from tlbb_desktop.domain.births import age_band
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    Names,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.domain.person_check import stay_open_on
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise, normalise_name
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services import person_seal as seal
from tlbb_desktop.services.office import Act

STRUCK_OUT: Final = date.min
"""Last day of a stay or an enrolment that never was: it ends before it starts, so no day lies in it."""


def tidied(record: PersonRecord) -> PersonRecord:
    """The record with its texts in the form in which they are stored; Latin names in capitals, as papers have them."""
    names = record.names
    return replace(
        record,
        code=normalise_name(record.code),
        names=Names(
            normalise_name(names.family_km),
            normalise_name(names.given_km),
            normalise_name(names.family_latin).upper(),
            normalise_name(names.given_latin).upper(),
            normalise_name(names.nickname),
        ),
        note=normalise(record.note),
        contact=_tidied_contact(record.contact),
    )


def _tidied_contact(contact: Contact | None) -> Contact | None:
    if contact is None:
        return None
    return replace(contact, place_text=normalise_name(contact.place_text), phones=normalise_name(contact.phones))


def read_person(
    session: Session, cipher: FieldCipher, person_id: int, *, with_identity: bool, with_contact: bool
) -> PersonRecord:
    """The person's form; ``identity`` and ``contact`` are None unless they are asked for.

    Raises:
        NotFound: the person is not on record.
    """
    person = repository.person_to_change(session, person_id)
    identity_row = repository.identity_of(session, person_id) if with_identity else None
    contact_row = repository.contact_of(session, person_id) if with_contact else None
    return PersonRecord(
        id=person.id,
        code=person.code,
        names=names_of(person),
        sex=Sex(person.sex) if person.sex else None,
        kind=PersonKind(person.kind),
        status=PersonStatus(person.status),
        province_code=person.province_code,
        release_month=Month.parse(person.release_month) if person.release_month else None,
        stays=tuple(
            CustodyStay(stay.prison_id, stay.starts_on, stay.ends_on, stay.id)
            for stay in repository.stays_of(session, person_id)
        ),
        identity=_identity(session, cipher, person_id, identity_row) if with_identity else None,
        contact=_contact(cipher, contact_row) if with_contact else None,
        note=person.note,
        version=person.version,
        identity_version=identity_row.version if identity_row else 0,
        contact_version=contact_row.version if contact_row else 0,
    )


def _identity(session: Session, cipher: FieldCipher, person_id: int, row: models.PersonIdentity | None) -> Identity:
    rows = repository.external_ids_of(session, person_id)
    opened = {each.system: seal.EXTERNAL.open(cipher, each)["value"] for each in rows}
    external = {system: value for system, value in opened.items() if value}
    return seal.identity_read(seal.IDENTITY.open(cipher, row), external) if row else Identity(external_ids=external)


def _contact(cipher: FieldCipher, row: models.PersonContact | None) -> Contact:
    return seal.contact_read(seal.CONTACT.open(cipher, row)) if row else Contact()


def write_person(act: Act, cipher: FieldCipher, record: PersonRecord) -> int:
    """Keep a tidy and checked record with a code; returns the person's id.

    Raises:
        ChangedMeanwhile: somebody saved a part of it after it was read.
        Refused: the code belongs to somebody else, or the record was merged into another.
    """
    session = act.session
    owner = bearer_of_code(session.connection(), record.code)
    if owner is not None and owner != record.id:
        raise Refused(N_("The code {code} belongs to somebody else."), place="code", code=record.code)
    person = _row_to_fill(act, record)
    _fill(person, record, act.today)
    if record.id is None:
        act.add(person)
    is_new = record.id is None
    _write_stays(act, person.id, record.stays, is_new=is_new)
    if record.identity is not None:
        _write_identity(act, cipher, person.id, record.identity, record.identity_version, is_new=is_new)
    if record.contact is not None:
        _write_contact(act, cipher, person.id, record.contact, record.contact_version, is_new=is_new)
    note_form(act, person.id)
    return person.id


def note_form(act: Act, person_id: int) -> None:
    """Write the versions that a person's form now has into the audit, so that a form put back later is found."""
    act.session.flush()
    versions = form_versions(act.connection, person_id).get(person_id, {})
    act.record("person", f"person:{person_id}", " ".join(f"{part}:{number}" for part, number in versions.items()))
    act.changed("person", person_id)


def _row_to_fill(act: Act, record: PersonRecord) -> models.Person:
    if record.id is None:
        return models.Person(age_band="")
    person = repository.person_to_change(act.session, record.id)
    if person.merged_into_id is not None:
        raise Refused(N_("This record was joined to another one. Open that one to change it."))
    act.change(person, record.version)
    return person


def _fill(person: models.Person, record: PersonRecord, today: date) -> None:
    names, keys = record.names, person_keys(record.names, record.code)
    stay = stay_open_on(record.stays, today)
    person.code, person.kind, person.status, person.sex = record.code, record.kind, record.status, record.sex
    person.family_km, person.given_km, person.nickname = names.family_km, names.given_km, names.nickname
    person.family_latin, person.given_latin = names.family_latin, names.given_latin
    person.sort_key, person.latin_sort_key = keys.sort_key, keys.latin_sort_key
    person.search_text, person.duplicate_key = keys.search_text, keys.duplicate_key
    person.province_code, person.note = record.province_code, record.note
    person.release_month = str(record.release_month) if record.release_month else None
    person.prison_id = stay.prison_id if stay else None
    if record.identity is not None:
        person.age_band = age_band(record.identity.birth.age_on(today))


def _write_stays(act: Act, person_id: int, stays: Iterable[CustodyStay], *, is_new: bool) -> None:
    """Bring the stored stays to *stays*; one that is not among them any more is struck out."""
    kept = {stay.id: stay for stay in stays if stay.id is not None}
    for row in () if is_new else repository.stays_of(act.session, person_id):
        wanted = kept.pop(row.id, None) or CustodyStay(row.prison_id, row.starts_on, STRUCK_OUT)
        if (row.prison_id, row.starts_on, row.ends_on) != (wanted.prison_id, wanted.starts_on, wanted.ends_on):
            act.change(row, row.version)
            row.prison_id, row.starts_on, row.ends_on = wanted.prison_id, wanted.starts_on, wanted.ends_on
    if kept:
        raise NotFound(N_("A stay in prison is not on record any more. Open the person again."), place="stays")
    for stay in stays:
        if stay.id is None:
            act.add(
                models.CustodyStay(
                    person_id=person_id, prison_id=stay.prison_id, starts_on=stay.starts_on, ends_on=stay.ends_on
                )
            )


def _write_identity(
    act: Act, cipher: FieldCipher, person_id: int, identity: Identity, version: int, *, is_new: bool
) -> None:
    row = None if is_new else repository.identity_of(act.session, person_id)
    if row is not None or identity != Identity(external_ids=identity.external_ids):
        new = models.PersonIdentity(person_id=person_id, uuid=new_uuid(), version=1)
        _write_sealed(act, cipher, seal.IDENTITY, row, new, seal.identity_values(identity), version)
    if identity.external_ids or not is_new:
        _write_external_ids(act, cipher, person_id, identity.external_ids)


def _write_contact(
    act: Act, cipher: FieldCipher, person_id: int, contact: Contact, version: int, *, is_new: bool
) -> None:
    row = None if is_new else repository.contact_of(act.session, person_id)
    if row is not None or contact != Contact():
        new = models.PersonContact(person_id=person_id, uuid=new_uuid(), version=1)
        _write_sealed(act, cipher, seal.CONTACT, row, new, seal.contact_values(contact), version)


def _write_external_ids(act: Act, cipher: FieldCipher, person_id: int, wanted: Mapping[str, str]) -> None:
    stored = {row.system: row for row in repository.external_ids_of(act.session, person_id)}
    for system in {*stored, *wanted}:
        row = stored.get(system)
        new = models.ExternalId(person_id=person_id, system=system, uuid=new_uuid(), version=1)
        values = {"value": wanted.get(system, "")}
        _write_sealed(act, cipher, seal.EXTERNAL, row, new, values, row.version if row else 0)


def _write_sealed(
    act: Act,
    cipher: FieldCipher,
    fields: seal.SealedFields,
    row: Any,
    new: Any,
    values: Mapping[str, str],
    expected_version: int,
) -> None:
    """Seal *values* into *row*, or into *new* where there is none; an unchanged row keeps its version."""
    if row is None:
        fields.seal(cipher, new, values)
        act.add(new)
        return
    stored = fields.open(cipher, row)
    if stored | dict(values) != stored:
        act.change(row, expected_version)
        fields.seal(cipher, row, stored | dict(values))
