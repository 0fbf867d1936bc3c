"""Reads of visits and referrals: days, kinds and compartments in the open, the rest as sealed bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from tlbb_desktop.data.models import CaseFileRow, Person, ReferralRow, VisitRow
from tlbb_desktop.data.queries.people import LAST_PRISON
from tlbb_desktop.domain.people import ACTIVE_STATUSES
from tlbb_desktop.domain.visits import FAMILY_CONTACT

_OUT_OF_TOUCH: Final = f"""
    SELECT c.id AS case_id, p.id AS person_id, p.code, p.family_km, p.given_km, p.family_latin, p.given_latin,
           p.nickname, prison.code AS prison,
           (SELECT max(v.on_day) FROM visit v
            WHERE v.case_id = c.id AND v.kind IN (SELECT atom FROM json_each(:kinds))) AS last_on,
           (SELECT max(s.starts_on) FROM custody_stay s WHERE s.person_id = p.id AND s.starts_on <= :today
              AND (s.ends_on IS NULL OR s.ends_on >= :today)) AS inside_since
    FROM case_file c JOIN person p ON p.id = c.person_id
    JOIN prison ON prison.id = coalesce(p.prison_id, {LAST_PRISON})
    WHERE c.state = 'open' AND p.prison_id IS NOT NULL AND p.status IN (SELECT atom FROM json_each(:statuses))
      AND (:everywhere OR prison.id IN (SELECT value FROM json_each(:prisons)) OR c.worker_id = :me)
      AND (:case IS NULL OR c.id = :case)
    ORDER BY p.sort_key, c.id
"""

#: Composed once.
_OF_CASE: Final = (
    select(VisitRow.__table__)
    .where(VisitRow.case_id == bindparam("case"))
    .order_by(VisitRow.on_day.desc(), VisitRow.id.desc())
)


def visit_rows(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """The visits of a case, sealed, the newest day first."""
    return connection.execute(_OF_CASE, {"case": case_id}).all()


def case_of_visit(connection: Connection, visit_id: int) -> int | None:
    """The case of a visit, or None."""
    return connection.execute(select(VisitRow.case_id).where(VisitRow.id == visit_id)).scalar()


def inside(
    connection: Connection, prisons: Iterable[int] | None, worker_id: int, today: str, case_id: int | None = None
) -> Sequence[Row[Any]]:
    """Everybody in prison who has an open case, with the days of the last contact and of the admission as text.

    Args:
        connection: to read with.
        prisons: only people of these prisons; None = all.
        worker_id: whose own cases are let through at any prison.
        today: the working day, ISO 8601.
        case_id: only this case; None = all.
    """
    values = {
        "kinds": json.dumps(sorted(FAMILY_CONTACT)),
        "statuses": json.dumps(sorted(ACTIVE_STATUSES)),
        "everywhere": prisons is None,
        "prisons": json.dumps(sorted(prisons or ())),
        "me": worker_id,
        "today": today,
        "case": case_id,
    }
    return connection.exec_driver_sql(_OUT_OF_TOUCH, values).all()


def referral_rows(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """The referrals of a case, sealed, the newest first."""
    wanted = select(ReferralRow.__table__).where(ReferralRow.case_id == case_id)
    return connection.execute(wanted.order_by(ReferralRow.id.desc())).all()


def referral_place(connection: Connection, referral_id: int) -> Row[Any] | None:
    """The case and compartment of a referral, or None."""
    found = connection.exec_driver_sql("SELECT case_id, compartment FROM referral WHERE id = ?", (referral_id,))
    return found.first()


def open_referral_rows(connection: Connection) -> Sequence[Row[Any]]:
    """Referrals that are not closed, sealed, with the person's code and names, the oldest first."""
    wanted = (
        select(
            ReferralRow.__table__,
            Person.code,
            Person.family_km,
            Person.given_km,
            Person.family_latin,
            Person.given_latin,
            Person.nickname,
        )
        .join(CaseFileRow, CaseFileRow.id == ReferralRow.case_id)
        .join(Person, Person.id == CaseFileRow.person_id)
        .where(ReferralRow.closed.is_(False))
    )
    return connection.execute(wanted.order_by(ReferralRow.id)).all()
