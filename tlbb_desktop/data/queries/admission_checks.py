"""Reads of prisons' admission lists that were compared with the record, and who is compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row

_PAIRS: Final = """
    SELECT a.id, a.check_id, a.person_id, a.uuid, a.version, a.content, a.decided_at,
           p.code, p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname
    FROM admission_pair a JOIN person p ON p.id = a.person_id WHERE a.check_id = ? ORDER BY a.id
"""


def pairs(connection: Connection, check_id: int) -> Sequence[Row[Any]]:
    """The pairs of a check, sealed, in the order in which they were found."""
    return connection.exec_driver_sql(_PAIRS, (check_id,)).fetchall()


def prison_of_check(connection: Connection, check_id: int) -> int | None:
    """Whose list it was, or None where there is no such check."""
    return connection.exec_driver_sql("SELECT prison_id FROM admission_check WHERE id = ?", (check_id,)).scalar()


def check_of_pair(connection: Connection, pair_id: int) -> int | None:
    """The check that a pair belongs to, or None where there is no such pair."""
    return connection.exec_driver_sql("SELECT check_id FROM admission_pair WHERE id = ?", (pair_id,)).scalar()


def unfinished(connection: Connection) -> Sequence[Row[Any]]:
    """The sealed rows of checks that are not finished."""
    return connection.exec_driver_sql(
        "SELECT id, uuid, version, content, prison_id FROM admission_check WHERE finished_at IS NULL ORDER BY id"
    ).fetchall()
