"""What marks count for, as properties."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.attendance import (
    Mark,
    MarkCode,
    MarkedSession,
    SessionRow,
    SessionState,
    Tally,
    attended_minutes,
    best_reachable_percent,
    out_of_reach,
    tally,
)
from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.course_tallies import course_tallies, joined
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import Learner, Register

lengths = st.integers(0, 600)
codes = st.sampled_from(MarkCode)
cells = st.builds(
    MarkedSession,
    st.sampled_from(SessionState),
    lengths,
    st.none() | codes,
    st.integers(0, 700),
    st.integers(0, 1000),
)


@given(codes, lengths, st.integers(0, 700), st.integers(0, 1000))
def test_minutes_attended_lie_between_none_and_the_whole_session(code, length, lost, weight) -> None:
    assert 0 <= attended_minutes(code, length, lost, weight) <= length


@given(st.lists(cells))
def test_every_held_session_is_counted_under_exactly_one_heading(many) -> None:
    total = tally(many)
    marked = total.present + total.late + total.left + total.excused + total.absent + total.institution
    assert marked + total.unmarked == total.held == sum(cell.state is SessionState.HELD for cell in many)


@given(st.lists(cells))
def test_the_percent_has_one_decimal_and_lies_between_0_and_100(many) -> None:
    percent = tally(many).percent
    if tally(many).minutes_due == 0:
        assert percent is None
    else:
        assert 0 <= percent <= 100
        assert round(percent, 1) == percent


@given(st.lists(cells))
def test_planned_and_cancelled_sessions_count_nowhere(many) -> None:
    assert tally(many) == tally(cell for cell in many if cell.state is SessionState.HELD)


@given(st.lists(cells), lengths)
def test_a_mark_of_the_prison_never_changes_the_percent(many, length) -> None:
    kept_away = MarkedSession(SessionState.HELD, length, MarkCode.INSTITUTION)
    assert tally([*many, kept_away]).percent == tally(many).percent
    assert tally([*many, kept_away]).minutes_institution == tally(many).minutes_institution + length


@given(st.lists(cells), st.integers(0, 5000))
def test_nobody_who_can_reach_the_goal_is_called_out_of_reach(many, open_minutes) -> None:
    total = tally(many)
    best = best_reachable_percent(total, open_minutes)
    assert out_of_reach(total, open_minutes) == (best is not None and best < 80)
    assert not out_of_reach(Tally(), open_minutes)


@pytest.mark.parametrize(
    ("attended", "due", "percent"), [(2, 3, 66.7), (1, 3, 33.3), (0, 180, 0.0), (180, 180, 100.0), (1, 16, 6.3)]
)
def test_the_percent_is_rounded_half_up(attended, due, percent) -> None:
    assert Tally(minutes_due=due, minutes_attended=attended).percent == percent


@st.composite
def whole_classes(draw):
    """Sessions of two months, two learners with dated enrolments that may overlap, and marks anywhere."""
    first = date(2026, 10, 1)
    states = st.sampled_from(SessionState)
    ends = st.integers(9, 12).map(time)
    sessions = tuple(
        SessionRow(number, 1, first + timedelta(days=number), time(8), draw(ends), draw(states))
        for number in range(1, draw(st.integers(1, 30)))
    )
    days = st.integers(0, 35).map(lambda number: first + timedelta(days=number))
    stays = {person: draw(st.lists(st.tuples(days, st.none() | days), max_size=3)) for person in (1, 2)}
    marks = {
        (session.id, person): Mark(
            session.id,
            person,
            draw(codes),
            draw(st.sampled_from([None, 7, 8])),
            draw(st.integers(0, 200)),
        )
        for session in sessions
        for person in (1, 2)
        if draw(st.booleans())
    }
    return sessions, stays, marks


@given(whole_classes())
def test_the_totals_of_a_class_equal_those_cell_by_cell(drawn) -> None:
    sessions, stays, marks = drawn
    weights = {None: 0, 7: 500, 8: 333}
    unusual = [
        (one.session_id, one.person_id, one.code.value, one.minutes, one.reason_id)
        for one in marks.values()
        if one.code is not MarkCode.PRESENT
    ]
    marked = {
        person: [
            session.minutes
            for session in sessions
            if session.state is SessionState.HELD
            and (session.id, person) in marks
            and any(first <= session.day and (last is None or session.day <= last) for first, last in stays[person])
        ]
        for person in (1, 2)
    }
    group = ClassRow(1, "K", "moto", "", "", 1, "SR", "", date(2026, 10, 1), date(2027, 1, 1), 0, 0)
    found = course_tallies(
        sessions,
        {person: joined(mine) for person, mine in stays.items()},
        {person: (len(minutes), sum(minutes)) for person, minutes in marked.items()},
        unusual,
        weights,
    )
    for person in (1, 2):
        learner = Learner(person, str(person), Names("ក"), None, guest=False, enrolled=tuple(stays[person]))
        register = Register(group, Month(2026, 10), (learner,), sessions, marks, {}, 0, weights)
        assert found.tallies[person] == register.tally_of(learner)
        still_open = sum(
            session.minutes
            for session in sessions
            if learner.enrolled_on(session.day)
            and session.state is not SessionState.CANCELLED
            and (session.state is SessionState.PLANNED or (session.id, person) not in marks)
        )
        assert found.open_minutes[person] == still_open
