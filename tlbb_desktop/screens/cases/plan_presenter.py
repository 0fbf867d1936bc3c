"""Which version of a case's plan is shown and what can be done with it, without widgets."""

from __future__ import annotations

from datetime import date

from tlbb_desktop.domain.case_plans import (
    CasePlan,
    PlanGap,
    PlanGoal,
    PlanReview,
    PlanStatus,
    PlanVersion,
    SignedPaper,
)
from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.screens.cases.protected import ProtectedReader
from tlbb_desktop.screens.cases.signing import trail_of
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.paper_trails import PaperTrail
from tlbb_desktop.wiring import Desk

STANDING = (PlanStatus.DRAFT, PlanStatus.APPROVED, PlanStatus.ACTIVE)


class PlanPresenter:
    """The plan of one case.

    Args:
        desk: the services.
        reader: how far the protected goals open.

    Attributes:
        versions: the newest first.
        plan: the version that is shown, or None where there is none yet.
        gaps: what it lacks.
    """

    def __init__(self, desk: Desk, reader: ProtectedReader) -> None:
        self.desk, self.reader = desk, reader
        self._access = CaseAccess(desk.office)
        self._case_id: int | None = None
        self.versions: tuple[PlanVersion, ...] = ()
        self.plan: CasePlan | None = None
        self.gaps: tuple[PlanGap, ...] = ()

    def show_case(self, case: CaseFile) -> None:
        """From now on, the plan of this case: its newest version."""
        self.reader.show_case(case)
        if case.id != self._case_id:
            self._case_id, self.plan, self.versions, self.gaps = case.id, None, (), ()

    def load(self) -> None:
        """Read the versions, and the one that is shown, afresh."""
        if self._case_id is None:
            return
        self.versions = self.desk.case_plans.versions(self._case_id, self._reason)
        known = {version.id for version in self.versions}
        here = self.plan.id if self.plan is not None and self.plan.id in known else None
        self._read(here if here is not None else next((version.id for version in self.versions), None))

    def choose(self, plan_id: int) -> None:
        """Show another version."""
        self._read(plan_id)

    def goal(self, goal_id: int | None) -> PlanGoal | None:
        """A goal of the version that is shown."""
        return next((goal for goal in self.goals if goal.id == goal_id), None)

    @property
    def goals(self) -> tuple[PlanGoal, ...]:
        """The goals that the reader may see."""
        return self.plan.goals if self.plan is not None else ()

    @property
    def today(self) -> date:
        """The working day."""
        return self.desk.office.clock.today()

    def plan_trail(self) -> PaperTrail | None:
        """Who signed the version that is shown, and its scans."""
        return None if self.plan is None else self._trail(SignedPaper.CASE_PLAN, self.plan.id)

    def review_trail(self, review: PlanReview | None) -> PaperTrail | None:
        """Who signed a review, and its scans."""
        return None if review is None else self._trail(SignedPaper.REVIEW, review.id)

    def _trail(self, paper: SignedPaper, row: int | None) -> PaperTrail | None:
        case = self.reader.case
        if case is None or row is None:
            return None
        return trail_of(self.desk, case, paper, row, self._reason, signable=self.may_edit)

    # what can be done -----------------------------------------------------------------------------------------------

    @property
    def may_edit(self) -> bool:
        """Whether the version that is shown can be changed at all."""
        return self.reader.may_write and self.plan is not None and self.plan.status in STANDING

    @property
    def may_draft(self) -> bool:
        """Whether goals can be added and worded: while it is a draft."""
        return self.may_edit and self._status is PlanStatus.DRAFT

    @property
    def may_start(self) -> bool:
        """Whether a new version can begin: while there is no draft."""
        newest = self.versions[0].status if self.versions else None
        return self.reader.may_write and newest is not PlanStatus.DRAFT

    @property
    def may_propose(self) -> bool:
        """Whether the draft can be handed in for approval: not by who approves it anyway."""
        plan = self.plan
        return self.may_draft and plan is not None and plan.proposed_at is None and not self.may_approve

    @property
    def may_approve(self) -> bool:
        """Whether the reader approves, and it is a draft."""
        case = self.reader.case
        if case is None or not case.is_open or self._status is not PlanStatus.DRAFT:
            return False
        return self.desk.office.may(Action.PLAN_APPROVE, self._access.where(case))

    @property
    def may_activate(self) -> bool:
        """Whether an approved plan can begin today."""
        plan = self.plan
        return (
            self.may_edit
            and plan is not None
            and plan.status is PlanStatus.APPROVED
            and plan.form.starts_on <= self.today
        )

    @property
    def may_review(self) -> bool:
        """Whether a review can be added: not to a draft."""
        return self.may_edit and self._status is not PlanStatus.DRAFT

    # acts -----------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin a new version, and show it."""
        if self._case_id is not None:
            self._read(self.desk.case_plans.start(self._case_id))

    def propose(self) -> None:
        """Hand the draft in."""
        plan_id, version = self._here
        self.desk.case_plans.propose(plan_id, version)

    def approve(self) -> None:
        """Approve the draft."""
        plan_id, version = self._here
        self.desk.case_plans.approve(plan_id, version)

    def activate(self) -> None:
        """Let the approved plan begin."""
        self.desk.case_plans.activate(self._here[0])

    def add_proposed(self) -> int:
        """Add goals for the weak domains of the newest assessment; returns how many."""
        return self.desk.case_plans.add_proposed(self._here[0])

    @property
    def _here(self) -> tuple[int, int]:
        return (self.plan.id or 0, self.plan.version) if self.plan is not None else (0, 0)

    @property
    def _reason(self) -> ReadReason | None:
        return None if self.reader.owns else self.reader.reason

    @property
    def _status(self) -> PlanStatus | None:
        return self.plan.status if self.plan is not None else None

    def _read(self, plan_id: int | None) -> None:
        if plan_id is None:
            self.plan, self.gaps = None, ()
            return
        self.plan = self.desk.case_plans.plan(plan_id, self._reason)
        self.gaps = self.desk.case_plans.gaps(plan_id, self._reason)
