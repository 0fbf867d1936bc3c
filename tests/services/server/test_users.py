"""Many people work with one server at once, each in a process of their own, and one of them is killed."""

from __future__ import annotations

from sqlalchemy import text

from tests.motorbike_class import OCTOBER
from tests.services.certificates.issuing_process import issue
from tests.services.own_process import OwnProcesses
from tests.services.register.marking_process import mark
from tests.services.server.conftest import class_of
from tlbb_desktop.domain.certificate_numbers import parse_number

MARKS, NUMBERS = 25, 4


def test_marks_and_numbers_of_several_processes_are_all_there_once(desk, home, server_template) -> None:
    room = class_of(desk)
    processes = OwnProcesses(home, server_template.keys)
    who = {"staff": desk.actor.staff_id, "prison": desk.prisons.own().id, "group": room.id}
    sessions = [session.id for session in desk.classes.sessions(room.id, OCTOBER.first, OCTOBER.last)]
    try:
        marking = [
            processes.start(mark, **who, sessions=sessions, people=people, marks=MARKS)
            for people in (room.people[:1], room.people)
        ]
        issuing = [processes.start(issue, **who, person=person) for person in room.people]
        killed = processes.start(mark, **who, sessions=sessions, people=room.people[1:], marks=0)
        marked = killed.hear_and_kill(5)
        numbers = [number for process in issuing for number in process.hear_and_kill(NUMBERS)]
        marked += [line for process in marking for line in process.hear()]
        assert [process.end() for process in marking] == [0, 0]
    finally:
        processes.end()
    with desk.office.store.read() as connection:
        history = connection.execute(text("SELECT session_id, person_id, note FROM mark_history"))
        kept = [f"{row.session_id} {row.person_id} {row.note}" for row in history]
        counts = sorted(
            parse_number(number).count
            for number in connection.execute(text("SELECT number FROM certificate WHERE number > ''")).scalars()
        )
        acts = connection.execute(text("SELECT count(*) FROM mark_act")).scalar_one()
    assert len(marked) >= 2 * MARKS + 5
    assert set(marked) <= set(kept)
    assert len(kept) == len(set(kept)) == acts
    assert {parse_number(number).count for number in numbers} <= set(counts)
    assert counts == list(range(1, len(counts) + 1)), "a number was given twice, or left out"
    assert desk.audit.first_broken() is None
    assert [line.check for line in desk.integrity.check() if not line.sound] == []
