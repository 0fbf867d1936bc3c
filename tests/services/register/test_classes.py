"""Classes, their sessions over the holidays, and who is on the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.classes import (
    HIGHEST_LIST_NUMBER,
    Course,
    Holiday,
    RosterOrder,
    TimetableSlot,
    Weekday,
    read_list_number,
)
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.calendar import CalendarService

OCTOBER = Month(2026, 10)
HELD_IN_OCTOBER = [1, 5, 6, 7, 8, 13, 14, 19, 20, 21, 22, 26, 27, 28]


def days(room) -> list[int]:
    return [session.day.day for session in room.sessions()]


@pytest.fixture
def calendar(room) -> CalendarService:
    return CalendarService(room.desk.office)


def test_sessions_are_planned_over_the_holidays_of_cambodia(room) -> None:
    assert days(room) == HELD_IN_OCTOBER
    assert {session.state for session in room.sessions()} == {SessionState.PLANNED}


def test_a_new_holiday_takes_its_untouched_sessions_away_and_gives_them_back(room, calendar) -> None:
    room.mark(6, 0, "present")
    for day in (5, 6):
        calendar.save(Holiday(date(2026, 10, day), "ថ្ងៃឈប់", "Day off"), None)
    assert days(room) == [1, 6, *HELD_IN_OCTOBER[3:]]
    fifth = date(2026, 10, 5)
    calendar.remove(calendar.holidays(fifth, fifth)[fifth])
    assert days(room) == HELD_IN_OCTOBER


def test_a_holiday_that_became_a_working_day_has_sessions(room, calendar, new_class) -> None:
    pchum_ben = date(2026, 10, 12)
    seen = calendar.holidays(pchum_ben, pchum_ben)[pchum_ben]
    calendar.save(replace(seen, working=True), seen)
    assert 12 in days(room)
    assert calendar.holidays(pchum_ben, pchum_ben)[pchum_ben].working
    other = room.classes.save(new_class("SR-LIFE-26"))
    assert room.classes.sessions(other, pchum_ben, pchum_ben)


def test_the_register_names_holidays_without_a_session(room, calendar) -> None:
    calendar.save(Holiday(date(2026, 10, 13), "ថ្ងៃ", "Extra day", working=True), None)
    named = room.attendance.register(room.class_id, OCTOBER).holidays
    assert [day.day for day in named] == [10, 11, 12, 15, 29]
    assert named[date(2026, 10, 29)][1] == "HM King Norodom Sihamoni's Coronation Day"


def test_a_new_timetable_counts_from_the_day_after_the_last_session_worked_with(room) -> None:
    room.clock.moment = datetime(2026, 10, 14, 8, tzinfo=CAMBODIA)
    room.mark(7, 0, "present")
    group = room.classes.group(room.class_id)
    friday = (TimetableSlot(Weekday.FRI, time(8), time(11)),)
    room.classes.save(replace(group, timetable=friday))
    assert days(room) == [1, 5, 6, 7, 9, 16, 23, 30]


def test_a_later_lesson_time_replaces_the_planned_one_once(room) -> None:
    group = room.classes.group(room.class_id)
    room.classes.save(replace(group, timetable=tuple(replace(slot, starts=time(9)) for slot in group.timetable)))
    assert days(room) == HELD_IN_OCTOBER
    assert {session.starts for session in room.sessions()} == {time(9)}


def test_sessions_added_by_hand_or_worked_with_survive_every_change(room) -> None:
    room.classes.add_session(room.class_id, date(2026, 10, 31), time(8), time(10))
    room.attendance.set_session(
        SetSession.of(room.session(28), SessionState.CANCELLED, room.reason("cancelled", "power-cut"))
    )
    make_up = room.classes.add_session(room.class_id, date(2026, 10, 30), time(8), time(11), room.session(28).id)
    group = room.classes.group(room.class_id)
    room.clock.moment = datetime(2026, 10, 1, 7, tzinfo=CAMBODIA)
    room.classes.save(replace(group, timetable=(TimetableSlot(Weekday.TUE, time(8), time(11)),)))
    assert days(room) == [6, 13, 20, 27, 28, 30, 31]
    assert next(one for one in room.sessions() if one.id == make_up).repairs_session_id == room.session(28).id


def test_a_longer_class_gets_the_sessions_of_the_new_days(room) -> None:
    room.mark(1, 0, "present")
    group = room.classes.group(room.class_id)
    room.classes.save(replace(group, starts_on=date(2026, 9, 28)))
    september = room.classes.sessions(room.class_id, date(2026, 9, 1), date(2026, 9, 30))
    assert [session.day.day for session in september] == [28, 29, 30]
    assert days(room) == HELD_IN_OCTOBER


def test_two_sessions_never_lie_at_the_same_time(room, new_class) -> None:
    with pytest.raises(Refused, match="at this time already"):
        room.classes.add_session(room.class_id, date(2026, 10, 1), time(10), time(12))
    other = room.classes.save(new_class("SR-LIFE-26"))
    elsewhere = room.classes.sessions(other, date(2026, 10, 1), date(2026, 10, 1))[0]
    with pytest.raises(Refused, match="same class"):
        room.classes.add_session(room.class_id, date(2026, 10, 2), time(8), time(9), elsewhere.id)


def test_a_class_needs_a_code_of_its_own_and_stays_at_its_prison(room, new_class) -> None:
    with pytest.raises(Refused, match="SR-MOTO-26"):
        room.classes.save(new_class())
    with pytest.raises(Refused, match="short word"):
        room.classes.save(new_class("two words"))
    group = room.classes.group(room.class_id)
    with pytest.raises(Refused, match="stays at its prison"):
        room.classes.save(replace(group, prison_id=room.prison_id + 1))
    room.classes.save(group)
    with pytest.raises(ChangedMeanwhile):
        room.classes.save(group)


def test_all_means_active_participants_who_stay_there_today(room, new_class) -> None:
    room.add_person(Names("ញ៉ែម", "ក"), "M1", kind="mother")
    room.add_person(Names("ញ៉ែម", "ខ"), "W1", status="withdrawn")
    room.add_person(Names("ញ៉ែម", "គ"), "E1", prison_id=room.prison_id + 1)
    late = room.add_person(Names("ញ៉ែម", "ឃ"), "N1")
    assert room.classes.enrol(room.class_id, starts_on=date(2026, 10, 19)) == 1
    assert room.classes.enrol(room.class_id) == 0
    found = next(one for one in room.classes.enrolments(room.class_id) if one.person_id == late)
    assert (found.starts_on, found.list_number) == (date(2026, 10, 19), 6)


def test_somebody_at_another_prison_is_refused_by_code_and_nobody_is_enrolled(room, new_class) -> None:
    other = room.classes.save(new_class("SR-LIFE-26"))
    away = room.add_person(Names("ញ៉ែម", "គ"), "E1", prison_id=room.prison_id + 1)
    with pytest.raises(Refused, match="E1"):
        room.classes.enrol(other, [room.people[0], away])
    assert room.classes.enrolments(other) == ()


def test_who_left_can_come_back_after_their_last_day(room) -> None:
    enrolment = next(one for one in room.classes.enrolments(room.class_id) if one.person_id == room.people[0])
    room.classes.end_enrolment(enrolment.id, date(2026, 10, 6), "transfer")
    assert room.classes.enrol(room.class_id) == 0
    assert room.classes.enrol(room.class_id, [room.people[0]]) == 1
    assert room.classes.enrol(room.class_id, [room.people[0]]) == 0
    stays = [one for one in room.classes.enrolments(room.class_id) if one.person_id == room.people[0]]
    assert [(one.starts_on.day, one.ends_on and one.ends_on.day) for one in stays] == [(1, 6), (7, None)]
    assert len(room.attendance.register(room.class_id, OCTOBER).learners) == 5


def test_the_roster_is_as_of_the_days_of_the_month(room) -> None:
    enrolment = next(one for one in room.classes.enrolments(room.class_id) if one.person_id == room.people[0])
    room.classes.end_enrolment(enrolment.id, date(2026, 10, 6))
    october = {one.person_id: one for one in room.attendance.register(room.class_id, OCTOBER).learners}
    assert october[room.people[0]].enrolled_on(date(2026, 10, 6))
    assert not october[room.people[0]].enrolled_on(date(2026, 10, 7))
    november = room.attendance.register(room.class_id, Month(2026, 11)).learners
    assert room.people[0] not in {one.person_id for one in november}


def test_who_was_enrolled_by_mistake_never_stood_on_the_list(room) -> None:
    enrolment = next(one for one in room.classes.enrolments(room.class_id) if one.person_id == room.people[0])
    with pytest.raises(Refused, match="before the enrolment began"):
        room.classes.end_enrolment(enrolment.id, date(2026, 9, 29))
    room.classes.end_enrolment(enrolment.id, date(2026, 9, 30))
    assert room.people[0] not in {one.person_id for one in room.attendance.register(room.class_id, OCTOBER).learners}


def test_an_enrolment_begins_within_the_class(room, new_class) -> None:
    with pytest.raises(Refused, match="outside"):
        room.classes.enrol(room.class_id, starts_on=date(2026, 9, 30))


def test_learners_stand_in_khmer_order_or_in_that_of_the_prisons_list(room) -> None:
    learners = room.attendance.register(room.class_id, OCTOBER).learners
    assert [one.names.family_km for one in learners] == ["ខៀវ", "គឹម", "ចាន់", "លី", "ស៊ិន"]
    group = room.classes.group(room.class_id)
    room.classes.save(replace(group, order=RosterOrder.PRISON_LIST))
    learners = room.attendance.register(room.class_id, OCTOBER).learners
    assert [one.person_id for one in learners] == room.people


def test_a_number_on_the_prisons_list_moves_the_learner_on_the_register(room, desk_as) -> None:
    room.classes.save(replace(room.classes.group(room.class_id), order=RosterOrder.PRISON_LIST))
    first = next(one for one in room.classes.enrolments(room.class_id) if one.person_id == room.people[0])
    room.classes.set_list_number(first.id, 9, first.version)
    learners = [one.person_id for one in room.attendance.register(room.class_id, OCTOBER).learners]
    assert learners == [*room.people[1:], room.people[0]]
    with pytest.raises(ChangedMeanwhile):
        room.classes.set_list_number(first.id, 3, first.version)
    room.classes.set_list_number(first.id, None, first.version + 1)
    assert next(one for one in room.classes.enrolments(room.class_id) if one.id == first.id).list_number is None
    assert "list_number" in {event.kind for event in room.desk.audit.events()}
    with pytest.raises(NotPermitted):
        room.as_staff(desk_as(Role.LIAISON)).classes.set_list_number(first.id, 1, first.version + 2)


@pytest.mark.parametrize("number", [-5, 0, HIGHEST_LIST_NUMBER + 1])
def test_a_number_that_no_list_has_is_refused_whoever_asks(room, number) -> None:
    first = room.classes.enrolments(room.class_id)[0]
    with pytest.raises(Refused, match="from 1 to 9999"):
        room.classes.set_list_number(first.id, number, first.version)
    assert room.classes.enrolments(room.class_id)[0] == first


def test_a_number_is_given_once_among_those_who_are_on_the_list(room) -> None:
    first, second = room.classes.enrolments(room.class_id)[:2]
    with pytest.raises(Refused, match=f"{second.shown_name} has the number {second.list_number}"):
        room.classes.set_list_number(first.id, second.list_number, first.version)
    assert room.classes.enrolments(room.class_id)[0] == first
    room.classes.set_list_number(second.id, second.list_number, second.version)
    room.classes.end_enrolment(second.id, date(2026, 10, 6))
    room.classes.set_list_number(first.id, second.list_number, first.version)
    assert room.classes.enrolments(room.class_id)[0].list_number == second.list_number


def test_after_the_highest_number_people_are_enrolled_without_one(room) -> None:
    first = room.classes.enrolments(room.class_id)[0]
    room.classes.set_list_number(first.id, HIGHEST_LIST_NUMBER, first.version)
    late = room.add_person(Names("ញ៉ែម", "ឃ"), "N1")
    assert room.classes.enrol(room.class_id) == 1
    assert [one.list_number for one in room.classes.enrolments(room.class_id) if one.person_id == late] == [None]


def test_the_audit_tells_which_number_was_given(room) -> None:
    first = room.classes.enrolments(room.class_id)[0]
    room.classes.set_list_number(first.id, 41, first.version)
    room.classes.set_list_number(first.id, None, first.version + 1)
    told = [event.detail for event in room.desk.audit.events(2)]
    assert told == [f"enrolment:{first.id} number:none", f"enrolment:{first.id} number:41"]


@pytest.mark.parametrize(("text", "number"), [("12", 12), (" ១២ ", 12), ("", None), ("  ", None), ("9999", 9999)])
def test_a_list_number_is_read_in_the_digits_of_either_script(text, number) -> None:
    assert read_list_number(text) == number


@pytest.mark.parametrize("text", ["0", "-1", "10000", "1a", "1.5", "²"])
def test_what_no_list_has_is_refused(text) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read_list_number(text)


def test_the_list_of_classes_counts_todays_roster_and_stops_at_ones_own_prisons(room, new_class, desk_as) -> None:
    room.classes.save(new_class("SR-AAA-26", starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 31)))
    rows = room.classes.classes()
    assert [(row.code, row.learners, row.female) for row in rows] == [("SR-AAA-26", 0, 0), ("SR-MOTO-26", 5, 1)]
    assert [row.code for row in room.classes.classes(on=date(2026, 10, 30))] == ["SR-MOTO-26"]
    assert room.classes.row(room.class_id).course_code == "moto"
    stranger = room.as_staff(desk_as(Role.TRAINER, prisons=frozenset({room.prison_id + 1})))
    assert stranger.classes.classes() == ()
    with pytest.raises(NotPermitted):
        stranger.classes.group(room.class_id)
    with pytest.raises(NotPermitted):
        stranger.classes.classes(prison_id=room.prison_id)


def test_courses_are_edited_by_managers(room, desk_as) -> None:
    new = room.classes.save_course(Course(None, "cooking", "ធ្វើម្ហូប", "Cooking"))
    assert room.classes.course_named("cooking") == new
    with pytest.raises(Refused, match="cooking"):
        room.classes.save_course(Course(None, "cooking", "x", "x"))
    stored = next(course for course in room.classes.courses() if course.id == new)
    room.classes.save_course(replace(stored, active=False))
    assert "cooking" not in {course.code for course in room.classes.courses(active_only=True)}
    with pytest.raises(NotFound, match="moto"):
        room.classes.course_named("surfing")
    with pytest.raises(NotPermitted):
        room.as_staff(desk_as(Role.TRAINER)).classes.save_course(Course(None, "x", "x", "x"))
