"""Contacts after a release: what is due, who was reached, what was found (programme facts, form I)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.strengths import StrengthDomain


class FollowUpKind(StrEnum):
    """Which contact of the schedule it is."""

    HOURS_72 = "72h"
    WEEK_1 = "w1"
    WEEK_2 = "w2"
    WEEK_3 = "w3"
    WEEK_4 = "w4"
    FORTNIGHT = "fortnight"
    MONTH_1 = "m1"
    MONTH_2 = "m2"
    MONTH_3 = "m3"
    MONTH_4 = "m4"
    MONTH_5 = "m5"
    MONTH_6 = "m6"
    MONTH_9 = "m9"
    MONTH_12 = "m12"
    EXTRA = "extra"


class ContactMode(StrEnum):
    """How somebody was looked for."""

    HOME_VISIT = "home_visit"
    WORKPLACE = "workplace"
    PHONE = "phone"
    OFFICE = "office"
    FAMILY_ONLY = "family_only"
    LOCAL_AUTHORITY = "local_authority"


class Reached(StrEnum):
    """Who was reached."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    FAMILY_ONLY = "family_only"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    MOVED = "moved"
    DIED = "died"
    IN_CUSTODY = "in_custody"


class WorkStatus(StrEnum):
    """What somebody lives on."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    APPRENTICE = "apprentice"
    SEEKING = "seeking"
    NOT_SEEKING = "not_seeking"
    STUDYING = "studying"
    SICK = "sick"


class LawTrouble(StrEnum):
    """Trouble with the law since the last contact; the middle three open a re-offence event."""

    NONE = "none"
    QUESTIONED = "questioned"
    ARRESTED = "arrested"
    CHARGED = "charged"
    CONVICTED = "convicted"
    UNKNOWN = "unknown"


class SubstanceUse(StrEnum):
    """Alcohol or drugs since the last contact."""

    NONE = "none"
    SOME = "some"
    PROBLEM = "problem"


class LivesWith(StrEnum):
    """With whom somebody lives."""

    PARENTS = "parents"
    RELATIVES = "relatives"
    PARTNER = "partner"
    FRIENDS = "friends"
    EMPLOYER = "employer"
    ALONE = "alone"
    PAGODA = "pagoda"
    STREET = "street"
    OTHER = "other"


class WorkerView(StrEnum):
    """How the member of staff sees it."""

    ON_TRACK = "on_track"
    NEEDS_HELP = "needs_help"
    CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class ContactFindings:
    """What was found when somebody was reached; None where it was not asked.

    Args:
        lives_with, address_changed: home.
        safe: 1 to 4.
        work, hours_last_week, trained_trade, income: work; income in riel last month.
        employer: name.
        in_school: whether at school.
        levels: quick levels by domain, at months 3 and 6.
        substances: alcohol or drugs.
        risky_peers: whether in contact with them.
        family: relation with the family, 1 to 4.
        trouble: with the law since the last contact.
        support: what was given, in words, and its value.
        support_value: or None.
        view: on track, needs help, crisis.
        note: anything else.
    """

    lives_with: LivesWith | None = None
    address_changed: bool | None = None
    safe: int | None = None
    work: WorkStatus | None = None
    hours_last_week: int | None = None
    trained_trade: bool | None = None
    income: int | None = None
    employer: str = ""
    in_school: bool | None = None
    levels: Mapping[StrengthDomain, int] = field(default_factory=dict)
    substances: SubstanceUse | None = None
    risky_peers: bool | None = None
    family: int | None = None
    trouble: LawTrouble | None = None
    support: str = ""
    support_value: Money | None = None
    view: WorkerView | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpForm:
    """A contact, sealed under ``aftercare``.

    Args:
        kind: which of the schedule.
        due_on: the day on or after which it is due.
        late_after: the last day on which it is on time.
        held_on: the day of the contact that ended it, or None.
        mode, reached: of that contact, or None.
        findings: or None where nobody was reached.
        next_on: the next date that was agreed, or None.
    """

    kind: FollowUpKind
    due_on: date
    late_after: date
    held_on: date | None = None
    mode: ContactMode | None = None
    reached: Reached | None = None
    findings: ContactFindings | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class AttemptForm:
    """One try to reach somebody, sealed under ``aftercare``: day, how, who was reached, and a note.

    A ``void`` one was entered by mistake and taken back.
    """

    on: date
    mode: ContactMode
    reached: Reached
    note: str = ""
    void: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A contact with its place.

    Args:
        id: row, or None for a new one.
        release_id: after which release.
        form: the rest.
        attempts: in order of day.
        done: whether it is over, reached or not.
        entered_on: the day on which the outcome was typed in, or None.
        version: for detecting two editors.
    """

    id: int | None
    release_id: int
    form: FollowUpForm
    attempts: tuple[AttemptForm, ...] = ()
    done: bool = False
    entered_on: date | None = None
    version: int = 0
