"""Act three, second part: the papers of cases, journeys and outcomes, the bench sheet and the paper of a code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from tlbb_desktop.demonstration.cast import DAY
from tlbb_desktop.documents.code_pdf import code_pdf
from tlbb_desktop.documents.typesetting import PaperLanguage
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.code_papers import CodeKind
from tlbb_desktop.security.recovery import new_code
from tlbb_desktop.tour.drawn import Drawn
from tlbb_desktop.wiring import Desk

#: Somebody of the demonstration who was released and seen ever since.
PERSON: Final = "SR-25-0051"
_JOURNEY: Final = timedelta(days=150)
_GATE_DAYS: Final = 30


def of_case(desk: Desk, language: str) -> Iterator[Drawn]:
    """Every paper of a case; *desk* is that of its social worker."""
    case_id = desk.case_papers.case_with_code(PERSON)
    for paper in CasePaper:
        drawn = desk.case_papers.paper(case_id, paper, language, PrintReason.OWN_FILE)
        yield Drawn(f"case-{paper.value}", drawn)


def of_journey(desk: Desk, languages: tuple[str, ...]) -> Iterator[tuple[str, Drawn]]:
    """The list and the sheets of a journey to everybody whom the social worker of *desk* has to see."""
    pack = desk.road_packs.make(desk.road_packs.stops("", DAY, DAY + _JOURNEY), DAY)
    for language in languages:
        yield language, Drawn("road-list", desk.road_packs.paper(pack, language))
        yield language, Drawn("road-sheets", desk.road_packs.paper(pack, language, sheets=True))


def of_outcomes(desk: Desk, languages: tuple[str, ...]) -> Iterator[tuple[str, Drawn]]:
    """The report of every indicator as a manager issues it."""
    report = desk.outcome_reports.report(DAY)
    number = desk.outcome_reports.issue(report)
    for language in languages:
        yield language, Drawn("outcomes", desk.outcome_reports.paper(report, language, number))


def of_gate(desk: Desk, language: str) -> Drawn:
    """Who leaves within a month; in the week that a liaison looks ahead, nobody does."""
    return Drawn("gate-list", desk.release_lists.gate_paper(language, _GATE_DAYS))


def of_bench(desk: Desk, class_id: int, language: str) -> Drawn:
    """The bench sheet of the first unit of a class."""
    curriculum = desk.curricula.of_class(class_id)
    unit = (curriculum.units[0].id if curriculum else None) or 0
    return Drawn("bench-sheet", desk.bench_sheets.paper(class_id, unit, DAY, language))


def of_code(language: str) -> Drawn:
    """A recovery key that opens nothing."""
    return Drawn("recovery-key", code_pdf(CodeKind.RECOVERY, new_code().groups, DAY, PaperLanguage(language)))
