"""Case plans: versions, goals, actions, reviews, approval. Nothing that must happen waits for the approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import case_plans as queries
from tlbb_desktop.domain.case_plans import (
    NEEDED_TO_APPROVE,
    CasePlan,
    GoalForm,
    GoalStatus,
    PlanAction,
    PlanForm,
    PlanGap,
    PlanGoal,
    PlanReview,
    PlanStatus,
    PlanVersion,
    plan_gaps,
    review_due,
)
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.domain.strengths import STABLE, goals_proposed
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.case_plan_rows import PlanPages, write_action, write_goal
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import CASE_PLAN, REVIEW
from tlbb_desktop.services.strengths import assessments_of, overall_risk


class CasePlanService:
    """The plans of cases.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)
        self._pages = PlanPages(office)

    def versions(self, case_id: int, reason: ReadReason | None = None) -> tuple[PlanVersion, ...]:
        """The versions of a case's plan, the newest first."""
        where = self._access.where(self._access.file(case_id, reason))
        with self._office.read(Action.CARE_READ, where) as connection:
            return tuple(
                PlanVersion(row.id, row.number, PlanStatus(row.status), row.proposed_at)
                for row in queries.versions(connection, case_id)
            )

    def plan(self, plan_id: int, reason: ReadReason | None = None) -> CasePlan:
        """A version, whole.

        Goals of health and substances come along for the one who is responsible, and for a manager who gives a reason;
        others are told how many there are.

        Raises:
            NotFound: it is not on record.
        """
        case = self._case_of(plan_id, reason)
        self._office.permit(Action.CARE_READ, self._access.where(case))
        restricted = self._access.opens_restricted(case, reason)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            note_reading(act, case, f"case_plan:{plan_id}", reason if restricted else None)
        with self._office.store.read() as connection:
            return self._pages.read(connection, plan_id, restricted=restricted)

    def gaps(self, plan_id: int, reason: ReadReason | None = None) -> tuple[PlanGap, ...]:
        """What is missing in a version, restricted goals counted in; it is saved all the same."""
        with self._office.read(Action.CARE_READ, self._access.where(self._case_of(plan_id, reason))) as connection:
            return plan_gaps(self._pages.read(connection, plan_id, restricted=True))

    def start(self, case_id: int, present: str = "") -> int:
        """Begin a new version with the goals of the last one that are still open; returns its row.

        Raises:
            Refused: there is a draft already, the case is closed, or consents are missing.
        """
        with self._office.act(Action.CARE_WRITE, self._access.where_is(case_id)) as act:
            require_service(act, case_id)
            before = queries.versions(act.connection, case_id)
            if before and before[0].status == PlanStatus.DRAFT:
                raise Refused(N_("There is a draft of this plan already. Go on with that one."))
            due = review_due(act.today, overall_risk(act.connection, self._office.cipher, case_id))
            form = form_tidied(PlanForm(act.today, due, present))
            row = models.CasePlanRow(
                case_id=case_id, number=before[0].number + 1 if before else 1, status=PlanStatus.DRAFT
            )
            plan_id = CASE_PLAN.add(act, self._office.cipher, row, form)
            if before:
                self._carry_over(act, before[0].id, plan_id)
            _told(act, case_id, f"case_plan:{plan_id} {PlanStatus.DRAFT}")
            return plan_id

    def save_form(self, plan_id: int, form: PlanForm, seen: int) -> None:
        """Change what is said of the plan itself, while it is a draft.

        Raises:
            Refused: it is no draft any more, or the review would be before the start.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy = form_tidied(form)
        if tidy.review_due_on < tidy.starts_on:
            raise Refused(N_("The review would be before the plan starts."), place="review_due_on")
        with self._office.act(Action.CARE_WRITE, self._access.where(self._case_of(plan_id))) as act:
            row = self._open_row(act, plan_id, draft_only=True)
            CASE_PLAN.change(act, self._office.cipher, row, tidy, seen)
            _told(act, row.case_id, f"case_plan:{plan_id} form")

    def save_goal(self, plan_id: int, goal: PlanGoal) -> int:
        """Keep a goal, complete or not; returns its row. In an approved plan only how it ends can change.

        Raises:
            Refused: it is a new goal, or says something else, in a plan that is approved; a level is not 1 to 4; the
                domain is restricted and somebody else is responsible.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: PlanGoal = form_tidied(goal)
        _check_goal(tidy)
        case = self._case_of(plan_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            row = self._open_row(act, plan_id)
            if tidy.form.restricted:
                self._access.require_own(case)
            goal_id = write_goal(act, self._office.cipher, row, tidy)
            _told(act, row.case_id, f"goal:{goal_id} {tidy.form.status}")
            return goal_id

    def add_proposed(self, plan_id: int) -> int:
        """Add a goal to a draft for each domain at level 1 or 2 of the newest assessment that has none yet.

        Each begins with the strength and the level of the assessment and aims at level 3; what it says is the
        participant's to word. Domains that the actor may not read propose nothing.

        Returns:
            How many goals were added.

        Raises:
            Refused: it is no draft, or there is no assessment.
        """
        case, cipher = self._case_of(plan_id), self._office.cipher
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            row = self._open_row(act, plan_id, draft_only=True)
            with_restricted = self._access.opens_own(case)
            found = assessments_of(act.connection, cipher, row.case_id, with_restricted=with_restricted)
            if not found:
                raise Refused(N_("There is no assessment yet from which goals could be proposed."))
            standing = self._pages.read(act.connection, plan_id, restricted=True)
            taken = {goal.form.domain for goal in standing.goals}
            wanted = [domain for domain in goals_proposed(found[0]) if domain not in taken]
            for domain in wanted:
                rating = found[0].ratings[domain]
                form = GoalForm(domain, strength=rating.strength, baseline=rating.level, target=STABLE)
                write_goal(act, cipher, row, PlanGoal(form))
            _told(act, row.case_id, f"case_plan:{plan_id} proposed goals:{len(wanted)}")
            return len(wanted)

    def save_action(self, goal_id: int, action: PlanAction) -> int:
        """Keep an action of a goal; returns its row. Actions are added and closed in approved plans, too.

        Raises:
            Refused: it is done in the future, or the goal is restricted and somebody else is responsible.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: PlanAction = form_tidied(action)
        if tidy.form.done_on is not None and tidy.form.done_on > self._office.clock.today():
            raise Refused(N_("This day lies in the future."), place="done_on")
        with self._office.store.read() as connection:
            plan_id = connection.execute(
                select(models.PlanGoalRow.plan_id).where(models.PlanGoalRow.id == goal_id)
            ).scalar()
        case = self._case_of(plan_id or 0)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            row = self._open_row(act, plan_id or 0)
            goal = act.session.get_one(models.PlanGoalRow, goal_id)
            if self._pages.is_restricted(goal):
                self._access.require_own(case)
            action_id = write_action(act, self._office.cipher, goal, tidy)
            _told(act, row.case_id, f"action:{action_id}")
            return action_id

    def review(self, plan_id: int, review: PlanReview) -> int:
        """Keep a review; the plan is due again on the day that it names.

        Raises:
            Refused: its day lies ahead, the next one before it, a percentage is none, or the plan is a draft.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: PlanReview = form_tidied(review)
        _check_review(tidy, self._office.clock.today())
        cipher = self._office.cipher
        with self._office.act(Action.CARE_WRITE, self._access.where(self._case_of(plan_id))) as act:
            plan = self._open_row(act, plan_id)
            if plan.status == PlanStatus.DRAFT:
                raise Refused(N_("A draft is not reviewed. Hand it in and have it approved first."))
            if tidy.id is None:
                row = models.PlanReviewRow(plan_id=plan_id, on_day=tidy.on_day)
                review_id = REVIEW.add(act, cipher, row, tidy.form)
            else:
                stored = act.session.get(models.PlanReviewRow, tidy.id)
                if stored is None or stored.plan_id != plan_id:
                    raise NotFound(N_("This review is not on record any more."))
                stored.on_day, review_id = tidy.on_day, stored.id
                REVIEW.change(act, cipher, stored, tidy.form, tidy.version)
            form = replace(CASE_PLAN.open(cipher, plan), review_due_on=tidy.form.next_on)
            CASE_PLAN.change(act, cipher, plan, form, plan.version)
            _told(act, plan.case_id, f"review:{review_id}")
            return review_id

    def next_review(self, plan_id: int, on_day: date) -> date:
        """The day that is proposed for the review after one on *on_day*: 90 days later, 30 at high risk."""
        with self._office.read(Action.CARE_READ, self._access.where(self._case_of(plan_id))) as connection:
            case_id = queries.case_of_plan(connection, plan_id) or 0
            return review_due(on_day, overall_risk(connection, self._office.cipher, case_id))

    def propose(self, plan_id: int, seen: int) -> None:
        """Hand a draft in for approval, complete or not."""
        with self._office.act(Action.CARE_WRITE, self._access.where(self._case_of(plan_id))) as act:
            row = self._open_row(act, plan_id, draft_only=True)
            row.proposed_at = act.at
            CASE_PLAN.change(act, self._office.cipher, row, CASE_PLAN.open(self._office.cipher, row), seen)
            _told(act, row.case_id, f"case_plan:{plan_id} proposed")

    def approve(self, plan_id: int, seen: int) -> None:
        """Approve a draft. It becomes active when it starts, today as a rule, and the version before is superseded.

        Raises:
            Refused: it is no draft, or something is missing that an approval needs.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        with self._office.act(Action.PLAN_APPROVE, self._access.where(self._case_of(plan_id))) as act:
            row = self._open_row(act, plan_id, draft_only=True)
            missing = NEEDED_TO_APPROVE.intersection(
                plan_gaps(self._pages.read(act.connection, plan_id, restricted=True))
            )
            if missing:
                raise Refused(N_("This plan is not complete. What is missing stands beside it."))
            form = CASE_PLAN.open(self._office.cipher, row)
            row.status, row.approved_at, row.approved_by = PlanStatus.APPROVED, act.at, act.actor.staff_id
            if form.starts_on <= act.today:
                self._make_active(act, row)
            CASE_PLAN.change(act, self._office.cipher, row, form, seen)
            _told(act, row.case_id, f"case_plan:{plan_id} {row.status}")

    def activate(self, plan_id: int) -> None:
        """Let an approved plan begin that was to start later.

        Raises:
            Refused: it is not approved, or does not start before a later day.
        """
        with self._office.act(Action.CARE_WRITE, self._access.where(self._case_of(plan_id))) as act:
            row = self._open_row(act, plan_id)
            form = CASE_PLAN.open(self._office.cipher, row)
            if row.status != PlanStatus.APPROVED or form.starts_on > act.today:
                raise Refused(N_("Only an approved plan begins, and not before its first day."))
            self._make_active(act, row)
            CASE_PLAN.change(act, self._office.cipher, row, form, row.version)
            _told(act, row.case_id, f"case_plan:{plan_id} {row.status}")

    def _make_active(self, act: Act, row: models.CasePlanRow) -> None:
        table = models.CasePlanRow
        others = select(table).where(table.case_id == row.case_id, table.id != row.id)
        for other in act.session.scalars(others.where(table.status.in_((PlanStatus.ACTIVE, PlanStatus.APPROVED)))):
            form = CASE_PLAN.open(self._office.cipher, other)
            other.status = PlanStatus.SUPERSEDED
            CASE_PLAN.change(act, self._office.cipher, other, form, other.version)
        row.status = PlanStatus.ACTIVE

    def _carry_over(self, act: Act, from_id: int, to_id: int) -> None:
        """Copy the open goals of one version, with their open actions, into the next."""
        cipher = self._office.cipher
        target = act.session.get_one(models.CasePlanRow, to_id)
        old = self._pages.read(act.connection, from_id, restricted=True)
        for goal in old.goals:
            if goal.form.status is not GoalStatus.OPEN:
                continue
            copy_id = write_goal(act, cipher, target, PlanGoal(goal.form))
            copied = act.session.get_one(models.PlanGoalRow, copy_id)
            for action in _still_open(goal.actions):
                write_action(act, cipher, copied, PlanAction(action.form))

    def _case_of(self, plan_id: int, reason: ReadReason | None = None) -> CaseFile:
        with self._office.store.read() as connection:
            case_id = queries.case_of_plan(connection, plan_id)
        if case_id is None:
            raise NotFound(N_("This plan is not on record any more."))
        return self._access.file(case_id, reason)

    def _open_row(self, act: Act, plan_id: int, *, draft_only: bool = False) -> models.CasePlanRow:
        row = act.session.get_one(models.CasePlanRow, plan_id)
        require_service(act, row.case_id)
        allowed = (PlanStatus.DRAFT,) if draft_only else queries.STANDING
        if row.status not in allowed:
            raise Refused(N_("This version of the plan is closed. Begin a new one to change it."))
        return row


def _still_open(actions: Sequence[PlanAction]) -> list[PlanAction]:
    return [action for action in actions if action.form.done_on is None]


def _told(act: Act, case_id: int, what: str) -> None:
    act.record("case_plan", f"case:{case_id}", what)
    act.changed("case", case_id)


def _check_goal(goal: PlanGoal) -> None:
    if goal.form.baseline not in (None, 1, 2, 3, 4) or goal.form.target not in (None, 1, 2, 3, 4):
        raise Refused(N_("A level is 1 to 4."), place="target")
    if goal.form.priority not in (1, 2, 3):
        raise Refused(N_("A priority is 1 to 3."), place="priority")


def _check_review(review: PlanReview, today: date) -> None:
    if review.on_day > today:
        raise Refused(N_("This day lies in the future."), place="on_day")
    if review.form.next_on <= review.on_day:
        raise Refused(N_("The next review comes after this one."), place="next_on")
    if any(each.percent not in (0, 25, 50, 75, 100) for each in review.form.progress):
        raise Refused(N_("Progress is 0, 25, 50, 75 or 100 percent."), place="progress")
