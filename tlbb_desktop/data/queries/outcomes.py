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
        "SELECT code, coalesce(merged_into_id, id) AS id FROM person WHERE code IN (SELECT atom FROM json_each(?))",
        (json.dumps(list(codes)),),
    )
    return {row.code: row.id for row in rows}


def contacts(connection: Connection) -> Sequence[Row[Any]]:
    """Every contact that is over, sealed, with whose it is."""
    return connection.exec_driver_sql(
        "SELECT f.id, r.person_id, f.uuid, f.version, f.content FROM follow_up f"
        " JOIN release r ON r.id = f.release_id WHERE f.done AND NOT r.void"
    ).fetchall()


def kept_statistics(connection: Connection) -> Sequence[Row[Any]]:
    """What stayed of the contacts of expunged cases, sealed, with whose it was."""
    return connection.exec_driver_sql(
        "SELECT k.id, c.person_id, k.uuid, k.version, k.content FROM kept_statistic k"
        " JOIN case_file c ON c.id = k.case_id"
    ).fetchall()


class Inside(NamedTuple):
    """Where somebody is inside, and since when, as ISO 8601."""

    prison_id: int
    since: str


def inside(connection: Connection, prisons: frozenset[int] | None, worker_id: int, day: str) -> dict[int, Inside]:
    """Person with an open case who is in a prison on *day* -> that prison; arguments else as for ``releases``."""
    rows = connection.exec_driver_sql(
        "SELECT c.person_id, s.prison_id, s.starts_on FROM case_file c JOIN person p ON p.id = c.person_id"
        " JOIN custody_stay s ON s.person_id = p.id AND s.starts_on <= :day"
        " AND (s.ends_on IS NULL OR s.ends_on >= :day)"
        " WHERE c.state = 'open' AND p.merged_into_id IS NULL AND (:all OR s.prison_id IN"
        " (SELECT value FROM json_each(:prisons)) OR c.worker_id = :worker)",
        {
            "day": day,
            "all": prisons is None,
            "prisons": json.dumps(sorted(prisons or ())),
            "worker": worker_id,
        },
    )
    return {row.person_id: Inside(row.prison_id, row.starts_on) for row in rows}


def ages_at_offence(connection: Connection, ids: Iterable[int]) -> Sequence[Row[Any]]:
    """What tells how old these people were at the offence, sealed: birth dates and legal files."""
    return connection.exec_driver_sql(
        "SELECT p.id AS person_id, i.uuid AS identity_uuid, i.version AS identity_version, i.birth, l.uuid, l.version,"
        " l.content FROM person p LEFT JOIN person_identity i ON i.person_id = p.id"
        " LEFT JOIN legal_file l ON l.person_id = p.id WHERE p.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()


def visit_days(connection: Connection, kinds: Iterable[str]) -> dict[int, list[str]]:
    """Person -> days of visits of these kinds."""
    found: dict[int, list[str]] = {}
    rows = connection.exec_driver_sql(
        "SELECT c.person_id, v.on_day FROM visit v JOIN case_file c ON c.id = v.case_id"
        " WHERE v.kind IN (SELECT atom FROM json_each(?))",
        (json.dumps(sorted(kinds)),),
    )
    for row in rows:
        found.setdefault(row.person_id, []).append(row.on_day)
    return found


def issued_reports(connection: Connection) -> Sequence[Row[Any]]:
    """Every report that was issued, the newest first, sealed."""
    return connection.exec_driver_sql(
        "SELECT r.id, r.kind, r.number, r.as_of, r.uuid, r.version, r.content, r.created_at,"
        " coalesce(s.name, '') AS by, coalesce(o.number, '') AS corrects FROM issued_report r"
        " LEFT JOIN staff s ON s.id = r.created_by LEFT JOIN issued_report o ON o.id = r.corrects_id"
        " WHERE r.kind = 'outcomes' ORDER BY r.id DESC"
    ).fetchall()


#: Kind of entry -> table and whose row it is; all of them say when they were changed last.
_ENTERED: Final = {
    "event": "SELECT person_id, changed_at FROM reoffence",
    "known": "SELECT person_id, changed_at FROM outcome_known",
    "contact": "SELECT r.person_id, f.changed_at FROM follow_up f JOIN release r ON r.id = f.release_id"
    " WHERE f.done OR f.version > 1",
    "release": "SELECT person_id, changed_at FROM release",
    "certificate": "SELECT person_id, changed_at FROM certificate",
    "visit": "SELECT c.person_id, v.changed_at FROM visit v JOIN case_file c ON c.id = v.case_id",
    "stay": "SELECT person_id, changed_at FROM custody_stay",
    "case": "SELECT person_id, changed_at FROM case_file",
}


def entered_since(connection: Connection, people: Iterable[int], moment: int) -> Sequence[Row[Any]]:
    """What was entered or changed about *people* since *moment* (milliseconds): person, kind, and when last."""
    union = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, e.person_id, e.changed_at FROM ({wanted}) e" for kind, wanted in _ENTERED.items()
    )
    return connection.exec_driver_sql(
        f"SELECT person_id, kind, max(changed_at) AS at FROM ({union}) AS entered WHERE changed_at >= ?"
        " AND person_id IN (SELECT value FROM json_each(?)) GROUP BY person_id, kind ORDER BY at DESC",
        (moment, json.dumps(list(people))),
    ).fetchall()
