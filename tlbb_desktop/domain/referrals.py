"""Referrals to lawyers and services, with the service codes that the Ministry shares (programme facts §4, form G)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

#: So many days after it was sent a referral without an answer is overdue.
ANSWER_DAYS: Final = 7


class ReferralKind(StrEnum):
    """Legal aid or any other service."""

    LEGAL = "legal"
    SERVICE = "service"


class LegalNeed(StrEnum):
    """Why somebody needs legal aid."""

    NO_LAWYER = "no_lawyer"
    LONG_DETENTION = "long_detention"
    APPEAL = "appeal"
    AGE_DISPUTE = "age_dispute"
    BAIL = "bail"
    ABUSE_COMPLAINT = "abuse_complaint"
    ID_PAPERS = "id_papers"
    CUSTODY_OF_CHILD = "custody_of_child"
    OTHER = "other"


class Urgency(StrEnum):
    """How fast an answer is needed."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ReferralRisk(StrEnum):
    """The risk that the Ministry's form asks for."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NO_ACTION = "no_action"


class ReferralOutcome(StrEnum):
    """What came of a referral."""

    ADVICE = "advice"
    LAWYER_APPOINTED = "lawyer_appointed"
    RELEASED = "released"
    SENTENCE_CUT = "sentence_cut"
    PAPERS_GOT = "papers_got"
    SERVED = "served"
    NO_CHANGE = "no_change"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ReferralEvent:
    """Something that happened with a referral."""

    on: date
    what: str


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """A referral.

    Args:
        kind: legal aid or another service.
        service: code of the Ministry's list, or ``""`` for legal aid without one.
        need: why, for legal aid.
        urgency: how fast.
        risk: as the form asks.
        deadline_on: a legal deadline, or None.
        agency, contact: to whom, and the person there with phone.
        why: in words.
        consent_id: row of the consent to share, or None.
        sent_on, accepted_on, refused_on, appointment_on, closed_on: days, or None.
        method: how it was sent.
        refusal: why it was refused.
        events: in order of day.
        outcome: what came of it, or None.
    """

    kind: ReferralKind
    service: str = ""
    need: LegalNeed | None = None
    urgency: Urgency = Urgency.MONTH
    risk: ReferralRisk = ReferralRisk.MEDIUM
    deadline_on: date | None = None
    agency: str = ""
    contact: str = ""
    why: str = ""
    consent_id: int | None = None
    sent_on: date | None = None
    method: str = ""
    accepted_on: date | None = None
    refused_on: date | None = None
    refusal: str = ""
    appointment_on: date | None = None
    events: tuple[ReferralEvent, ...] = ()
    outcome: ReferralOutcome | None = None
    closed_on: date | None = None

    @property
    def answer_due_on(self) -> date | None:
        """The day by which an answer is due while there is none."""
        if self.sent_on is None or self.accepted_on or self.refused_on or self.closed_on:
            return None
        return self.sent_on + timedelta(days=1 if self.urgency is Urgency.DAY else ANSWER_DAYS)


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral with its row (None for a new one), case and version."""

    id: int | None
    case_id: int
    form: ReferralForm
    version: int = 0
