"""Undo takes back one's own acts, whole, also after a restart, and never somebody else's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.clock import CAMBODIA, SystemClock
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.register import SetSession
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.entering import enter
from tlbb_desktop.wiring import open_desk


def undo(room):
    return room.attendance.undo(room.class_id)


def redo(room):
    return room.attendance.redo(room.class_id)


def test_undo_brings_back_what_stood_before_with_its_day_and_author(room) -> None:
    room.mark(1, 0, "absent", note="no news")
    first = room.mark(1, 0, "absent", note="no news").cells[0][2]
    room.clock.moment += timedelta(minutes=5)
    room.mark(1, 0, "late", 20)
    assert undo(room).cells == ((first.session_id, first.person_id, first),)
    assert room.standing(1, 0) == "absent"
    assert [line.code for line in room.attendance.story(first.session_id, first.person_id)] == [
        "absent",
        "late",
        "absent",
    ]


def test_undo_of_the_first_mark_makes_the_session_planned_again(room) -> None:
    room.mark(1, 0, "present")
    taken_back = undo(room)
    assert [session.state for session in taken_back.sessions] == [SessionState.PLANNED]
    assert room.standing(1, 0) is None
    assert undo(room) is None


def test_redo_brings_everything_back_in_order_until_a_new_mark(room) -> None:
    room.mark(1, 0, "present")
    room.mark(1, 1, "absent")
    room.mark(1, 2, "late", 5)
    undo(room), undo(room), undo(room)
    assert room.session(1).state is SessionState.PLANNED
    redo(room), redo(room)
    assert [room.standing(1, person) for person in range(3)] == ["present", "absent", None]
    assert room.session(1).state is SessionState.HELD
    room.mark(1, 3, "present")
    assert redo(room) is None
    undo(room), undo(room)
    assert [room.standing(1, person) for person in range(4)] == ["present", None, None, None]


def test_a_block_is_taken_back_as_a_whole(room) -> None:
    room.mark(1, 0, "absent")
    room.attendance.rest_present(room.class_id, room.session(1).id)
    assert len(undo(room).cells) == 4
    assert [room.standing(1, person) for person in range(5)] == ["absent", None, None, None, None]


def test_undo_goes_on_after_a_restart(room, home, template) -> None:
    room.mark(1, 0, "absent")
    room.desk.close()
    again = enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login")
    reopened = room.as_staff(open_desk(home, again, room.clock))
    undo(reopened)
    assert reopened.standing(1, 0) is None
    redo(reopened)
    assert reopened.standing(1, 0) == "absent"
    reopened.desk.close()


def test_a_cell_that_a_colleague_changed_since_is_left_alone_and_said_so(room, colleague) -> None:
    room.mark(1, 1, "present")
    room.mark(1, 0, "absent")
    colleague.mark(1, 0, "excused")
    with pytest.raises(Refused, match="Somebody else"):
        undo(room)
    assert room.standing(1, 0) == "excused"
    undo(room)
    assert room.standing(1, 1) is None


def test_of_a_block_only_the_cells_of_a_colleague_are_left(room, colleague) -> None:
    room.attendance.rest_present(room.class_id, room.session(1).id)
    colleague.mark(1, 0, "absent")
    taken_back = undo(room)
    assert taken_back.left == ((room.session(1).id, room.people[0]),)
    assert len(taken_back.cells) == 4
    assert taken_back.sessions == ()
    assert room.session(1).state is SessionState.HELD
    assert room.standing(1, 0) == "absent"


def test_a_colleagues_mark_between_two_of_mine_is_never_overwritten(room, colleague) -> None:
    room.mark(1, 0, "absent")
    colleague.mark(1, 0, "excused")
    room.mark(1, 0, "present")
    undo(room)
    assert room.standing(1, 0) == "excused"
    with pytest.raises(Refused):
        undo(room)
    assert room.standing(1, 0) == "excused"


def test_each_member_of_staff_takes_back_only_their_own_acts(room, colleague) -> None:
    room.mark(1, 0, "absent")
    colleague.mark(1, 1, "present")
    undo(room)
    assert (room.standing(1, 0), room.standing(1, 1)) == (None, "present")
    assert room.session(1).state is SessionState.HELD
    undo(colleague)
    assert room.standing(1, 1) is None


def test_acts_of_another_day_are_corrected_not_taken_back(room) -> None:
    room.mark(1, 0, "absent")
    room.clock.moment = datetime(2026, 10, 31, 8, tzinfo=CAMBODIA)
    assert undo(room) is None
    assert room.standing(1, 0) == "absent"


def test_a_cancelled_session_is_taken_back_with_its_reason(room) -> None:
    room.mark(1, 0, "absent")
    reason = room.reason("cancelled", "power-cut")
    room.attendance.set_session(SetSession.of(room.session(1), SessionState.CANCELLED, reason))
    undo(room)
    assert (room.session(1).state, room.session(1).reason_id) == (SessionState.HELD, None)
    redo(room)
    assert (room.session(1).state, room.session(1).reason_id) == (SessionState.CANCELLED, reason)


def test_an_act_with_an_earlier_working_day_hides_none_of_todays(room) -> None:
    room.mark(1, 0, "absent")
    today = room.clock.moment
    room.clock.moment = today - timedelta(days=1)
    room.mark(1, 1, "present")
    room.clock.moment = today + timedelta(minutes=1)
    assert [cell[:2] for cell in undo(room).cells] == [(room.session(1).id, room.people[0])]
    assert room.standing(1, 0) is None
    assert room.standing(1, 1) == "present"
    redo(room)
    assert room.standing(1, 0) == "absent"


def test_a_mark_and_what_was_typed_after_it_are_taken_back_in_one_step(room) -> None:
    room.mark(1, 0, "present")
    room.mark(1, 1, "late")
    room.mark(1, 1, "late", 2, kind="amend")
    room.mark(1, 1, "late", 20, kind="amend")
    assert len(undo(room).cells) == 1
    assert [room.standing(1, person) for person in range(2)] == ["present", None]
    assert redo(room).cells[0][2].minutes == 20
    undo(room), undo(room)
    assert room.session(1).state is SessionState.PLANNED
    redo(room)
    assert [room.standing(1, person) for person in range(2)] == ["present", None]
    assert redo(room).cells[0][2].minutes == 20
    assert redo(room) is None


def test_what_was_typed_into_another_cell_stays(room) -> None:
    room.mark(1, 0, "late", 15)
    room.mark(1, 1, "late", 20, kind="amend")
    undo(room)
    assert [room.standing(1, person) for person in range(2)] == ["late", None]


def test_a_colleagues_mark_between_a_mark_and_its_minutes_is_brought_back(room, colleague) -> None:
    room.mark(1, 0, "late")
    colleague.mark(1, 0, "excused")
    room.mark(1, 0, "late", 20, kind="amend")
    undo(room)
    assert room.standing(1, 0) == "excused"
    with pytest.raises(Refused):
        undo(room)
    assert room.standing(1, 0) == "excused"


def test_a_mark_that_a_colleagues_undo_brings_back_holds_the_session_that_mine_left_planned(room, colleague) -> None:
    room.mark(1, 0, "present")
    colleague.mark(1, 0, None)
    undo(room)
    assert room.session(1).state is SessionState.PLANNED
    undo(colleague)
    assert room.standing(1, 0) == "present"
    assert room.session(1).state is SessionState.HELD
    assert all(line.sound for line in room.desk.integrity.check())


def test_a_mark_that_is_done_again_holds_the_session_that_a_colleague_made_planned(room, colleague) -> None:
    session, why = room.session(1), room.reason("cancelled", "holiday")
    room.attendance.set_session(SetSession.of(session, SessionState.HELD))
    room.mark(1, 0, "present")
    undo(room), undo(room)
    colleague.attendance.set_session(SetSession.of(room.session(1), SessionState.CANCELLED, why))
    redo(room)
    undo(colleague)
    redo(room)
    assert room.standing(1, 0) == "present"
    assert room.session(1).state is SessionState.HELD
    assert all(line.sound for line in room.desk.integrity.check())
