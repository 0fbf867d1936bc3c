"""Puts the demonstration on the disk, through the same acts that people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from tlbb_desktop.demonstration.casework import WORKER, Casework
from tlbb_desktop.demonstration.cast import (
    CLASSES,
    DAY,
    FIRST_DAY,
    MANAGER,
    MEMBERS,
    PAPER_WORDS,
    SEED,
    TRAINER,
    DemoMember,
    DemoPerson,
    invent_people,
)
from tlbb_desktop.demonstration.school import School
from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.services.entering import Unlocked
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import NewProgramme, create_programme
from tlbb_desktop.wiring import Desk, open_desk

LOGINS = "demonstration"
#: The setting that is put in last: a demonstration without it was never finished.
PLAYS_ON = "plays_on"
__all__ = ["TRAINER", "DemoLogin", "build_demonstration", "demo_login", "is_demonstration"]


class StoryClock:
    """A clock that the builder sets, so that every act bears the day on which it happened."""

    def __init__(self) -> None:
        self._at = datetime.combine(FIRST_DAY, time(8), CAMBODIA)

    def set(self, day: date, hour: int = 8) -> None:
        """Let it be *day* at a full hour."""
        self._at = datetime.combine(day, time(hour), CAMBODIA)

    def now(self) -> datetime:
        """The moment of the story."""
        return self._at

    def today(self) -> date:
        """The day of the story."""
        return self._at.date()


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """How to enter the demonstration as somebody."""

    username: str
    name: str
    role: Role
    passphrase: str


def build_demonstration(home: Home) -> tuple[DemoLogin, ...]:
    """Build the demonstration programme in an empty home.

    Every name, mark and date is invented and the same each time. The passphrases lie in clear in the folder
    ``demonstration`` of the home, one file a login: there is nothing to protect.

    Raises:
        Refused: the home holds something already.
    """
    clock = StoryClock()
    manager = MEMBERS[0]
    wishes = NewProgramme("SR", manager.username, manager.passphrase, manager.name, "km", demonstration=True)
    unlocked = create_programme(home, wishes, FLOOR, clock).unlocked
    desk = open_desk(home, unlocked, clock)
    try:
        prisons = _open_prisons(desk)
        _hire(desk, prisons)
        for name, value in PAPER_WORDS.items():
            desk.settings.put(name, value)
        people = invent_people(Random(SEED))
        school = School(desk, clock, Random(SEED), prisons)
        school.take_in(people)
        school.leave_units_out()
        for group in CLASSES:
            trainer = _desk_of(home, unlocked, desk, group.trainer, prisons, clock)
            school.run_class(group, trainer)
        _write_cases(home, unlocked, desk, people, school, prisons, clock)
        school.let_go(people)
        school.leave_traces()
        desk.settings.put(PLAYS_ON, DAY.isoformat())
    finally:
        desk.close()
    return write_logins(home, MEMBERS)


def _write_cases(
    home: Home,
    unlocked: Unlocked,
    desk: Desk,
    people: list[DemoPerson],
    school: School,
    prisons: dict[str, int],
    clock: StoryClock,
) -> None:
    worker = _desk_of(home, unlocked, desk, WORKER, prisons, clock)
    Casework(desk, worker, clock, school.ids).tell(people, frozenset(_member(WORKER).prisons))


def is_demonstration(home: Home) -> bool:
    """Whether *home* holds the demonstration, whole."""
    return demo_login(home, MEMBERS[-1].username).exists()


def demo_login(home: Home, username: str) -> Path:
    """The file with the passphrase of one of the demonstration's staff."""
    return home.path / LOGINS / f"{username}.txt"


def _open_prisons(desk: Desk) -> dict[str, int]:
    wanted = {code for member in MEMBERS for code in member.prisons}
    found = {prison.code: prison for prison in desk.prisons.prisons() if prison.code in wanted}
    for prison in found.values():
        if not prison.active:
            desk.prisons.save(replace(prison, active=True))
    return {code: prison.id for code, prison in found.items()}


def _hire(desk: Desk, prisons: dict[str, int]) -> None:
    desk.staff.set_prisons(MANAGER, prisons.values())
    for member in MEMBERS[1:]:
        own = tuple(prisons[code] for code in member.prisons)
        desk.staff.add(NewMember(member.username, member.name, member.role, member.passphrase, prisons=own))


def _desk_of(
    home: Home, unlocked: Unlocked, desk: Desk, username: str, prisons: dict[str, int], clock: StoryClock
) -> Desk:
    """The desk of a member over the same open record: their marks bear their name."""
    member = _member(username)
    row = next(each for each in desk.staff.list() if each.username == username)
    own = frozenset(prisons[code] for code in member.prisons)
    actor = Actor(row.id, username, member.role, admin_duty=False, prisons=own)
    return open_desk(home, replace(unlocked, actor=actor), clock)


def _member(username: str) -> DemoMember:
    return next(member for member in MEMBERS if member.username == username)


def write_logins(home: Home, members: Sequence[DemoMember]) -> tuple[DemoLogin, ...]:
    """Put the passphrases of *members* beside the programme, in clear, and tell who they are."""
    folder = home.path / LOGINS
    folder.mkdir(exist_ok=True)
    for member in members:
        demo_login(home, member.username).write_text(member.passphrase + "\n", encoding="utf-8")
    return tuple(DemoLogin(each.username, each.name, each.role, each.passphrase) for each in members)
