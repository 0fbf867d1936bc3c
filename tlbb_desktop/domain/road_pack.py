"""The papers for a week of visits: whom to see in which order, and the questions of form I with boxes to tick.

A paper that travels may be lost, so it bears the code and the nickname only, and no word of detention. Back in the
office the rows are typed in the order of the paper, the ticked digits of each question one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import to_ascii_digits

_LAST_PLACE: Final = "99999999"
_DISTRICT: Final = 4


class RoadStop(NamedTuple):
    """Somebody to see.

    Args:
        follow_up_id: row of the contact.
        code, nickname: all that the paper says about who it is.
        place_code: NCDD code, or ``""`` where it is not known.
        place: village and commune as they are read, no more.
        kind: which contact.
        due_on: last day on which it is on time, or the day that was proposed for the next try.
        opens_on: first day on which the contact can be made.
    """

    follow_up_id: int
    code: str
    nickname: str
    place_code: str
    place: PlanText
    kind: FollowUpKind
    due_on: date
    opens_on: date = date.min


def in_route_order(stops: Iterable[RoadStop]) -> tuple[RoadStop, ...]:
    """The stops district by district, commune by commune, village by village; what is unknown comes last.

    Codes of the gazetteer follow the map closely enough for a day on a motorbike; within a village the earlier due.
    """
    return tuple(sorted(stops, key=lambda stop: (stop.place_code or _LAST_PLACE, stop.due_on, stop.code)))


def districts_of(stops: Iterable[RoadStop]) -> tuple[str, ...]:
    """The codes of the districts (4 digits) that have stops, in order; ``""`` for places unknown."""
    return tuple(sorted({stop.place_code[:_DISTRICT] for stop in stops}, key=lambda code: code or _LAST_PLACE))


def within(stops: Iterable[RoadStop], district: str, first: date, last: date) -> tuple[RoadStop, ...]:
    """The stops of a district that are due by *last*, overdue ones too; ``""`` takes every district.

    Args:
        stops: everybody who is still to be seen.
        district: NCDD code, 2 to 8 digits; a province takes all of its districts.
        first: first day of the journey.
        last: its last day.
    """
    if last < first:
        raise Refused(N_("The last day lies before the first."), place="last")
    return tuple(stop for stop in stops if stop.place_code.startswith(district) and stop.due_on <= last)


@dataclass(frozen=True, slots=True)
class RoadQuestion:
    """A question of the form.

    Args:
        field: of the contact that it fills in.
        text: as it is read; shown with ``_``, as its answers are.
        answers: value -> word; the place in this order, from 1, is the digit that is ticked and typed.
    """

    field: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()

    def answer(self, digit: str) -> str:
        """The value behind a digit; ``""`` where nothing was ticked.

        Raises:
            Refused: the question has no such answer.
        """
        if not digit or digit == "0":
            return ""
        if not digit.isdecimal() or not 1 <= int(digit) <= len(self.answers):
            raise Refused(
                N_("This question has answers 1 to {most}, and 0 for none."), place=self.field, most=len(self.answers)
            )
        return self.answers[int(digit) - 1][0]


def read_answers(typed: str, questions: tuple[RoadQuestion, ...]) -> dict[str, str]:
    """What a row of digits says, one digit for each question; digits that are missing at the end say nothing.

    Args:
        typed: digits, spaces between them as one likes.
        questions: of the form, in order.

    Raises:
        Refused: there are more digits than questions, or a question has no such answer.
    """
    digits = to_ascii_digits("".join(typed.split()))
    asked = tuple(question for question in questions if question.answers)
    if len(digits) > len(asked):
        raise Refused(N_("There are more digits than the form has questions ({most})."), place="row", most=len(asked))
    answers = {question.field: question.answer(digit) for question, digit in zip(asked, digits, strict=False)}
    return {field: answer for field, answer in answers.items() if answer}
