"""Wherever a mark and a session that was planned again meet, the session is held: no figure leaves the mark out."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.services.exchange.conftest import Programme, person_id, said
from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.exchange import Decision
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.wiring import Desk

CLASS = "SR-MOTO-26"
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
AFTERNOON = date(2026, 10, 9)
ALL = ("HO", "A", "B")


def session_at(desk: Desk, starts: time, day: date | None = None):
    found = desk.classes.sessions(desk.classes.class_named(CLASS), FIRST, LAST)
    return next(each for each in found if each.starts == starts and day in (None, each.day))


def mark(desk: Desk, code: str, session: int) -> None:
    wish = SetMark(session, person_id(desk, code), MarkCode.PRESENT)
    desk.attendance.mark(desk.classes.class_named(CLASS), [wish])


def go_round(three: Programme) -> None:
    for _round in range(2):
        for road in (("A", "HO"), ("B", "HO"), ("HO", "A"), ("HO", "B")):
            three.carry(*road)


def require_held_everywhere(three: Programme, starts: time, day: date | None = None) -> None:
    for name in ALL:
        assert session_at(three[name], starts, day).state is SessionState.HELD, name
        assert all(line.sound for line in three[name].integrity.check()), name
        assert said(three[name]) == said(three["HO"])


def test_a_first_mark_taken_back_on_one_laptop_leaves_the_mark_of_another_in_a_held_session(three):
    laptop, office = three["A"], three["HO"]
    mark(laptop, "SR-26-0001", session_at(laptop, time(8)).id)
    three.carry("A", "HO")
    mark(office, "SR-26-0002", session_at(office, time(8)).id)
    laptop.attendance.undo(laptop.classes.class_named(CLASS))
    assert session_at(laptop, time(8)).state is SessionState.PLANNED
    go_round(three)
    require_held_everywhere(three, time(8))


@pytest.mark.parametrize("decision", [Decision.MINE, Decision.THEIRS])
def test_a_session_that_two_laptops_added_and_one_marked_is_held(three, decision):
    for name in ("A", "B"):
        classes = three[name].classes
        classes.add_session(classes.class_named(CLASS), AFTERNOON, time(13), time(15))
    mark(three["A"], "SR-26-0001", session_at(three["A"], time(13), AFTERNOON).id)
    go_round(three)
    for name in ALL:
        for conflict in three[name].exchange.conflicts():
            three[name].exchange.decide(conflict.id, decision)
    go_round(three)
    require_held_everywhere(three, time(13), AFTERNOON)
