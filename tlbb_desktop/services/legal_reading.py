"""Reads what the ``legal`` compartment holds of people, for the services that need it. No permission is asked here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Integer, bindparam, select

from tlbb_desktop.data.models import LegalFileRow, PersonIdentity, Setting
from tlbb_desktop.data.queries.settings import setting_value
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.legal_files import LegalFile
from tlbb_desktop.domain.release_dates import planned_day
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.calendar import days_off
from tlbb_desktop.services.person_seal import IDENTITY, birth_read
from tlbb_desktop.services.sealed_forms import LEGAL_FILE

#: No run of Saturdays, Sundays and holidays is longer.
LONGEST_RUN: Final = timedelta(days=20)
_PERSON: Final = bindparam("person", type_=Integer)
#: Composed once: they open pages.
_FILE: Final = select(LegalFileRow.__table__).where(LegalFileRow.person_id == _PERSON)
_IDENTITY: Final = {
    column.key: select(PersonIdentity.uuid, PersonIdentity.version, column).where(PersonIdentity.person_id == _PERSON)
    for column in (PersonIdentity.birth, PersonIdentity.release_on)
}


def legal_file(connection: Connection, cipher: FieldCipher, person_id: int) -> LegalFile:
    """The legal file; an empty one where nothing was recorded."""
    return legal_file_and_version(connection, cipher, person_id)[0]


def legal_file_and_version(connection: Connection, cipher: FieldCipher, person_id: int) -> tuple[LegalFile, int]:
    """The legal file with the version of its row; 0 where nothing was recorded."""
    row = connection.execute(_FILE, {"person": person_id}).first()
    return (LegalFile(), 0) if row is None else (LEGAL_FILE.open(cipher, row), row.version)


def birth(connection: Connection, cipher: FieldCipher, person_id: int) -> Birth:
    """The birth date as far as it is known."""
    stored = _identity(connection, cipher, person_id, "birth")
    return birth_read(stored or "")


def official_release(connection: Connection, cipher: FieldCipher, person_id: int) -> date | None:
    """The official release day that stands."""
    stored = _identity(connection, cipher, person_id, "release_on")
    return date.fromisoformat(stored) if stored else None


def planned_release(connection: Connection, cipher: FieldCipher, person_id: int) -> date | None:
    """The working day on or before the official release day."""
    official = official_release(connection, cipher, person_id)
    return None if official is None else planned(connection, official)


def planned(connection: Connection, official_on: date) -> date:
    """The working day on or before *official_on*."""
    return planned_day(official_on, days_off(connection, official_on - LONGEST_RUN, official_on))


def days_off_around(connection: Connection, days: Iterable[date | None]) -> frozenset[date]:
    """The holidays that count for planning releases on any of *days*, read at once."""
    known = [day for day in days if day is not None]
    return days_off(connection, min(known) - LONGEST_RUN, max(known)) if known else frozenset()


def setting(connection: Connection, name: str, default: Any) -> Any:
    """The programme's value of a setting."""
    stored = connection.execute(select(Setting.value).where(Setting.name == name)).scalar()
    return setting_value(stored, default)


def _identity(connection: Connection, cipher: FieldCipher, person_id: int, column: str) -> str | None:
    row = connection.execute(_IDENTITY[column], {"person": person_id}).first()
    if row is None:
        return None
    return cipher.decrypt_text(Compartment.LEGAL, IDENTITY.name, row.uuid, column, row.version, getattr(row, column))
