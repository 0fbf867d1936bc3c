"""The papers of a journey: one list in the order of the way, or a sheet for each person with boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from tlbb_desktop.documents.case_papers.texts import day, joined, number, said, typed
from tlbb_desktop.domain.outcome_words import contact_name
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanCheck,
    PlanChecklist,
    PlanDocument,
    PlanLines,
    PlanSection,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.road_form import QUESTIONS
from tlbb_desktop.domain.road_pack import RoadQuestion, RoadStop
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("visit form", "Visits")
CODE: Final = Np_("visit form", "Form {code}")
ROW: Final = Np_("visit form", "No.")
WHO: Final = Np_("visit form", "Code and nickname")
PLACE: Final = Np_("visit form", "Village and commune")
WHAT: Final = Np_("visit form", "Visit")
UNTIL: Final = Np_("visit form", "Until")
NOTES: Final = Np_("visit form", "Answers and notes")
NOT_MET: Final = Np_("visit form", "Nobody met")
DIGIT: Final = Np_("visit form", "Digit")
NEXT: Final = Np_("visit form", "Day of the visit, next day, notes")
_SHARES: Final = (0.07, 0.2, 0.26, 0.12, 0.15, 0.2)


def road_list(stops: Sequence[RoadStop], code: str, made_on: date) -> PlanDocument:
    """One list in the order of the way; the questions stand below it, and a row of digits answers them."""
    rows = tuple(
        (number(place), _who(stop), stop.place, _what(stop), day(stop.due_on), NOTHING_SAID)
        for place, stop in enumerate(stops, 1)
    )
    head = tuple(map(said, (ROW, WHO, PLACE, WHAT, UNTIL, NOTES)))
    questions = tuple((_question(question), _digits(question)) for question in QUESTIONS)
    return PlanDocument(
        title=said(TITLE),
        made_on=made_on,
        introduction=said(CODE, code=code),
        sections=(
            PlanSection(said(TITLE), (PlanTable(head, rows, _SHARES),)),
            PlanSection(said(NOTES), (PlanTable((said(WHAT), said(NOTES)), questions, (0.3, 0.7)),)),
        ),
    )


def road_sheets(stops: Sequence[RoadStop], code: str, made_on: date) -> tuple[PlanDocument, ...]:
    """A sheet for each person."""
    return tuple(_sheet(place, stop, code, made_on) for place, stop in enumerate(stops, 1))


def _sheet(place: int, stop: RoadStop, code: str, made_on: date) -> PlanDocument:
    """One page: a box for the digit of each answer, in the order in which they are typed in."""
    rows = tuple((_question(question), _digits(question), NOTHING_SAID) for question in QUESTIONS)
    table = PlanTable(tuple(map(said, (WHAT, NOTES, DIGIT))), rows, (0.27, 0.61, 0.12))
    about = joined((number(place), _who(stop), stop.place, _what(stop), day(stop.due_on), said(CODE, code=code)))
    return PlanDocument(
        title=said(TITLE),
        made_on=made_on,
        introduction=about,
        sections=(
            PlanSection(said(NOTES), (PlanChecklist((PlanCheck(said(NOT_MET)),)), table)),
            PlanSection(said(NEXT), (PlanLines(3),)),
        ),
    )


def _who(stop: RoadStop) -> PlanText:
    return joined((typed(stop.code), typed(stop.nickname)))


def _what(stop: RoadStop) -> PlanText:
    name, n = contact_name(stop.kind)
    return said(name, n=n)


def _question(question: RoadQuestion) -> PlanText:
    return said(question.text)


def _digits(question: RoadQuestion) -> PlanText:
    answers = (_numbered(place, word) for place, (_value, word) in enumerate(question.answers, 1))
    return joined(answers, "   ")


def _numbered(place: int, word: str) -> PlanText:
    return joined((number(place), said(word)), " ")
