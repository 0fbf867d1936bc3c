"""Referrals to lawyers and services, with the service codes that the Ministry shares (programme facts §4, form G)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise

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


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the list that is shared with the Ministry.

    Args:
        code: as Primero and OSCaR exchange it.
        group: its group.
        name_km, name_en: what it is called.
        shared_id: its id in the shared list, or ``""``.
    """

    code: str
    group: str
    name_km: str
    name_en: str
    shared_id: str = ""

    @property
    def restricted(self) -> bool:
        """Whether to name it says something about health or substances: sealed under ``counselling``."""
        return self.group in RESTRICTED_SERVICES


#: Groups of services that are about health, substances or abuse.
RESTRICTED_SERVICES: Final = frozenset(
    {"substances", "counselling", "disability", "medical", "mental_health", "anti_trafficking"}
)
LEGAL_SERVICES: Final = "legal"


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """A referral that is not closed, with what the list of those says of it.

    Args:
        referral: itself.
        code, shown_name: of the person.
        late: whether its answer is overdue, or its legal deadline has passed.
    """

    referral: Referral
    code: str
    shown_name: str
    late: bool


LONGEST_TEXT: Final = 4000


def checked_referral(form: ReferralForm, today: date) -> ReferralForm:
    """A referral with its texts as they are stored and its events in order of day.

    Raises:
        Refused: something is missing for what is said to have happened, or the days cannot be true.
    """
    tidy = replace(
        form,
        agency=normalise(form.agency).strip(),
        contact=normalise(form.contact).strip(),
        why=normalise(form.why).strip(),
        method=normalise(form.method).strip(),
        refusal=normalise(form.refusal).strip(),
        events=tuple(sorted(form.events, key=lambda each: each.on)),
    )
    if tidy.kind is ReferralKind.LEGAL and tidy.need is None:
        raise Refused(N_("Say why legal aid is needed."), place="need")
    if tidy.kind is ReferralKind.SERVICE and not tidy.service:
        raise Refused(N_("Choose a service of the list."), place="service")
    if len(tidy.why) > LONGEST_TEXT:
        raise Refused(N_("This is too long. {most} letters are enough."), place="why", most=LONGEST_TEXT)
    _check_days(tidy, today)
    _check_answer(tidy)
    return tidy


def _check_days(form: ReferralForm, today: date) -> None:
    happened = {name: getattr(form, name) for name in ("sent_on", "accepted_on", "refused_on", "closed_on")}
    for name, day in happened.items():
        if day is not None and day > today:
            raise Refused(N_("{day} has not come yet."), place=name, day=day)
        if day is not None and form.sent_on is not None and day < form.sent_on:
            raise Refused(N_("{day} lies before the day on which it was sent."), place=name, day=day)
    if any(event.on > today for event in form.events):
        raise Refused(N_("An event of a referral lies in the future."), place="events")


def _check_answer(form: ReferralForm) -> None:
    if form.sent_on is not None and not form.agency:
        raise Refused(N_("Say to whom it was sent."), place="agency")
    if form.sent_on is None and (form.accepted_on or form.refused_on):
        raise Refused(N_("What was not sent has no answer. Enter the day on which it was sent."), place="sent_on")
    if form.accepted_on and form.refused_on:
        raise Refused(N_("A referral is accepted or refused, not both."), place="refused_on")
    if form.refused_on and not form.refusal:
        raise Refused(N_("Say why it was refused."), place="refusal")
    if form.closed_on and form.outcome is None:
        raise Refused(N_("Say what came of it before you close it."), place="outcome")
    if form.outcome is not None and form.closed_on is None:
        raise Refused(N_("A referral with an outcome is closed. Enter the day."), place="closed_on")


def is_late(form: ReferralForm, today: date) -> bool:
    """Whether an answer is overdue, or a legal deadline has passed while the referral is open."""
    if form.closed_on is not None:
        return False
    due = (form.answer_due_on, form.deadline_on)
    return any(day is not None and day < today for day in due)
