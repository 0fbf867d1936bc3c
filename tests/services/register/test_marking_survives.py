"""Every mark that was acknowledged is on the disk, whatever happens to the process."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text

from tests.faults.size import at_gate
from tests.programme import ON_SERVER
from tests.services.own_process import OwnProcess
from tests.services.register.marking_process import mark

KILLS = at_gate(20, night=500)


@pytest.fixture
def marking(room, own_processes):
    """Starts a process that marks people of the class in its first sessions."""

    def start(marks: int, people: list[int]) -> OwnProcess:
        sessions = [session.id for session in room.sessions()]
        who = {"staff": room.desk.actor.staff_id, "prison": room.prison_id}
        return own_processes.start(mark, **who, group=room.class_id, sessions=sessions, people=people, marks=marks)

    return start


def history(room) -> list[str]:
    with room.desk.office.store.read() as connection:
        rows = connection.execute(text("SELECT session_id, person_id, note FROM mark_history ORDER BY id"))
        return [f"{row.session_id} {row.person_id} {row.note}" for row in rows]


def assert_sound(room) -> None:
    with room.desk.office.store.read() as connection:
        if not ON_SERVER:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert room.desk.office.trail.first_broken(connection) is None
        standing = connection.execute(text("SELECT session_id, person_id, note FROM mark"))
        last = {tuple(line.split(" ")[:2]): line for line in history(room)}
        assert {f"{row.session_id} {row.person_id} {row.note}" for row in standing} == set(last.values())


def test_a_process_killed_in_the_middle_of_marking_loses_no_acknowledged_mark(room, marking) -> None:
    chance = random.Random(26)
    kept = 0
    for _ in range(KILLS):
        acknowledged = marking(0, room.people).hear_and_kill(chance.randint(1, 30))
        found = history(room)[kept:]
        assert found[: len(acknowledged)] == acknowledged
        assert len(found) <= len(acknowledged) + 1
        kept += len(found)
    assert_sound(room)


def test_two_processes_mark_the_same_class_at_once_and_lose_nothing(room, marking) -> None:
    processes = [marking(60, room.people[:3]), marking(60, room.people[2:])]
    acknowledged = [line for process in processes for line in process.hear()]
    assert [process.end() for process in processes] == [0, 0]
    assert len(acknowledged) == 120
    assert set(acknowledged) == set(history(room))
    assert_sound(room)
