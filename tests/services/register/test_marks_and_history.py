"""A mark that is not what its history says was not made by the program: an old page of the file was put back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from tests.faults.record import COLLEAGUES_PASSPHRASE
from tests.motorbike_class import OCTOBER
from tests.services.register.conftest import ClassRoom
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.register import MarkedCell, SetSession
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.services.integrity import set_again
from tlbb_desktop.services.staff import NewMember


def unsound(room: ClassRoom) -> list[str]:
    return [line.check for line in room.desk.integrity.check() if not line.sound]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE mark SET code = 'absent'",
        "UPDATE mark SET note = 'x'",
        "DELETE FROM mark",
        "DELETE FROM mark_history",
        "UPDATE mark SET person_id = person_id + 1",
    ],
)
def test_a_mark_that_was_set_back_is_found(room, change) -> None:
    room.mark(1, 0, "present")
    assert unsound(room) == []
    with room.desk.office.store.write() as session:
        session.execute(text(change))
    assert unsound(room) == ["marks"]


def test_a_session_that_was_set_back_under_its_marks_is_named_and_held_again_with_them(room) -> None:
    room.mark(1, 0, "present")
    room.mark(1, 1, "absent")
    stood = room.attendance.register(room.class_id, OCTOBER).marks
    set_state(room, "planned")
    line = next(line for line in room.desk.integrity.check() if not line.sound)
    assert (line.check, line.cells) == ("sessions", (MarkedCell("SR-MOTO-26", date(2026, 10, 1), ""),))
    assert "SR-MOTO-26 01/10/2026. Compare them with the paper and set them to held." in explain(set_again([line]))
    room.attendance.set_session(SetSession.of(room.sessions()[0], SessionState.HELD))
    assert unsound(room) == []
    assert room.attendance.register(room.class_id, OCTOBER).marks == stood


def test_a_cancelled_session_may_keep_its_marks_and_a_planned_one_has_none(room) -> None:
    room.mark(1, 0, "present")
    set_state(room, "cancelled")
    assert unsound(room) == []
    assert {session.state for session in room.sessions()} == {SessionState.CANCELLED, SessionState.PLANNED}


def set_state(room: ClassRoom, state: str) -> None:
    with room.desk.office.store.write() as session:
        session.execute(text("UPDATE class_session SET state = :state WHERE day = '2026-10-01'"), {"state": state})


def set_back(room: ClassRoom) -> None:
    with room.desk.office.store.write() as session:
        session.execute(text("UPDATE mark SET code = 'absent'"))


def test_cells_that_differ_are_named_and_put_right_by_setting_them_again(room) -> None:
    room.mark(1, 0, "present")
    room.mark(5, 1, "present")
    set_back(room)
    people = room.desk.people
    codes = [people.record(person_id).code for person_id in room.people[:2]]
    line = next(line for line in room.desk.integrity.check() if line.check == "marks")
    assert line.cells == (
        MarkedCell("SR-MOTO-26", date(2026, 10, 1), codes[0]),
        MarkedCell("SR-MOTO-26", date(2026, 10, 5), codes[1]),
    )
    room.mark(1, 0, "present")  # what it was, and what it is not any more
    for code in (None, "absent"):
        room.mark(5, 1, code)
    assert unsound(room) == []


def test_five_cells_are_named_and_no_more(room) -> None:
    room.attendance.rest_present(room.class_id, room.session(1).id)
    room.attendance.rest_present(room.class_id, room.session(5).id)
    set_back(room)
    line = next(line for line in room.desk.integrity.check() if line.check == "marks")
    assert len(line.cells) == 5


def test_a_mark_that_differs_keeps_nobody_from_a_backup_or_from_removing_staff(room) -> None:
    room.mark(1, 0, "present")
    room.desk.staff.add(NewMember("vanna", "", Role.TRAINER, COLLEAGUES_PASSPHRASE))
    set_back(room)
    assert room.desk.backups.create().opened
    room.desk.staff.deactivate("vanna")
    assert not room.desk.staff.rekey_due
    assert unsound(room) == ["marks"]


def test_marks_of_every_origin_are_what_their_history_says(room) -> None:
    room.mark(1, 0, "late", 20)
    room.mark(1, 0, "excused", note="ឈឺ")
    room.mark(1, 1, "absent")
    room.mark(1, 1, None)
    room.attendance.rest_present(room.class_id, room.session(5).id)
    room.attendance.undo(room.class_id)
    room.attendance.redo(room.class_id)
    room.attendance.set_session(SetSession.of(room.session(6), SessionState.HELD))
    room.attendance.add_guest(room.class_id, room.session(1).day, "ភ្ញៀវ")
    assert unsound(room) == []


def test_joined_people_bring_their_marks_along_without_an_alarm(room) -> None:
    room.mark(1, 0, "present")
    room.mark(1, 1, "absent")
    room.mark(1, 1, None)
    room.mark(5, 1, "late", 5)
    room.desk.people.merge(room.people[0], room.people[1])
    assert unsound(room) == []
