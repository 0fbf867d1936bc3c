"""A process killed while it writes a bundle or takes one in, invites or begins: nothing is half there."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

import pytest

from tests.faults.own_process import in_haste
from tests.faults.size import NIGHT, SEED, at_gate
from tests.process_server import SERVER
from tests.programme import MANAGER, PASSPHRASE
from tests.services.exchange.conftest import Laptops, Programme, add_person, codes, opened, said, set_note
from tlbb_desktop.documents.bundle_files import bundle_read, invitation_read
from tlbb_desktop.security.bundle_keys import signature_holds
from tlbb_desktop.services.exchange_joining import FurtherLaptop, join
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk

KILLS = at_gate(1, night=300)
JOINS = at_gate(1, night=60)
PEOPLE = at_gate(6, night=30)
CODE = "SR-26-0001"
night = pytest.mark.skipif(not NIGHT, reason="a night's work")
Job = Callable[[Desk, Path], object]


def write_bundle(desk: Desk, path: Path) -> None:
    desk.exchange.send("SR", path)


def take_bundle(desk: Desk, path: Path) -> None:
    desk.exchange.take_in(path)


def work(pipe: Connection, home: Path, job: Job, path: Path) -> None:
    """In the process: log in, say so, and do the job when told."""
    in_haste()
    desk = open_desk(Home(home), unlock(Home(home), MANAGER, PASSPHRASE))
    pipe.send("ready")
    pipe.recv()
    job(desk, path)
    pipe.send("done")
    pipe.recv()  # dies with everything open, as a process does that is killed


def invite(desk: Desk, path: Path) -> object:
    return desk.invitations.invite(FurtherLaptop("KSP", ("SR",), ()), path)


def begin(pipe: Connection, home: Path, _job: Job, path: Path) -> None:
    """In the process: begin in an empty home with an invitation when told."""
    in_haste()
    pipe.send("ready")
    pipe.recv()
    join(path, Home(home), MANAGER, PASSPHRASE)
    pipe.send("done")
    pipe.recv()


def run_and_kill(home: Path, job: Job, path: Path, after: float, works: Callable[..., None] = work) -> None:
    """Kill the process *after* so many seconds of its job, or when that is done."""
    ours, theirs = SERVER.Pipe()
    process = SERVER.Process(target=works, args=(theirs, home, job, path))
    process.start()
    assert ours.recv() == "ready"
    ours.send("begin")
    if ours.poll(after):
        assert ours.recv() == "done"
    process.kill()
    process.join()
    process.close()


@dataclass
class Stage:
    """Closed homes in *folder*, which each kill begins with again; *programme* opens copies that worked undisturbed."""

    folder: Path
    programme: Programme
    chance: random.Random

    def home(self, name: str) -> Path:
        """A fresh copy of the home as it was before the exchange."""
        fresh = self.folder / "killed" / name
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(self.folder / "before" / name, fresh)
        return fresh

    def kills(self, job: Job, name: str, path: Path, took: float) -> Iterator[Path]:
        """Homes in which a process was killed in the middle of *job* or soon after; undisturbed it *took* so long."""
        for _kill in range(KILLS):
            home = self.home(name)
            run_and_kill(home, job, path, self.chance.uniform(0, 1.5 * took))
            yield home

    def opened(self, home: Path) -> Desk:
        self.programme.keys.setdefault(str(home), self.programme.keys[home.name])
        laptops = Programme(home.parent, keys=self.programme.keys)
        desk = laptops.open(home.name)
        assert all(line.sound for line in desk.integrity.check())
        return desk


@pytest.fixture
def stage(two_sites: Laptops, tmp_path: Path) -> Iterator[Stage]:
    """Both sides have much that the other one lacks, and nothing in common was changed."""
    with opened(two_sites, tmp_path / "before") as made:
        (tmp_path / "before").mkdir()
        for number in range(10, 10 + PEOPLE):
            add_person(made["SR"], f"SR-26-00{number}")
            add_person(made["HO"], f"SR-26-01{number}")
        set_note(made["SR"], CODE, "from the site")
        made.send("SR", "HO")
        made.close()
        undisturbed = Programme(tmp_path / "undisturbed", keys=two_sites.keys)
        shutil.copytree(tmp_path / "before", undisturbed.folder)
        yield Stage(tmp_path, undisturbed, random.Random(SEED))
        undisturbed.close()


def office_key(laptop: Desk) -> bytes:
    """What head office's bundles are checked with, as another laptop knows it."""
    with laptop.office.store.read() as connection:
        found = connection.exec_driver_sql("SELECT verify_key FROM exchange_laptop WHERE head_office AND NOT own")
        return bytes(found.scalar_one())


def is_whole(content: bytes, key: bytes) -> bool:
    bundle = bundle_read(content, "killed")
    return signature_holds(key, bundle.signature, bundle.content)


def test_a_kill_while_a_bundle_is_taken_in_leaves_all_of_it_or_nothing_and_it_is_taken_in_again(stage):
    bundle = stage.folder / "before" / "1.tlbb-bundle"
    office = stage.programme.open("HO")
    before = said(office)
    began = monotonic()
    office.exchange.take_in(bundle)
    took, whole = monotonic() - began, said(office)
    assert whole != before
    for home in stage.kills(take_bundle, "HO", bundle, took):
        desk = stage.opened(home)
        found = said(desk)
        received = {each.laptop.name: each.received for each in desk.exchange.status()}["SR"]
        assert found == (whole if received else before)
        assert desk.exchange.take_in(bundle).repeated == bool(received)
        assert said(desk) == whole
        desk.close()


def test_a_kill_while_a_bundle_is_written_leaves_a_whole_file_or_none_and_it_is_written_again(stage):
    laptop = stage.programme.open("SR")
    written = stage.folder / "undisturbed.tlbb-bundle"
    office = stage.programme.open("HO")
    began = monotonic()
    office.exchange.send("SR", written)
    took = monotonic() - began
    laptop.exchange.take_in(written)
    expected = said(laptop)
    assert is_whole(written.read_bytes(), office_key(laptop))
    assert not is_whole(written.read_bytes()[:-1], office_key(laptop))
    torn = stage.folder / "torn.tlbb-bundle"
    for home in stage.kills(write_bundle, "HO", torn, took):
        if torn.exists():
            assert is_whole(torn.read_bytes(), office_key(laptop))
            torn.unlink()
        again = stage.folder / "again.tlbb-bundle"
        office = stage.opened(home)
        office.exchange.send("SR", again)
        office.close()
        there = stage.opened(stage.home("SR"))
        there.exchange.take_in(again)
        assert said(there) == expected
        there.close()


@night
def test_a_kill_while_a_laptop_is_invited_leaves_a_whole_invitation_or_none_and_it_is_invited_again(stage):
    laptop, torn = stage.programme.open("SR"), stage.folder / "torn.tlbb-join"
    began = monotonic()
    invite(stage.programme.open("HO"), stage.folder / "undisturbed.tlbb-join")
    took = monotonic() - began
    for home in stage.kills(invite, "HO", torn, took):
        if torn.exists():
            assert is_whole(invitation_read(torn.read_bytes(), torn.name).bundle, office_key(laptop))
            torn.unlink()
        office = stage.opened(home)
        invite(office, stage.folder / "again.tlbb-join")
        assert [each.laptop.name for each in office.exchange.status()].count("KSP") == 1
        office.close()


@night
def test_a_kill_while_a_laptop_begins_leaves_the_whole_programme_or_an_empty_home_where_it_begins_again(stage):
    invitation, folder = stage.folder / "KSP.tlbb-join", stage.folder / "begun"
    invite(stage.programme.open("HO"), invitation)
    began = monotonic()
    join(invitation, Home(folder / "KSP"), MANAGER, PASSPHRASE)
    took = monotonic() - began
    expected = codes(Programme(folder).open("KSP"))
    for kill in range(JOINS):
        home = Home(folder / f"KSP-{kill}")
        run_and_kill(home.path, write_bundle, invitation, stage.chance.uniform(0, took), begin)
        if not home.has_keyring:
            join(invitation, home, MANAGER, PASSPHRASE)
        desk = Programme(folder).open(home.path.name)
        assert codes(desk) == expected
        assert all(line.sound for line in desk.integrity.check())
        desk.close()
