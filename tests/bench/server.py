"""A class-month's register and a mark on a PostgreSQL server of this computer, against the same in a laptop's file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from tests.bench.homes import PASSPHRASE, ROOT, USER
from tests.bench.report import Finding, say
from tests.bench.school import LAST_DAY, MONTH, School, school
from tests.bench.timing import race, seconds_of
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

ROUNDS = 40
MARKS = 100_000
sys.path.append(str(ROOT / "installer"))


def measure(folder: Path) -> Iterator[Finding]:
    """The services alone, without a window; the server waits for its disk at each commit, as the file does."""
    from system_libraries import server_programs

    from tests.server import running_server

    if server_programs() is None:
        say("  there is no PostgreSQL on this computer")
        return
    laptop = school(folder / "laptop", MARKS)
    copy = laptop.desk.backups.create(folder / "copy.tlbb").path
    with running_server(careful=True) as server:
        home = Home(folder / "head-office")
        restore(copy, home, username=USER, passphrase=PASSPHRASE, server=server.url(server.new_database()))
        clock = WorkingDayClock(SystemClock(), LAST_DAY)
        office = School(open_desk(home, unlock(home, USER, PASSPHRASE), clock), laptop.class_id)
        yield from _compared(office, laptop)
        office.desk.close()
    laptop.desk.close()


def _compared(office: School, laptop: School) -> Iterator[Finding]:
    def read(place: School) -> float:
        return seconds_of(lambda: place.desk.attendance.register(place.class_id, MONTH))

    register = laptop.desk.attendance.register(laptop.class_id, MONTH)
    session, person = register.sessions[-1].id, register.learners[0].person_id
    codes = {id(place): cycle((MarkCode.LEFT_EARLY, MarkCode.PRESENT)) for place in (office, laptop)}

    def mark(place: School) -> float:
        wish = SetMark(session, person, next(codes[id(place)]))
        return seconds_of(lambda: place.desk.attendance.mark(place.class_id, [wish]))

    acts = (("register of a class-month, read on a server", read), ("mark committed on a server", mark))
    for what, act in acts:
        found = race(ROUNDS, lambda act=act: act(office), lambda act=act: act(laptop))
        yield Finding(
            what,
            found.median(),
            "the same service over a laptop's encrypted file",
            found.median(1),
            found.ratio(),
            most_seconds=0.15,
        )
