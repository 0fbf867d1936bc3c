"""The class of five of the register's tests, when its course is over: Mondays to Thursdays of October 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.motorbike_class import motorbike_class
from tests.programme import Beginnings
from tests.services.register.conftest import ClassRoom, HandClock, clock, empty_room, enter_five, new_class, room
from tlbb_desktop.services.certificates import CertificateService
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk

__all__ = ["clock", "empty_room", "graduates", "new_class", "room"]


@dataclass
class Graduates:
    """Five who were there always, but for the last, who stayed away too often."""

    room: ClassRoom
    class_id: int

    @property
    def people(self) -> list[int]:
        return self.room.people

    @property
    def service(self) -> CertificateService:
        return self.room.desk.certificates

    @property
    def lazy(self) -> int:
        return self.people[4]

    def issue(self, person: int = 0, **more: object) -> str:
        """The number of a certificate that the person gets now."""
        (paper,) = self.service.issue_at_once(self.class_id, [self.people[person]], **more)
        return paper.certificate.number

    def code(self, number: str) -> str:
        return self.service.reprint(number).code


def nobody(desk: Desk) -> None:
    """A programme without people or classes."""


def course_over(desk: Desk) -> tuple[list[int], int]:
    """Five people in two classes; the second is over, and the last of them stayed away too often.

    Returns:
        The people, and the second class.
    """
    hand = HandClock()
    desk.office.clock = desk.office.laptop_clock = hand
    room = ClassRoom(desk, hand, desk.prisons.own().id)
    room.people = enter_five(room)
    desk.classes.enrol(desk.classes.save(motorbike_class(desk)), room.people)
    room.class_id = desk.classes.save(motorbike_class(desk, "K", ends_on=date(2026, 10, 30)))
    desk.classes.enrol(room.class_id, room.people)
    for session in room.sessions():
        room.attendance.rest_present(room.class_id, session.id)
    for session in room.sessions()[:6]:
        room.mark(session.day.day, 4, "absent")
    return room.people, room.class_id


@pytest.fixture
def home(request: pytest.FixtureRequest, beginnings: Beginnings, tmp_path: Path) -> Home:
    """With the course that is over, for a test that asks for its graduates."""
    return beginnings.copy(course_over if "graduates" in request.fixturenames else nobody, tmp_path)


@pytest.fixture
def graduates(empty_room, beginnings: Beginnings) -> Graduates:
    people, class_id = beginnings.made(course_over)
    empty_room.people, empty_room.class_id = list(people), class_id
    return Graduates(empty_room, class_id)
