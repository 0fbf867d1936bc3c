"""Forecasts on small classes that can be checked by hand, and the covering search against all sets there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.curricula import CertificateRule, Unit
from tlbb_desktop.domain.forecast import ClassPlan, LearnerPlan, Missed, Verdict, forecast
from tlbb_desktop.domain.make_ups import smallest_cover

DAY = date(2026, 11, 2)
UNITS = tuple(Unit(number, f"M0{number}", "ឯកតា", "Unit", 10) for number in (1, 2, 3, 4))
HOUR = 60


def learner(person: int = 1, **changes) -> LearnerPlan:
    """Ten hours of ten attended; the class ends after thirty more."""
    found = LearnerPlan(person, frozenset({1}), 600, 600, 600, 0, DAY + timedelta(days=30))
    return replace(found, **changes)


RULE = CertificateRule()


def plan(*learners: LearnerPlan, rule: CertificateRule = RULE, **changes) -> ClassPlan:
    """Unit M01 is taught; ten sessions of three hours are to come, one a day."""
    to_come = tuple((DAY + timedelta(days=day), 180) for day in range(10))
    return replace(ClassPlan(rule, UNITS, {1: 600}, to_come, {}, learners), **changes)


def only(found: ClassPlan):
    (outlook,) = forecast(found).outlooks
    return outlook


def test_somebody_who_was_always_there_and_has_time_is_on_track() -> None:
    outlook = only(plan(learner()))
    assert (outlook.verdict, outlook.best_percent, outlook.units_late) == (Verdict.ON_TRACK, 100.0, ())


def test_somebody_with_all_units_and_hours_is_done() -> None:
    ready = learner(competent=frozenset({1, 2, 3, 4}), due=2400, attended=2000, credited=2000)
    assert only(plan(ready, to_come=())).verdict is Verdict.DONE


def test_units_that_come_too_late_before_the_release_are_named() -> None:
    outlook = only(plan(learner(deadline=DAY + timedelta(days=6)), rule=CertificateRule(hours_percent=0)))
    assert (outlook.verdict, outlook.units_late) == (Verdict.CANNOT, (4,))
    by_attendance = CertificateRule(all_units=False, hours_percent=0)
    assert only(plan(learner(deadline=DAY + timedelta(days=6)), rule=by_attendance)).verdict is Verdict.ON_TRACK


def test_a_missed_unit_does_not_come_too_late_when_the_class_had_it_already() -> None:
    outlook = only(plan(learner(competent=frozenset()), rule=CertificateRule(hours_percent=0)))
    assert outlook.verdict is Verdict.ON_TRACK


def test_attendance_that_cannot_be_reached_is_repaired_by_the_fewest_make_ups() -> None:
    missed = tuple(Missed(session, 180, was_due=True) for session in range(1, 6))
    short = learner(due=3600, attended=2400, credited=2400, missed=missed)
    outlook = only(plan(short, to_come=((DAY, 180),), taught={1: 600, 2: 600, 3: 600, 4: 600}))
    assert (outlook.verdict, outlook.attendance_short) == (Verdict.MAKE_UPS, 444)
    assert len(outlook.make_ups) == 3
    assert only(plan(replace(short, missed=missed[:2]), to_come=())).verdict is Verdict.CANNOT


def test_a_session_that_was_not_due_gives_its_hours_but_a_fifth_to_attendance() -> None:
    lockdown = tuple(Missed(session, 180, was_due=False) for session in range(1, 11))
    short = learner(due=1000, attended=700, credited=2400, missed=lockdown)
    outlook = only(plan(short, to_come=(), taught={1: 600, 2: 600, 3: 600, 4: 600}))
    assert (outlook.attendance_short, len(outlook.make_ups)) == (100, 3)


def test_one_set_of_make_ups_serves_the_whole_class() -> None:
    done = {1: 600, 2: 600, 3: 600, 4: 600}
    first = learner(1, credited=1800, missed=(Missed(7, 180, True), Missed(8, 180, True)))
    second = learner(2, credited=1800, missed=(Missed(8, 180, True), Missed(9, 180, True)))
    found = forecast(plan(first, second, to_come=(), taught=done))
    assert (found.make_ups, found.proven) == ((8,), True)
    assert [each.make_ups for each in found.outlooks] == [(8,), (8,)]
    again = forecast(plan(first, second, to_come=(), taught=done, repaired={8: DAY}))
    assert (again.make_ups, again.count(Verdict.ON_TRACK)) == ((), 2)


def test_a_make_up_that_is_planned_after_somebody_left_does_not_help_this_learner() -> None:
    done = {1: 600, 2: 600, 3: 600, 4: 600}
    stays = learner(1, credited=1800, missed=(Missed(8, 180, True),))
    leaves = learner(2, credited=1800, missed=(Missed(8, 180, True),), deadline=DAY + timedelta(days=2))
    found = forecast(plan(stays, leaves, to_come=(), taught=done, repaired={8: DAY + timedelta(days=3)}))
    assert [each.verdict for each in found.outlooks] == [Verdict.ON_TRACK, Verdict.MAKE_UPS]
    assert found.outlooks[1].make_ups == (8,)


def test_a_unit_that_the_class_had_already_is_not_late_because_an_earlier_one_was_skipped() -> None:
    soon = learner(competent=frozenset({1, 4}), deadline=DAY)
    outlook = only(plan(soon, taught={1: 600, 3: 600}, rule=CertificateRule(hours_percent=0)))
    assert outlook.units_late == (2,)


def test_somebody_who_left_the_list_is_not_in_the_forecast() -> None:
    assert only(plan(learner(deadline=None))).verdict is Verdict.LEFT


@st.composite
def covers(draw):
    sessions = draw(st.integers(1, 7))
    needs = draw(st.integers(1, 4))
    gains = {
        session: {need: draw(st.sampled_from((0, 60, 120, 180))) for need in range(needs)}
        for session in range(sessions)
    }
    wanted = {need: draw(st.integers(0, sum(each[need] for each in gains.values()))) for need in range(needs)}
    return wanted, gains


@given(covers())
def test_the_cover_is_enough_and_no_smaller_set_is(drawn) -> None:
    wanted, gains = drawn

    def enough(sessions) -> bool:
        return all(sum(gains[session][need] for session in sessions) >= least for need, least in wanted.items())

    found = smallest_cover(wanted, gains)
    assert enough(found.sessions)
    if found.proven:
        smaller = combinations(gains, len(found.sessions) - 1) if found.sessions else ()
        assert not any(enough(sessions) for sessions in smaller)


@pytest.mark.parametrize("people", [40])
def test_a_whole_class_with_many_who_are_short_gets_a_set_that_repairs_them(people) -> None:
    learners = [
        learner(
            person,
            due=36000,
            attended=27000 + 60 * person,
            credited=27000,
            missed=tuple(Missed(session, 180, True) for session in range(200) if (session * 7 + person * 13) % 5 == 0),
        )
        for person in range(1, people + 1)
    ]
    found = forecast(plan(*learners, to_come=(), taught={1: 600, 2: 600, 3: 600, 4: 600}))
    by_person = {each.person_id: each for each in learners}
    for outlook in found.outlooks:
        if outlook.verdict is Verdict.MAKE_UPS:
            gained = sum(
                each.minutes for each in by_person[outlook.person_id].missed if each.session_id in found.make_ups
            )
            assert gained >= max(outlook.attendance_short, outlook.hours_short)
