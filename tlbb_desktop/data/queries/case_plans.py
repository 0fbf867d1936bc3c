"""Reads of plans and their parts; what is sealed is handed on sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from tlbb_desktop.data.models import (
    CasePlanRow,
    PlanActionRow,
    PlanGoalRow,
    PlanReviewRow,
    ReleasePlanRow,
    SignatureRow,
    Staff,
)
from tlbb_desktop.data.once import once
from tlbb_desktop.domain.case_plans import PlanStatus, SignedPaper

#: Composed once: a page of a plan asks all of them.
_PLAN: Final = (
    select(CasePlanRow.__table__, Staff.name.label("approver"))
    .outerjoin(Staff, Staff.id == CasePlanRow.approved_by)
    .where(CasePlanRow.id == bindparam("plan"))
)
_GOALS: Final = select(PlanGoalRow.__table__).where(PlanGoalRow.plan_id == bindparam("plan")).order_by(PlanGoalRow.id)
_ACTIONS: Final = (
    select(PlanActionRow.__table__)
    .where(PlanActionRow.goal_id.in_(bindparam("goals", expanding=True)))
    .order_by(PlanActionRow.id)
)
_REVIEWS: Final = (
    select(PlanReviewRow.__table__)
    .where(PlanReviewRow.plan_id == bindparam("plan"))
    .order_by(PlanReviewRow.on_day.desc(), PlanReviewRow.id.desc())
)
_SIGNATURES: Final = (
    select(SignatureRow.__table__)
    .where(SignatureRow.paper == bindparam("paper"), SignatureRow.paper_id == bindparam("paper_id"))
    .order_by(SignatureRow.id)
)
_VERSIONS: Final = (
    select(CasePlanRow.id, CasePlanRow.number, CasePlanRow.status, CasePlanRow.proposed_at)
    .where(CasePlanRow.case_id == bindparam("case"))
    .order_by(CasePlanRow.number.desc())
)

STANDING = (PlanStatus.DRAFT, PlanStatus.APPROVED, PlanStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A version of a case plan with all rows that belong to it."""

    plan: Row[Any]
    goals: list[Row[Any]]
    actions: list[Row[Any]]
    reviews: list[Row[Any]]
    signatures: list[Row[Any]]


@once
def plan_rows(connection: Connection, plan_id: int) -> PlanRows | None:
    """A version with its goals in the order in which they were added; or None."""
    plan = connection.execute(_PLAN, {"plan": plan_id}).first()
    if plan is None:
        return None
    goals = connection.execute(_GOALS, {"plan": plan_id}).all()
    actions = connection.execute(_ACTIONS, {"goals": [goal.id for goal in goals]}).all()
    reviews = connection.execute(_REVIEWS, {"plan": plan_id}).all()
    return PlanRows(
        plan, list(goals), list(actions), list(reviews), signatures_of(connection, SignedPaper.CASE_PLAN, plan_id)
    )


def signatures_of(connection: Connection, paper: SignedPaper, paper_id: int) -> list[Row[Any]]:
    """The sealed signatures under a paper, in the order in which they were noted."""
    return list(connection.execute(_SIGNATURES, {"paper": paper, "paper_id": paper_id}))


def versions(connection: Connection, case_id: int) -> list[Row[Any]]:
    """The versions of a case's plan without what is sealed, the newest first."""
    return list(connection.execute(_VERSIONS, {"case": case_id}))


@once
def case_of_plan(connection: Connection, plan_id: int) -> int | None:
    """The case that a plan belongs to, or None."""
    return connection.execute(select(CasePlanRow.case_id).where(CasePlanRow.id == plan_id)).scalar()


def case_of_release_plan(connection: Connection, plan_id: int) -> int | None:
    """The case that a release plan belongs to, or None."""
    return connection.execute(select(ReleasePlanRow.case_id).where(ReleasePlanRow.id == plan_id)).scalar()
