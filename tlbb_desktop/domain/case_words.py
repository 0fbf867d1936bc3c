"""The words of a case: how it stands, what was agreed to, the law, notes, visits, referrals."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.case_notes import ChangeStage, NoteKind
from tlbb_desktop.domain.case_tasks import TaskKind
from tlbb_desktop.domain.cases import CaseState, CloseReason, Risk
from tlbb_desktop.domain.consents import ConsentGiver, ConsentMethod, ConsentPurpose, ConsentStanding
from tlbb_desktop.domain.legal_files import AgeFlag, LegalStatus, OffenceCategory, OffenceClass
from tlbb_desktop.domain.referrals import LegalNeed, ReferralKind, ReferralOutcome, ReferralRisk, Urgency
from tlbb_desktop.domain.release_dates import DateCause
from tlbb_desktop.domain.visits import VisitKind, VisitOutcome
from tlbb_desktop.domain.work_list import Punctuality, WorkKind
from tlbb_desktop.i18n.marks import Np_

STATE_NAMES: Final = {
    CaseState.WAITING: Np_("state of a case", "Waiting"),
    CaseState.OPEN: Np_("state of a case", "Open"),
    CaseState.CLOSED: Np_("state of a case", "Closed"),
    CaseState.SEALED: Np_("state of a case", "Sealed"),
    CaseState.EXPUNGED: Np_("state of a case", "Expunged"),
}
CLOSE_REASON_NAMES: Final = {
    CloseReason.GOALS_REACHED: Np_("reason for closing a case", "Goals reached"),
    CloseReason.DONE_AFTER_RELEASE: Np_("reason for closing a case", "Follow-up completed"),
    CloseReason.TRANSFERRED: Np_("reason for closing a case", "Transferred"),
    CloseReason.WITHDREW: Np_("reason for closing a case", "Withdrew"),
    CloseReason.LOST_CONTACT: Np_("reason for closing a case", "Contact lost"),
    CloseReason.BACK_IN_PRISON: Np_("reason for closing a case", "Back in prison"),
    CloseReason.DIED: Np_("reason for closing a case", "Died"),
    CloseReason.OTHER: Np_("reason for closing a case", "Other"),
}
RISK_NAMES: Final = {
    Risk.LOW: Np_("overall risk", "Low"),
    Risk.MEDIUM: Np_("overall risk", "Medium"),
    Risk.HIGH: Np_("overall risk", "High"),
}
PURPOSE_NAMES: Final = {
    ConsentPurpose.SERVICE: Np_("purpose of a consent", "1 To be served"),
    ConsentPurpose.STORE_DATA: Np_("purpose of a consent", "2 To keep data"),
    ConsentPurpose.SHARE: Np_("purpose of a consent", "3 To share with an agency"),
    ConsentPurpose.PHOTO_STORY: Np_("purpose of a consent", "4 Photo or story"),
    ConsentPurpose.CONTACT_AFTER: Np_("purpose of a consent", "5 To be contacted afterwards"),
    ConsentPurpose.PHOTO_ON_PAPERS: Np_("purpose of a consent", "Photo on certificates"),
    ConsentPurpose.PHOTO_OF_WORK: Np_("purpose of a consent", "Photos of practical work"),
}
GIVER_NAMES: Final = {
    ConsentGiver.PARTICIPANT: Np_("who agreed", "Participant"),
    ConsentGiver.PARENT: Np_("who agreed", "Parent"),
    ConsentGiver.GUARDIAN: Np_("who agreed", "Guardian"),
}
CONSENT_METHOD_NAMES: Final = {
    ConsentMethod.SIGNATURE: Np_("how somebody agreed", "Signature"),
    ConsentMethod.THUMBPRINT: Np_("how somebody agreed", "Thumbprint"),
    ConsentMethod.VERBAL_WITNESS: Np_("how somebody agreed", "Spoken, with a witness"),
}
CONSENT_STANDING_NAMES: Final = {
    ConsentStanding.GIVEN: Np_("consents", "Consents given"),
    ConsentStanding.TO_BE_RECORDED: Np_("consents", "Consents to be recorded"),
    ConsentStanding.MISSING: Np_("consents", "Consents missing"),
    ConsentStanding.REFUSED: Np_("consents", "Consent refused"),
}
LEGAL_STATUS_NAMES: Final = {
    LegalStatus.POLICE_CUSTODY: Np_("legal status", "In police custody"),
    LegalStatus.PRE_TRIAL: Np_("legal status", "Detained before trial"),
    LegalStatus.ON_APPEAL: Np_("legal status", "On appeal"),
    LegalStatus.CONVICTED: Np_("legal status", "Convicted"),
    LegalStatus.SERVED_ELSEWHERE: Np_("legal status", "Sentence served elsewhere"),
}
OFFENCE_NAMES: Final = {
    OffenceCategory.THEFT: Np_("offence", "Theft"),
    OffenceCategory.DRUG_USE: Np_("offence", "Drug use"),
    OffenceCategory.DRUG_SALE: Np_("offence", "Drug sale"),
    OffenceCategory.ROBBERY: Np_("offence", "Robbery"),
    OffenceCategory.VIOLENCE: Np_("offence", "Violence"),
    OffenceCategory.SEXUAL: Np_("offence", "Sexual offence"),
    OffenceCategory.TRAFFIC: Np_("offence", "Traffic offence"),
    OffenceCategory.OTHER: Np_("offence", "Other"),
}
OFFENCE_CLASS_NAMES: Final = {
    OffenceClass.FELONY: Np_("class of an offence", "Felony"),
    OffenceClass.MISDEMEANOUR: Np_("class of an offence", "Misdemeanour"),
    OffenceClass.PETTY: Np_("class of an offence", "Petty offence"),
}
AGE_FLAG_NAMES: Final = {
    AgeFlag.BELOW_RESPONSIBILITY: Np_("age at the offence", "Under 14: below criminal responsibility"),
    AgeFlag.JUVENILE: Np_("age at the offence", "Juvenile"),
    AgeFlag.ADULT: Np_("age at the offence", "Adult"),
    AgeFlag.UNKNOWN: Np_("age at the offence", "Not known"),
}
DATE_CAUSE_NAMES: Final = {
    DateCause.SENTENCE: Np_("cause of a release date", "Sentence"),
    DateCause.REDUCTION: Np_("cause of a release date", "Sentence reduction"),
    DateCause.PARDON: Np_("cause of a release date", "Pardon"),
    DateCause.CONDITIONAL: Np_("cause of a release date", "Conditional release"),
    DateCause.APPEAL: Np_("cause of a release date", "Appeal"),
    DateCause.BAIL: Np_("cause of a release date", "Bail"),
    DateCause.CORRECTION: Np_("cause of a release date", "Correction"),
    DateCause.UNSAID: Np_("cause of a release date", "No cause given"),
}
NOTE_KIND_NAMES: Final = {
    NoteKind.INDIVIDUAL: Np_("kind of note", "Individual talk"),
    NoteKind.GROUP: Np_("kind of note", "Group"),
    NoteKind.COUNSELLING: Np_("kind of note", "Alcohol and drug counselling"),
    NoteKind.FAMILY_MEDIATION: Np_("kind of note", "Family mediation"),
    NoteKind.CRISIS: Np_("kind of note", "Crisis"),
    NoteKind.CASE_CONFERENCE: Np_("kind of note", "Case conference"),
}
CHANGE_STAGE_NAMES: Final = {
    ChangeStage.NOT_READY: Np_("stage of change", "Not ready"),
    ChangeStage.THINKING: Np_("stage of change", "Thinking about it"),
    ChangeStage.PREPARING: Np_("stage of change", "Preparing"),
    ChangeStage.ACTING: Np_("stage of change", "Acting"),
    ChangeStage.MAINTAINING: Np_("stage of change", "Keeping it up"),
    ChangeStage.LAPSE: Np_("stage of change", "Lapse"),
}
VISIT_KIND_NAMES: Final = {
    VisitKind.FAMILY_TO_PRISON: Np_("kind of visit", "Family visits the prison"),
    VisitKind.CHILD_TO_PARENT: Np_("kind of visit", "Child visits a parent in prison"),
    VisitKind.HOME_LEAVE: Np_("kind of visit", "Home leave"),
    VisitKind.VIDEO_PHONE: Np_("kind of visit", "Video or phone call"),
    VisitKind.HOME_VISIT: Np_("kind of visit", "Home visit by staff"),
    VisitKind.COMMUNITY: Np_("kind of visit", "Community visit"),
}
VISIT_OUTCOME_NAMES: Final = {
    VisitOutcome.RECONCILED: Np_("outcome of a visit", "Reconciled"),
    VisitOutcome.AGREED_TO_RECEIVE: Np_("outcome of a visit", "Agreed to receive"),
    VisitOutcome.NEEDS_MEDIATION: Np_("outcome of a visit", "Needs mediation"),
    VisitOutcome.REFUSES: Np_("outcome of a visit", "Refuses"),
}
REFERRAL_KIND_NAMES: Final = {
    ReferralKind.LEGAL: Np_("kind of referral", "Legal aid"),
    ReferralKind.SERVICE: Np_("kind of referral", "Another service"),
}
LEGAL_NEED_NAMES: Final = {
    LegalNeed.NO_LAWYER: Np_("legal need", "No lawyer"),
    LegalNeed.LONG_DETENTION: Np_("legal need", "Detained too long"),
    LegalNeed.APPEAL: Np_("legal need", "Appeal"),
    LegalNeed.AGE_DISPUTE: Np_("legal need", "Age in dispute"),
    LegalNeed.BAIL: Np_("legal need", "Bail or conditional release"),
    LegalNeed.ABUSE_COMPLAINT: Np_("legal need", "Complaint of abuse"),
    LegalNeed.ID_PAPERS: Np_("legal need", "Identity papers"),
    LegalNeed.CUSTODY_OF_CHILD: Np_("legal need", "Custody of a child"),
    LegalNeed.OTHER: Np_("legal need", "Other"),
}
URGENCY_NAMES: Final = {
    Urgency.DAY: Np_("urgency", "Within 24 hours"),
    Urgency.WEEK: Np_("urgency", "Within 7 days"),
    Urgency.MONTH: Np_("urgency", "Within 30 days"),
}
REFERRAL_RISK_NAMES: Final = {
    ReferralRisk.HIGH: Np_("risk of a referral", "High"),
    ReferralRisk.MEDIUM: Np_("risk of a referral", "Medium"),
    ReferralRisk.LOW: Np_("risk of a referral", "Low"),
    ReferralRisk.NO_ACTION: Np_("risk of a referral", "No action needed"),
}
REFERRAL_OUTCOME_NAMES: Final = {
    ReferralOutcome.ADVICE: Np_("outcome of a referral", "Advice given"),
    ReferralOutcome.LAWYER_APPOINTED: Np_("outcome of a referral", "Lawyer appointed"),
    ReferralOutcome.RELEASED: Np_("outcome of a referral", "Released"),
    ReferralOutcome.SENTENCE_CUT: Np_("outcome of a referral", "Sentence shortened"),
    ReferralOutcome.PAPERS_GOT: Np_("outcome of a referral", "Papers obtained"),
    ReferralOutcome.SERVED: Np_("outcome of a referral", "Service given"),
    ReferralOutcome.NO_CHANGE: Np_("outcome of a referral", "No change"),
    ReferralOutcome.WITHDRAWN: Np_("outcome of a referral", "Withdrawn"),
}
TASK_NAMES: Final = {
    TaskKind.SAFETY: Np_("task of a case", "Make safe"),
    TaskKind.URGENT_LEGAL: Np_("task of a case", "Urgent legal referral: under 14 at the offence"),
    TaskKind.OTHER: Np_("task of a case", "To be done"),
}
WORK_KIND_NAMES: Final = {
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
PUNCTUALITY_NAMES: Final = {
    Punctuality.ON_TIME: Np_("of something done", "on time"),
    Punctuality.ON_TIME_ENTERED_LATER: Np_("of something done", "on time, entered later"),
    Punctuality.LATE: Np_("of something done", "late"),
}
