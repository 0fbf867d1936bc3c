"""What the work list reads in the open: whose case is whose, and due days that are no secret."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from tlbb_desktop.domain.consents import NEEDED_FOR_SERVICE
from tlbb_desktop.domain.visits import FAMILY_CONTACT, GAP_DAYS
from tlbb_desktop.domain.work_list import PLAN_WITHIN_DAYS

#: The prison whose staff a person ``p`` belongs to: where they are, else of the last stay.
LAST_PRISON: Final = (
    "coalesce(p.prison_id, (SELECT s.prison_id FROM custody_stay s WHERE s.person_id = p.id"
    " AND (s.ends_on IS NULL OR s.ends_on >= s.starts_on) ORDER BY s.starts_on DESC LIMIT 1))"
)


class CaseKey(NamedTuple):
    """Whose an open case is: row of the case and person, who is responsible, and whether they left."""

    case_id: int
    person_id: int
    worker_id: int | None
    worker_left: bool


def open_cases(connection: Connection, prisons: frozenset[int] | None, me: int, *, mine: bool) -> list[CaseKey]:
    """The open cases that somebody works with.

    Args:
        connection: to read with.
        prisons: the own ones; None = all.
        me: row of the member of staff.
        mine: only those that they are responsible for.
    """
    condition, values = "c.worker_id = ?", [me]
    if not mine:
        own = json.dumps(sorted(prisons or ()))
        condition = f"(? OR c.worker_id = ? OR {LAST_PRISON} IN (SELECT value FROM json_each(?)))"
        values = [prisons is None, me, own]  # type: ignore[list-item]
    packed = connection.exec_driver_sql(
        "SELECT json_group_array(c.id), json_group_array(c.person_id), json_group_array(c.worker_id),"
        " json_group_array(coalesce(NOT w.active, FALSE)) FROM case_file c"
        " JOIN person p ON p.id = c.person_id LEFT JOIN staff w ON w.id = c.worker_id"
        f" WHERE c.state = 'open' AND {condition}",
        tuple(values),
    ).one()
    columns = [json.loads(each) for each in packed]  # one text instead of 20,000 rows, see queries.people
    return [CaseKey(case, person, worker, bool(left)) for case, person, worker, left in zip(*columns, strict=True)]


def people_shown(connection: Connection, case_ids: Iterable[int]) -> dict[int, Any]:
    """Code, names, prison and responsible member of staff of the cases that have lines."""
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.person_id, p.code, p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname,"
        " coalesce(prison.code, '') AS prison, coalesce(w.name, '') AS worker"
        f" FROM case_file c JOIN person p ON p.id = c.person_id LEFT JOIN prison ON prison.id = {LAST_PRISON}"
        " LEFT JOIN staff w ON w.id = c.worker_id WHERE c.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(case_ids)),),
    )
    return {row.id: row for row in rows}


def consents_due(connection: Connection) -> list[tuple[int, date]]:
    """Open cases whose consents are still to be recorded, with the last day for it."""
    needed = ", ".join(f"'{purpose}'" for purpose in NEEDED_FOR_SERVICE)
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.consents_due_on FROM case_file c WHERE c.state = 'open' AND c.consents_due_on IS NOT NULL"
        " AND (SELECT count(DISTINCT purpose) FROM consent k WHERE k.person_id = c.person_id"
        f" AND k.purpose IN ({needed})) < {len(NEEDED_FOR_SERVICE)}"
    )
    return [(row[0], date.fromisoformat(row[1])) for row in rows]


def plans_missing(connection: Connection, until: date) -> list[tuple[int, date]]:
    """Open cases that by *until* should have an approved plan and have none, with the day by which."""
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.opened_on FROM case_file c WHERE c.state = 'open' AND c.opened_on <= ?"
        " AND NOT EXISTS (SELECT 1 FROM case_plan p WHERE p.case_id = c.id AND p.status IN ('approved', 'active'))",
        ((until - timedelta(days=PLAN_WITHIN_DAYS)).isoformat(),),
    )
    within = timedelta(days=PLAN_WITHIN_DAYS)
    return [(row[0], date.fromisoformat(row[1]) + within) for row in rows]


def visits_missing(connection: Connection, today: date) -> list[tuple[int, date]]:
    """Open cases of people in prison without contact with the family for over 30 days, with the 30th day."""
    kinds = ", ".join(f"'{kind}'" for kind in FAMILY_CONTACT)
    rows = connection.exec_driver_sql(
        "SELECT id, last FROM (SELECT c.id, max(c.opened_on, coalesce((SELECT max(v.on_day) FROM visit v"
        f" WHERE v.case_id = c.id AND v.kind IN ({kinds})), '')) AS last FROM case_file c"
        " JOIN person p ON p.id = c.person_id WHERE c.state = 'open' AND p.prison_id IS NOT NULL"
        " AND p.status <> 'post_release' AND c.opened_on < ?) AS seen WHERE last < ?",
        ((today - timedelta(days=GAP_DAYS)).isoformat(),) * 2,
    )
    return [(row[0], date.fromisoformat(row[1]) + timedelta(days=GAP_DAYS)) for row in rows]
