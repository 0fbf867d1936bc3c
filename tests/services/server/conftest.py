"""A programme of Siem Reap on a real server, and further computers that work with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.motorbike_class import OCTOBER, motorbike_class
from tests.programme import MANAGER, PASSPHRASE, Template, make_template
from tests.server import Server
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.people import (
    CustodyStay,
    Identity,
    Names,
    PeopleFilter,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.server_home import use_server
from tlbb_desktop.services.vault import NewProgramme, unlock
from tlbb_desktop.wiring import Desk, open_desk

WORDS = "seven rivers carry yellow paper boats"
FOUNDING = NewProgramme("SR", MANAGER, PASSPHRASE)


@pytest.fixture(scope="session")
def server_template(server: Server, tmp_path_factory) -> Template:
    """An empty programme of Siem Reap on the server."""
    return make_template(tmp_path_factory.mktemp("on-server"), server)


@pytest.fixture
def home(server_template: Template, tmp_path: Path) -> Home:
    return server_template.copy(server_template.home, tmp_path / "home")


@pytest.fixture
def desk(home: Home, server_template: Template) -> Iterator[Desk]:
    desk = open_desk(home, enter(home, keyring_of(home).load(), server_template.keys, SystemClock(), "login"))
    yield desk
    desk.close()


@pytest.fixture
def join(home: Home, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the programme from a further computer: ``join("vanna", WORDS)``, over another account when one is given."""
    opened: list[Desk] = []

    def sit_down(username: str, passphrase: str, server: str = "") -> Desk:
        other = Home(tmp_path / f"computer-{len(opened)}")
        use_server(other, server or home.server)
        opened.append(open_desk(other, unlock(other, username, passphrase)))
        return opened[-1]

    yield sit_down
    for desk in opened:
        desk.close()


def somebody(desk: Desk, given: str, code: str, prison_id: int, identity: Identity | None = None) -> int:
    """Take in a person who is at a prison since September."""
    names = Names("គឹម", given, "KIM", given.upper())
    stays = (CustodyStay(prison_id, date(2026, 9, 1)),)
    kind, status = PersonKind.PARTICIPANT, PersonStatus.ENROLLED
    return desk.people.save(PersonRecord(None, code, names, Sex.MALE, kind, status, stays=stays, identity=identity))


@dataclass
class Class:
    """A class of October with two people, and its first session."""

    id: int
    people: list[int]
    session_id: int


def class_of(desk: Desk) -> Class:
    own = desk.prisons.own().id
    people = [somebody(desk, "vanna", "2026-0001", own), somebody(desk, "rithy", "2026-0002", own)]
    class_id = desk.classes.save(motorbike_class(desk))
    desk.classes.enrol(class_id)
    session = desk.classes.sessions(class_id, OCTOBER.first, OCTOBER.last)[0]
    return Class(class_id, people, session.id)


def class_of_two(desk: Desk, prison_id: int, person: int) -> Class:
    """A class at a prison with one person."""
    class_id = desk.classes.save(motorbike_class(desk, f"K-{prison_id}", prison_id=prison_id))
    desk.classes.enrol(class_id, [person])
    session = desk.classes.sessions(class_id, OCTOBER.first, OCTOBER.last)[0]
    return Class(class_id, [person], session.id)


def require_whole(home: Home) -> None:
    """It opens, and every check passes."""
    desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE))
    assert desk.people.ids(PeopleFilter()) == []
    assert [line.check for line in desk.integrity.check() if not line.sound] == []
    desk.close()
