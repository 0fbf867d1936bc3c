"""Hours of units: what sessions teach, what lateness costs, and that a make-up credits hours once."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.classes import Holiday
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.unit_hours import Part


def minutes(workshop, person: int, code: str = "M01") -> int:
    return workshop.row(person).minutes.get(workshop.unit_id(code), 0)


def test_a_new_class_begins_with_the_first_unit_and_a_session_teaches_it_for_all_its_minutes(workshop) -> None:
    workshop.room.mark(5, 0, "present")
    workshop.room.mark(5, 1, "late", 20)
    workshop.room.mark(5, 2, "left", 40)
    workshop.room.mark(5, 3, "absent")
    assert [minutes(workshop, person) for person in range(5)] == [180, 160, 140, 0, 0]
    board = workshop.board()
    assert board.unit_today == workshop.unit_id("M01")
    assert board.taught == {workshop.unit_id("M01"): 180}


def test_from_the_day_of_a_change_sessions_teach_the_next_unit(workshop) -> None:
    workshop.desk.teaching.set_unit(workshop.class_id, workshop.unit_id("M02"), date(2026, 10, 8))
    for day in (7, 8):
        workshop.room.mark(day, 0, "present")
    assert (minutes(workshop, 0, "M01"), minutes(workshop, 0, "M02")) == (180, 180)
    workshop.desk.teaching.set_unit(workshop.class_id, workshop.unit_id("M03"), date(2026, 10, 8))
    assert (minutes(workshop, 0, "M02"), minutes(workshop, 0, "M03")) == (0, 180)
    with pytest.raises(Refused, match="outside the time"):
        workshop.desk.teaching.set_unit(workshop.class_id, workshop.unit_id("M03"), date(2026, 12, 8))


def test_a_unit_that_somebody_else_set_meanwhile_is_not_overwritten_unseen(workshop) -> None:
    teaching, day = workshop.desk.teaching, date(2026, 10, 8)
    units = [workshop.unit_id(code) for code in ("M02", "M03")]
    teaching.set_unit(workshop.class_id, units[0], day, version=0)
    with pytest.raises(ChangedMeanwhile):
        teaching.set_unit(workshop.class_id, units[1], day, version=0)
    (_first, seen) = teaching.spells(workshop.class_id)
    teaching.set_unit(workshop.class_id, units[1], day, version=seen.version)
    with pytest.raises(ChangedMeanwhile):
        teaching.set_unit(workshop.class_id, units[0], day, version=seen.version)
    assert teaching.spells(workshop.class_id)[1].unit_id == units[1]


def test_a_session_may_teach_several_units_and_lateness_is_lost_from_the_first(workshop) -> None:
    session = workshop.room.session(5)
    parts = (Part(workshop.unit_id("M01"), 60), Part(workshop.unit_id("M02"), 120))
    workshop.desk.teaching.set_parts(session.id, parts, session.version)
    assert workshop.desk.teaching.parts(session.id) == parts
    workshop.room.mark(5, 0, "late", 90)
    workshop.room.mark(5, 1, "left", 150)
    assert (minutes(workshop, 0, "M01"), minutes(workshop, 0, "M02")) == (0, 90)
    assert (minutes(workshop, 1, "M01"), minutes(workshop, 1, "M02")) == (30, 0)


def test_more_minutes_than_the_session_has_are_refused(workshop) -> None:
    session = workshop.room.session(5)
    units = workshop.unit_id("M01"), workshop.unit_id("M02")
    for parts, said in (
        ((Part(units[0], 100), Part(units[1], 81)), "do not fit"),
        ((Part(units[0], 0),), "at least one minute"),
        ((Part(units[0], 10), Part(units[0], 10)), "twice"),
    ):
        with pytest.raises(Refused, match=said):
            workshop.desk.teaching.set_parts(session.id, parts, session.version)
    workshop.desk.teaching.set_parts(session.id, (Part(units[0], 180),), session.version)
    with pytest.raises(ChangedMeanwhile):
        workshop.desk.teaching.set_parts(session.id, (), session.version)


def test_a_planned_session_that_says_what_it_teaches_stays_when_its_day_becomes_a_holiday(workshop) -> None:
    workshop.room.clock.moment = datetime(2026, 10, 20, 8, tzinfo=CAMBODIA)
    session = workshop.room.session(28)
    parts = (Part(workshop.unit_id("M02"), 60), Part(workshop.unit_id("M01"), 120))
    workshop.desk.teaching.set_parts(session.id, parts, session.version)
    workshop.desk.calendar.save(Holiday(session.day, "ថ្ងៃឈប់", "Day off"), None)
    assert workshop.room.session(28).id == session.id
    assert workshop.desk.teaching.parts(session.id) == parts


def test_a_make_up_teaches_what_it_repairs_and_credits_hours_once(workshop) -> None:
    missed = workshop.room.session(5)
    workshop.desk.teaching.set_unit(workshop.class_id, workshop.unit_id("M02"), date(2026, 10, 8))
    workshop.room.mark(5, 0, "present")
    workshop.room.mark(5, 1, "absent")
    workshop.room.mark(5, 2, "late", 30)
    repair = workshop.room.classes.add_session(
        workshop.class_id, date(2026, 10, 16), time(13), time(16), repairs=missed.id
    )
    for person in range(3):
        workshop.room.mark(16, person, "present")
    assert workshop.desk.teaching.parts(repair) == (Part(workshop.unit_id("M01"), 180),)
    assert [minutes(workshop, person) for person in range(3)] == [180, 180, 180]
    assert [minutes(workshop, person, "M02") for person in range(3)] == [0, 0, 0]
    assert workshop.board().taught == {workshop.unit_id("M01"): 180}


def test_a_make_up_of_a_cancelled_session_is_a_session_like_any_other(workshop) -> None:
    from tlbb_desktop.domain.attendance import SessionState
    from tlbb_desktop.domain.register import SetSession

    missed = workshop.room.session(5)
    reason = workshop.room.reason("cancelled", "power-cut")
    workshop.room.attendance.set_session(SetSession.of(missed, SessionState.CANCELLED, reason))
    workshop.room.classes.add_session(workshop.class_id, date(2026, 10, 16), time(13), time(16), repairs=missed.id)
    workshop.room.mark(16, 0, "present")
    assert minutes(workshop, 0) == 180
    assert workshop.board().taught == {workshop.unit_id("M01"): 180}


def test_marks_outside_the_enrolment_credit_nothing(workshop) -> None:
    for day in (5, 13):
        workshop.room.mark(day, 0, "present")
    enrolment = next(
        each for each in workshop.desk.classes.enrolments(workshop.class_id) if each.person_id == workshop.people[0]
    )
    workshop.desk.classes.end_enrolment(enrolment.id, date(2026, 10, 10))
    assert minutes(workshop, 0) == 180
    assert not workshop.row(0).on_list


def test_a_class_whose_people_were_entered_years_apart_is_counted_like_any_other(workshop) -> None:
    """Rows far from each other do not fit into one block of the bits that those present are read as."""
    room, far = workshop.room, []
    for number in range(2):
        for gap in range(150):
            room.add_person(Names("ឆ្ងាយ", str(gap), "FAR", str(gap)), f"F-{number}-{gap:03d}")
        far.append(room.add_person(Names("សុខ", str(number), "SOK", str(number)), f"Z-{number}"))
    workshop.desk.classes.enrol(workshop.class_id, far, starts_on=date(2026, 10, 7))
    everybody = [*workshop.people, *far]
    for day in (5, 7, 8):
        here = [SetMark(room.session(day).id, person, MarkCode.PRESENT) for person in everybody]
        room.attendance.mark(workshop.class_id, here if day > 5 else here[:5])
    rows = {row.person_id: row for row in workshop.board().learners}
    m01 = workshop.unit_id("M01")
    assert [rows[person].minutes.get(m01, 0) for person in everybody] == [540] * 5 + [360] * 2
    assert [rows[person].totals.present for person in everybody] == [3] * 5 + [2] * 2
