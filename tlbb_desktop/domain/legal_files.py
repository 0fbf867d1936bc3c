"""Where somebody stands before the law, and how old they were at the offence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.births import Birth, BirthPrecision

#: Age from which somebody can be punished at all, and age of majority (programme facts §3).
CRIMINAL_RESPONSIBILITY: Final = 14
MAJORITY: Final = 18


class LegalStatus(StrEnum):
    """Where somebody stands before the law (form A)."""

    POLICE_CUSTODY = "police_custody"
    PRE_TRIAL = "pre_trial"
    ON_APPEAL = "on_appeal"
    CONVICTED = "convicted"
    SERVED_ELSEWHERE = "served_elsewhere"


class OffenceCategory(StrEnum):
    """What somebody is accused or convicted of (form A)."""

    THEFT = "theft"
    DRUG_USE = "drug_use"
    DRUG_SALE = "drug_sale"
    ROBBERY = "robbery"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    TRAFFIC = "traffic"
    OTHER = "other"


class OffenceClass(StrEnum):
    """How grave the Criminal Code holds it: over five years, over six days, less."""

    FELONY = "felony"
    MISDEMEANOUR = "misdemeanour"
    PETTY = "petty"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A prison sentence; all 0 where none is recorded. ``fine`` is in whole riel."""

    years: int = 0
    months: int = 0
    days: int = 0
    fine: int = 0


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From this day on the status was this one."""

    status: LegalStatus
    since: date


@dataclass(frozen=True, slots=True)
class LegalFile:
    """What only the ``legal`` compartment holds besides the birth date and the release date.

    Args:
        statuses: the story of the legal status, the oldest first; the last one stands.
        category, offence_class: of the offence, or None.
        offence_on: day of the offence, or None.
        charge, court: as the papers say.
        arrested_on, detained_on, judged_on: days, or None.
        sentence: as judged.
        first_offence: None where nobody said.
        agent_name, agent_office, agent_phone: the social agent of the Ministry.
        agent_report_on: when their report came, or None.
        lawyer: name and phone.
    """

    statuses: tuple[StatusChange, ...] = ()
    category: OffenceCategory | None = None
    offence_class: OffenceClass | None = None
    offence_on: date | None = None
    charge: str = ""
    court: str = ""
    arrested_on: date | None = None
    detained_on: date | None = None
    judged_on: date | None = None
    sentence: Sentence = Sentence()
    first_offence: bool | None = None
    agent_name: str = ""
    agent_office: str = ""
    agent_phone: str = ""
    agent_report_on: date | None = None
    lawyer: str = ""

    @property
    def status(self) -> LegalStatus | None:
        """The status that stands."""
        return self.statuses[-1].status if self.statuses else None


class AgeFlag(StrEnum):
    """What the age at the offence means."""

    BELOW_RESPONSIBILITY = "below_responsibility"
    JUVENILE = "juvenile"
    ADULT = "adult"
    UNKNOWN = "unknown"


#: Under 18 at the offence, which is what a juvenile is.
UNDER_AGE: Final = frozenset({AgeFlag.BELOW_RESPONSIBILITY, AgeFlag.JUVENILE})


@dataclass(frozen=True, slots=True)
class AgeAtOffence:
    """How old somebody was at the offence.

    Args:
        flag: what it means; the doubt goes to the younger age.
        youngest, oldest: full years that are possible, both None when the birth date or the offence day is not known.
    """

    flag: AgeFlag
    youngest: int | None = None
    oldest: int | None = None

    @property
    def urgent(self) -> bool:
        """Whether a legal referral is urgent: nobody under 14 may be punished."""
        return self.flag is AgeFlag.BELOW_RESPONSIBILITY


def youngest_age_on(birth: Birth, day: date) -> int | None:
    """The lowest age that *birth* allows on *day*: known to the month or year, the birthday has not passed yet."""
    oldest = birth.age_on(day)
    if oldest is None or birth.precision is BirthPrecision.DAY:
        return oldest
    if birth.precision is BirthPrecision.MONTH:
        return oldest - (1 if day.month == birth.month else 0)
    return oldest - (0 if (day.month, day.day) == (12, 31) else 1)


def age_at_offence(birth: Birth, offence_on: date | None) -> AgeAtOffence:
    """How old somebody was at the offence, and what that means (programme facts §3).

    Somebody is held to be under 14, or under 18, when the birth date allows it: the benefit of the doubt.
    """
    if offence_on is None:
        return AgeAtOffence(AgeFlag.UNKNOWN)
    youngest, oldest = youngest_age_on(birth, offence_on), birth.age_on(offence_on)
    if youngest is None:
        return AgeAtOffence(AgeFlag.UNKNOWN)
    if youngest < CRIMINAL_RESPONSIBILITY:
        flag = AgeFlag.BELOW_RESPONSIBILITY
    else:
        flag = AgeFlag.JUVENILE if youngest < MAJORITY else AgeFlag.ADULT
    return AgeAtOffence(flag, youngest, oldest)
