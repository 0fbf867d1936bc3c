"""Rebuilds homes of before as a power cut in their upgrade may leave them: they are old or new, and open."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.faults.disk import Disk, Fate, lay_out
from tests.faults.old_homes import FOLDER, MANAGER, PASSPHRASE, changed_tables
from tests.faults.recording import Note, Operation, Rename, Sync, files_before, operations_of
from tlbb_desktop.data.integrity import failed_checks
from tlbb_desktop.data.schema import HEAD, schema_revision
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services import backups, vault
from tlbb_desktop.services.entering import enter, open_store
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.upgrading import copy_before_upgrade

ENTERED = 4
"""In every so many states somebody logs in, which finishes the upgrade."""


@dataclass(frozen=True)
class UpgradeRecording:
    """How homes of before were opened.

    Args:
        trace: what `strace` wrote.
        homes: the folder that they lie in, one for each revision.
        before: a copy of that folder from before.
    """

    trace: Path
    homes: Path
    before: Path


@cache
def upgrades(recording: UpgradeRecording) -> dict[str, tuple[Disk, tuple[Operation, ...]]]:
    """Revision -> the disk before, and what was asked of it; a process reads it once."""
    disk = Disk.holding(files_before(recording.homes, recording.before))
    found: dict[str, tuple[Disk, tuple[Operation, ...]]] = {}
    part: list[Operation] = []
    for operation in operations_of(recording.trace, recording.homes, recording.before):
        part.append(operation)
        if isinstance(operation, Note) and "opened" in operation.said:
            revision = operation.said["opened"]
            found[revision] = _alone(disk, recording.homes / revision), tuple(part)
            part = []
    return found


def _alone(disk: Disk, home: Path) -> Disk:
    names = {path: file for path, file in disk.names.items() if Path(path).is_relative_to(home)}
    return Disk(names, {file: disk.contents[file] for file in names.values() if file is not None})


@cache
def keys_of(revision: str) -> UnlockedKeys:
    """What the manager's passphrase opens; Argon2id runs once for a home."""
    return KeyringFile(FOLDER / revision).load().unlock(MANAGER, PASSPHRASE)


def check(home: Home, revision: str, *, acknowledged: bool) -> bool:
    """Raise AssertionError unless the home is whole, as old or as new; tells whether it is new."""
    keys = keys_of(revision)
    store, fitting = open_store(home, keys)
    with store.read() as connection:
        stands = schema_revision(connection)
        assert stands in {revision, HEAD}
        assert stands == HEAD or not acknowledged, "an acknowledged login was lost"
        assert changed_tables(revision, connection, FieldCipher(fitting)) == []
    store.close()
    assert failed_checks(home.database, fitting.db_key, fitting.db_salt) == ()
    copy = copy_before_upgrade(home)
    if stands == HEAD or copy.exists():
        backups.verify(copy)  # so it was certain before the upgrade began
    return stands == HEAD


def log_in(home: Home, revision: str) -> None:
    """Enter by the door; afterwards the home is new."""
    enter(home, vault._keyring(home), keys_of(revision), SystemClock(), "login").store.close()
    assert check(home, revision, acknowledged=True)


def chosen_cuts(operations: tuple[Operation, ...], chance: random.Random, number: int) -> list[int]:
    """Before and after what makes something certain first, then anywhere."""
    certain = [place for place, each in enumerate(operations) if isinstance(each, Rename | Sync)]
    steps = [place + step for place in certain for step in (0, 1)]
    cuts = chance.sample(steps, min(len(steps), number // 2))
    return sorted(cuts + [chance.randint(0, len(operations)) for _ in range(number - len(cuts))])


def reopen_after_cuts(
    recording: UpgradeRecording, revision: str, fate: Fate, states: int, seed: int, memory: Path, kept: Path
) -> int:
    """Cut the power *states* times in the upgrade of one home; returns how many of the homes were new already.

    Args:
        recording: of the upgrades.
        revision: which home.
        fate: of what was not synced.
        states: how many cuts.
        seed: of all chances.
        memory: where homes are laid out.
        kept: where the home goes that is neither old nor new.
    """
    before, operations = upgrades(recording)[revision]
    disk = Disk(dict(before.names), {file: bytearray(content) for file, content in before.contents.items()})
    chance, done, new = random.Random(f"{seed} {revision} {fate}"), 0, 0
    for number, cut in enumerate(chosen_cuts(operations, chance, states)):
        for operation in operations[done:cut]:
            disk.follow(operation)
        done, home = cut, Home(memory / "cut")
        lay_out(disk.after_power_cut(fate, chance), recording.homes / revision, home.path)
        try:
            new += check(home, revision, acknowledged=cut == len(operations))
            if number % ENTERED == 0:
                log_in(home, revision)
        except BaseException as error:
            shutil.copytree(home.path, kept, dirs_exist_ok=True)
            error.add_note(f"TLBB_SEED={seed}, {revision}, {fate}, cut at operation {cut}; what is left: {kept}")
            raise
        finally:
            shutil.rmtree(home.path)
    return new
