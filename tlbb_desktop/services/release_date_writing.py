"""Writes the release date that stands: the official day sealed, the planned month in the open."""

from __future__ import annotations

from datetime import date

from tlbb_desktop.data.models import PersonIdentity
from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.data.repositories import people as repository
from tlbb_desktop.domain.months import Month
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.person_form import note_form
from tlbb_desktop.services.person_seal import IDENTITY


def move_release(
    act: Act, cipher: FieldCipher, person_id: int, official_on: date | None, planned_on: date | None
) -> None:
    """Set the official day of a person, and the month that lists show: that of the planned day.

    Raises:
        NotFound: the person is not on record.
        NotPermitted: the actor does not hold the ``legal`` compartment.
    """
    person = repository.person_to_change(act.session, person_id)
    act.change(person, person.version)
    person.release_month = None if planned_on is None else str(Month.of(planned_on))
    row = repository.identity_of(act.session, person_id)
    text = official_on.isoformat() if official_on else ""
    if row is None:
        row = PersonIdentity(person_id=person_id, uuid=new_uuid(), version=1)
        IDENTITY.seal(cipher, row, {"release_on": text})
        act.add(row)
    else:
        values = IDENTITY.open(cipher, row)
        act.change(row, row.version)
        IDENTITY.seal(cipher, row, values | {"release_on": text})
    note_form(act, person_id)
