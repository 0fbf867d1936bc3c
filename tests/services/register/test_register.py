"""The register as one view, and what it costs."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from sqlalchemy import event, text

from tlbb_desktop.data.models import Enrolment
from tlbb_desktop.data.queries.register import MARKED_WHILE_THERE, UNUSUAL_MARKS
from tlbb_desktop.domain.attendance import MarkCode, SessionState, out_of_reach
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.domain.staff import Role

OCTOBER = Month(2026, 10)


@pytest.fixture
def questions(room):
    return room.desk.questions


def test_totals_and_percent_follow_the_rule(room) -> None:
    court = room.reason("institution", "court")
    room.mark(1, 0, "present")
    room.mark(5, 0, "late", 30)
    room.mark(6, 0, "left", 60)
    room.mark(7, 0, "absent")
    room.mark(8, 0, "excused")
    room.mark(13, 0, "institution", reason_id=court)
    room.mark(14, 1, "present")
    tally = room.tally(0)
    assert (tally.held, tally.present, tally.late, tally.left) == (7, 1, 1, 1)
    assert (tally.absent, tally.excused, tally.institution, tally.unmarked) == (1, 1, 1, 1)
    assert (tally.minutes_due, tally.minutes_attended, tally.minutes_institution) == (900, 450, 180)
    assert tally.percent == 50.0


def test_an_excuse_without_a_reason_weighs_what_the_setting_says(room) -> None:
    room.mark(1, 0, "excused")
    assert room.tally(0).percent == 0.0
    room.desk.settings.put("excused_weight", 500)
    assert room.tally(0).percent == 50.0
    assert room.attendance.register(room.class_id, OCTOBER).weights[None] == 500


def test_who_can_no_longer_reach_the_goal_is_known_from_the_whole_class(room) -> None:
    person, other = room.people[:2]
    whole = len(room.classes.sessions(room.class_id, date.min, date.max))
    assert room.attendance.course_tallies(room.class_id).open_minutes[person] == whole * 180
    for day in (1, 5, 6, 7, 8, 13):
        room.mark(day, 0, "absent")
    course = room.attendance.course_tallies(room.class_id)
    assert course.tallies[person].absent == 6
    assert course.open_minutes[person] == (whole - 6) * 180
    assert out_of_reach(course.tallies[person], course.open_minutes[person])
    assert not out_of_reach(course.tallies[other], course.open_minutes[other])


def test_the_totals_of_the_class_are_those_of_its_cells(room) -> None:
    reason = room.reason("excused", "sick")
    for day in (1, 5, 6, 7):
        room.attendance.rest_present(room.class_id, room.session(day).id)
    room.mark(1, 0, "excused", reason_id=reason)
    room.mark(5, 0, "late", 15)
    room.mark(6, 1, "institution")
    room.mark(7, 1, None)
    room.mark(7, 2, "left", 20)
    room.mark(8, 2, "absent")
    room.attendance.set_session(SetSession.of(room.session(5), SessionState.HELD, None, time(8, 30), time(10)))
    room.attendance.set_session(
        SetSession.of(room.session(6), SessionState.CANCELLED, room.reason("cancelled", "power-cut"))
    )
    with room.desk.office.store.write() as session:
        stays = {one.person_id: one for one in session.query(Enrolment)}
        stays[room.people[2]].ends_on = date(2026, 10, 6)  # the marks of the 7th and 8th stay behind
        stays[room.people[3]].ends_on = date(2026, 10, 5)
        again = Enrolment(class_id=room.class_id, person_id=room.people[3], starts_on=date(2026, 10, 2), end_reason="")
        again.created_at = again.changed_at = room.clock.now()
        session.add(again)
    register, course = room.attendance.register(room.class_id, OCTOBER), room.attendance.course_tallies(room.class_id)
    for learner in register.learners:
        assert course.tallies[learner.person_id] == register.tally_of(learner)


def test_a_guest_stands_last_for_their_days_and_can_be_marked(room) -> None:
    guest = room.attendance.add_guest(room.class_id, date(2026, 10, 1), "ក ខ", "came with the kitchen team")
    learner = room.attendance.register(room.class_id, OCTOBER).learners[-1]
    assert (learner.person_id, learner.guest, learner.names.khmer) == (guest, True, "ក ខ")
    assert learner.code.startswith("G-")
    assert learner.enrolled_on(date(2026, 10, 1))
    assert not learner.enrolled_on(date(2026, 10, 5))
    room.people.append(guest)
    room.mark(1, 5, "present")
    with pytest.raises(Refused, match="not enrolled"):
        room.mark(5, 5, "present")
    assert room.attendance.add_guest(room.class_id, date(2026, 10, 5), "ក\u200bខ") == guest
    room.mark(5, 5, "present")
    assert room.classes.row(room.class_id).learners == 5


@pytest.mark.parametrize("name", ["", "  ", "12", "x" * 101])
def test_a_guest_has_a_name(room, name) -> None:
    with pytest.raises(Refused, match="name of the guest"):
        room.attendance.add_guest(room.class_id, date(2026, 10, 1), name)


def test_a_guest_comes_on_a_day_with_a_session(room) -> None:
    with pytest.raises(Refused, match="no session"):
        room.attendance.add_guest(room.class_id, date(2026, 10, 3), "ក ខ")


def test_a_guest_is_joined_to_a_record_with_the_marks(room, questions) -> None:
    guest = room.attendance.add_guest(room.class_id, date(2026, 10, 1), "Kim Vanna")
    room.people.append(guest)
    room.mark(1, 5, "absent")
    waiting = questions.guests()
    assert [(one.person_id, one.class_code, one.days, one.marks) for one in waiting] == [
        (guest, "SR-MOTO-26", (date(2026, 10, 1),), 1)
    ]
    questions.join_guest(guest, room.people[0])
    assert room.standing(1, 0) == "absent"
    assert questions.guests() == ()
    with pytest.raises(Refused, match="not a guest"):
        questions.join_guest(guest, room.people[1])


def test_he_is_gone_waits_on_the_liaisons_page_until_answered(room, questions, desk_as) -> None:
    asked = room.attendance.ask_gone(room.class_id, room.people[0])
    assert room.attendance.ask_gone(room.class_id, room.people[0]) == asked
    learner = next(
        one for one in room.attendance.register(room.class_id, OCTOBER).learners if one.person_id == room.people[0]
    )
    assert learner.gone_asked
    liaison = desk_as(Role.LIAISON).questions
    assert [(one.id, one.shown_name, one.asked_by) for one in liaison.open_questions()] == [(asked, "គឹម វណ្ណា", "សុខា")]
    with pytest.raises(NotPermitted):
        desk_as(Role.TRAINER).questions.answer(asked, "no")
    liaison.answer(asked, "moved", date(2026, 10, 8))
    assert liaison.open_questions() == ()
    with pytest.raises(Refused, match="not enrolled"):
        room.mark(13, 0, "present")
    with pytest.raises(Refused, match="answered already"):
        questions.answer(asked, "again")


def test_a_question_is_about_somebody_of_the_class(room) -> None:
    with pytest.raises(NotFound):
        room.attendance.ask_gone(room.class_id, 999)


def test_what_was_marked_a_while_ago_shows_day_of_entry_and_author(room) -> None:
    room.clock.moment = datetime(2026, 10, 2, 9, 30, tzinfo=CAMBODIA)
    room.mark(1, 0, "present")
    mark = room.attendance.register(room.class_id, OCTOBER).marks[room.session(1).id, room.people[0]]
    assert (mark.marked_at, mark.marked_by) == (room.clock.moment, room.desk.actor.staff_id)
    assert mark.code is MarkCode.PRESENT


def test_the_cost_of_a_register_does_not_grow_with_the_record(room, new_class) -> None:
    statements: list[str] = []
    engine = room.desk.office.store.engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    room.attendance.register(room.class_id, OCTOBER)
    before = len(statements)
    other = room.classes.save(new_class("SR-LIFE-26"))
    room.classes.enrol(other)
    room.attendance.rest_present(room.class_id, room.session(1).id)
    statements.clear()
    room.attendance.register(room.class_id, OCTOBER)
    assert len(statements) == before
    with room.desk.office.store.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {UNUSUAL_MARKS}", (1,)).all()
        totals = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {MARKED_WHILE_THERE}", (1, "", "", "[]")).all()
        plan += [step for step in totals if "json_each" not in step[3] and "VIRTUAL" not in step[3]]
        for statement in {one for one in statements if one.startswith("SELECT")}:
            steps = connection.execute(text(f"EXPLAIN QUERY PLAN {_literal(statement)}")).all()
            plan += [step for step in steps if "mark" in step[3] or "session" in step[3]]
    assert plan
    assert not [step[3] for step in plan if step[3].startswith("SCAN")]


def _literal(statement: str) -> str:
    """The statement with its places filled by nothing: the plan does not depend on them."""
    return statement.replace("?", "NULL").replace(":", "\\:")


def test_a_month_can_be_left_out_of_the_totals_of_a_class(room) -> None:
    room.mark(1, 0, "absent")
    person = room.people[0]
    whole = room.attendance.course_tallies(room.class_id)
    others = room.attendance.course_tallies(room.class_id, OCTOBER)
    here = room.tally(0)
    assert (whole.tallies[person].absent, others.tallies[person].absent) == (1, 0)
    assert others.tallies[person].minutes_due == whole.tallies[person].minutes_due - here.minutes_due
    in_october = sum(session.minutes for session in room.sessions()) - 180
    assert others.open_minutes[person] == whole.open_minutes[person] - in_october
