"""How cases are worded: domains, dangers, plans, legal status, notes, visits, consents, the work list."""

from __future__ import annotations

from tlbb_desktop.domain.case_notes import NoteKind
from tlbb_desktop.domain.case_plans import Doer, PlanStatus
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.legal_files import LegalStatus
from tlbb_desktop.domain.release_dates import DateCause
from tlbb_desktop.domain.strengths import SafetyRisk, StrengthDomain
from tlbb_desktop.domain.visits import VisitKind
from tlbb_desktop.domain.work_list import WorkKind
from tlbb_desktop.i18n.marks import Np_

DOMAIN_NAMES = {
    StrengthDomain.HOME: Np_("domain of strengths", "Home and shelter"),
    StrengthDomain.FOOD: Np_("domain of strengths", "Food and daily needs"),
    StrengthDomain.PAPERS: Np_("domain of strengths", "Identity papers and law"),
    StrengthDomain.EDUCATION: Np_("domain of strengths", "Education and reading"),
    StrengthDomain.WORK: Np_("domain of strengths", "Work skills"),
    StrengthDomain.MONEY: Np_("domain of strengths", "Money and debts"),
    StrengthDomain.BODY: Np_("domain of strengths", "Physical health"),
    StrengthDomain.MIND: Np_("domain of strengths", "Wellbeing and resilience"),
    StrengthDomain.SUBSTANCES: Np_("domain of strengths", "Alcohol and drugs"),
    StrengthDomain.FAMILY: Np_("domain of strengths", "Family relations"),
    StrengthDomain.FRIENDS: Np_("domain of strengths", "Friends and free time"),
    StrengthDomain.HOPE: Np_("domain of strengths", "Goals and hope"),
}
SAFETY_NAMES = {
    SafetyRisk.SELF_HARM: Np_("danger", "Harming oneself"),
    SafetyRisk.VIOLENCE: Np_("danger", "Violence by others"),
    SafetyRisk.THREAT_TO_OTHERS: Np_("danger", "A danger to others"),
    SafetyRisk.PRESSURE: Np_("danger", "Pressure by others"),
    SafetyRisk.TRAFFICKING: Np_("danger", "Trafficking"),
    SafetyRisk.DEBT: Np_("danger", "Debt to a lender"),
}
PLAN_STATUS_NAMES = {
    PlanStatus.DRAFT: Np_("status of a plan", "Draft"),
    PlanStatus.APPROVED: Np_("status of a plan", "Approved"),
    PlanStatus.ACTIVE: Np_("status of a plan", "Active"),
    PlanStatus.SUPERSEDED: Np_("status of a plan", "Superseded"),
    PlanStatus.CLOSED: Np_("status of a plan", "Closed"),
}
DOER_NAMES = {
    Doer.PARTICIPANT: Np_("who does it", "Participant"),
    Doer.FAMILY: Np_("who does it", "Family"),
    Doer.CASE_WORKER: Np_("who does it", "Case worker"),
    Doer.TRAINER: Np_("who does it", "Trainer"),
    Doer.LIAISON: Np_("who does it", "Prison liaison"),
    Doer.AGENCY: Np_("who does it", "Agency"),
}
LEGAL_STATUS_NAMES = {
    LegalStatus.POLICE_CUSTODY: Np_("legal status", "Police custody"),
    LegalStatus.PRE_TRIAL: Np_("legal status", "Pre-trial detention"),
    LegalStatus.ON_APPEAL: Np_("legal status", "On appeal"),
    LegalStatus.CONVICTED: Np_("legal status", "Convicted"),
    LegalStatus.SERVED_ELSEWHERE: Np_("legal status", "Served elsewhere"),
}
CAUSE_NAMES = {
    DateCause.SENTENCE: Np_("cause of a release date", "Sentence"),
    DateCause.REDUCTION: Np_("cause of a release date", "Reduction"),
    DateCause.PARDON: Np_("cause of a release date", "Pardon"),
    DateCause.CONDITIONAL: Np_("cause of a release date", "Conditional release"),
    DateCause.APPEAL: Np_("cause of a release date", "Appeal"),
    DateCause.BAIL: Np_("cause of a release date", "Bail"),
    DateCause.CORRECTION: Np_("cause of a release date", "Correction"),
    DateCause.UNSAID: Np_("cause of a release date", "Not said"),
}
NOTE_NAMES = {
    NoteKind.INDIVIDUAL: Np_("kind of note", "One to one"),
    NoteKind.GROUP: Np_("kind of note", "In a group"),
    NoteKind.COUNSELLING: Np_("kind of note", "Counselling"),
    NoteKind.FAMILY_MEDIATION: Np_("kind of note", "Family mediation"),
    NoteKind.CRISIS: Np_("kind of note", "Crisis"),
    NoteKind.CASE_CONFERENCE: Np_("kind of note", "Case conference"),
}
VISIT_NAMES = {
    VisitKind.FAMILY_TO_PRISON: Np_("kind of visit", "Family visits the prison"),
    VisitKind.CHILD_TO_PARENT: Np_("kind of visit", "Child visits a parent in prison"),
    VisitKind.HOME_LEAVE: Np_("kind of visit", "Home leave"),
    VisitKind.VIDEO_PHONE: Np_("kind of visit", "Video or phone"),
    VisitKind.HOME_VISIT: Np_("kind of visit", "Home visit by staff"),
    VisitKind.COMMUNITY: Np_("kind of visit", "Visit in the community"),
}
PURPOSE_NAMES = {
    ConsentPurpose.SERVICE: Np_("purpose of a consent", "1 Service"),
    ConsentPurpose.STORE_DATA: Np_("purpose of a consent", "2 Keeping data"),
    ConsentPurpose.SHARE: Np_("purpose of a consent", "3 Sharing"),
    ConsentPurpose.PHOTO_STORY: Np_("purpose of a consent", "4 Photo and story"),
    ConsentPurpose.CONTACT_AFTER: Np_("purpose of a consent", "5 Contact after release"),
    ConsentPurpose.PHOTO_ON_PAPERS: Np_("purpose of a consent", "Photo on papers"),
}
CASE_STATE_NAMES = {
    CaseState.WAITING: Np_("state of a case", "Waiting"),
    CaseState.OPEN: Np_("state of a case", "Open"),
    CaseState.CLOSED: Np_("state of a case", "Closed"),
    CaseState.SEALED: Np_("state of a case", "Sealed"),
    CaseState.EXPUNGED: Np_("state of a case", "Expunged"),
}
WORK_NAMES = {
    WorkKind.TASK: Np_("line of the work list", "Task for somebody's safety"),
    WorkKind.CONSENTS: Np_("line of the work list", "Record the consents"),
    WorkKind.REVIEW: Np_("line of the work list", "Review of the plan"),
    WorkKind.PLAN_MISSING: Np_("line of the work list", "No approved plan"),
    WorkKind.PLAN_STARTS: Np_("line of the work list", "Plan begins"),
    WorkKind.ACTION: Np_("line of the work list", "Action of the plan"),
    WorkKind.RELEASE_ITEM: Np_("line of the work list", "Item of the release plan"),
    WorkKind.RELEASE: Np_("line of the work list", "Release"),
    WorkKind.FIRST_CONTACT: Np_("line of the work list", "First contact within 72 hours"),
    WorkKind.FOLLOW_UP: Np_("line of the work list", "Follow-up"),
    WorkKind.REFERRAL: Np_("line of the work list", "Answer to a referral"),
    WorkKind.VISIT_GAP: Np_("line of the work list", "No family contact for 30 days"),
    WorkKind.WORKER_LEFT: Np_("line of the work list", "Nobody is responsible any more"),
}
