"""The report of outcomes as a paper: a sentence above each table, and never a percentage of fewer than ten people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tlbb_desktop.documents.case_papers.texts import day, joined, number, said, typed
from tlbb_desktop.domain.evidence_indicators import counts_reoffending, level_of
from tlbb_desktop.domain.indicators import Figure
from tlbb_desktop.domain.issued_reports import Issued
from tlbb_desktop.domain.outcome_reports import OutcomeReport, Whose
from tlbb_desktop.domain.outcome_words import LEVEL_NAMES
from tlbb_desktop.domain.people import SEX_NAMES
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanBlock,
    PlanDocument,
    PlanParagraph,
    PlanSection,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.recidivism import share
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.khmer import to_khmer_digits

TITLE: Final = Np_("outcome report", "Report of outcomes")
AS_OF: Final = Np_("outcome report", "As of {day}. People count once; only what can be known by that day counts.")
PEOPLE: Final = Np_("outcome report", "People")
YES: Final = Np_("outcome report", "Yes")
NO: Final = Np_("outcome report", "No")
UNKNOWN: Final = Np_("outcome report", "Not known")
RECORDED: Final = Np_("outcome report", "Of all")
KNOWN: Final = Np_("outcome report", "Of those known")
INTERVAL: Final = Np_("outcome report", "95 % interval")
WORST: Final = Np_("outcome report", "Worst case")
TOO_FEW: Final = Np_("outcome report", "Fewer than ten people: no percentage is given.")
ISSUED: Final = Np_("outcome report", "Report {number}, issued on {day} by {name}.")
REASON: Final = Np_("outcome report", "Issued for: {reason}.")
CORRECTS: Final = Np_("outcome report", "It takes the place of {number}.")
ONLY: Final = Np_("outcome report", "Counted: {whom}.")
COHORT: Final = Np_("outcome report", "released from {first} to {last}")
SINCE: Final = Np_("outcome report", "released from {first} on")
UNTIL: Final = Np_("outcome report", "released up to {last}")
EVERYONE: Final = Whose()
_SHARES: Final = (0.12, 0.12, 0.12, 0.14, 0.14, 0.16, 0.2)


def outcome_report_paper(report: OutcomeReport, whose: Whose = EVERYONE, issued: Issued | None = None) -> PlanDocument:
    """The report.

    Args:
        report: what was counted.
        whose: the filter.
        issued: under which number it was issued, when, by whom, for what, or None.
    """
    parts = (*_issuing(issued), said(AS_OF, day=day(report.as_of)), _whom(whose))
    return PlanDocument(
        title=said(TITLE),
        made_on=report.as_of,
        introduction=joined(parts, " "),
        sections=tuple(PlanSection(_title(each), tuple(_figure(each))) for each in report.figures),
        issuer=(report.issuer,),
        demonstration=report.demonstration,
    )


def _issuing(issued: Issued | None) -> Iterator[PlanText]:
    if issued is None:
        return
    yield said(ISSUED, number=issued.number, day=day(issued.issued_at.date()), name=issued.by)
    if issued.form.reason:
        yield said(REASON, reason=issued.form.reason)
    if issued.corrects:
        yield said(CORRECTS, number=issued.corrects)


def _whom(whose: Whose) -> PlanText:
    parts = [whose.prison, whose.trade, said(SEX_NAMES[whose.sex]) if whose.sex else NOTHING_SAID]
    cohort = COHORT if whose.first and whose.last else SINCE if whose.first else UNTIL if whose.last else None
    if cohort:
        parts.append(said(cohort, first=day(whose.first), last=day(whose.last)))
    whom = joined(parts, ", ")
    return said(ONLY, whom=whom) if any(whom) else NOTHING_SAID


def _title(figure: Figure) -> PlanText:
    indicator, level = figure.indicator, level_of(figure.indicator.key)
    return said(indicator.title, months=indicator.months, level=level.value, evidence=said(LEVEL_NAMES[level]))


def _figure(figure: Figure) -> Iterator[PlanBlock]:
    fields = {"n": figure.n, "events": len(figure.events), "unknown": len(figure.unknown)}
    sentence = said(figure.indicator.sentence, **fields, months=figure.indicator.months)
    yield PlanParagraph(sentence if figure.rate is not None else joined((sentence, said(TOO_FEW)), " "))
    words = [PEOPLE, YES, NO, UNKNOWN, RECORDED, KNOWN, INTERVAL]
    shares = list(_SHARES)
    counts = (figure.n, len(figure.events), len(figure.others), len(figure.unknown))
    interval = figure.interval
    bounds = f"{100 * interval.low:.1f}–{100 * interval.high:.1f} %" if interval else "–"
    row = [*map(number, counts), _percent(figure.rate), _percent(figure.rate_known), _digits(bounds)]
    if counts_reoffending(figure.indicator):
        words.append(WORST)
        shares.append(_SHARES[-2])
        row.append(_percent(share(len(figure.events) + len(figure.unknown), figure.n)))
    yield PlanTable(tuple(map(said, words)), (tuple(row),), tuple(shares), centred=frozenset(range(len(words))))


def _percent(part: float | None) -> PlanText:
    return typed("–") if part is None else _digits(f"{100 * part:.1f} %")


def _digits(text: str) -> PlanText:
    return PlanText(to_khmer_digits(text), text)
