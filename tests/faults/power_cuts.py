"""Rebuilds the home of a recorded day as a power cut may leave it, and holds it against what was promised."""

from __future__ import annotations

import random
import shutil
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from tests.faults import record
from tests.faults.disk import Disk, Fate, lay_out
from tests.faults.recording import Note, Operation, Rename, operations_of
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.data.integrity import failed_checks
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services import backups, vault
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.entering import open_store
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import HomeState, home_state
from tlbb_desktop.wiring import open_desk

WORKED_ON = 50
"""In every so many states somebody logs in with the passphrase and goes on working."""


@dataclass(frozen=True)
class Recording:
    """A day's work.

    Args:
        trace: what `strace` wrote.
        home: where it was done.
    """

    trace: Path
    home: Path


@cache
def read(recording: Recording) -> list[Operation]:
    """The operations of a recording; a process reads it once."""
    return operations_of(recording.trace, recording.home)


@dataclass(frozen=True)
class Promise:
    """What the program had acknowledged when the power failed.

    Args:
        anything: whether it had acknowledged anything yet.
        texts: digests of what the record may say: as at the last acknowledgement, or after a commit since then.
        generation: of the keyring.
        mac: of that generation.
        backups: file name and digest of each backup.
    """

    anything: bool
    texts: frozenset[str]
    generation: int
    mac: str
    backups: tuple[tuple[str, str], ...]


class Promises:
    """What was acknowledged before each operation of a recording."""

    def __init__(self, operations: list[Operation]) -> None:
        self._places = [number for number, operation in enumerate(operations) if isinstance(operation, Note)]
        promise = Promise(False, frozenset(), 0, "", ())
        last = ""
        self._promises = [promise]
        for number in self._places:
            said = operations[number].said
            if "says" in said:
                last = said["says"]
                promise = Promise(
                    promise.anything, promise.texts | {last}, promise.generation, promise.mac, promise.backups
                )
            else:
                made = (tuple(said["backup"]),) if "backup" in said else ()
                promise = Promise(True, frozenset({last}), said["generation"], said["mac"], promise.backups + made)
            self._promises.append(promise)

    def before(self, cut: int) -> Promise:
        """What stood when the operations before *cut* had been asked for."""
        return self._promises[bisect_right(self._places, cut - 1)]


class Reopening:
    """Opens what a power cut left, as the program does.

    The passphrase is tried once for each keyring; afterwards the keys that it gave are taken, which the MAC proves to
    be those of the keyring on the disk. What this leaves out is Argon2id alone.
    """

    def __init__(self) -> None:
        self._keys: dict[bytes, UnlockedKeys] = {}

    def check(self, home: Home, promise: Promise) -> None:
        """Raise AssertionError, or what the program raises, unless the record opens, is sound and says what it must."""
        keyring = vault._keyring(home)
        assert keyring.generation >= promise.generation, "the keyring is older than what was acknowledged"
        assert keyring.generation > promise.generation or keyring.mac.hex() == promise.mac
        keys = self._keys.get(keyring.mac) or keyring.unlock(MANAGER, PASSPHRASE)
        self._keys[keyring.mac] = keys
        keyring.verify(keys)
        store, fitting = open_store(home, keys)
        with store.read() as connection:
            assert record.digest(record.contents(connection, FieldCipher(fitting))) in promise.texts, "a commit is lost"
            assert AuditTrail(fitting.audit_key).first_broken(connection) is None
        store.close()
        assert failed_checks(home.database, fitting.db_key, fitting.db_salt) == ()
        for name, digest in promise.backups:
            assert backups.verify(home.backups / name).digest == digest


def work_on(home: Home) -> None:
    """Log in, finish what was interrupted, check everything, write something."""
    desk = open_desk(home, vault.unlock(home, MANAGER, PASSPHRASE), record.CLOCK)
    assert not desk.staff.rekey_due
    assert [line.check for line in desk.integrity.check() if not line.sound] == []
    desk.settings.put("late_minutes", 7)
    desk.close()


def chosen_cuts(operations: list[Operation], chance: random.Random, number: int) -> list[int]:
    """Where the power fails: before and after every rename, then anywhere, then in acts that are chosen first.

    Most operations belong to a few long acts, and what must stand in an order stands around the renames.
    """
    renames = [place for place, each in enumerate(operations) if isinstance(each, Rename)]
    ends = [place for place, each in enumerate(operations, 1) if isinstance(each, Note) and "done" in each.said]
    acts = list(pairwise([0, *ends]))
    cuts = [place + step for place in renames for step in (0, 1)]
    while len(cuts) < number:
        start, end = chance.choice(acts)
        cuts += [chance.randint(1, len(operations)), chance.randint(start + 1, end)]
    return sorted(cuts)


def what_was_told(recording: Recording) -> dict[Path, bytes | None]:
    """Path -> content of every file of the home, after the whole recording."""
    disk = Disk()
    for operation in read(recording):
        disk.follow(operation)
    return {Path(path): content for path, content in disk.in_the_end().items()}


def reopen_after_cuts(recording: Recording, fate: Fate, states: int, seed: int, memory: Path, kept: Path) -> int:
    """Cut the power *states* times; returns how many of the homes held a programme already.

    Args:
        recording: the day's work.
        fate: of what was not synced.
        states: how many cuts.
        seed: of all chances.
        memory: where homes are laid out.
        kept: where the home goes that breaks a promise.
    """
    operations, chance = read(recording), random.Random(f"{seed} {fate}")
    promises, reopening, disk = Promises(operations), Reopening(), Disk()
    done = opened = 0
    for number, cut in enumerate(chosen_cuts(operations, chance, states)):
        for operation in operations[done:cut]:
            disk.follow(operation)
        done = cut
        home, promise = Home(memory / "cut"), promises.before(cut)
        lay_out(disk.after_power_cut(fate, chance), recording.home, home.path)
        try:
            if promise.anything or home_state(home) is not HomeState.EMPTY:
                opened += 1
                reopening.check(home, promise)
                if number % WORKED_ON == 0:
                    work_on(home)
        except BaseException as error:
            shutil.copytree(home.path, kept, dirs_exist_ok=True)
            error.add_note(f"TLBB_SEED={seed}, {fate}, state {number}, cut at operation {cut}; what is left: {kept}")
            raise
        finally:
            shutil.rmtree(home.path, ignore_errors=True)  # nothing may be there yet
    return opened
