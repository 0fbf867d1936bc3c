"""What a key at the register does, and what it is not allowed to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from sqlalchemy import text

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.domain.attendance import MarkCode, Reason, ReasonUse, SessionState
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.register import SetMark, SetSession
from tlbb_desktop.domain.staff import Role

OCTOBER = Month(2026, 10)


def test_the_first_mark_of_a_planned_session_makes_it_held(room) -> None:
    assert room.session(1).state is SessionState.PLANNED
    marked = room.mark(1, 0, "present")
    assert [session.state for session in marked.sessions] == [SessionState.HELD]
    assert room.session(1).state is SessionState.HELD
    assert room.mark(1, 1, "absent").sessions == ()


def test_a_mark_is_written_with_history_and_audit_and_then_published(room) -> None:
    room.mark(1, 0, "absent", note="ឈឺ\u200bក្បាល")
    with room.desk.office.store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM mark")).scalar() == 1
        assert connection.execute(text("SELECT code, before FROM mark_history")).all() == [("absent", "")]
        assert connection.execute(text("SELECT count(*) FROM audit_event WHERE kind = 'mark'")).scalar() == 1
        assert room.desk.office.trail.first_broken(connection) is None
    assert ("mark", frozenset({room.session(1).id})) in room.published


def test_a_correction_wins_and_the_earlier_mark_stays_readable(room) -> None:
    room.mark(1, 0, "absent")
    room.mark(1, 0, "late", 20)
    story = room.attendance.story(room.session(1).id, room.people[0])
    assert [(line.code, line.minutes) for line in story] == [(MarkCode.ABSENT, 0), (MarkCode.LATE, 20)]
    assert {line.by for line in story} == {"សុខា"}
    assert room.standing(1, 0) == "late"


def test_a_block_of_late_marks_asks_for_the_usual_minutes_once(room) -> None:
    wishes = [room.wish(1, person, "late") for person in range(5)]
    asked: list[str] = []
    with room.desk.office.store.read() as connection:
        driver_connection(connection).set_trace_callback(asked.append)
    room.attendance.mark(room.class_id, wishes)
    assert sum("INTO mark_act" in statement for statement in asked) == 1
    assert sum("FROM setting" in statement and "late_minutes" in statement for statement in asked) == 1


def test_the_same_key_twice_leaves_one_line_of_history(room) -> None:
    room.mark(1, 0, "present")
    again = room.mark(1, 0, "present")
    assert again.cells[0][2].code is MarkCode.PRESENT
    assert len(room.attendance.story(room.session(1).id, room.people[0])) == 1


def test_backspace_clears_a_cell_and_the_session_stays_held(room) -> None:
    room.mark(1, 0, "present")
    room.mark(1, 0, None)
    assert room.standing(1, 0) is None
    assert room.session(1).state is SessionState.HELD
    assert room.attendance.story(room.session(1).id, room.people[0])[-1].code is None


def test_clearing_an_empty_cell_of_a_planned_session_changes_nothing(room) -> None:
    room.mark(1, 0, None)
    assert room.session(1).state is SessionState.PLANNED
    assert room.attendance.story(room.session(1).id, room.people[0]) == ()


def test_an_excuse_may_wait_for_its_reason(room) -> None:
    assert room.mark(1, 0, "excused").cells[0][2].reason_id is None
    sick = room.reason("excused", "sick")
    assert room.mark(1, 0, "excused", reason_id=sick).cells[0][2].reason_id == sick
    assert room.attendance.story(room.session(1).id, room.people[0])[-1].reason == "sick"


def test_a_reason_of_another_mark_is_refused(room) -> None:
    with pytest.raises(Refused, match="does not belong"):
        room.mark(1, 0, "institution", reason_id=room.reason("excused", "sick"))
    assert room.standing(1, 0) is None


def test_late_takes_the_default_minutes_of_the_settings(room) -> None:
    assert room.mark(1, 0, "late").cells[0][2].minutes == 15
    room.desk.settings.put("late_minutes", 25)
    assert room.mark(1, 1, "late").cells[0][2].minutes == 25


def test_minutes_longer_than_the_session_are_refused(room) -> None:
    with pytest.raises(Refused) as refusal:
        room.mark(1, 0, "left", 181)
    assert refusal.value.fields == {"minutes": 181, "length": 180}
    assert room.mark(1, 0, "left", 180).cells[0][2].minutes == 180


def test_minutes_are_judged_by_the_real_times(room) -> None:
    room.attendance.set_session(SetSession.of(room.session(1), SessionState.HELD, real_starts=time(10, 30)))
    with pytest.raises(Refused):
        room.mark(1, 0, "late", 31)
    room.desk.settings.put("late_minutes", 45)
    assert room.mark(1, 0, "late").cells[0][2].minutes == 30


def test_a_session_to_come_takes_no_mark(room) -> None:
    room.clock.moment = datetime(2026, 10, 5, 9, tzinfo=CAMBODIA)
    with pytest.raises(Refused, match="still to come"):
        room.mark(6, 0, "present")
    assert room.mark(5, 0, "present").cells


def test_a_clock_set_back_ten_years_refuses_with_both_days_and_changes_nothing(room) -> None:
    room.clock.moment = datetime(2016, 10, 30, 9, tzinfo=CAMBODIA)
    with pytest.raises(Refused) as refusal:
        room.mark(5, 0, "present")
    assert refusal.value.fields == {"day": date(2026, 10, 5), "today": date(2016, 10, 30)}
    assert room.standing(5, 0) is None


def test_somebody_who_is_not_enrolled_that_day_takes_no_mark(room) -> None:
    enrolment = next(one for one in room.classes.enrolments(room.class_id) if one.person_id == room.people[0])
    room.classes.end_enrolment(enrolment.id, date(2026, 10, 6))
    room.mark(6, 0, "present")
    with pytest.raises(Refused, match="not enrolled"):
        room.mark(7, 0, "present")


def test_one_wish_against_the_rules_stops_the_whole_block(room) -> None:
    stranger = room.add_person(Names("ញ៉ែម", "ក"), "X")
    wishes = [room.wish(1, 0, "present"), SetMark(room.session(1).id, stranger, MarkCode.PRESENT)]
    with pytest.raises(Refused):
        room.attendance.mark(room.class_id, wishes)
    assert room.standing(1, 0) is None
    assert room.session(1).state is SessionState.PLANNED


def test_a_session_of_another_class_is_refused(room, new_class) -> None:
    other = room.classes.save(new_class("SR-LIFE-26"))
    session = room.classes.sessions(other, date(2026, 10, 1), date(2026, 10, 1))[0]
    with pytest.raises(NotFound):
        room.attendance.mark(room.class_id, [SetMark(session.id, room.people[0], MarkCode.PRESENT)])


def test_the_rest_is_present_and_no_mark_that_stands_is_touched(room) -> None:
    room.mark(1, 0, "absent")
    room.mark(1, 1, "excused")
    enrolment = next(one for one in room.classes.enrolments(room.class_id) if one.person_id == room.people[4])
    room.classes.end_enrolment(enrolment.id, date(2026, 9, 30))
    marked = room.attendance.rest_present(room.class_id, room.session(1).id)
    assert {person for _, person, _ in marked.cells} == {room.people[2], room.people[3]}
    assert [room.standing(1, person) for person in range(5)] == ["absent", "excused", "present", "present", None]


def test_a_cancelled_session_needs_a_reason_and_takes_no_mark(room) -> None:
    session = room.session(1)
    with pytest.raises(Refused, match="needs a reason"):
        room.attendance.set_session(SetSession.of(session, SessionState.CANCELLED))
    closed = room.reason("cancelled", "prison-closed")
    room.attendance.set_session(SetSession.of(session, SessionState.CANCELLED, closed))
    with pytest.raises(Refused, match="was cancelled"):
        room.mark(1, 0, "present")
    with pytest.raises(Refused, match="was cancelled"):
        room.attendance.rest_present(room.class_id, session.id)


def test_marks_of_a_session_cancelled_later_are_kept_and_count_nowhere(room) -> None:
    room.mark(1, 0, "absent")
    session = room.session(1)
    closed = room.reason("cancelled", "prison-closed")
    room.attendance.set_session(SetSession.of(session, SessionState.CANCELLED, closed))
    tally = room.tally(0)
    assert (tally.held, tally.absent, tally.percent) == (0, 0, None)
    assert room.standing(1, 0) == "absent"
    with pytest.raises(Refused, match="has marks"):
        room.attendance.set_session(SetSession.of(session, SessionState.PLANNED))
    room.attendance.set_session(SetSession.of(room.session(1), SessionState.HELD))
    assert room.session(1).reason_id is None


def test_real_times_must_run_forwards(room) -> None:
    with pytest.raises(Refused, match="ends before"):
        room.attendance.set_session(SetSession.of(room.session(1), SessionState.HELD, real_ends=time(7)))


def test_a_session_to_come_can_be_cancelled_but_not_held(room) -> None:
    room.clock.moment = datetime(2026, 10, 5, 9, tzinfo=CAMBODIA)
    session = room.session(20)
    with pytest.raises(Refused, match="still to come"):
        room.attendance.set_session(SetSession.of(session, SessionState.HELD))
    room.attendance.set_session(SetSession.of(session, SessionState.CANCELLED, room.reason("cancelled", "power-cut")))
    assert room.session(20).state is SessionState.CANCELLED


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.LIAISON])
def test_who_only_reads_registers_cannot_mark(room, desk_as, role) -> None:
    reader = room.as_staff(desk_as(role))
    with pytest.raises(NotPermitted):
        reader.mark(1, 0, "present")
    with pytest.raises(NotPermitted):
        reader.attendance.undo(room.class_id)
    assert reader.attendance.register(room.class_id, OCTOBER).learners


def test_a_trainer_marks_at_their_own_prison_only(room, desk_as) -> None:
    elsewhere = room.as_staff(desk_as(Role.TRAINER, prisons=frozenset({room.prison_id + 1})))
    with pytest.raises(NotPermitted):
        elsewhere.attendance.register(room.class_id, OCTOBER)
    with pytest.raises(NotPermitted):
        elsewhere.attendance.mark(room.class_id, [room.wish(1, 0, "present")])
    with room.desk.office.store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_event WHERE kind = 'refused'")).scalar() == 2


def test_the_last_mark_names_learner_class_and_day(room, desk_as) -> None:
    assert room.attendance.last_mark() is None
    room.mark(1, 0, "present")
    room.mark(5, 1, "absent")
    last = room.attendance.last_mark()
    assert (last.class_code, last.shown_name, last.session_day) == ("SR-MOTO-26", "ចាន់ រិទ្ធី", date(2026, 10, 5))
    assert last.code is MarkCode.ABSENT
    elsewhere = desk_as(Role.TRAINER, prisons=frozenset({room.prison_id + 1}))
    assert room.as_staff(elsewhere).attendance.last_mark() is None


def test_a_manager_edits_reasons_and_their_weights(room) -> None:
    room.mark(1, 0, "excused", reason_id=room.reason("excused", "sick"))
    sick = next(one for one in room.attendance.reasons(ReasonUse.EXCUSED) if one.code == "sick")

    room.attendance.save_reason(replace(sick, weight=500))
    assert room.tally(0).percent == 50.0
    new = room.attendance.save_reason(Reason(0, "Funeral", ReasonUse.EXCUSED, 7, "បុណ្យសព", "Funeral"))
    assert room.attendance.reason_named(ReasonUse.EXCUSED, "បុណ្យសព") == new
    with pytest.raises(Refused, match="key 1"):
        room.attendance.save_reason(Reason(0, "x", ReasonUse.EXCUSED, 1, "x", "x"))
    with pytest.raises(Refused, match="between 0 and 100"):
        room.attendance.save_reason(Reason(0, "y", ReasonUse.INSTITUTION, 0, "y", "y", 10))
    with pytest.raises(NotFound) as unknown:
        room.attendance.reason_named(ReasonUse.INSTITUTION, "sick")
    assert "lockdown" in str(unknown.value)


def test_a_reason_that_nobody_entered_is_refused_whatever_its_number(room) -> None:
    for number in (0, -1, 4711):
        with pytest.raises(Refused):
            room.mark(1, 0, "excused", reason_id=number)
    assert room.standing(1, 0) is None
