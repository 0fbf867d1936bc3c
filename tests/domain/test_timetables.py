"""From a weekly timetable to lessons."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.classes import TimetableSlot, Weekday
from tlbb_desktop.domain.errors import Refused, UsageError
from tlbb_desktop.domain.timetables import check_timetable, lessons, parse_times, parse_weekdays, read_time

MORNING = (time(8), time(11))
weekdays = st.sets(st.sampled_from(Weekday), min_size=1)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(weekdays, days, st.integers(0, 400), st.sets(st.integers(0, 400)))
def test_there_is_a_lesson_on_each_weekday_of_the_timetable_that_is_not_off(chosen, first, length, off) -> None:
    slots = tuple(TimetableSlot(day, *MORNING) for day in chosen)
    days_off = {first + timedelta(days=number) for number in off}
    last = first + timedelta(days=length)
    found = [lesson.day for lesson in lessons(slots, first, last, days_off)]
    every_day = [first + timedelta(days=number) for number in range(length + 1)]
    assert found == [day for day in every_day if day.weekday() in chosen and day not in days_off]


def test_two_lessons_of_a_day_come_in_order_of_time() -> None:
    slots = (TimetableSlot(Weekday.MON, time(14), time(16)), TimetableSlot(Weekday.MON, *MORNING))
    monday = date(2026, 10, 5)
    assert [lesson.starts for lesson in lessons(slots, monday, monday, ())] == [time(8), time(14)]


@pytest.mark.parametrize(
    ("slots", "last", "said"),
    [
        ((), date(2026, 12, 1), "no day"),
        ((TimetableSlot(Weekday.MON, time(11), time(8)),), date(2026, 12, 1), "ends before"),
        ((TimetableSlot(Weekday.MON, *MORNING),), date(2026, 9, 1), "ends before it starts"),
        ((TimetableSlot(Weekday.MON, *MORNING),), date(2036, 9, 1), "three years"),
        (
            (TimetableSlot(Weekday.MON, *MORNING), TimetableSlot(Weekday.MON, time(10), time(12))),
            date(2026, 12, 1),
            "overlap",
        ),
    ],
)
def test_a_timetable_that_cannot_be_kept_is_refused(slots, last, said) -> None:
    with pytest.raises(Refused, match=said):
        check_timetable(slots, date(2026, 10, 1), last)


def test_days_and_times_are_read_as_the_command_line_writes_them() -> None:
    assert parse_weekdays("thu, Mon,tuesday") == (Weekday.MON, Weekday.TUE, Weekday.THU)
    assert parse_times("8:00-11:30") == (time(8), time(11, 30))
    assert parse_times("០៨:០០-១១:០០") == (time(8), time(11))


@pytest.mark.parametrize("text", ["", "8-11", "08:00", "08:00-11:00-12:00", "25:00-26:00", "08:00:30-11:00", "x-y"])
def test_other_times_are_refused(text) -> None:
    with pytest.raises(UsageError):
        parse_times(text)


@pytest.mark.parametrize("text", ["", "mon,xyz", "1,2", ","])
def test_other_days_are_refused(text) -> None:
    with pytest.raises(UsageError):
        parse_weekdays(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("0830", time(8, 30)), ("830", time(8, 30)), ("8", time(8)), ("14.05", time(14, 5)), ("០៨៣០", time(8, 30))],
)
def test_a_time_is_read_as_people_write_it(text, moment) -> None:
    assert read_time(text) == moment


@given(st.times(), st.sampled_from(["%H%M", "%H:%M", "%H.%M"]))
def test_every_minute_of_the_day_is_read_back(moment, pattern) -> None:
    assert read_time(moment.strftime(pattern)) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize("text", ["", " ", "24", "25:00", "0860", "83000", "8:3", "-8", "noon", "8::30"])
def test_what_is_no_time_of_day_is_refused(text) -> None:
    with pytest.raises(Refused):
        read_time(text)
