"""The words of every value of an enum that a person may be asked about after an exchange."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from tlbb_desktop.domain import assessment, assessment_words, case_words, outcome_words, plan_words, release_words
from tlbb_desktop.domain.attendance import MARK_NAMES, ReasonUse, SessionState
from tlbb_desktop.domain.births import PRECISION_NAMES
from tlbb_desktop.domain.cases import RetentionAct
from tlbb_desktop.domain.certificates import KIND_NAMES as CERTIFICATE_KINDS
from tlbb_desktop.domain.certificates import STATE_NAMES as CERTIFICATE_STATES
from tlbb_desktop.domain.classes import ORDER_NAMES
from tlbb_desktop.domain.curricula import BASIS_NAMES
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.outcome_words import contact_name
from tlbb_desktop.domain.people import KIND_NAMES, SEX_NAMES, STATUS_NAMES
from tlbb_desktop.domain.questions import KIND_NAMES as QUESTION_KINDS
from tlbb_desktop.domain.register import SheetState
from tlbb_desktop.domain.reoffences import PairDecision
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.security.compartments import Compartment

_SESSION_STATES: Final = {
    SessionState.PLANNED: Np_("state of a session", "Planned"),
    SessionState.HELD: Np_("state of a session", "Held"),
    SessionState.CANCELLED: Np_("state of a session", "Cancelled"),
}
_SHEET_STATES: Final = {
    SheetState.OPEN: Np_("state of a sheet", "Open"),
    SheetState.ISSUED: Np_("state of a sheet", "Issued"),
    SheetState.SIGNED: Np_("state of a sheet", "Signed"),
}
_REASON_USES: Final = {
    ReasonUse.EXCUSED: Np_("use of a reason", "Excused"),
    ReasonUse.INSTITUTION: Np_("use of a reason", "The prison's reason"),
    ReasonUse.CANCELLED: Np_("use of a reason", "Cancelled session"),
}
_RETENTION: Final = {
    RetentionAct.SEAL: Np_("of a case", "Seal it"),
    RetentionAct.UNSEAL: Np_("of a case", "Open the seal"),
    RetentionAct.EXPUNGE: Np_("of a case", "Expunge it"),
}
_PAIRS: Final = {PairDecision.SAME: N_("The same person"), PairDecision.OTHER: N_("Somebody else")}
COMPARTMENT_NAMES: Final = {
    Compartment.DB: Np_("part of the record", "What everybody may read"),
    Compartment.LEGAL: Np_("part of the record", "Law"),
    Compartment.FAMILY: Np_("part of the record", "Family"),
    Compartment.COUNSELLING: Np_("part of the record", "Counselling"),
    Compartment.AFTERCARE: Np_("part of the record", "After the release"),
}
_NAMED: Final[tuple[Mapping[Any, str], ...]] = (
    assessment.KIND_NAMES,
    assessment_words.ADMINISTERED_NAMES,
    assessment_words.ASSESSMENT_KIND_NAMES,
    assessment_words.DOMAIN_NAMES,
    assessment_words.INFORMANT_NAMES,
    assessment_words.INSTRUMENT_NAMES,
    assessment_words.RISK_ANSWER_NAMES,
    assessment_words.SAFETY_RISK_NAMES,
    assessment_words.SUBSTANCE_NAMES,
    case_words.CHANGE_STAGE_NAMES,
    case_words.CLOSE_REASON_NAMES,
    case_words.CONSENT_METHOD_NAMES,
    case_words.DATE_CAUSE_NAMES,
    case_words.GIVER_NAMES,
    case_words.LEGAL_NEED_NAMES,
    case_words.LEGAL_STATUS_NAMES,
    case_words.NOTE_KIND_NAMES,
    case_words.OFFENCE_CLASS_NAMES,
    case_words.OFFENCE_NAMES,
    case_words.PURPOSE_NAMES,
    case_words.REFERRAL_KIND_NAMES,
    case_words.REFERRAL_OUTCOME_NAMES,
    case_words.REFERRAL_RISK_NAMES,
    case_words.RISK_NAMES,
    case_words.STATE_NAMES,
    case_words.TASK_NAMES,
    case_words.URGENCY_NAMES,
    case_words.VISIT_KIND_NAMES,
    case_words.VISIT_OUTCOME_NAMES,
    outcome_words.HOME_NAMES,
    outcome_words.LEVEL_NAMES,
    outcome_words.MODE_NAMES,
    outcome_words.REACHED_NAMES,
    outcome_words.SOURCE_NAMES,
    outcome_words.SUBSTANCE_NAMES,
    outcome_words.TROUBLE_NAMES,
    outcome_words.VIEW_NAMES,
    outcome_words.WORK_NAMES,
    plan_words.DOER_NAMES,
    plan_words.GOAL_STAGE_NAMES,
    plan_words.GOAL_STATUS_NAMES,
    plan_words.PLAN_STATUS_NAMES,
    plan_words.SIGN_METHOD_NAMES,
    plan_words.SIGNED_PAPER_NAMES,
    plan_words.SIGNER_NAMES,
    release_words.GROUP_NAMES,
    release_words.ITEM_STATUS_NAMES,
    release_words.RELEASE_TYPE_NAMES,
    BASIS_NAMES,
    CERTIFICATE_KINDS,
    CERTIFICATE_STATES,
    COMPARTMENT_NAMES,
    KIND_NAMES,
    MARK_NAMES,
    ORDER_NAMES,
    PRECISION_NAMES,
    QUESTION_KINDS,
    SEX_NAMES,
    STATUS_NAMES,
    _PAIRS,
    _REASON_USES,
    _RETENTION,
    _SESSION_STATES,
    _SHEET_STATES,
)
_WORDS: Final = {type(next(iter(names))): names for names in _NAMED}


def enum_text(value: Enum) -> str:
    """A value in the reader's language."""
    if isinstance(value, FollowUpKind):
        word, number = contact_name(value)
        return _(word).format(n=digits(number))
    named = _WORDS.get(type(value), {}).get(value)
    return _(named) if named else digits(value.value)


def has_words(kind: type[Enum]) -> bool:
    """Whether every value of an enum has a word."""
    return kind is FollowUpKind or set(_WORDS.get(kind, ())) >= set(kind)
