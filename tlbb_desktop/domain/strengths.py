"""The assessment of strengths: twelve domains from 1 to 4, safety risks, SSI-SA and WHO-5 (programme facts §5, form B).

Level 1 is a crisis, 2 vulnerable, 3 stable, 4 strong. Of each domain the need is written down at levels 1 and 2 only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.cases import Risk

#: Levels up to this one ask for a text and propose a goal.
NEEDY: Final = 2
STABLE: Final = 3
SAFETY_HOURS: Final = 24


class StrengthDomain(StrEnum):
    """The twelve domains, in the order of the form."""

    HOME = "home"
    FOOD = "food"
    PAPERS = "papers"
    EDUCATION = "education"
    WORK = "work"
    MONEY = "money"
    BODY = "body"
    MIND = "mind"
    SUBSTANCES = "substances"
    FAMILY = "family"
    FRIENDS = "friends"
    HOPE = "hope"


#: Domains that only the ``counselling`` compartment holds.
RESTRICTED_DOMAINS: Final = frozenset({StrengthDomain.BODY, StrengthDomain.MIND, StrengthDomain.SUBSTANCES})


class AssessmentKind(StrEnum):
    """What an assessment was made for."""

    INTAKE = "intake"
    REVIEW = "review"
    PRE_RELEASE = "pre_release"
    AFTER_RELEASE = "after_release"


class SafetyRisk(StrEnum):
    """Dangers that are asked about."""

    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    THREAT_TO_OTHERS = "threat_to_others"
    PRESSURE = "pressure"
    TRAFFICKING = "trafficking"
    DEBT = "debt"


class RiskAnswer(StrEnum):
    """When a danger was or is there."""

    NO = "no"
    PAST = "past"
    NOW = "now"


class Substance(StrEnum):
    """What somebody used."""

    ALCOHOL = "alcohol"
    METHAMPHETAMINE = "methamphetamine"
    GLUE = "glue"
    CANNABIS = "cannabis"
    TOBACCO = "tobacco"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DomainRating:
    """One domain: its level from 1 to 4, or None for not yet asked, the strength seen, and the need."""

    level: int | None = None
    strength: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentForm:
    """What is sealed under ``family``: all domains but the restricted ones, and the participant's own words.

    Args:
        ratings: by domain.
        place: where it was made.
        alone: whether nobody could hear; None where it is not noted.
        interpreter: whether somebody interpreted.
        good_at, helped_by, want: what I am good at, who helps me, what I want in a year.
        from_paper_on: the day of an older paper that was typed in later, or None.
    """

    ratings: Mapping[StrengthDomain, DomainRating] = field(default_factory=dict)
    place: str = ""
    alone: bool | None = None
    interpreter: bool = False
    good_at: str = ""
    helped_by: str = ""
    want: str = ""
    from_paper_on: date | None = None


@dataclass(frozen=True, slots=True)
class RestrictedForm:
    """What is sealed under ``counselling``.

    Args:
        ratings: of the restricted domains.
        risks: the answers about dangers.
        done_since: on an older paper, what was done since about a danger of then.
        substances: what was used.
        first_used_age: age at the first use, or None.
        last_used: as told.
        ssi_sa: the sixteen answers in order, None where not answered; empty where it was not asked.
        who5: the five answers from 0 to 5 in order; empty where it was not asked.
        overall: the overall risk, or None.
    """

    ratings: Mapping[StrengthDomain, DomainRating] = field(default_factory=dict)
    risks: Mapping[SafetyRisk, RiskAnswer] = field(default_factory=dict)
    done_since: str = ""
    substances: frozenset[Substance] = frozenset()
    first_used_age: int | None = None
    last_used: str = ""
    ssi_sa: tuple[bool | None, ...] = ()
    who5: tuple[int | None, ...] = ()
    overall: Risk | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment with the parts that the reader may see; ``restricted`` is None for others.

    Args:
        id: row, or None for a new one.
        case_id: of which case.
        kind: what it was made for.
        on_day: the day on which it was made.
        form, restricted: its parts.
        entered_on: the day on which it was typed in, or None for a new one.
        by: name of who typed it in.
        version, restricted_version: for detecting two editors.
    """

    id: int | None
    case_id: int
    kind: AssessmentKind
    on_day: date
    form: AssessmentForm = AssessmentForm()
    restricted: RestrictedForm | None = None
    entered_on: date | None = None
    by: str = ""
    version: int = 0
    restricted_version: int = 0

    @property
    def ratings(self) -> dict[StrengthDomain, DomainRating]:
        """Every domain that the reader may see, in the order of the form."""
        both = {**self.form.ratings, **(self.restricted.ratings if self.restricted else {})}
        return {domain: both[domain] for domain in StrengthDomain if domain in both}

    @property
    def total(self) -> int | None:
        """Sum of the twelve levels, 12 to 48; None while one is missing."""
        levels = [rating.level for rating in self.ratings.values() if rating.level is not None]
        return sum(levels) if len(levels) == len(StrengthDomain) else None

    @property
    def stable(self) -> int:
        """How many domains stand at 3 or 4."""
        return sum((rating.level or 0) >= STABLE for rating in self.ratings.values())


class Missing(StrEnum):
    """What an assessment still lacks before it is complete; it is saved all the same."""

    LEVEL = "level"
    NEED = "need"
    OWN_WORDS = "own_words"
    RISKS = "risks"
    OVERALL = "overall"
    DONE_SINCE = "done_since"


@dataclass(frozen=True, slots=True)
class MissingPart:
    """One thing that is missing, with its domain where it belongs to one."""

    what: Missing
    domain: StrengthDomain | None = None


def missing_parts(assessment: Assessment) -> tuple[MissingPart, ...]:
    """What is missing, in the order of the form; what the reader may not see is not counted."""
    visible = [each for each in StrengthDomain if assessment.restricted or each not in RESTRICTED_DOMAINS]
    found: list[MissingPart] = []
    ratings = assessment.ratings
    for domain in visible:
        rating = ratings.get(domain, DomainRating())
        if rating.level is None:
            found.append(MissingPart(Missing.LEVEL, domain))
        elif rating.level <= NEEDY and not rating.need.strip():
            found.append(MissingPart(Missing.NEED, domain))
    form, restricted = assessment.form, assessment.restricted
    if not (form.good_at.strip() and form.helped_by.strip() and form.want.strip()):
        found.append(MissingPart(Missing.OWN_WORDS))
    if restricted is not None:
        found.extend(MissingPart(what) for what in _missing_restricted(assessment, restricted))
    return tuple(found)


def _missing_restricted(assessment: Assessment, restricted: RestrictedForm) -> Iterable[Missing]:
    if len(restricted.risks) < len(SafetyRisk):
        yield Missing.RISKS
    if restricted.overall is None:
        yield Missing.OVERALL
    if assessment.form.from_paper_on is not None and risks_now(restricted) and not restricted.done_since.strip():
        yield Missing.DONE_SINCE


def risks_now(restricted: RestrictedForm) -> tuple[SafetyRisk, ...]:
    """The dangers that are there now, in the order of the form."""
    return tuple(risk for risk in SafetyRisk if restricted.risks.get(risk) is RiskAnswer.NOW)


def goals_proposed(assessment: Assessment) -> tuple[StrengthDomain, ...]:
    """The domains at level 1 or 2, the lowest first: each proposes a goal."""
    needy = [(rating.level, domain) for domain, rating in assessment.ratings.items() if (rating.level or 9) <= NEEDY]
    order = list(StrengthDomain)
    return tuple(domain for _, domain in sorted(needy, key=lambda each: (each[0], order.index(each[1]))))


#: SSI-SA: the first and the fifteenth question are not scored (programme facts §5).
SSI_SA_QUESTIONS: Final = 16
_NOT_SCORED: Final = frozenset({0, 14})


class SsiSaBand(StrEnum):
    """What a score of the SSI-SA means: 0 to 1, 2 to 3, from 4."""

    LOW = "low"
    MINIMAL = "minimal"
    REFER = "refer"


def ssi_sa_score(answers: tuple[bool | None, ...]) -> int | None:
    """Number of yes among the scored questions, 0 to 14; None while a scored one is not answered."""
    scored = [answer for place, answer in enumerate(answers) if place not in _NOT_SCORED]
    if len(answers) != SSI_SA_QUESTIONS or None in scored:
        return None
    return sum(bool(answer) for answer in scored)


def ssi_sa_band(score: int) -> SsiSaBand:
    """The band of an SSI-SA score."""
    if score >= 4:
        return SsiSaBand.REFER
    return SsiSaBand.MINIMAL if score >= 2 else SsiSaBand.LOW


WHO5_QUESTIONS: Final = 5
#: A raw score below this asks for a closer look.
WHO5_LOW: Final = 13


def who5_raw(answers: tuple[int | None, ...]) -> int | None:
    """Sum of the five answers, 0 to 25; four times it is the percentage. None while one is missing."""
    given = [answer for answer in answers if answer is not None]
    return sum(given) if len(given) == WHO5_QUESTIONS == len(answers) else None


def next_assessment_on(last: date) -> date:
    """The day for the next one: six months later, about 182 days."""
    return last + timedelta(days=182)
