"""Head office with a further laptop at Siem Reap that joined it, each in a real encrypted home."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from tests.motorbike_class import motorbike_class
from tests.programme import MANAGER, PASSPHRASE, Beginnings
from tlbb_desktop.data.exchange_tables import exchange_tables
from tlbb_desktop.data.queries.people import person_with_code
from tlbb_desktop.data.repositories.exchange import ExchangeRows
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.exchange import TakenIn, Written
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.field_digests import FieldDigests
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services import disk_room
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.exchange_joining import FurtherLaptop, join
from tlbb_desktop.services.exchange_rows import RowBook
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk, open_desk

WORKER_PHRASE = "kite window mango pencil"


@dataclass
class Programme:
    """Laptops by their names; *folder* holds their homes, and stands for the stick.

    One that is not there yet is copied from *source* and opened when a test first asks for it.
    """

    folder: Path
    desks: dict[str, Desk] = field(default_factory=dict)
    keys: dict[str, UnlockedKeys] = field(default_factory=dict, repr=False)
    count: int = 0
    source: Path | None = None

    def __getitem__(self, name: str) -> Desk:
        if name not in self.desks and self.source is not None:
            shutil.copytree(self.source / name, self.folder / name)
            self.open(name)
        return self.desks[name]

    def open(self, name: str) -> Desk:
        home = Home(self.folder / name)
        keys = self.keys.get(name) or KeyringFile(home.path).load().unlock(MANAGER, PASSPHRASE)
        self.desks[name] = open_desk(home, enter(home, KeyringFile(home.path).load(), keys, SystemClock(), "login"))
        return self.desks[name]

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()

    def written(self, sender: str, receiver: str) -> tuple[Path, Written]:
        self.count += 1
        path = self.folder / f"{self.count}.tlbb-bundle"
        return path, self[sender].exchange.send(receiver, path)

    def send(self, sender: str, receiver: str) -> Path:
        return self.written(sender, receiver)[0]

    def carry(self, sender: str, receiver: str) -> TakenIn:
        return self[receiver].exchange.take_in(self.send(sender, receiver))

    def join(self, name: str, *prisons: str, staff: tuple[str, ...] = ()) -> Desk:
        file = self.folder / f"{name}.tlbb-join"
        self["HO"].invitations.invite(FurtherLaptop(name, prisons, staff), file)
        return self.begin(file, name)

    def begin(self, file: Path, name: str) -> Desk:
        join(file, Home(self.folder / name), MANAGER, PASSPHRASE)
        return self.open(name)


def add_person(desk: Desk, code: str, prison: str = "SR", *, name: str = "សុខ", since: date | None = None) -> int:
    where = desk.prisons.prison_with_code(prison).id
    day = since or desk.office.clock.today().replace(day=1)
    record = PersonRecord(
        id=None,
        code=code,
        kind=PersonKind.PARTICIPANT,
        status=PersonStatus.ENROLLED,
        names=Names("ចាន់", name),
        sex=Sex.MALE,
        stays=(CustodyStay(where, day, None),),
    )
    return desk.people.save(record)


def staffed(desk: Desk) -> None:
    """A trainer at Siem Reap and a social worker at Battambang, and somebody in each prison."""
    sr, btb = (desk.prisons.prison_with_code(code).id for code in ("SR", "BTB"))
    desk.staff.add(NewMember("dara", "Dara", Role.TRAINER, WORKER_PHRASE, prisons=(sr,)))
    desk.staff.add(NewMember("vanna", "Vanna", Role.SOCIAL_WORKER, WORKER_PHRASE, prisons=(btb,)))
    add_person(desk, "SR-26-0001")
    add_person(desk, "BTB-26-0001", "BTB")


@dataclass(frozen=True)
class Laptops:
    """Closed homes of a programme whose laptops have joined, with the manager's keys of each."""

    folder: Path
    keys: dict[str, UnlockedKeys] = field(repr=False)


def _closed(
    beginnings: Beginnings, folder: Path, furnish: Callable[[Desk], object], *further: FurtherLaptop, twin: str = ""
) -> Laptops:
    """*twin* begins with the invitation of the last laptop, too."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(disk_room, "BALLAST_BYTES", 4096)
        made = Programme(folder)
        beginnings.copy(furnish, folder).path.rename(folder / "HO")
        made.open("HO")
        for each in further:
            made.join(each.name, *each.prisons, staff=each.usernames)
        if twin:
            made.begin(folder / f"{further[-1].name}.tlbb-join", twin)
        keys = {name: KeyringFile(folder / name).load().unlock(MANAGER, PASSPHRASE) for name in made.desks}
        made.close()
    return Laptops(folder, keys)


@contextmanager
def opened(laptops: Laptops, folder: Path) -> Iterator[Programme]:
    """Copies of the homes in *folder*."""
    made = Programme(folder, keys=laptops.keys, source=laptops.folder)
    yield made
    made.close()


@pytest.fixture(scope="session")
def two_sites(beginnings: Beginnings, tmp_path_factory: pytest.TempPathFactory) -> Laptops:
    further = (FurtherLaptop("SR", ("SR",), ("dara",)), FurtherLaptop("BTB", ("BTB",), ("vanna",)))
    return _closed(beginnings, tmp_path_factory.mktemp("sites"), staffed, *further)


@pytest.fixture
def programme(two_sites: Laptops, tmp_path: Path) -> Iterator[Programme]:
    """Head office, a trainer's laptop at Siem Reap and a social worker's at Battambang."""
    with opened(two_sites, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def one_invitation(beginnings: Beginnings, tmp_path_factory: pytest.TempPathFactory) -> Laptops:
    """Two laptops, ``KSP`` and ``twin``, that began with one invitation of head office."""
    folder = tmp_path_factory.mktemp("twins")
    return _closed(beginnings, folder, staffed, FurtherLaptop("KSP", ("SR",), ()), twin="twin")


@pytest.fixture
def twins(one_invitation: Laptops, tmp_path: Path) -> Iterator[Programme]:
    with opened(one_invitation, tmp_path) as made:
        yield made


def taught(desk: Desk) -> None:
    """A class of three at Siem Reap in October and November 2026."""
    for number in (1, 2, 3):
        add_person(desk, f"SR-26-000{number}", since=date(2026, 9, 1))
    class_id = desk.classes.save(motorbike_class(desk))
    people = [person_id(desk, f"SR-26-000{number}") for number in (1, 2, 3)]
    desk.classes.enrol(class_id, people, date(2026, 10, 1))


@pytest.fixture(scope="session")
def class_on_three(beginnings: Beginnings, tmp_path_factory: pytest.TempPathFactory) -> Laptops:
    """The class on three laptops, each with the whole record of its prison."""
    further = (FurtherLaptop("A", ("SR",), ()), FurtherLaptop("B", ("SR",), ()))
    return _closed(beginnings, tmp_path_factory.mktemp("three"), taught, *further)


@pytest.fixture
def three(class_on_three: Laptops, tmp_path: Path) -> Iterator[Programme]:
    with opened(class_on_three, tmp_path) as made:
        yield made


def person_id(desk: Desk, code: str) -> int:
    with desk.office.store.read() as connection:
        found = person_with_code(connection, code)
    assert found is not None
    return found


def codes(desk: Desk) -> set[str]:
    with desk.office.store.read() as connection:
        return set(connection.exec_driver_sql("SELECT code FROM person").scalars())


def set_note(desk: Desk, code: str, note: str) -> None:
    desk.people.save(replace(desk.people.record(person_id(desk, code)), note=note))


def note_of(desk: Desk, code: str) -> str:
    return desk.people.record(person_id(desk, code)).note


def said(desk: Desk) -> dict[str, dict[str, dict[str, object]]]:
    """Everything that travels and is not each laptop's own, as one laptop says it: table, row, field."""
    with desk.office.store.read() as connection:
        book = RowBook(ExchangeRows(connection), desk.office.cipher, FieldDigests((b"digests",)))
        return {
            table.name: {
                row.key: {name: value for name, value in row.values.items() if name not in table.once}
                for row in book.read(table)
            }
            for table in exchange_tables().values()
        }
