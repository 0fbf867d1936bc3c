"""Reads of contacts after a release and of re-offence events: where they belong, and their sealed rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row

LAST_PRISON: Final = (
    "coalesce(p.prison_id, (SELECT s.prison_id FROM custody_stay s WHERE s.person_id = p.id"
    " AND (s.ends_on IS NULL OR s.ends_on >= s.starts_on) ORDER BY s.starts_on DESC LIMIT 1))"
)
_PLACES: Final = f"""
    SELECT r.id AS release_id, r.case_id, r.person_id, c.worker_id, coalesce(r.prison_id, {LAST_PRISON}) AS prison_id,
           coalesce(c.state, '') AS case_state
    FROM release r JOIN person p ON p.id = r.person_id LEFT JOIN case_file c ON c.id = r.case_id
"""
_OPEN: Final = f"""
    SELECT f.id, f.release_id, f.uuid, f.version, f.content, f.done, f.changed_at,
           p.id AS person_id, p.code, p.nickname, r.case_id, c.worker_id,
           k.uuid AS contact_uuid, k.version AS contact_version, k.place_code, k.place_text
    FROM follow_up f JOIN release r ON r.id = f.release_id AND NOT r.void JOIN person p ON p.id = r.person_id
    LEFT JOIN case_file c ON c.id = r.case_id LEFT JOIN person_contact k ON k.person_id = p.id
    WHERE NOT f.done AND (c.id IS NULL OR c.state = 'open')
      AND (:all OR coalesce(r.prison_id, {LAST_PRISON}) IN (SELECT value FROM json_each(:prisons))
           OR c.worker_id = :worker)
"""


class AftercarePlace(NamedTuple):
    """Where a release belongs.

    Args:
        release_id: row.
        case_id: of which case, or None.
        person_id: whose.
        worker_id: who is responsible, or None.
        prison_id: from where, or where the person was last; None for nowhere.
        case_state: of the case; ``""`` without one.
    """

    release_id: int
    case_id: int | None
    person_id: int
    worker_id: int | None
    prison_id: int | None
    case_state: str = ""


def place_of_release(connection: Connection, release_id: int) -> AftercarePlace | None:
    """Where a release belongs, or None where there is none."""
    row = connection.exec_driver_sql(f"{_PLACES} WHERE r.id = ? AND NOT r.void", (release_id,)).first()
    return None if row is None else AftercarePlace(*row)


def place_of_follow_up(connection: Connection, follow_up_id: int) -> AftercarePlace | None:
    """Where a contact belongs, or None where there is none."""
    row = connection.exec_driver_sql(
        f"{_PLACES} JOIN follow_up f ON f.release_id = r.id WHERE f.id = ? AND NOT r.void", (follow_up_id,)
    ).first()
    return None if row is None else AftercarePlace(*row)


def places_of_person(connection: Connection, person_id: int) -> tuple[AftercarePlace, ...]:
    """Where each release of a person belongs."""
    rows = connection.exec_driver_sql(f"{_PLACES} WHERE r.person_id = ? AND NOT r.void ORDER BY r.id", (person_id,))
    return tuple(AftercarePlace(*row) for row in rows)


def sealed_release(connection: Connection, release_id: int) -> Row[Any]:
    """The sealed row of a release."""
    return connection.exec_driver_sql("SELECT uuid, version, content FROM release WHERE id = ?", (release_id,)).one()


def follow_ups(connection: Connection, release_id: int) -> Sequence[Row[Any]]:
    """The contacts of a release, sealed."""
    return connection.exec_driver_sql(
        "SELECT id, release_id, uuid, version, content, done, changed_at FROM follow_up WHERE release_id = ?",
        (release_id,),
    ).fetchall()


def attempts(connection: Connection, follow_up_ids: Iterable[int]) -> Sequence[Row[Any]]:
    """The tries of these contacts, sealed, in the order in which they were entered."""
    return connection.exec_driver_sql(
        "SELECT id, follow_up_id, uuid, version, content FROM follow_up_attempt"
        " WHERE follow_up_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(follow_up_ids)),),
    ).fetchall()


def met_since(connection: Connection, follow_up_ids: Iterable[int], moment: int) -> frozenset[int]:
    """Those of these contacts that are over, or before which an extra one was entered since *moment* (milliseconds).

    An extra one is entered and over by one act; one that was changed after it was taken back.
    """
    rows = connection.exec_driver_sql(
        "SELECT f.id FROM follow_up f WHERE f.id IN (SELECT value FROM json_each(?)) AND (f.done OR EXISTS"
        " (SELECT 1 FROM follow_up e WHERE e.release_id = f.release_id AND e.done AND e.created_at >= ?"
        " AND e.changed_at = e.created_at))",
        (json.dumps(list(follow_up_ids)), moment),
    )
    return frozenset(row.id for row in rows)


def tried_since(connection: Connection, follow_up_ids: Iterable[int], moment: int) -> frozenset[int]:
    """Those of these contacts with a try since *moment* (milliseconds); one that was changed was taken back."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT follow_up_id FROM follow_up_attempt WHERE version = 1 AND created_at >= ?"
        " AND follow_up_id IN (SELECT value FROM json_each(?))",
        (moment, json.dumps(list(follow_up_ids))),
    )
    return frozenset(row.follow_up_id for row in rows)


def open_follow_ups(connection: Connection, prisons: frozenset[int] | None, worker_id: int) -> Sequence[Row[Any]]:
    """Every contact that is still to be made, sealed, with the person's sealed address.

    Args:
        connection: to read with.
        prisons: only of people of these prisons, and of *worker_id*'s cases; None = all.
        worker_id: whose cases are let through.
    """
    values = {"all": prisons is None, "prisons": json.dumps(sorted(prisons or ())), "worker": worker_id}
    return connection.exec_driver_sql(_OPEN, values).fetchall()


def events_of_person(connection: Connection, person_id: int) -> Sequence[Row[Any]]:
    """The re-offence events of a person, sealed."""
    return connection.exec_driver_sql(
        "SELECT id, person_id, uuid, version, content FROM reoffence WHERE person_id = ? ORDER BY id", (person_id,)
    ).fetchall()


def event_history(connection: Connection, event_id: int) -> Sequence[Row[Any]]:
    """How an event stood before, sealed, the oldest first, with when it was changed and by whom."""
    return connection.exec_driver_sql(
        "SELECT h.uuid, h.version, h.content, h.created_at, coalesce(s.name, '') AS by"
        " FROM reoffence_history h LEFT JOIN staff s ON s.id = h.created_by WHERE h.reoffence_id = ? ORDER BY h.id",
        (event_id,),
    ).fetchall()


def person_of_event(connection: Connection, event_id: int) -> int | None:
    """Whose an event is, or None where there is none."""
    return connection.exec_driver_sql("SELECT person_id FROM reoffence WHERE id = ?", (event_id,)).scalar()
