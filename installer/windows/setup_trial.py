"""Tries setup.exe under Wine: it installs, updates, mends what was broken off, leaves one program, and goes away."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from windows.freeze import NAME
from windows.trial import (
    TRIES,
    TrialFailed,
    Tried,
    Words,
    empty,
    ended,
    founding,
    require,
    says_painted,
    screen,
    succeeds,
    wait,
)
from windows.wine import WineRoom

FOLDER = "TLBB Desktop"
STOPPED, OLD_WINDOWS_REFUSED, SECOND_PROGRAM_REFUSED = 1, 10, 13
#: Of a program's folder, what a power cut in the middle of copying leaves out.
LOST_SHARE = 2
#: An update takes a tenth of it.
OPENED_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Laptop:
    """A Windows with setup.exe on its stick.

    Args:
        room: the Windows.
        setup: setup.exe with NSIS's stub of 64 bits.
        place: where the program for all accounts lies.
    """

    room: WineRoom
    setup: Path
    place: Path

    @property
    def record(self) -> Path:
        """The folder of the record."""
        return self.room.windows / "ProgramData" / FOLDER

    @property
    def new(self) -> Path:
        """Where setup.exe puts the new program together."""
        return self.place.with_name(f"{FOLDER}.new")

    @property
    def old(self) -> Path:
        """Where the program before lies between two renames."""
        return self.place.with_name(f"{FOLDER}.old")

    def command(self, *words: str | Path) -> Words:
        """A command of the installed program."""
        return [self.place / f"{NAME}-command.exe", *words]

    def whoever(self) -> Words:
        """Who gives a command about the record."""
        return ["--user", "sokha", "--passphrase-file", self.room.folder / "passphrase.txt"]

    def backups(self) -> set[Path]:
        """What updates have backed up."""
        return set((self.record / "backups").glob("before-update-*"))

    def digest(self) -> str:
        """Of the closed record."""
        return hashlib.sha256((self.record / "programme.db").read_bytes()).hexdigest()

    def update(self, what: str, code: int = 0) -> Tried:
        """Start setup.exe without questions; the record stays as it is, byte for byte."""
        before = self.digest()
        tried = ended(self.room, what, [self.setup, "/S"], code)
        require(self.digest() == before, f"{what}: the record is another one")
        return tried

    def works(self, what: str) -> Tried:
        """The installed program is whole and opens the record, which passes every check."""
        require(not self.new.exists() and not self.old.exists(), f"{what}: something lies beside the program")
        succeeds(self.room, what, self.command("check", "--program"))
        return succeeds(self.room, what, self.command(*self.whoever(), "check"))


def try_setup(room: WineRoom, setup: Path) -> list[Tried]:
    """Install, update, break off, mend and take away again, without questions; and be refused by an old Windows.

    Args:
        room: a Windows of 64 bits.
        setup: a setup.exe of 64 bits; its updates are installations of the same version over the first.
    """
    laptop = Laptop(room, setup, room.windows / "Program Files" / FOLDER)
    steps: tuple[Callable[[Laptop], list[Tried]], ...] = (
        _installs,
        _open_window,
        _updates,
        _power_cut_while_copying,
        _power_cut_between_renames,
        _half_a_program,
        _window_opened_meanwhile,
        _one_program,
    )
    tried = []
    for step in steps:
        tried += step(laptop)
        print(f"  {tried[-1].what}: {tried[-1].found}", flush=True)
    return tried


def _installs(laptop: Laptop) -> list[Tried]:
    room, place = laptop.room, laptop.place
    for_all: Words = [laptop.setup, "/S", "/AllUsers"]
    room.pretend("win7")
    refused = ended(room, "Windows 7 is refused", for_all, OLD_WINDOWS_REFUSED)
    room.pretend("win10")
    tried = [refused, ended(room, "setup.exe installs for all accounts", for_all, 0)]
    require((place / f"{NAME}.exe").exists(), "setup.exe left no program")
    require(any((room.windows / "ProgramData").rglob(f"{FOLDER}.lnk")), "setup.exe left no entry in the menu")
    found = laptop.command(*founding(room))
    return [*tried, succeeds(room, "the installed program founds a programme", found, lambda: empty(laptop.record))]


def _open_window(laptop: Laptop) -> list[Tried]:
    with screen(laptop.room) as display:
        window = laptop.room.start([laptop.place / f"{NAME}.exe", "--painted"], more={"DISPLAY": display})
        require(says_painted(window), "the installed program paints no page")
        tried = laptop.update("an open window keeps an update away", STOPPED)
        laptop.room.shut_down()
        window.wait()
    require(not laptop.backups() and not laptop.new.exists(), "an update began over an open window")
    return [tried]


def _updates(laptop: Laptop) -> list[Tried]:
    tried = laptop.update("an update over it asks nothing")
    require(len(laptop.backups()) == 1, "the update made no backup")
    return [tried, laptop.works("the updated program is whole, and so is its record")]


def _window_opened_meanwhile(laptop: Laptop) -> list[Tried]:
    """Over another record, so that nothing but its file tells that the program is in use, painted or hanging."""
    what = "a window opened while an update is copied keeps the older program"
    for number in range(1, TRIES + 1):
        with screen(laptop.room) as display:
            update = laptop.room.start([laptop.setup, "/S"])
            wait((laptop.new / f"{NAME}.exe").exists, "the update does not begin")
            command: Words = [laptop.place / f"{NAME}.exe", "--home", laptop.room.folder / f"home-{number}"]
            window = laptop.room.start(command, more={"DISPLAY": display})
            ended_by_itself = _ends(update, OPENED_SECONDS)
            stayed_open = window.poll() is None
            laptop.room.shut_down()
            for process in (update, window):
                process.wait()
        if ended_by_itself and stayed_open:
            require(update.returncode == STOPPED, f"{what}: setup.exe ended with {update.returncode}")
            return [replace(laptop.works(what), tries=number)]
    raise TrialFailed(f"{what}: it did not stay open, or setup.exe did not end, {TRIES} times")


def _ends(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether it does so by itself. Its pipe says nothing of that: what Wine began with it holds the other end."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _power_cut_while_copying(laptop: Laptop) -> list[Tried]:
    update = laptop.room.start([laptop.setup, "/S"])
    wait((laptop.new / "_internal").exists, "the update does not begin")
    laptop.room.shut_down()
    update.wait()
    require(laptop.new.exists(), "the update was not broken off")
    what = "broken off while it copies, the older program works"
    works = succeeds(laptop.room, what, laptop.command(*laptop.whoever(), "check"))
    laptop.update(what)
    return [works, laptop.works("begun again, the update ends what was broken off")]


def _power_cut_between_renames(laptop: Laptop) -> list[Tried]:
    """The new program is whole beside it then; here it is less, so that nothing is mended with it."""
    laptop.place.rename(laptop.old)
    shutil.copytree(laptop.old, laptop.new)
    (laptop.new / f"{NAME}.exe").unlink()
    laptop.room.give(laptop.new)
    laptop.update("broken off between two renames")
    return [laptop.works("broken off between two renames, the update mends it")]


def _half_a_program(laptop: Laptop) -> list[Tried]:
    """As copying over the older program left it when it was broken off; somebody's note lies beside."""
    lost = sorted(path for path in laptop.place.rglob("*") if path.is_file())[::LOST_SHARE]
    for path in lost:
        path.unlink()
    note = laptop.place / "note.txt"
    note.write_text("of somebody", encoding="ascii")
    laptop.room.give(note)
    before = laptop.backups()
    laptop.update("half a program")
    require(bool(laptop.backups() - before), "half a program was mended without a backup")
    kept = laptop.place.with_name(f"{FOLDER}.kept") / note.name
    require(kept.read_text(encoding="ascii") == "of somebody", "a file that is not of the program is lost")
    return [laptop.works(f"without {len(lost)} of its files, the update backs up and mends it")]


def _one_program(laptop: Laptop) -> list[Tried]:
    room = laptop.room
    tried = [ended(room, "uninstall.exe takes it away", [laptop.place / "uninstall.exe", "/S", "/AllUsers"], 0)]
    wait(lambda: not laptop.place.exists(), "the program is still there")
    require((laptop.record / "programme.db").exists(), "the record is gone")
    tried.append(ended(room, "installed for one account", [laptop.setup, "/S", "/CurrentUser"], 0))
    (program,) = (room.windows / "users").rglob(f"{NAME}.exe")
    own = Laptop(room, laptop.setup, program.parent)
    own.update("it is updated where it is")
    require(not laptop.place.exists(), "an update of one account's program made a second one")
    tried.append(own.works("installed for one account, it is updated there, with the record of before"))
    aside = own.place.with_name("aside")
    shutil.copytree(own.place, aside)
    tried.append(ended(room, "installed for all, it is the only one", [laptop.setup, "/S", "/AllUsers"], 0))
    require(not own.place.exists(), "the program of one account is still there beside the one for all")
    aside.rename(own.place)
    room.give(own.place)
    beside = "uninstall.exe of a copy beside the program for all takes the copy away"
    tried.append(ended(room, beside, [own.place / "uninstall.exe", "/S"], 0))
    wait(lambda: not own.place.exists(), "the copy is still there")
    works = laptop.works("the one for all opens the record")
    second: Words = [laptop.setup, "/S", "/CurrentUser"]
    refused = ended(room, "a second program for one account is refused", second, SECOND_PROGRAM_REFUSED)
    removed = ended(room, "uninstall.exe takes it away again", [laptop.place / "uninstall.exe", "/S", "/AllUsers"], 0)
    wait(lambda: not laptop.place.exists(), "the program is still there")
    require((laptop.record / "programme.db").exists(), "the record is gone")
    return [*tried, works, refused, removed, Tried("the record is still there", "programme.db and its keyring", 1, 0.0)]
