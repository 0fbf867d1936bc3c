"""Reads of who is seen after a release: names, case, responsible member of staff, and tries by contact."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import Connection, Row

from tlbb_desktop.data.queries.aftercare import LAST_PRISON

_FOLLOWED: Final = f"""
    SELECT r.id AS release_id, r.case_id, p.id AS person_id, p.code, p.family_km, p.given_km, p.family_latin,
           p.given_latin, p.nickname, c.state, coalesce(w.name, '') AS worker
    FROM release r JOIN person p ON p.id = r.person_id LEFT JOIN case_file c ON c.id = r.case_id
    LEFT JOIN staff w ON w.id = c.worker_id
    WHERE NOT r.void AND (c.id IS NULL OR c.state <> 'expunged')
      AND EXISTS (SELECT 1 FROM follow_up f WHERE f.release_id = r.id)
      AND (:all OR coalesce(r.prison_id, {LAST_PRISON}) IN (SELECT value FROM json_each(:prisons))
           OR c.worker_id = :worker)
"""


def followed_people(connection: Connection, prisons: frozenset[int] | None, worker_id: int) -> list[Row[Any]]:
    """Releases that have contacts, open or over; those of expunged cases are left out.

    Args:
        connection: to read with.
        prisons: only of people of these prisons, and of *worker_id*'s cases; None = all.
        worker_id: whose cases are let through.
    """
    values = {"all": prisons is None, "prisons": json.dumps(sorted(prisons or ())), "worker": worker_id}
    return list(connection.exec_driver_sql(_FOLLOWED, values))


def release_of_contacts(connection: Connection) -> dict[int, int]:
    """Row of each open contact -> row of its release, while its case is open or there is none."""
    rows = connection.exec_driver_sql(
        "SELECT f.id, f.release_id FROM follow_up f JOIN release r ON r.id = f.release_id"
        " LEFT JOIN case_file c ON c.id = r.case_id"
        " WHERE NOT f.done AND NOT r.void AND (c.id IS NULL OR c.state = 'open')"
    )
    return {row[0]: row[1] for row in rows}


def tries_of_contacts(connection: Connection) -> dict[int, int]:
    """Row of each open contact -> how many tries reached nobody; one that was changed was taken back."""
    rows = connection.exec_driver_sql(
        "SELECT a.follow_up_id, count(*) FROM follow_up_attempt a JOIN follow_up f ON f.id = a.follow_up_id"
        " WHERE NOT f.done AND a.version = 1 GROUP BY a.follow_up_id"
    )
    return {row[0]: row[1] for row in rows}
