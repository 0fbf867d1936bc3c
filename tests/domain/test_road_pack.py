"""The order of a week of visits, and the digits typed from its papers."""

from __future__ import annotations

from datetime import date

import pytest

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.domain.road_pack import RoadQuestion, RoadStop, districts_of, in_route_order, read_answers, within
from tlbb_desktop.i18n.marks import MarkedWord

DAY = date(2026, 11, 23)


def stop(number: int, place: str, due: date = DAY) -> RoadStop:
    return RoadStop(number, f"SR-{number:03}", "", place, PlanText(""), FollowUpKind.MONTH_3, due)


def numbers(stops) -> list[int]:
    return [each.follow_up_id for each in stops]


def test_stops_follow_the_map_and_unknown_places_come_last() -> None:
    stops = [stop(1, ""), stop(2, "17100204"), stop(3, "17020301"), stop(4, "17100104"), stop(5, "1710")]
    assert numbers(in_route_order(stops)) == [3, 5, 4, 2, 1]
    assert districts_of(stops) == ("1702", "1710", "")


def test_in_one_village_the_earlier_due_is_seen_first() -> None:
    assert numbers(in_route_order([stop(1, "17100204"), stop(2, "17100204", date(2026, 11, 20))])) == [2, 1]


def test_a_journey_takes_what_is_due_in_its_district_and_what_is_overdue_there() -> None:
    stops = [
        stop(1, "17100204"),
        stop(2, "17020301"),
        stop(3, "17100104", date(2026, 12, 1)),
        stop(4, "17100104", date(2026, 1, 1)),
    ]
    assert numbers(within(stops, "1710", DAY, date(2026, 11, 29))) == [1, 4]
    assert numbers(within(stops, "", DAY, date(2026, 12, 1))) == [1, 2, 3, 4]
    with pytest.raises(Refused):
        within(stops, "", DAY, date(2026, 11, 22))


def question(field: str, *values: str) -> RoadQuestion:
    return RoadQuestion(field, MarkedWord("t", field), tuple((value, MarkedWord("t", value)) for value in values))


QUESTIONS = (question("work", "paid", "own", "none"), question("words"), question("safe", "1", "2", "3", "4"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24", {"work": "own", "safe": "4"}),
        ("2 4", {"work": "own", "safe": "4"}),
        ("04", {"safe": "4"}),
        ("3", {"work": "none"}),
        ("", {}),
        ("២៤", {"work": "own", "safe": "4"}),
    ],
)
def test_one_digit_answers_one_question_in_the_order_of_the_paper(typed, said) -> None:
    assert read_answers(typed, QUESTIONS) == said


@pytest.mark.parametrize("typed", ["44", "241", "x", "2x", "-1"])
def test_digits_that_the_paper_does_not_have_are_refused(typed) -> None:
    with pytest.raises(Refused):
        read_answers(typed, QUESTIONS)
