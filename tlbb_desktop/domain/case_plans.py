"""Case plans: versions, goals, actions, reviews, signatures (programme facts, form C)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.strengths import RESTRICTED_DOMAINS, StrengthDomain

REVIEW_DAYS: Final = 90
REVIEW_DAYS_HIGH: Final = 30


class PlanStatus(StrEnum):
    """Where a version of a plan stands. An approved one becomes active on the day that it starts."""

    DRAFT = "draft"
    APPROVED = "approved"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class GoalStage(StrEnum):
    """When a goal is worked on."""

    PRISON = "prison"
    TRANSITION = "transition"
    COMMUNITY = "community"


class GoalStatus(StrEnum):
    """How a goal ended, or that it has not."""

    OPEN = "open"
    ACHIEVED = "achieved"
    PARTLY = "partly"
    DROPPED = "dropped"


class Doer(StrEnum):
    """Who does something."""

    PARTICIPANT = "participant"
    FAMILY = "family"
    CASE_WORKER = "case_worker"
    TRAINER = "trainer"
    LIAISON = "liaison"
    AGENCY = "agency"


class Signer(StrEnum):
    """As what somebody signs."""

    PARTICIPANT = "participant"
    GUARDIAN = "guardian"
    CASE_WORKER = "case_worker"
    MANAGER = "manager"
    LOCAL_AUTHORITY = "local_authority"
    PRISON = "prison"
    WITNESS = "witness"


class SignedPaper(StrEnum):
    """What can be signed."""

    ASSESSMENT = "assessment"
    CASE_PLAN = "case_plan"
    REVIEW = "review"
    RELEASE_PLAN = "release_plan"
    CLOSURE = "closure"
    CONSENT = "consent"


class SignMethod(StrEnum):
    """How somebody signs."""

    SIGNATURE = "signature"
    THUMBPRINT = "thumbprint"


@dataclass(frozen=True, slots=True)
class SignatureForm:
    """A signature, sealed under ``family``: as what, the name, the day, how."""

    signer: Signer
    name: str
    signed_on: date
    method: SignMethod = SignMethod.SIGNATURE


@dataclass(frozen=True, slots=True)
class ActionForm:
    """An action.

    Args:
        what: what is done.
        doer: who does it.
        who: a name or an agency, where it says more.
        due_on, done_on: days, or None.
        result: what came of it.
        cost: what it cost, or None.
        service: code of the Ministry's list of services, or ``""``.
    """

    what: str
    doer: Doer = Doer.CASE_WORKER
    who: str = ""
    due_on: date | None = None
    done_on: date | None = None
    result: str = ""
    cost: Money | None = None
    service: str = ""


@dataclass(frozen=True, slots=True)
class GoalForm:
    """A goal.

    Args:
        domain: of the assessment.
        statement: in the participant's own words.
        strength: the strength that is used.
        baseline, target: levels 1 to 4, or None.
        target_on: day, or None.
        stage: when it is worked on.
        priority: 1 to 3.
        status: how it ended.
        why_dropped: why, where it was dropped.
    """

    domain: StrengthDomain
    statement: str = ""
    strength: str = ""
    baseline: int | None = None
    target: int | None = None
    target_on: date | None = None
    stage: GoalStage = GoalStage.PRISON
    priority: int = 2
    status: GoalStatus = GoalStatus.OPEN
    why_dropped: str = ""

    @property
    def restricted(self) -> bool:
        """Whether it is sealed under ``counselling``."""
        return self.domain in RESTRICTED_DOMAINS


@dataclass(frozen=True, slots=True)
class PlanAction:
    """An action with its row (None for a new one) and version."""

    form: ActionForm
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """A goal with its actions, its row (None for a new one) and version."""

    form: GoalForm
    actions: tuple[PlanAction, ...] = ()
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class PlanForm:
    """What is sealed of a version of a plan itself: when it starts, who planned, when it is reviewed next."""

    starts_on: date
    review_due_on: date
    present: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far a goal is at a review: row of the goal, percent (0, 25, 50, 75, 100), and the new level or None."""

    goal_id: int
    percent: int
    level: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """A review, sealed under ``family``."""

    next_on: date
    progress: tuple[GoalProgress, ...] = ()
    present: str = ""
    helped: str = ""
    obstacles: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class PlanReview:
    """A review with its row (None for a new one), day and version."""

    on_day: date
    form: ReviewForm
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One version of a plan, whole.

    Args:
        id: row, or None for a new one.
        case_id: of which case.
        number: 1, 2, … of the case; 0 for a new one.
        status: where it stands.
        form: what is said of the plan itself.
        goals: with their actions; those that the reader may not see are left out and counted in ``goals_hidden``.
        reviews: the newest first.
        signatures: under this version.
        proposed_at, approved_at: when, or None.
        approved_by: name, or ``""``.
        goals_hidden: how many goals this reader may not see.
        version: for detecting two editors.
    """

    id: int | None
    case_id: int
    number: int
    status: PlanStatus
    form: PlanForm
    goals: tuple[PlanGoal, ...] = ()
    reviews: tuple[PlanReview, ...] = ()
    signatures: tuple[SignatureForm, ...] = ()
    proposed_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str = ""
    goals_hidden: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version in a list: row, number, status, and when it was handed in for approval."""

    id: int
    number: int
    status: PlanStatus
    proposed_at: datetime | None


class PlanGap(StrEnum):
    """What a plan lacks; it is saved all the same, and needed only to approve or to close."""

    GOAL = "goal"
    STATEMENT = "statement"
    STRENGTH = "strength"
    ACTION = "action"
    DUE = "due"
    WHY_DROPPED = "why_dropped"
    PARTICIPANT_SIGNATURE = "participant_signature"


def review_due(start: date, risk: Risk | None) -> date:
    """The day of the next review: 30 days later at high risk, else 90 (programme facts §2)."""
    return start + timedelta(days=REVIEW_DAYS_HIGH if risk is Risk.HIGH else REVIEW_DAYS)


def plan_gaps(plan: CasePlan) -> tuple[PlanGap, ...]:
    """What is missing, each once: at least one goal, and what each that is still open needs."""
    goals = [goal for goal in plan.goals if goal.form.status is not GoalStatus.DROPPED]
    found: set[PlanGap] = set()
    if not goals and not plan.goals_hidden:
        found.add(PlanGap.GOAL)
    for goal in goals:
        if goal.form.status is GoalStatus.OPEN:
            found.update(_goal_gaps(goal))
    if any(each.form.status is GoalStatus.DROPPED and not each.form.why_dropped.strip() for each in plan.goals):
        found.add(PlanGap.WHY_DROPPED)
    if not any(each.signer is Signer.PARTICIPANT for each in plan.signatures):
        found.add(PlanGap.PARTICIPANT_SIGNATURE)
    return tuple(gap for gap in PlanGap if gap in found)


#: Without these a plan cannot be approved: one goal and one action (form C). The signature follows on paper.
NEEDED_TO_APPROVE: Final = frozenset(PlanGap) - {PlanGap.PARTICIPANT_SIGNATURE}


def _goal_gaps(goal: PlanGoal) -> set[PlanGap]:
    gaps = {
        PlanGap.STATEMENT: goal.form.statement.strip(),
        PlanGap.STRENGTH: goal.form.strength.strip(),
        PlanGap.ACTION: goal.actions,
        PlanGap.DUE: all(action.form.due_on or action.form.done_on for action in goal.actions),
    }
    return {gap for gap, present in gaps.items() if not present}
