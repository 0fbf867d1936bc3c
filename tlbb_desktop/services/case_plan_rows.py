"""Opens the rows of a case plan into one page, and writes goals and actions into their compartments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import case_plans as queries
from tlbb_desktop.domain.case_plans import CasePlan, GoalStatus, PlanAction, PlanGoal, PlanReview, PlanStatus
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import ACTION, CASE_PLAN, GOAL, REVIEW, SIGNATURE


class PlanPages:
    """Reads versions of plans.

    Args:
        office: who reads which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def _cipher(self) -> FieldCipher:
        return self._office.cipher

    def is_restricted(self, row: Any) -> bool:
        """Whether a goal or action is sealed under ``counselling``."""
        return Compartment(row.compartment) is Compartment.COUNSELLING

    def read(self, connection: Connection, plan_id: int, *, restricted: bool) -> CasePlan:
        """A version, whole; restricted goals only where they are asked for.

        Raises:
            NotFound: it is not on record.
        """
        rows = queries.plan_rows(connection, plan_id)
        if rows is None:
            raise NotFound(N_("This plan is not on record any more."))
        shown = [goal for goal in rows.goals if restricted or not self.is_restricted(goal)]
        actions: dict[int, list[PlanAction]] = {goal.id: [] for goal in shown}
        for row in rows.actions:
            if row.goal_id in actions:
                actions[row.goal_id].append(PlanAction(ACTION.open(self._cipher, row), row.id, row.version))
        return CasePlan(
            id=rows.plan.id,
            case_id=rows.plan.case_id,
            number=rows.plan.number,
            status=PlanStatus(rows.plan.status),
            form=CASE_PLAN.open(self._cipher, rows.plan),
            goals=tuple(
                PlanGoal(GOAL.open(self._cipher, goal), tuple(actions[goal.id]), goal.id, goal.version)
                for goal in shown
            ),
            reviews=tuple(
                PlanReview(row.on_day, REVIEW.open(self._cipher, row), row.id, row.version) for row in rows.reviews
            ),
            signatures=tuple(SIGNATURE.open(self._cipher, row) for row in rows.signatures),
            proposed_at=rows.plan.proposed_at,
            approved_at=rows.plan.approved_at,
            approved_by=rows.plan.approver or "",
            goals_hidden=len(rows.goals) - len(shown),
            version=rows.plan.version,
        )


def write_goal(act: Act, cipher: FieldCipher, plan: models.CasePlanRow, goal: PlanGoal) -> int:
    """Keep a goal in its compartment; returns its row.

    Raises:
        Refused: the plan is approved and the goal is new or says something else than how it ends.
        NotFound: it is no goal of this plan.
    """
    compartment = Compartment.COUNSELLING if goal.form.restricted else Compartment.FAMILY
    draft, ended = plan.status == PlanStatus.DRAFT, goal.form.status is not GoalStatus.OPEN
    if goal.id is None:
        if not draft:
            raise Refused(N_("An approved plan gets no new goals. Begin a new version."))
        new = models.PlanGoalRow(plan_id=plan.id, compartment=compartment, ended=ended)
        return GOAL.add(act, cipher, new, goal.form)
    row = act.session.get(models.PlanGoalRow, goal.id)
    if row is None or row.plan_id != plan.id:
        raise NotFound(N_("This goal is not on record any more."))
    stored = GOAL.open(cipher, row)
    if not draft and replace(goal.form, status=stored.status, why_dropped=stored.why_dropped) != stored:
        raise Refused(N_("In an approved plan only how a goal ends can change. Begin a new version."))
    if row.compartment != compartment:
        raise Refused(N_("Drop this goal and set a new one: its domain decides who may read it."))
    row.ended = ended
    GOAL.change(act, cipher, row, goal.form, goal.version)
    return row.id


def write_action(act: Act, cipher: FieldCipher, goal: models.PlanGoalRow, action: PlanAction) -> int:
    """Keep an action in the compartment of its goal; returns its row.

    Raises:
        NotFound: it is no action of this goal.
    """
    done = action.form.done_on is not None
    if action.id is None:
        row = models.PlanActionRow(goal_id=goal.id, compartment=goal.compartment, done=done)
        return ACTION.add(act, cipher, row, action.form)
    stored = act.session.get(models.PlanActionRow, action.id)
    if stored is None or stored.goal_id != goal.id:
        raise NotFound(N_("This action is not on record any more."))
    stored.done = done
    ACTION.change(act, cipher, stored, action.form, action.version)
    return stored.id
