"""A class of five at Siem Reap in October 2026, Mondays to Thursdays, three hours; today is Friday the 30th."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pytest

from tests.motorbike_class import OCTOBER, motorbike_class
from tlbb_desktop.data.models import Person, Staff
from tlbb_desktop.domain.attendance import MarkCode, SessionRow, Tally
from tlbb_desktop.domain.classes import TrainingClass
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.services.attendance import AttendanceService
from tlbb_desktop.services.classes import ClassService
from tlbb_desktop.services.entering import Unlocked
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk, open_desk

NAMES = (
    Names("គឹម", "វណ្ណា", "KIM", "VANNA"),
    Names("ចាន់", "រិទ្ធី", "CHAN", "RITHY", "ខ្មៅ"),
    Names("លី", "បុប្ផា", "LY", "BOPHA"),
    Names("ខៀវ", "កុសល", "KHIEV", "KOSAL"),
    Names("ស៊ិន", "ដារ៉ា", "SIN", "DARA"),
)


@dataclass
class HandClock:
    """A clock that a test sets."""

    moment: datetime = datetime(2026, 10, 30, 8, 4, tzinfo=CAMBODIA)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


@dataclass
class ClassRoom:
    """What a test works with."""

    desk: Desk
    clock: HandClock
    prison_id: int
    class_id: int = 0
    people: list[int] = field(default_factory=list)
    published: list[tuple[str, frozenset[int]]] = field(default_factory=list)

    @property
    def classes(self) -> ClassService:
        return ClassService(self.desk.office)

    @property
    def attendance(self) -> AttendanceService:
        return AttendanceService(self.desk.office)

    def add_person(self, names: Names, code: str, sex: str = "M", prison_id: int | None = 0, **more: object) -> int:
        keys = person_keys(names, code)
        values = {"kind": "participant", "status": "enrolled", **more}
        with self.desk.office.store.write() as session:
            person = Person(
                code=code,
                family_km=names.family_km,
                given_km=names.given_km,
                family_latin=names.family_latin,
                given_latin=names.given_latin,
                nickname=names.nickname,
                sex=sex,
                prison_id=self.prison_id if prison_id == 0 else prison_id,
                sort_key=keys.sort_key,
                latin_sort_key=keys.latin_sort_key,
                search_text=keys.search_text,
                duplicate_key=keys.duplicate_key,
                created_at=self.clock.now(),
                changed_at=self.clock.now(),
                **values,
            )
            session.add(person)
            session.flush()
            return person.id

    def sessions(self) -> tuple[SessionRow, ...]:
        return self.classes.sessions(self.class_id, OCTOBER.first, OCTOBER.last)

    def session(self, day: int) -> SessionRow:
        return next(one for one in self.sessions() if one.day.day == day)

    def wish(self, day: int, person: int, code: str | None, minutes: int = 0, **more: object) -> SetMark:
        return SetMark(
            self.session(day).id, self.people[person], MarkCode(code) if code else None, minutes=minutes, **more
        )

    def mark(self, day: int, person: int, code: str | None, minutes: int = 0, *, kind: str = "key", **more: object):
        return self.attendance.mark(self.class_id, [self.wish(day, person, code, minutes, **more)], kind=kind)

    def standing(self, day: int, person: int) -> str | None:
        mark = self.attendance.register(self.class_id, OCTOBER).marks.get((self.session(day).id, self.people[person]))
        return mark.code.value if mark else None

    def tally(self, person: int) -> Tally:
        tallies = {learner.person_id: tally for learner, tally in self.attendance.summary(self.class_id, OCTOBER)}
        return tallies[self.people[person]]

    def reason(self, use: str, code: str) -> int:
        return next(one.id for one in self.attendance.reasons() if (one.use, one.code) == (use, code))

    def as_staff(self, desk: Desk) -> ClassRoom:
        """The same class at somebody else's desk."""
        return replace(self, desk=desk)


def enter_five(room: ClassRoom) -> list[int]:
    """Enter the five people; gives their rows."""
    return [
        room.add_person(names, f"2026-000{number}", "F" if number == 3 else "M")
        for number, names in enumerate(NAMES, 1)
    ]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def empty_room(home, unlocked, clock) -> ClassRoom:
    """A prison without people or classes."""
    published: list[tuple[str, frozenset[int]]] = []
    desk = open_desk(home, unlocked, clock, lambda kind, ids: published.append((kind, ids)))
    own = desk.prisons.own()
    return ClassRoom(desk, clock, own.id, published=published)


@pytest.fixture
def new_class(empty_room: ClassRoom) -> Callable[..., TrainingClass]:
    def build(code: str = "SR-MOTO-26", **changes: object) -> TrainingClass:
        return motorbike_class(empty_room.desk, code, **changes)

    return build


@pytest.fixture
def room(empty_room: ClassRoom, new_class) -> ClassRoom:
    """Five people enrolled from the first day."""
    empty_room.people = enter_five(empty_room)
    empty_room.class_id = empty_room.classes.save(new_class())
    empty_room.classes.enrol(empty_room.class_id)
    empty_room.published.clear()
    return empty_room


@pytest.fixture
def colleague(room: ClassRoom, home: Home, unlocked: Unlocked) -> ClassRoom:
    """The same class at the desk of another manager."""
    with room.desk.office.store.write() as session:
        staff = Staff(
            username="dara",
            name="ដារ៉ា",
            role=Role.MANAGER,
            admin_duty=False,
            created_at=room.clock.now(),
            changed_at=room.clock.now(),
        )
        session.add(staff)
        session.flush()
        actor = replace(unlocked.actor, staff_id=staff.id, username="dara")
    return room.as_staff(open_desk(home, replace(unlocked, actor=actor), room.clock))
