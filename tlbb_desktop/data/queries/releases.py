"""Reads of release plans and releases: counts and days of the ``db`` compartment, the rest as sealed bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from tlbb_desktop.data.models import (
    CustodyStay,
    Enrolment,
    FollowUpAttempt,
    FollowUpRow,
    ReleaseItemRow,
    ReleasePlanRow,
    ReleaseRow,
    Staff,
)
from tlbb_desktop.data.queries.people import LAST_PRISON
from tlbb_desktop.domain.people import ACTIVE_STATUSES, PersonKind
from tlbb_desktop.domain.releases import EndedEnrolment

_LEAVING: Final = f"""
    SELECT p.id AS person_id, p.code, p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname,
           coalesce(prison.code, '') AS prison, c.id AS case_id, c.worker_id, coalesce(w.name, '') AS worker,
           r.id AS plan_id, r.status AS plan_status, r.items, r.done, r.critical, r.critical_done
    FROM person p
    LEFT JOIN prison ON prison.id = coalesce(p.prison_id, {LAST_PRISON})
    LEFT JOIN case_file c ON c.id =
        (SELECT id FROM case_file WHERE person_id = p.id AND state = 'open' ORDER BY id DESC LIMIT 1)
    LEFT JOIN staff w ON w.id = c.worker_id
    LEFT JOIN release_plan r ON r.id =
        (SELECT id FROM release_plan WHERE case_id = c.id ORDER BY number DESC LIMIT 1)
    WHERE p.id IN (SELECT value FROM json_each(:people)) AND p.merged_into_id IS NULL
      AND p.kind IN ('{PersonKind.PARTICIPANT}', '{PersonKind.MOTHER}')
      AND p.status IN (SELECT atom FROM json_each(:statuses))
      AND (p.prison_id IS NOT NULL
           OR NOT EXISTS (SELECT 1 FROM release o WHERE o.person_id = p.id AND NOT o.void AND NOT o.imported))
      AND (:everywhere OR prison.id IN (SELECT value FROM json_each(:prisons)) OR c.worker_id = :me)
"""


def leaving(
    connection: Connection, people: Iterable[int], prisons: Iterable[int] | None, worker_id: int
) -> Sequence[Row[Any]]:
    """Those of *people* who take part and have not left, with the counts of the newest plan.

    Args:
        connection: to read with.
        people: who leaves by their release day.
        prisons: only people of these prisons; None = all.
        worker_id: whose own cases are let through at any prison.
    """
    values = {
        "people": json.dumps(list(people)),
        "statuses": json.dumps(sorted(ACTIVE_STATUSES)),
        "everywhere": prisons is None,
        "prisons": json.dumps(sorted(prisons or ())),
        "me": worker_id,
    }
    return connection.exec_driver_sql(_LEAVING, values).all()


def newest_plan(connection: Connection, case_id: int) -> Row[Any] | None:
    """The newest version of the release plan of a case, sealed, with the name of who approved it; or None."""
    wanted = _plans().where(ReleasePlanRow.case_id == case_id).order_by(ReleasePlanRow.number.desc())
    return connection.execute(wanted).first()


def plan_row(connection: Connection, plan_id: int) -> Row[Any] | None:
    """A version of a release plan, sealed, with the name of who approved it; or None."""
    return connection.execute(_plans().where(ReleasePlanRow.id == plan_id)).first()


def plan_rows(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """All versions of the release plan of a case, the newest first."""
    wanted = _plans().where(ReleasePlanRow.case_id == case_id).order_by(ReleasePlanRow.number.desc())
    return connection.execute(wanted).all()


def _plans() -> Any:
    named = select(ReleasePlanRow.__table__, Staff.name.label("approver"))
    return named.outerjoin(Staff, Staff.id == ReleasePlanRow.approved_by)


def item_rows(connection: Connection, plan_ids: Iterable[int], compartments: Iterable[str]) -> Sequence[Row[Any]]:
    """The sealed items of some plans that lie in *compartments*."""
    wanted = select(ReleaseItemRow.__table__).where(
        ReleaseItemRow.plan_id.in_(list(plan_ids)), ReleaseItemRow.compartment.in_(list(compartments))
    )
    return connection.execute(wanted.order_by(ReleaseItemRow.id)).all()


def item_place(connection: Connection, item_id: int) -> Row[Any] | None:
    """The compartment and plan of an item, with the case of that plan; or None."""
    found = connection.exec_driver_sql(
        "SELECT i.compartment, i.plan_id, r.case_id FROM release_item i JOIN release_plan r ON r.id = i.plan_id"
        " WHERE i.id = ?",
        (item_id,),
    )
    return found.first()


def case_of_plan(connection: Connection, plan_id: int) -> int | None:
    """The case of a version of a release plan, or None."""
    return connection.execute(select(ReleasePlanRow.case_id).where(ReleasePlanRow.id == plan_id)).scalar()


def releases_of(connection: Connection, person_id: int) -> Sequence[Row[Any]]:
    """The releases of somebody that stand, sealed, the oldest entry first."""
    wanted = select(ReleaseRow.__table__).where(ReleaseRow.person_id == person_id, ReleaseRow.void.is_(False))
    return connection.execute(wanted.order_by(ReleaseRow.id)).all()


def releases_of_sealed_cases(connection: Connection, person_id: int) -> frozenset[int]:
    """The releases of somebody that belong to a case which is sealed."""
    rows = connection.exec_driver_sql(
        "SELECT r.id FROM release r JOIN case_file c ON c.id = r.case_id WHERE r.person_id = ? AND c.state = 'sealed'",
        (person_id,),
    )
    return frozenset(row.id for row in rows)


def person_of_release(connection: Connection, release_id: int) -> int | None:
    """Whose release it is, or None."""
    return connection.execute(select(ReleaseRow.person_id).where(ReleaseRow.id == release_id)).scalar()


def without_follow_up(connection: Connection) -> Sequence[Row[Any]]:
    """Releases that stand, were entered here and have no contact yet, sealed."""
    with_contact = select(FollowUpRow.id).where(FollowUpRow.release_id == ReleaseRow.id).exists()
    wanted = select(ReleaseRow.__table__).where(
        ReleaseRow.void.is_(False), ReleaseRow.imported.is_(False), ~with_contact
    )
    return connection.execute(wanted.order_by(ReleaseRow.id)).all()


def was_tried(connection: Connection, release_id: int) -> bool:
    """Whether anybody tried to reach somebody after a release; a changed try was taken back."""
    tried = (
        select(FollowUpAttempt.id)
        .join(FollowUpRow, FollowUpRow.id == FollowUpAttempt.follow_up_id)
        .where(FollowUpRow.release_id == release_id, FollowUpAttempt.version == 1)
    )
    return connection.execute(tried.limit(1)).scalar() is not None


def contacts_over(connection: Connection, release_id: int) -> Sequence[Row[Any]]:
    """The contacts after a release that are due no more, sealed."""
    wanted = select(FollowUpRow.__table__).where(FollowUpRow.release_id == release_id, FollowUpRow.done.is_(True))
    return connection.execute(wanted).all()


def enrolments_to_end(connection: Connection, person_id: int, day: date) -> tuple[EndedEnrolment, ...]:
    """The enrolments of somebody that began by *day* and last longer, each with its last day of now."""
    wanted = select(Enrolment.id, Enrolment.ends_on).where(
        Enrolment.person_id == person_id,
        Enrolment.starts_on <= day,
        Enrolment.ends_on.is_(None) | (Enrolment.ends_on > day),
    )
    return tuple(EndedEnrolment(row.id, row.ends_on) for row in connection.execute(wanted.order_by(Enrolment.id)))


def stays_since(connection: Connection, person_id: int, day: date) -> bool:
    """Whether somebody came to a prison on or after *day*."""
    wanted = select(CustodyStay.id).where(
        CustodyStay.person_id == person_id,
        CustodyStay.starts_on >= day,
        CustodyStay.ends_on.is_(None) | (CustodyStay.ends_on >= CustodyStay.starts_on),
    )
    return connection.execute(wanted.limit(1)).scalar() is not None
