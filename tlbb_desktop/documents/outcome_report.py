"""The report of outcomes as a paper: a sentence above each table, and never a percentage of fewer than ten people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tlbb_desktop.documents.case_papers.texts import day, joined, number, said, typed
from tlbb_desktop.domain.indicators import Figure
from tlbb_desktop.domain.outcome_reports import OutcomeReport
from tlbb_desktop.domain.plan_papers import (
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
NUMBER: Final = Np_("outcome report", "Report {number}.")
PEOPLE: Final = Np_("outcome report", "People")
YES: Final = Np_("outcome report", "Yes")
NO: Final = Np_("outcome report", "No")
UNKNOWN: Final = Np_("outcome report", "Not known")
RECORDED: Final = Np_("outcome report", "Of all")
KNOWN: Final = Np_("outcome report", "Of those known")
INTERVAL: Final = Np_("outcome report", "95 % interval")
WORST: Final = Np_("outcome report", "Worst case")
TOO_FEW: Final = Np_("outcome report", "Fewer than ten people: no percentage is given.")
#: Measure whose unknown ones may all have had an event.
_WORST_OF: Final = "re-offended"
_SHARES: Final = (0.12, 0.12, 0.12, 0.14, 0.14, 0.16, 0.2)


def outcome_report_paper(report: OutcomeReport, issued_as: str = "") -> PlanDocument:
    """The report; *issued_as* is its number once it was issued."""
    introduction = said(AS_OF, day=day(report.as_of))
    if issued_as:
        numbered = said(NUMBER, number=issued_as)
        introduction = PlanText(*(f"{first} {second}" for first, second in zip(numbered, introduction, strict=True)))
    return PlanDocument(
        title=said(TITLE),
        made_on=report.as_of,
        introduction=introduction,
        sections=tuple(PlanSection(said(each.indicator.title), tuple(_figure(each))) for each in report.figures),
        issuer=(report.issuer,),
        demonstration=report.demonstration,
    )


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
    if figure.indicator.counts == _WORST_OF:
        words.append(WORST)
        shares.append(_SHARES[-2])
        row.append(_percent(share(len(figure.events) + len(figure.unknown), figure.n)))
    yield PlanTable(tuple(map(said, words)), (tuple(row),), tuple(shares), centred=frozenset(range(len(words))))


def _percent(part: float | None) -> PlanText:
    return typed("–") if part is None else _digits(f"{100 * part:.1f} %")


def _digits(text: str) -> PlanText:
    return PlanText(to_khmer_digits(text), text)
