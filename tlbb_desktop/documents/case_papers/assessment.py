"""The sheet of an assessment of strengths, the level of before beside the new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tlbb_desktop.documents.case_papers.plans import WORKER
from tlbb_desktop.documents.case_papers.texts import day, joined, number, parties, said, typed
from tlbb_desktop.domain.assessment_words import (
    ASSESSMENT_KIND_NAMES,
    DOMAIN_NAMES,
    LEVEL_NAMES,
    RISK_ANSWER_NAMES,
    SAFETY_RISK_NAMES,
)
from tlbb_desktop.domain.case_papers import CaseOnPaper
from tlbb_desktop.domain.case_words import RISK_NAMES
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanBlock,
    PlanDocument,
    PlanLines,
    PlanParagraph,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.strengths import (
    Assessment,
    DomainRating,
    RestrictedForm,
    SafetyRisk,
    StrengthDomain,
    ssi_sa_score,
    who5_raw,
)
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("case paper", "Assessment of strengths")
MADE: Final = Np_("case paper", "{kind}, {day}. Sum of the levels: {total} of 48; stable or strong: {stable} of 12.")
EMPTY: Final = Np_("case paper", "There is no assessment on record yet. It is written here by hand.")
DOMAINS: Final = Np_("case paper", "Twelve domains")
DOMAIN: Final = Np_("case paper", "Domain")
BEFORE: Final = Np_("case paper", "Before")
NOW: Final = Np_("case paper", "Now")
STRENGTH: Final = Np_("case paper", "Strength that was seen")
NEED: Final = Np_("case paper", "Need (levels 1 and 2)")
OWN_WORDS: Final = Np_("case paper", "In the participant's own words")
GOOD_AT: Final = Np_("case paper", "What I am good at: {text}")
HELPED_BY: Final = Np_("case paper", "Who helps me: {text}")
WANT: Final = Np_("case paper", "What I want in a year: {text}")
SAFETY: Final = Np_("case paper", "Dangers")
DANGER: Final = Np_("case paper", "Danger")
ANSWER: Final = Np_("case paper", "Answer")
RISK: Final = Np_("case paper", "Overall risk: {risk}.")
SSI_SA: Final = Np_("case paper", "SSI-SA: {score} of 14.")
WHO_5: Final = Np_("case paper", "WHO-5: {score} of 25.")
PROTECTED: Final = Np_("case paper", "Health, substances and dangers stand in the protected part.")
PARTICIPANT: Final = Np_("case paper", "Participant")
_FREE: Final = "…………………………"
_SHARES: Final = (0.28, 0.1, 0.1, 0.26, 0.26)
_LEVEL_COLUMNS: Final = frozenset({1, 2})


def assessment_paper(case: CaseOnPaper) -> PlanDocument:
    """The newest assessment beside the one before, or a sheet to fill in."""
    subject = case.subject
    newest = case.assessments[0] if case.assessments else None
    earlier = case.assessments[1] if len(case.assessments) > 1 else None
    return PlanDocument(
        title=said(TITLE),
        made_on=subject.made_on,
        parties=parties(subject, named=False),
        introduction=_introduction(newest),
        sections=tuple(_sections(newest, earlier)),
        signers=(PlanSigner(said(PARTICIPANT), thumbprint=True), PlanSigner(said(WORKER), subject.worker)),
        place=subject.place,
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
    )


def _introduction(newest: Assessment | None) -> PlanText:
    if newest is None:
        return said(EMPTY)
    kind = said(ASSESSMENT_KIND_NAMES[newest.kind])
    total = number(newest.total) if newest.total is not None else typed("–")
    return said(MADE, kind=kind, day=day(newest.on_day), total=total, stable=newest.stable)


def _sections(newest: Assessment | None, earlier: Assessment | None) -> Iterator[PlanSection]:
    head = (said(DOMAIN), said(BEFORE), said(NOW), said(STRENGTH), said(NEED))
    now, before = (each.ratings if each else {} for each in (newest, earlier))
    rows = tuple(_row(domain, before.get(domain), now.get(domain)) for domain in StrengthDomain)
    yield PlanSection(said(DOMAINS), (PlanParagraph(_levels()), PlanTable(head, rows, _SHARES, centred=_LEVEL_COLUMNS)))
    form = newest.form if newest else None
    words = ((GOOD_AT, "good_at"), (HELPED_BY, "helped_by"), (WANT, "want"))
    told = tuple(PlanParagraph(said(text, text=getattr(form, name, "") or _FREE)) for text, name in words)
    yield PlanSection(said(OWN_WORDS), told)
    yield PlanSection(said(SAFETY), tuple(_safety(newest)))


def _row(domain: StrengthDomain, before: DomainRating | None, now: DomainRating | None) -> tuple[PlanText, ...]:
    texts = (typed(now.strength), typed(now.need)) if now else (NOTHING_SAID, NOTHING_SAID)
    return said(DOMAIN_NAMES[domain]), _level(before), _level(now), *texts


def _level(rating: DomainRating | None) -> PlanText:
    if rating is None or rating.level is None:
        return NOTHING_SAID
    return number(rating.level)


def _levels() -> PlanText:
    """What the numbers mean."""
    return joined(joined((number(level), said(name)), " ") for level, name in LEVEL_NAMES.items())


def _safety(newest: Assessment | None) -> Iterator[PlanBlock]:
    restricted = newest.restricted if newest else None
    if newest is not None and restricted is None:
        yield PlanParagraph(said(PROTECTED))
        return
    rows = []
    for risk in SafetyRisk:
        answer = restricted.risks.get(risk) if restricted else None
        rows.append((said(SAFETY_RISK_NAMES[risk]), said(RISK_ANSWER_NAMES[answer]) if answer else NOTHING_SAID))
    scores = joined(_scores(restricted), " ") if restricted else NOTHING_SAID
    if any(scores):
        yield PlanParagraph(scores)
    yield PlanTable((said(DANGER), said(ANSWER)), tuple(rows), (0.6, 0.4))
    if restricted is None:
        yield PlanLines(1)


def _scores(restricted: RestrictedForm) -> Iterator[PlanText]:
    """Those that were taken."""
    if restricted.overall:
        yield said(RISK, risk=said(RISK_NAMES[restricted.overall]))
    taken = ((SSI_SA, ssi_sa_score(restricted.ssi_sa)), (WHO_5, who5_raw(restricted.who5)))
    for words, score in taken:
        if score is not None:
            yield said(words, score=score)
