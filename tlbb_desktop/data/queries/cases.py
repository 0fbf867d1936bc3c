"""Reads of cases: fields of the ``db`` compartment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, select, text

from tlbb_desktop.data.models import ReleaseDateBatch
from tlbb_desktop.data.once import once
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.cases import CaseFile, CaseState, CloseReason
from tlbb_desktop.domain.people import PersonStatus

_LAST_PRISON: Final = (
    "coalesce(p.prison_id, (SELECT s.prison_id FROM custody_stay s WHERE s.person_id = p.id"
    " AND (s.ends_on IS NULL OR s.ends_on >= s.starts_on) ORDER BY s.starts_on DESC LIMIT 1))"
)
_FILES: Final = f"""
    SELECT c.*, p.code, p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname, p.status,
           coalesce(w.name, '') AS worker, coalesce(w.active, TRUE) AS worker_active,
           prison.id AS prison, coalesce(prison.code, '') AS prison_code
    FROM case_file c JOIN person p ON p.id = c.person_id
    LEFT JOIN staff w ON w.id = c.worker_id LEFT JOIN prison ON prison.id = {_LAST_PRISON}
"""
_DAYS: Final = ("waiting_since", "opened_on", "consents_due_on", "closed_on", "sealed_on", "expunged_on")


@once
def open_case_of(connection: Connection, person_id: int) -> int | None:
    """The person's case that is open or waiting, or None."""
    found = connection.exec_driver_sql(
        "SELECT id FROM case_file WHERE person_id = ? AND state IN ('open', 'waiting') ORDER BY id DESC", (person_id,)
    )
    return found.scalar()


@once
def has_history(connection: Connection, person_id: int) -> bool:
    """Whether somebody ever had a case or a release."""
    found = connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM case_file WHERE person_id = :person)"
        " OR EXISTS (SELECT 1 FROM release WHERE person_id = :person)",
        {"person": person_id},
    )
    return bool(found.scalar())


def sealed_people(connection: Connection, ids: Iterable[int]) -> frozenset[int]:
    """Whose case is sealed, of these people; somebody with another case that is not over is not among them."""
    rows = connection.exec_driver_sql(
        "SELECT person_id FROM case_file WHERE person_id IN (SELECT value FROM json_each(?)) GROUP BY person_id"
        " HAVING max(state = 'sealed') AND NOT max(state IN ('open', 'waiting', 'closed'))",
        (json.dumps(list(ids)),),
    )
    return frozenset(row.person_id for row in rows)


@once
def case_of(connection: Connection, case_id: int) -> CaseFile | None:
    """A case, or None."""
    row = connection.exec_driver_sql(f"{_FILES} WHERE c.id = ?", (case_id,)).first()
    return None if row is None else _case(row)


def workers(connection: Connection) -> tuple[tuple[int, str], ...]:
    """Social workers and managers who work here: (row, name), in the order of names."""
    rows = connection.exec_driver_sql(
        "SELECT id, name FROM staff WHERE active AND role IN ('social_worker', 'manager') ORDER BY name, id"
    )
    return tuple((row.id, row.name) for row in rows)


def cases_of_person(connection: Connection, person_id: int) -> tuple[CaseFile, ...]:
    """All cases of a person, the newest first."""
    rows = connection.exec_driver_sql(f"{_FILES} WHERE c.person_id = ? ORDER BY c.id DESC", (person_id,))
    return tuple(map(_case, rows))


def cases_in(
    connection: Connection,
    states: Iterable[CaseState],
    prisons: frozenset[int] | None,
    worker_id: int | None,
    only: int | None = None,
) -> tuple[CaseFile, ...]:
    """Cases in one of *states*, in the order of names.

    Args:
        connection: to read with.
        states: which.
        prisons: only people of these prisons, and those of *worker_id*; None = all.
        worker_id: whose cases are let through at any prison, or None.
        only: only the cases of this member of staff, or None.
    """
    rows = connection.exec_driver_sql(
        f"{_FILES} WHERE c.state IN (SELECT atom FROM json_each(?))"
        " AND (? OR prison.id IN (SELECT value FROM json_each(?)) OR c.worker_id = ?)"
        " AND coalesce(c.worker_id = ?, ?)"
        " ORDER BY p.sort_key, c.id",
        (json.dumps(list(states)), prisons is None, json.dumps(sorted(prisons or ())), worker_id, only, only is None),
    )
    return tuple(map(_case, rows))


def date_batches(
    connection: Connection, prisons: frozenset[int] | None, worker_id: int, most: int
) -> Sequence[Row[Any]]:
    """The changes of many release dates, sealed, the newest first; arguments as for :func:`cases_in`."""
    table = ReleaseDateBatch
    wanted = select(table.__table__)
    if prisons is not None:
        own = text(
            f"EXISTS (SELECT 1 FROM release_date d JOIN person p ON p.id = d.person_id WHERE d.batch_id ="
            f" release_date_batch.id AND ({_LAST_PRISON} IN (SELECT value FROM json_each(:prisons)) OR EXISTS"
            " (SELECT 1 FROM case_file c WHERE c.person_id = p.id AND c.worker_id = :worker AND c.state = 'open')))"
        )
        wanted = wanted.where(own.bindparams(prisons=json.dumps(sorted(prisons)), worker=worker_id))
    return connection.execute(wanted.order_by(table.id.desc()).limit(most)).all()


def admissions(connection: Connection, person_ids: Iterable[int]) -> dict[int, date]:
    """The first day of the newest stay in a prison of each who ever had one."""
    rows = connection.exec_driver_sql(
        "SELECT person_id, max(starts_on) AS day FROM custody_stay WHERE (ends_on IS NULL OR ends_on >= starts_on)"
        " AND person_id IN (SELECT value FROM json_each(?)) GROUP BY person_id",
        (json.dumps(list(person_ids)),),
    )
    return {row.person_id: date.fromisoformat(row.day) for row in rows}


def _case(row: Row[Any]) -> CaseFile:
    days = {name: date.fromisoformat(text) for name in _DAYS if (text := getattr(row, name))}
    return CaseFile(
        id=row.id,
        person_id=row.person_id,
        code=row.code,
        names=names_of(row),
        person_status=PersonStatus(row.status),
        worker_id=row.worker_id,
        worker=row.worker,
        worker_active=bool(row.worker_active),
        prison_id=row.prison,
        prison=row.prison_code,
        state=CaseState(row.state),
        close_reason=CloseReason(row.close_reason) if row.close_reason else None,
        version=row.version,
        **days,
    )
