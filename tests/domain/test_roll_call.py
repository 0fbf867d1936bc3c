"""The bits of a roll call say what its lists of people say."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.attendance import SessionRow, SessionState
from tlbb_desktop.domain.course_tallies import joined
from tlbb_desktop.domain.roll_call import BLOCK, HeadCount, RollCall, blocks_of

FIRST = date(2026, 10, 1)
DAYS = st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number))
#: Far apart, so that a class needs several blocks of bits.
PEOPLE = st.integers(1, 5 * BLOCK)


def session(number: int, day: date) -> SessionRow:
    return SessionRow(number, 1, day, time(8), time(11), SessionState.HELD)


@given(st.dictionaries(PEOPLE, st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=3), max_size=8), st.lists(DAYS))
def test_the_list_of_each_day_holds_exactly_those_who_were_enrolled_on_it(stays, days) -> None:
    sessions = [session(number, day) for number, day in enumerate(sorted(days), 1)]
    roll = RollCall(sessions, {person: joined(theirs) for person, theirs in stays.items()})
    for each in sessions:
        there = {
            person
            for person, theirs in stays.items()
            if any(first <= each.day and (last is None or each.day <= last) for first, last in theirs)
        }
        assert set(roll.people(roll.enrolled(each.id))) == there
        marks = [(each.id, person, "absent", 0, None) for person in stays]
        assert {mark[1] for mark in roll.while_enrolled(marks)} == there


@given(st.lists(st.sets(st.sampled_from([3, 4, 64, 65, 66, 900]))))
def test_a_head_count_counts_each_learner_as_often_as_the_bit_was_set(columns) -> None:
    people = (3, 4, 64, 65, 66, 900)
    roll, count = RollCall([], {person: [(FIRST, None)] for person in people}), HeadCount()
    for column in columns:
        count.add(sum(roll.bit(person) for person in column))
    assert dict(roll.counted(count)) == {
        person: times for person in people if (times := sum(person in column for column in columns))
    }


def test_somebody_who_was_marked_but_never_enrolled_is_on_no_list() -> None:
    roll = RollCall([session(1, FIRST)], {5: [(FIRST, None)]})
    assert roll.while_enrolled([(1, 6, "absent", 0, None), (1, 5, "late", 9, None)]) == [(1, 5, "late", 9, None)]
    assert list(roll.people(roll.present([(1, 0b11)])[1])) == [5]


def test_a_block_begins_with_the_first_row_that_none_before_it_holds() -> None:
    assert blocks_of([70, 9, 8, 69, 71]) == (8, 70)
    assert blocks_of([]) == ()
