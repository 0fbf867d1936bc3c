"""Reads of what came after releases: sealed rows with what is needed to open them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row

from tlbb_desktop.domain.people import Sex

_LAST_PRISON: Final = (
    "(SELECT s.prison_id FROM custody_stay s WHERE s.person_id = p.id"
    " AND (s.ends_on IS NULL OR s.ends_on >= s.starts_on) ORDER BY s.starts_on DESC LIMIT 1)"
)
_RELEASES: Final = f"""
    SELECT r.id, r.person_id, r.case_id, r.imported, r.uuid, r.version, r.content,
           coalesce(r.prison_id, p.prison_id, {_LAST_PRISON}) AS prison_id
    FROM release r JOIN person p ON p.id = r.person_id LEFT JOIN case_file c ON c.id = r.case_id
    WHERE NOT r.void AND p.merged_into_id IS NULL
      AND (:all OR coalesce(r.prison_id, p.prison_id, {_LAST_PRISON}) IN (SELECT value FROM json_each(:prisons))
           OR c.worker_id = :worker)
"""
_COMPLETED: Final = """
    SELECT DISTINCT person_id, issued_on FROM certificate
    WHERE kind = 'completion' AND state IN ('issued', 'replaced') AND issued_on IS NOT NULL
"""


class OutcomePerson(NamedTuple):
    """Who somebody in a figure is: fields of the ``db`` compartment.

    Args:
        id: row.
        code: the programme's code.
        sex: or None.
        trades: codes of the courses that they were enrolled in.
    """

    id: int
    code: str
    sex: Sex | None
    trades: frozenset[str]


def releases(connection: Connection, prisons: frozenset[int] | None, worker_id: int) -> Sequence[Row[Any]]:
    """Every release that stands, sealed.

    Args:
        connection: to read with.
        prisons: only from these prisons, and those of *worker_id*'s cases; None = all.
        worker_id: whose cases are let through.
    """
    values = {"all": prisons is None, "prisons": json.dumps(sorted(prisons or ())), "worker": worker_id}
    return connection.exec_driver_sql(_RELEASES, values).fetchall()


def completed_on(connection: Connection) -> dict[int, list[str]]:
    """Person -> days on which certificates of completion were issued."""
    found: dict[int, list[str]] = {}
    for row in connection.exec_driver_sql(_COMPLETED):
        found.setdefault(row.person_id, []).append(row.issued_on)
    return found


def reoffences(connection: Connection) -> Sequence[Row[Any]]:
    """Every re-offence event, sealed."""
    return connection.exec_driver_sql("SELECT id, person_id, uuid, version, content FROM reoffence").fetchall()


def outcomes_known(connection: Connection) -> Sequence[Row[Any]]:
    """Up to when outcomes are known, sealed."""
    return connection.exec_driver_sql("SELECT id, person_id, uuid, version, content FROM outcome_known").fetchall()


def people_of(connection: Connection, ids: Iterable[int]) -> dict[int, OutcomePerson]:
    """Who these people are."""
    rows = connection.exec_driver_sql(
        "SELECT p.id, p.code, p.sex, (SELECT group_concat(DISTINCT co.code) FROM enrolment e"
        " JOIN training_class k ON k.id = e.class_id JOIN course co ON co.id = k.course_id WHERE e.person_id = p.id)"
        " AS trades FROM person p WHERE p.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {
        row.id: OutcomePerson(
            row.id, row.code, Sex(row.sex) if row.sex else None, frozenset((row.trades or "").split(",")) - {""}
        )
        for row in rows
    }


def person_ids_of_codes(connection: Connection, codes: Iterable[str]) -> dict[str, int]:
    """Code -> person, for those of *codes* that are on record; of a merged record the one that stayed."""
    rows = connection.exec_driver_sql(
        "SELECT code, coalesce(merged_into_id, id) AS id FROM person WHERE code IN (SELECT value FROM json_each(?))",
        (json.dumps(list(codes)),),
    )
    return {row.code: row.id for row in rows}
