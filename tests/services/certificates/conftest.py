"""The class of five of the register's tests, when its course is over: Mondays to Thursdays of October 2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.services.register.conftest import ClassRoom, clock, empty_room, new_class, room
from tlbb_desktop.services.certificates import CertificateService

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


@pytest.fixture
def graduates(empty_room, new_class, room) -> Graduates:
    class_id = empty_room.classes.save(new_class("K", ends_on=date(2026, 10, 30)))
    empty_room.class_id = class_id
    empty_room.classes.enrol(class_id, empty_room.people)
    for session in empty_room.sessions():
        empty_room.attendance.rest_present(class_id, session.id)
    for session in empty_room.sessions()[:6]:
        room.mark(session.day.day, 4, "absent")
    return Graduates(empty_room, class_id)
