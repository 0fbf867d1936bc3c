"""A backup of a record that nobody has open, made without any key; the installer makes one before an update."""

from __future__ import annotations

import filecmp
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tlbb_desktop.data.backup import disk_errors_explained, pack
from tlbb_desktop.data.closed_database import nobody_inside
from tlbb_desktop.data.durable import move, sync_file
from tlbb_desktop.domain.errors import StorageDamaged
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.security.keyring_file import KeyringFile, encode
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES
from tlbb_desktop.services.backup_contents import DATABASE_PART, KEYRING_PART
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.removable_media import BACKUP_ENDING
from tlbb_desktop.services.window_lock import WindowLock

KEPT = 3
#: A window that was closed may still make its last copy (``last_copy.MOST_SECONDS``), and commands run beside it.
WAIT_SECONDS = 150
_NAME_START = "before-update-"
_DIFFERS = N_("The disk gave back something else than was written, so there is no good copy. Try again.")


@dataclass(frozen=True, slots=True)
class ClosedCopy:
    """What was copied.

    Args:
        path: the backup, or the folder of copied files.
        as_backup: whether it is a backup that the program brings back. Otherwise the record was not closed properly the
            last time, and what it wrote last lies beside it, which only its keys could put in; then the files were
            copied as they are, and whoever puts them back into an empty home has the record.
    """

    path: Path
    as_backup: bool


def copy_closed(home: Home, now: datetime, waits: Callable[[], object] = lambda: None) -> ClosedCopy | None:
    """Copy the encrypted record and its keyring into the home's own backups, once nobody has the record open.

    Whether the record inside is sound cannot be told without its keys; every byte is read back and compared.

    Args:
        home: whose record.
        now: for the name, in the time of Cambodia.
        waits: told once where a process that ends, or a command, still has it open.

    Returns:
        None where there is no programme yet, or where the record lies on a server.

    Raises:
        StorageLocked: a window is open, or somebody is inside after WAIT_SECONDS.
        StorageFull: there is no room for it.
        StorageDamaged: no copy of the keyring is whole, or the disk does not give back what was written.
    """
    if not home.has_keyring or home.server:
        return None
    name = f"{_NAME_START}{now:%Y%m%d-%H%M}-{secrets.token_hex(2)}"
    with WindowLock(home), disk_errors_explained(), nobody_inside(home.database, WAIT_SECONDS, waits):
        home.backups.mkdir(exist_ok=True)
        log = _beside(home, "-wal")
        closed_properly = not log.exists() or log.stat().st_size == 0
        made = _as_backup(home, name, now) if closed_properly else _as_it_is(home, name)
    _forget_older(home.backups, made.path)
    return made


def _as_backup(home: Home, name: str, now: datetime) -> ClosedCopy:
    keyring = KeyringFile(home.path).load()
    facts = {"made_at": now.isoformat(), "keyring": keyring.keyring_id}  # of which schema it is, only its keys tell
    part, target = home.backups / f".{name}.keyring", home.backups / f"{name}{BACKUP_ENDING}"
    try:
        write_atomically(part, encode(keyring))
        pack({KEYRING_PART: part, DATABASE_PART: home.database}, facts, target)
    finally:
        part.unlink(missing_ok=True)
    return ClosedCopy(target, as_backup=True)


def _as_it_is(home: Home, name: str) -> ClosedCopy:
    unfinished, target = home.backups / f".{name}.part", home.backups / name
    unfinished.mkdir()
    try:
        for source in (*_keyrings(home), home.database, _beside(home, "-wal")):
            copy = unfinished / source.name
            shutil.copyfile(source, copy)
            sync_file(copy)
            if not filecmp.cmp(source, copy, shallow=False):
                raise StorageDamaged(_DIFFERS)
        move(unfinished, target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return ClosedCopy(target, as_backup=False)


def _forget_older(backups: Path, newest: Path) -> None:
    """Leave three, *newest* among them whatever the clock says; copies of other kinds have their own rule."""
    with suppress(OSError):
        by_age = sorted(backups.glob(f"{_NAME_START}*"), key=lambda path: (path == newest, path.stat().st_mtime_ns))
        for path in by_age[:-KEPT]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _keyrings(home: Home) -> list[Path]:
    return [home.path / name for name in KEYRING_FILES if (home.path / name).exists()]


def _beside(home: Home, ending: str) -> Path:
    return home.database.with_name(home.database.name + ending)
