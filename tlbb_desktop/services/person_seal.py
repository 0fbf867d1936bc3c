"""Seals and opens the protected fields of a person, row by row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tlbb_desktop.data.models.people import ExternalId, PersonContact, PersonIdentity
from tlbb_desktop.data.queries.people import SealedBirth
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.people import Contact, Identity
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher


@dataclass(frozen=True, slots=True)
class SealedFields:
    """A table whose *columns* are all sealed in one compartment under the row's version.

    Args:
        compartment: whose key seals them.
        name: of the table.
        columns: the sealed ones.
        keeps_empty: whether an empty text is sealed like any other, for a column that must not be null.
    """

    compartment: Compartment
    name: str
    columns: tuple[str, ...]
    keeps_empty: bool = False

    def open(self, cipher: FieldCipher, row: Any) -> dict[str, str]:
        """The texts of a row, ``""`` for what is not there."""
        return {
            column: cipher.decrypt_text(
                self.compartment, self.name, row.uuid, column, row.version, getattr(row, column)
            )
            or ""
            for column in self.columns
        }

    def seal(self, cipher: FieldCipher, row: Any, values: Mapping[str, str]) -> None:
        """Put *values* into the row under the version that it now has."""
        for column in self.columns:
            text = values.get(column) or ("" if self.keeps_empty else None)
            setattr(row, column, cipher.encrypt(self.compartment, self.name, row.uuid, column, row.version, text))


IDENTITY: Final = SealedFields(
    Compartment.LEGAL,
    PersonIdentity.__tablename__,
    ("birth", "id_numbers", "charge", "court", "sentence", "release_on"),
)
CONTACT: Final = SealedFields(
    Compartment.FAMILY, PersonContact.__tablename__, ("place_code", "place_text", "phones", "family")
)
EXTERNAL: Final = SealedFields(Compartment.LEGAL, ExternalId.__tablename__, ("value",), keeps_empty=True)


def birth_stored(birth: Birth) -> str:
    """A birth date as it is sealed: its precision and its text."""
    return f"{birth.precision.value}:{birth.text()}"


def birth_read(stored: str) -> Birth:
    """Read back what :func:`birth_stored` wrote; nothing stored is an unknown date."""
    precision, _, text = stored.partition(":")
    return Birth.parse(precision, text) if precision else Birth()


def open_birth(cipher: FieldCipher, sealed: SealedBirth) -> Birth:
    """The birth date that a query brought along sealed."""
    if sealed.birth is None:
        return Birth()
    stored = cipher.decrypt_text(Compartment.LEGAL, IDENTITY.name, sealed.uuid, "birth", sealed.version, sealed.birth)
    return birth_read(stored or "")


def identity_values(identity: Identity) -> dict[str, str]:
    """The columns of ``person_identity`` that a form knows."""
    return {
        "birth": birth_stored(identity.birth),
        "id_numbers": json.dumps(identity.id_numbers, ensure_ascii=False) if identity.id_numbers else "",
        "release_on": identity.release_on.isoformat() if identity.release_on else "",
    }


def identity_read(values: Mapping[str, str], external_ids: dict[str, str]) -> Identity:
    """What a form shows of the opened columns."""
    return Identity(
        birth=birth_read(values["birth"]),
        release_on=date.fromisoformat(values["release_on"]) if values["release_on"] else None,
        id_numbers=json.loads(values["id_numbers"] or "{}"),
        external_ids=external_ids,
    )


def contact_values(contact: Contact) -> dict[str, str]:
    """The columns of ``person_contact`` that a form knows."""
    return {"place_code": contact.place_code, "place_text": contact.place_text, "phones": contact.phones}


def contact_read(values: Mapping[str, str]) -> Contact:
    """What a form shows of the opened columns."""
    return Contact(values["place_code"], values["place_text"], values["phones"])
