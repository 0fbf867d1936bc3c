"""A real home, made once and copied for each test: making keys costs a second, copying nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from filelock import FileLock

from tests.haste import haste
from tests.server import Server
from tlbb_desktop.demonstration.build import build_demonstration, is_demonstration
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.security.membership import change_passphrase
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services import copies, disk_room
from tlbb_desktop.services.entering import Unlocked, enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.vault import NewProgramme, create_programme
from tlbb_desktop.wiring import Desk, open_desk

T = TypeVar("T")
#: Whether the programmes of the tests lie on a server. So a suite is run on it: see docs/testing.md.
ON_SERVER = os.environ.get("TLBB_TEST_DATABASE") == "postgresql"
MANAGER = "sokha"
PASSPHRASE = "moon river bamboo lantern harbour"


@pytest.fixture(scope="session", autouse=True)
def in_haste() -> Iterator[None]:
    with haste():
        yield


@pytest.fixture(autouse=True)
def small_ballast(monkeypatch):
    monkeypatch.setattr(disk_room, "BALLAST_BYTES", 4096)


@pytest.fixture(autouse=True)
def each_folder_a_disk(monkeypatch):
    """A folder that a test calls a stick is one, though all of them lie on one disk here."""
    monkeypatch.setattr(copies, "device_of", lambda folder: hash(folder.resolve()))


def open_at_least_cost(home: Home, username: str, passphrase: str) -> None:
    """Let a keyring that a command made for this laptop cost what it costs on the slowest one.

    The program reads the cost from the keyring, as ever; what it chooses by itself is proven in ``test_kdf``.
    """
    file = keyring_of(home)
    made = file.load()
    keys = made.unlock(username, passphrase)
    cheaper = change_passphrase(replace(made, cost=FLOOR).authenticated(keys), username, passphrase, passphrase)
    file.save(cheaper, replaces=made)


@dataclass(frozen=True)
class Template:
    """A programme of Siem Reap with its manager, closed; its recovery key and the manager's open keys."""

    home: Home
    recovery_key: str
    keys: UnlockedKeys
    server: Server | None = None

    def copy(self, home: Home, folder: Path) -> Home:
        """A copy of *home*, which is this one or one that came of it, with a database of its own."""
        made = Home(Path(shutil.copytree(home.path, folder)))
        if self.server is not None:
            database = self.server.new_database(home.server.partition("@/")[2].partition("?")[0], folder)
            made.server_file.write_text(self.server.url(database), encoding="utf-8")
        return made


def make_template(folder: Path, server: Server | None = None) -> Template:
    """One in *folder*, on *server* where one is given."""
    home = Home(folder / "home")
    url = server.url(server.new_database()) if server else ""
    created = create_programme(home, NewProgramme("SR", MANAGER, PASSPHRASE, "សុខា", "km"), FLOOR, server=url)
    created.unlocked.store.close()
    return Template(home, created.recovery_key, created.unlocked.keys, server)


@pytest.fixture(scope="session")
def template(request, tmp_path_factory) -> Template:
    return make_template(tmp_path_factory.mktemp("template"), request.getfixturevalue("server") if ON_SERVER else None)


@pytest.fixture(autouse=ON_SERVER)
def databases_that_go_with_the_test(server: Server, tmp_path: Path) -> Iterator[None]:
    """On a server: the records that lie below the folder of a test."""
    yield
    server.drop_databases_of(tmp_path)


class Beginnings:
    """Homes that many tests begin with: each is furnished once for all tests of a process, closed, and copied.

    Args:
        template: the empty programme.
        folder: takes the homes.
    """

    def __init__(self, template: Template, folder: Path) -> None:
        self._template, self._folder = template, folder
        self._made: dict[Callable[[Desk], Any], tuple[Home, Any]] = {}

    def made(self, furnish: Callable[[Desk], T]) -> T:
        """What *furnish* gave when it worked at the manager's desk; ids and values, nothing that is open."""
        return self._of(furnish)[1]

    def copy(self, furnish: Callable[[Desk], object], folder: Path) -> Home:
        """A copy of the home in which *furnish* has worked, as ``home`` in *folder*."""
        return self._template.copy(self._of(furnish)[0], folder / "home")

    def _of(self, furnish: Callable[[Desk], T]) -> tuple[Home, T]:
        if furnish not in self._made:
            place = self._folder / str(len(self._made))
            home = self._template.copy(self._template.home, place / "home")
            keyring = keyring_of(home).load()
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(disk_room, "BALLAST_BYTES", 4096)
                desk = open_desk(home, enter(home, keyring, self._template.keys, SystemClock(), "login"))
                self._made[furnish] = home, furnish(desk)
                desk.close()
        return self._made[furnish]


@pytest.fixture(scope="session")
def beginnings(template: Template, tmp_path_factory) -> Beginnings:
    return Beginnings(template, tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def home(template: Template, tmp_path: Path) -> Home:
    """A ready programme: manager ``sokha``, prison SR, no people, no classes."""
    return template.copy(template.home, tmp_path / "home")


@pytest.fixture
def recovery_key(template: Template) -> str:
    return template.recovery_key


@pytest.fixture
def unlocked(home: Home, template: Template) -> Iterator[Unlocked]:
    opened = enter(home, keyring_of(home).load(), template.keys, SystemClock(), "login")
    yield opened
    opened.store.close()


@pytest.fixture
def desk(home: Home, unlocked: Unlocked) -> Desk:
    """The manager's desk."""
    return open_desk(home, unlocked)


@pytest.fixture
def desk_as(home: Home, unlocked: Unlocked) -> Callable[..., Desk]:
    """Desk of somebody with another role over the same record: their keys are those of the role.

    Call it as ``desk_as(Role.TRAINER)``; ``prisons`` are ids and default to the home's own prison.
    """

    def open_as(role: Role, *, admin_duty: bool = False, prisons: frozenset[int] | None = None) -> Desk:
        own = unlocked.actor.prisons if prisons is None else prisons
        actor = replace(unlocked.actor, role=role, admin_duty=admin_duty, prisons=own)
        keys = unlocked.keys.limited_to(role, admin_duty)
        return open_desk(home, replace(unlocked, actor=actor, keys=keys, record_keys=keys))

    return open_as


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, worker_id: str) -> Home:
    """The demonstration programme, built once for all processes that run tests; nobody writes in it, but in copies."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    home = Home(shared / "demonstration" / "home")
    with FileLock(shared / "demonstration.lock"):
        if not is_demonstration(home):
            build_demonstration(home)
    return home
