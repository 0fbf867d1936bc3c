"""Whatever a stop or another program left in a home: somebody logs in, everything is there, nothing asks for help."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable

import pytest

from tests.faults.size import SEED
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import TooManyTries, WrongPassphrase
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import HomeState, home_state, unlock
from tlbb_desktop.services.window_lock import WindowLock
from tlbb_desktop.services.window_memory import RunFlag, read_memory
from tlbb_desktop.wiring import open_desk

JUNK = random.Random(SEED).randbytes(9000)


def beside(ending: str, content: bytes) -> Callable[[Home], object]:
    return lambda home: home.database.with_name(home.database.name + ending).write_bytes(content)


def file(name: str, content: bytes) -> Callable[[Home], object]:
    return lambda home: (home.path / name).write_bytes(content)


def folder(name: str) -> Callable[[Home], object]:
    return lambda home: (home.path / name).mkdir()


def half_a_new_programme(home: Home) -> None:
    Home(home.unfinished).make_folders()
    Home(home.unfinished).database.write_bytes(JUNK)


def half_a_backup(home: Home) -> None:
    home.backups.joinpath(".making-abc").mkdir()
    home.backups.joinpath(".making-abc", "programme.db").write_bytes(JUNK)
    home.backups.joinpath(".tlbb-backup-x.tlbb.part").write_bytes(JUNK)


def half_a_change_of_keys(home: Home) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        home.database.with_name(f"programme.next.db{ending}").write_bytes(JUNK)


def mark_of_work(home: Home) -> None:
    home.running.write_bytes(b"")


LEFT: dict[str, Callable[[Home], object]] = {
    "memory of the log": beside("-shm", JUNK),
    "empty log": beside("-wal", b""),
    "junk for a log": beside("-wal", JUNK),
    "empty journal": beside("-journal", b""),
    "junk for a journal": beside("-journal", JUNK),
    "zeros for a journal": beside("-journal", bytes(9000)),
    "lock with a number": file("app.lock", b"4711"),
    "lock with junk": file("app.lock", JUNK),
    "lock that nobody may write": lambda home: (home.window_lock.touch(), home.window_lock.chmod(0o400)),
    "lock that is a link to nowhere": lambda home: home.window_lock.symlink_to(home.path / "nowhere"),
    "a folder for the lock": folder("app.lock"),
    "lock of another program": file("app.lock.lock", b"4711"),
    "half a keyring": file(".0123456789ab.tmp", JUNK),
    "junk for tries": file("tries.json", JUNK),
    "a folder for tries": folder("tries.json"),
    "a folder for failed logins": folder("failed-logins.jsonl"),
    "junk for failed logins": file("failed-logins.jsonl", JUNK),
    "junk for the look": file("window.json", JUNK),
    "a folder for the look": folder("window.json"),
    "a mark of work": mark_of_work,
    "no ballast": lambda home: home.ballast.unlink(missing_ok=True),
    "half a new programme": half_a_new_programme,
    "half a backup": half_a_backup,
    "half a change of keys": half_a_change_of_keys,
}


@pytest.mark.parametrize("left", LEFT)
def test_what_was_left_behind_keeps_nobody_out_and_costs_nothing(home: Home, desk, template, left) -> None:
    desk.settings.put("late_minutes", 9)
    desk.close()
    LEFT[left](home)
    assert home_state(home) is HomeState.READY
    read_memory(home)
    with WindowLock(home):
        RunFlag(home).put_up()
        opened = enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login")
        again = open_desk(home, opened)
        assert again.settings.get("late_minutes") == 9
        assert [line.check for line in again.integrity.check() if not line.sound] == []
        again.close()


def test_the_back_off_goes_along_with_a_copy_of_the_home(home: Home) -> None:
    """Tries are counted beside the keyring: whoever carries the home away carries the count along."""
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            unlock(home, MANAGER, "not the passphrase at all")
    shutil.copytree(home.path, home.path.with_name("copy"))
    for place in (home, Home(home.path.with_name("copy"))):
        with pytest.raises(TooManyTries):
            unlock(place, MANAGER, PASSPHRASE)
