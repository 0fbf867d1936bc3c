"""Reads of plans and their parts; what is sealed is handed on sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from tlbb_desktop.data.models import (
    CasePlanRow,
    PlanActionRow,
    PlanGoalRow,
    PlanReviewRow,
    ReleasePlanRow,
    SignatureRow,
    Staff,
)
from tlbb_desktop.domain.case_plans import PlanStatus, SignedPaper

STANDING = (PlanStatus.DRAFT, PlanStatus.APPROVED, PlanStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A version of a case plan with all rows that belong to it."""

    plan: Row[Any]
    goals: list[Row[Any]]
    actions: list[Row[Any]]
    reviews: list[Row[Any]]
    signatures: list[Row[Any]]


def plan_rows(connection: Connection, plan_id: int) -> PlanRows | None:
    """A version with its goals in the order in which they were added; or None."""
    plan = connection.execute(
        select(CasePlanRow.__table__, Staff.name.label("approver"))
        .outerjoin(Staff, Staff.id == CasePlanRow.approved_by)
        .where(CasePlanRow.id == plan_id)
    ).first()
    if plan is None:
        return None
    goal_table, action_table = PlanGoalRow.__table__, PlanActionRow.__table__
    goals = connection.execute(select(goal_table).where(PlanGoalRow.plan_id == plan_id).order_by(PlanGoalRow.id)).all()
    actions = connection.execute(
        select(action_table).where(PlanActionRow.goal_id.in_([goal.id for goal in goals])).order_by(PlanActionRow.id)
    ).all()
    reviews = connection.execute(
        select(PlanReviewRow.__table__)
        .where(PlanReviewRow.plan_id == plan_id)
        .order_by(PlanReviewRow.on_day.desc(), PlanReviewRow.id.desc())
    ).all()
    return PlanRows(
        plan, list(goals), list(actions), list(reviews), signatures_of(connection, SignedPaper.CASE_PLAN, plan_id)
    )


def signatures_of(connection: Connection, paper: SignedPaper, paper_id: int) -> list[Row[Any]]:
    """The sealed signatures under a paper, in the order in which they were noted."""
    wanted = select(SignatureRow.__table__).where(SignatureRow.paper == paper, SignatureRow.paper_id == paper_id)
    return list(connection.execute(wanted.order_by(SignatureRow.id)))


def versions(connection: Connection, case_id: int) -> list[Row[Any]]:
    """The versions of a case's plan without what is sealed, the newest first."""
    return list(
        connection.execute(
            select(CasePlanRow.id, CasePlanRow.number, CasePlanRow.status, CasePlanRow.proposed_at)
            .where(CasePlanRow.case_id == case_id)
            .order_by(CasePlanRow.number.desc())
        )
    )


def case_of_plan(connection: Connection, plan_id: int) -> int | None:
    """The case that a plan belongs to, or None."""
    return connection.execute(select(CasePlanRow.case_id).where(CasePlanRow.id == plan_id)).scalar()


def case_of_release_plan(connection: Connection, plan_id: int) -> int | None:
    """The case that a release plan belongs to, or None."""
    return connection.execute(select(ReleasePlanRow.case_id).where(ReleasePlanRow.id == plan_id)).scalar()
