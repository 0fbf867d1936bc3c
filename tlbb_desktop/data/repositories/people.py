"""Writes of people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import Connection, Table, select
from sqlalchemy.orm import Session

from tlbb_desktop.data.models.people import CustodyStay, ExternalId, Person, PersonContact, PersonIdentity
from tlbb_desktop.data.models.programme import Setting
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.i18n.marks import N_

PersonTable: TypeAlias = Person | PersonIdentity | PersonContact | CustodyStay

_PRISON_TODAY: Final = """
    (SELECT s.prison_id FROM custody_stay s
     WHERE s.person_id = person.id AND s.starts_on <= :today AND (s.ends_on IS NULL OR s.ends_on >= :today)
     ORDER BY s.starts_on DESC LIMIT 1)
"""


def person_to_change(session: Session, person_id: int) -> Person:
    """The person's row.

    Raises:
        NotFound: there is none.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound(N_("This person is not on record."))
    return person


def identity_of(session: Session, person_id: int) -> PersonIdentity | None:
    """The person's sealed identity."""
    return session.scalars(select(PersonIdentity).where(PersonIdentity.person_id == person_id)).one_or_none()


def contact_of(session: Session, person_id: int) -> PersonContact | None:
    """The person's sealed address and phones."""
    return session.scalars(select(PersonContact).where(PersonContact.person_id == person_id)).one_or_none()


def external_ids_of(session: Session, person_id: int) -> list[ExternalId]:
    """The sealed ids that other systems gave."""
    return list(session.scalars(select(ExternalId).where(ExternalId.person_id == person_id)))


def stays_of(session: Session, person_id: int) -> list[CustodyStay]:
    """The stays in prison in order of their first day, without those struck out (they end before they start)."""
    return list(
        session.scalars(
            select(CustodyStay)
            .where(
                CustodyStay.person_id == person_id,
                CustodyStay.ends_on.is_(None) | (CustodyStay.ends_on >= CustodyStay.starts_on),
            )
            .order_by(CustodyStay.starts_on, CustodyStay.id)
        )
    )


def last_number(connection: Connection, prefix: str) -> int:
    """The highest number that follows *prefix* in a code, 0 when there is none."""
    found = connection.exec_driver_sql(
        "SELECT max(CAST(substr(code, ?) AS INTEGER)) FROM person WHERE substr(code, 1, ?) = ?",
        (len(prefix) + 1, len(prefix), prefix),
    ).scalar()
    return int(found or 0)


def codes_taken(connection: Connection, codes: Iterable[str]) -> set[str]:
    """Those of *codes* that somebody bears already."""
    rows = connection.exec_driver_sql(
        "SELECT code FROM person WHERE code IN (SELECT atom FROM json_each(?))", (json.dumps(list(codes)),)
    )
    return set(rows.scalars())


def next_id(connection: Connection, model: type[PersonTable]) -> int:
    """The id that the next row gets; good until the caller's transaction ends, as it holds the write lock."""
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {model.__tablename__}").scalar_one())


def insert_rows(
    connection: Connection,
    model: type[PersonTable],
    columns: Sequence[str],
    rows: list[tuple[object, ...]],
) -> None:
    """Add many rows at once; *columns* names those that *rows* give, as the database stores them."""
    table: Table = Person.metadata.tables[model.__tablename__]
    named = ", ".join(table.c[column].name for column in columns)
    places = ", ".join("?" * len(columns))
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({named}) VALUES ({places})", rows)


def move_people_with_the_day(connection: Connection, today: date) -> list[int]:
    """Set each person's prison to that of the stay open today; returns those who changed."""
    values = {"today": today.isoformat()}
    changed = connection.exec_driver_sql(
        "SELECT id FROM person WHERE id IN (SELECT person_id FROM custody_stay)"
        f" AND prison_id IS DISTINCT FROM {_PRISON_TODAY}",
        values,
    )
    ids = [int(row.id) for row in changed]
    connection.exec_driver_sql(
        f"UPDATE person SET prison_id = {_PRISON_TODAY} WHERE id IN (SELECT value FROM json_each(:ids))",
        values | {"ids": json.dumps(ids)},
    )
    return ids


def set_age_bands(connection: Connection, bands: list[tuple[str, int]]) -> None:
    """Store the age band of each (band, person)."""
    if bands:
        connection.exec_driver_sql("UPDATE person SET age_band = ? WHERE id = ?", bands)


def was_done_on(connection: Connection, name: str, day: date) -> bool:
    """Whether the setting *name* keeps *day* as the last day on which something was done."""
    stored = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (name,)).scalar()
    return stored == json.dumps(day.isoformat())


def note_done_on(session: Session, name: str, day: date) -> None:
    """Keep *day* in the setting *name*."""
    session.merge(Setting(name=name, value=json.dumps(day.isoformat())))
