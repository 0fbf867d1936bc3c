"""The form of an assessment: the questions in their sections, and which of them are protected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tlbb_desktop.domain.assessment_words import (
    ASSESSMENT_KIND_NAMES,
    DOMAIN_NAMES,
    LEVEL_NAMES,
    RISK_ANSWER_NAMES,
    SAFETY_RISK_NAMES,
    SSI_SA_ITEMS,
    SUBSTANCE_NAMES,
)
from tlbb_desktop.domain.case_words import RISK_NAMES
from tlbb_desktop.domain.strengths import (
    RESTRICTED_DOMAINS,
    WHO5_QUESTIONS,
    SafetyRisk,
    StrengthDomain,
)
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.screens.cases.choices import choices_of
from tlbb_desktop.widgets.answers import Choices
from tlbb_desktop.widgets.section_form import Question, Section

WHO5_MOST: Final = 5
LEVEL_WORDS: Final = choices_of(LEVEL_NAMES)


def level_name(domain: StrengthDomain) -> str:
    """The question for the level of a domain."""
    return f"level_{domain}"


def strength_name(domain: StrengthDomain) -> str:
    """The question for the strength of a domain."""
    return f"strength_{domain}"


def need_name(domain: StrengthDomain) -> str:
    """The question for the need of a domain."""
    return f"need_{domain}"


def risk_name(risk: SafetyRisk) -> str:
    """The question for a danger."""
    return f"risk_{risk}"


SSI_SA_NAMES: Final = tuple(f"ssi_sa_{place}" for place in range(1, len(SSI_SA_ITEMS) + 1))
WHO5_NAMES: Final = tuple(f"who5_{place}" for place in range(1, WHO5_QUESTIONS + 1))
#: The items of the WHO-5 stand on its paper only; here they are numbers.
_WHO5_LABELS: Final = (
    Np_("question of the WHO-5", "Question 1"),
    Np_("question of the WHO-5", "Question 2"),
    Np_("question of the WHO-5", "Question 3"),
    Np_("question of the WHO-5", "Question 4"),
    Np_("question of the WHO-5", "Question 5"),
)


def _yes_no() -> Choices:
    return [(True, _("Yes")), (False, _("No"))]


def _numbers(most: int) -> Callable[[], Choices]:
    return lambda: [(number, "") for number in range(most + 1)]


def _rated(domain: StrengthDomain) -> tuple[Question, ...]:
    name = DOMAIN_NAMES[domain]
    return (
        Question(level_name(domain), name, "level", LEVEL_WORDS),
        Question(strength_name(domain), Np_("of a domain", "Strength seen"), "text", about=name, rows=2),
        Question(need_name(domain), Np_("of a domain", "Need"), "text", about=name, rows=2),
    )


def _domains(*, restricted: bool) -> tuple[Question, ...]:
    wanted = [domain for domain in StrengthDomain if (domain in RESTRICTED_DOMAINS) is restricted]
    return tuple(question for domain in wanted for question in _rated(domain))


_LEVEL_HINT: Final = N_(
    "1 crisis · 2 vulnerable · 3 stable · 4 strong. The digit sets the level, ↓ goes to the next one. "
    "The need is asked for at levels 1 and 2."
)
OPEN_SECTIONS: Final = (
    Section(
        N_("The assessment"),
        (
            Question("kind", Np_("of an assessment", "Made"), "choice", choices_of(ASSESSMENT_KIND_NAMES)),
            Question("on_day", N_("Day of the assessment"), "day"),
            Question("place", Np_("of an assessment", "Place")),
            Question("alone", N_("Could the person speak alone?"), "yes"),
            Question("interpreter", N_("Did somebody interpret?"), "keys", _yes_no),
            Question("from_paper_on", N_("Day of the older paper that this is typed from"), "day"),
        ),
    ),
    Section(N_("Strengths"), _domains(restricted=False), _LEVEL_HINT, columns=3),
    Section(
        N_("In the participant's own words"),
        (
            Question("good_at", N_("What I am good at"), "text"),
            Question("helped_by", N_("Who helps me"), "text"),
            Question("want", N_("What I want in one year"), "text", wide=True),
        ),
    ),
)
RESTRICTED_SECTIONS: Final = (
    Section(N_("Protected: health, feelings, alcohol and drugs"), _domains(restricted=True), _LEVEL_HINT, columns=3),
    Section(
        N_("Protected: dangers"),
        (
            *(
                Question(risk_name(risk), SAFETY_RISK_NAMES[risk], "keys", choices_of(RISK_ANSWER_NAMES))
                for risk in SafetyRisk
            ),
            Question("done_since", N_("What was done since the older paper?"), "text", wide=True),
        ),
        N_("A danger that is there now opens a task for 24 hours."),
    ),
    Section(
        N_("Protected: alcohol and drugs"),
        (
            Question("substances", N_("What was used"), "ticks", choices_of(SUBSTANCE_NAMES), wide=True),
            Question("first_used_age", N_("Age at the first use"), "number"),
            Question("last_used", N_("When it was used last")),
        ),
    ),
    Section(
        N_("Protected: SSI-SA"),
        tuple(
            Question(name, label, "keys", _yes_no, wide=True)
            for name, label in zip(SSI_SA_NAMES, SSI_SA_ITEMS, strict=True)
        ),
        N_("About the last 6 months. 1 is yes, 2 is no, ↓ goes to the next question. Not validated in Khmer."),
    ),
    Section(
        N_("Protected: WHO-5"),
        tuple(
            Question(name, label, "keys", _numbers(WHO5_MOST), first=0)
            for name, label in zip(WHO5_NAMES, _WHO5_LABELS, strict=True)
        ),
        N_("The questions stand on the paper. Type the number that was ticked there, 0 to 5."),
    ),
    Section(
        N_("Protected: overall risk"),
        (Question("overall", Np_("of an assessment", "Overall risk"), "keys", choices_of(RISK_NAMES)),),
    ),
)
SECTIONS: Final = (*OPEN_SECTIONS, *RESTRICTED_SECTIONS)


def names_of(*sections: Section) -> tuple[str, ...]:
    """The names of the questions in these sections."""
    return tuple(question.name for section in sections for question in section.questions)


OPEN_NAMES: Final = frozenset(names_of(*OPEN_SECTIONS))
RESTRICTED_NAMES: Final = frozenset(names_of(*RESTRICTED_SECTIONS))
