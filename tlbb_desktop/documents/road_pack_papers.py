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
QUESTION: Final = Np_("visit form", "Question")
ANSWERS: Final = Np_("visit form", "Answers")
NOT_MET: Final = Np_("visit form", "Nobody met")
DIGIT: Final = Np_("visit form", "Digit")
NEXT: Final = Np_("visit form", "Day of the visit, next day, notes")
_SHARES: Final = (0.06, 0.2, 0.22, 0.1, 0.15, 0.27)
_CENTRED: Final = frozenset({0, 4})
#: Of a row in which eleven digits are written by hand, in millimetres.
_ROOM: Final = 9.0


def road_list(stops: Sequence[RoadStop], code: str, made_on: date, *, demonstration: bool = False) -> PlanDocument:
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
            PlanSection(said(TITLE), (PlanTable(head, rows, _SHARES, centred=_CENTRED, room=_ROOM),)),
            PlanSection(said(NOTES), (PlanTable((said(QUESTION), said(ANSWERS)), questions, (0.3, 0.7)),)),
        ),
        demonstration=demonstration,
    )


def road_sheets(
    stops: Sequence[RoadStop], code: str, made_on: date, *, demonstration: bool = False
) -> tuple[PlanDocument, ...]:
    """A sheet for each person."""
    return tuple(_sheet(place, stop, code, made_on, demonstration) for place, stop in enumerate(stops, 1))


def _sheet(place: int, stop: RoadStop, code: str, made_on: date, demonstration: bool) -> PlanDocument:
    """One page: a box for the digit of each answer, in the order in which they are typed in."""
    rows = tuple((_question(question), _digits(question), NOTHING_SAID) for question in QUESTIONS)
    table = PlanTable(tuple(map(said, (QUESTION, ANSWERS, DIGIT))), rows, (0.27, 0.61, 0.12))
    about = joined((number(place), _who(stop), stop.place, _what(stop), day(stop.due_on), said(CODE, code=code)))
    return PlanDocument(
        title=said(TITLE),
        made_on=made_on,
        introduction=about,
        sections=(
            PlanSection(said(NOTES), (PlanChecklist((PlanCheck(said(NOT_MET)),)), table)),
            PlanSection(said(NEXT), (PlanLines(3),)),
        ),
        demonstration=demonstration,
        one_page=True,
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
    return joined((number(place), said(word)), "\u00a0")  # a digit never ends a line
