"""A mark that is not what its history says was not made by the program: an old page of the file was put back."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.services.register.conftest import ClassRoom
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.register import SetSession


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
