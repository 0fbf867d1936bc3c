"""The words of case plans: states, goals, actions, signatures, what is missing."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.case_plans import (
    Doer,
    GoalStage,
    GoalStatus,
    PlanGap,
    PlanStatus,
    SignedPaper,
    Signer,
    SignMethod,
)
from tlbb_desktop.i18n.marks import Np_

PLAN_STATUS_NAMES: Final = {
    PlanStatus.DRAFT: Np_("status of a plan", "Draft"),
    PlanStatus.APPROVED: Np_("status of a plan", "Approved"),
    PlanStatus.ACTIVE: Np_("status of a plan", "Active"),
    PlanStatus.SUPERSEDED: Np_("status of a plan", "Superseded"),
    PlanStatus.CLOSED: Np_("status of a plan", "Closed"),
}
GOAL_STAGE_NAMES: Final = {
    GoalStage.PRISON: Np_("stage of a goal", "In prison"),
    GoalStage.TRANSITION: Np_("stage of a goal", "Around the release"),
    GoalStage.COMMUNITY: Np_("stage of a goal", "In the community"),
}
GOAL_STATUS_NAMES: Final = {
    GoalStatus.OPEN: Np_("status of a goal", "Open"),
    GoalStatus.ACHIEVED: Np_("status of a goal", "Achieved"),
    GoalStatus.PARTLY: Np_("status of a goal", "Partly achieved"),
    GoalStatus.DROPPED: Np_("status of a goal", "Dropped"),
}
DOER_NAMES: Final = {
    Doer.PARTICIPANT: Np_("who does it", "Participant"),
    Doer.FAMILY: Np_("who does it", "Family"),
    Doer.CASE_WORKER: Np_("who does it", "Case worker"),
    Doer.TRAINER: Np_("who does it", "Trainer"),
    Doer.LIAISON: Np_("who does it", "Prison liaison"),
    Doer.AGENCY: Np_("who does it", "An agency"),
}
SIGNER_NAMES: Final = {
    Signer.PARTICIPANT: Np_("who signs", "Participant"),
    Signer.GUARDIAN: Np_("who signs", "Guardian"),
    Signer.CASE_WORKER: Np_("who signs", "Case worker"),
    Signer.MANAGER: Np_("who signs", "Manager"),
    Signer.LOCAL_AUTHORITY: Np_("who signs", "Local authority"),
    Signer.PRISON: Np_("who signs", "For the prison"),
    Signer.WITNESS: Np_("who signs", "Witness"),
}
SIGN_METHOD_NAMES: Final = {
    SignMethod.SIGNATURE: Np_("how somebody signs", "Signature"),
    SignMethod.THUMBPRINT: Np_("how somebody signs", "Thumbprint"),
}
SIGNED_PAPER_NAMES: Final = {
    SignedPaper.ASSESSMENT: Np_("signed paper", "Assessment"),
    SignedPaper.CASE_PLAN: Np_("signed paper", "Case plan"),
    SignedPaper.REVIEW: Np_("signed paper", "Review"),
    SignedPaper.RELEASE_PLAN: Np_("signed paper", "Release plan"),
    SignedPaper.CLOSURE: Np_("signed paper", "Closing of the case"),
    SignedPaper.CONSENT: Np_("signed paper", "Consent"),
}
PLAN_GAP_NAMES: Final = {
    PlanGap.GOAL: Np_("missing in a plan", "A goal"),
    PlanGap.STATEMENT: Np_("missing in a plan", "A goal in the participant's own words"),
    PlanGap.STRENGTH: Np_("missing in a plan", "The strength that a goal uses"),
    PlanGap.ACTION: Np_("missing in a plan", "An action for each goal"),
    PlanGap.DUE: Np_("missing in a plan", "A day for each action"),
    PlanGap.WHY_DROPPED: Np_("missing in a plan", "Why a goal was dropped"),
    PlanGap.PARTICIPANT_SIGNATURE: Np_("missing in a plan", "The participant's signature"),
}
