"""A class of five at Siem Reap in October 2026, Mondays to Thursdays; today is Friday the 30th."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.gui.people import add_person
from tests.motorbike_class import OCTOBER, motorbike_class
from tlbb_desktop.domain.attendance import MarkCode, SessionState
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.register import SetMark, SetSession
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.wiring import Desk

FRIDAY = date(2026, 10, 30)
PEOPLE = (
    ("គឹម", "វណ្ណា", ("KIM", "VANNA"), Sex.MALE),
    ("ចាន់", "រិទ្ធី", ("CHAN", "RITHY"), Sex.MALE),
    ("លី", "បុប្ផា", ("LY", "BOPHA"), Sex.FEMALE),
    ("ខៀវ", "កុសល", ("KHIEV", "KOSAL"), Sex.MALE),
    ("ស៊ិន", "ដារ៉ា", ("SIN", "DARA"), Sex.MALE),
)


def set_day(desk: Desk, day: date = FRIDAY) -> Desk:
    """Let *desk* work on *day*, the laptop's clock with it."""
    clock = WorkingDayClock(SystemClock(), day)
    desk.office.clock = desk.office.laptop_clock = clock
    return desk


@dataclass
class Classroom:
    """A manager's desk with a class, and ways to mark it."""

    desk: Desk
    class_id: int
    people: list[int]

    def session_on(self, day: date) -> int:
        return self.desk.classes.sessions(self.class_id, day, day)[0].id

    def mark_all(self, until: date = OCTOBER.last, but: tuple[date, ...] = ()) -> None:
        """Everybody present in each session up to *until*, without the days in *but*."""
        for session in self.desk.classes.sessions(self.class_id, OCTOBER.first, until):
            if session.day not in but:
                self.desk.attendance.rest_present(self.class_id, session.id)

    def mark(self, day: date, person: int, code: MarkCode | None, minutes: int = 0) -> None:
        wish = SetMark(self.session_on(day), self.people[person], code, minutes=minutes)
        self.desk.attendance.mark(self.class_id, [wish])

    def cancel(self, day: date, reason: str = "prison-closed") -> None:
        reason_id = next(one.id for one in self.desk.attendance.reasons() if one.code == reason)
        session = self.desk.classes.sessions(self.class_id, day, day)[0]
        self.desk.attendance.set_session(SetSession.of(session, SessionState.CANCELLED, reason_id))


Made = tuple[int, list[int]]


def five_learners(desk: Desk) -> Made:
    """The class before anybody is marked; gives class and people."""
    room = furnish(desk)
    return room.class_id, room.people


def all_marked(desk: Desk) -> Made:
    """The class when everybody was present in all sessions of October; gives class and people."""
    room = furnish(desk)
    room.mark_all()
    return room.class_id, room.people


def room_at(desk: Desk, made: Made) -> Classroom:
    """The class of a home that was furnished before."""
    class_id, people = made
    return Classroom(set_day(desk), class_id, list(people))


def furnish(desk: Desk) -> Classroom:
    """Five people enrolled in a class of motorbike repair from the first day."""
    set_day(desk)
    people = [add_person(desk, family, given, latin, sex=sex) for family, given, latin, sex in PEOPLE]
    class_id = desk.classes.save(motorbike_class(desk))
    desk.classes.enrol(class_id)
    return Classroom(desk, class_id, people)


def desk_of(desk_as, role: Role) -> Desk:
    """The desk of somebody with another role, on the same day."""
    return set_day(desk_as(role))
