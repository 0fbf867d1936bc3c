"""A backup of a record that nobody has open, made without any key; the installer makes one before an update."""

from __future__ import annotations

import filecmp
import hashlib
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tlbb_desktop.data.backup import disk_errors_explained, pack, read_content, read_facts
from tlbb_desktop.data.closed_database import nobody_inside
from tlbb_desktop.data.durable import move, sync_file
from tlbb_desktop.domain.errors import BadFile, StorageDamaged, StorageFull
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.security.keyring_file import KeyringFile, encode
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES
from tlbb_desktop.services.backup_contents import DATABASE_PART, KEYRING_PART
from tlbb_desktop.services.disk_room import ENTRY_BYTES, free_bytes
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.removable_media import BACKUP_ENDING
from tlbb_desktop.services.window_lock import WindowLock

KEPT = 3
#: A window that was closed may still make its last copy (``last_copy.MOST_SECONDS``), and commands run beside it.
WAIT_SECONDS = 150
_NAME_START = "before-update-"
#: What a copy says of the bytes that were copied, so that the next try knows them again.
_COPIED = "copied"
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

    Whether the record inside is sound cannot be told without its keys; every byte is read back and compared. Where the
    newest copy holds the record as it stands, that one is it: an update that is tried again pushes no older copy out.

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
    log = _beside(home, "-wal")
    with WindowLock(home), disk_errors_explained(), nobody_inside(home.database, WAIT_SECONDS, waits):
        home.backups.mkdir(exist_ok=True)
        _clear_broken_off(home.backups)
        closed_properly = not log.exists() or log.stat().st_size == 0
        made = _with_room(home, lambda: _as_backup(home, name, now) if closed_properly else _as_it_is(home, name))
        _forget_older(home, made.path, KEPT)
    return made


def _with_room(home: Home, make: Callable[[], ClosedCopy]) -> ClosedCopy:
    """Where the disk is full, the older copies make room: nobody sees what would be worth removing."""
    try:
        with disk_errors_explained():
            made = make()
    except StorageFull:
        if not _forget_older(home, _newest(home.backups), 1):
            raise
        with disk_errors_explained():
            made = make()
    if free_bytes(home.path) < ENTRY_BYTES:  # with less, the new program would take nothing in
        _forget_older(home, made.path, 1)
    return made


def _as_backup(home: Home, name: str, now: datetime) -> ClosedCopy:
    keyring = KeyringFile(home.path).load()
    copied = _digest(encode(keyring), home.database)
    before = _newest(home.backups)
    if before is not None and before.is_file() and _holds(before, copied):
        return ClosedCopy(before, as_backup=True)
    facts = {"made_at": now.isoformat(), "keyring": keyring.keyring_id}  # of which schema it is, only its keys tell
    facts |= {_COPIED: copied}
    part, target = home.backups / f".{name}.keyring", home.backups / f"{name}{BACKUP_ENDING}"
    try:
        write_atomically(part, encode(keyring))
        pack({KEYRING_PART: part, DATABASE_PART: home.database}, facts, target)
    finally:
        part.unlink(missing_ok=True)
    return ClosedCopy(target, as_backup=True)


def _as_it_is(home: Home, name: str) -> ClosedCopy:
    unfinished, target = home.backups / f".{name}.part", home.backups / name
    sources = (*_keyrings(home), home.database, _beside(home, "-wal"))
    before = _newest(home.backups)
    if before is not None and before.is_dir() and _holds_files(before, sources):
        return ClosedCopy(before, as_backup=False)
    unfinished.mkdir()
    try:
        for source in sources:
            copy = unfinished / source.name
            shutil.copyfile(source, copy)
            sync_file(copy)
            if not filecmp.cmp(source, copy, shallow=False):
                raise StorageDamaged(_DIFFERS)
        move(unfinished, target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return ClosedCopy(target, as_backup=False)


def _digest(keyring: bytes, database: Path) -> str:
    digest = hashlib.sha256(keyring)
    with database.open("rb") as stream:
        digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _holds(backup: Path, copied: str) -> bool:
    """Whether *backup* was made of these bytes, and is still as it was written."""
    if (read_facts(backup) or {}).get(_COPIED) != copied:
        return False
    try:
        read_content(backup)
    except (BadFile, StorageDamaged):
        return False
    return True


def _holds_files(folder: Path, sources: tuple[Path, ...]) -> bool:
    copies = [folder / source.name for source in sources]
    return all(
        copy.is_file() and filecmp.cmp(source, copy, shallow=False)
        for source, copy in zip(sources, copies, strict=True)
    )


def _by_age(backups: Path) -> list[Path]:
    return sorted(backups.glob(f"{_NAME_START}*"), key=lambda path: path.stat().st_mtime_ns)


def _newest(backups: Path) -> Path | None:
    return next(reversed(_by_age(backups)), None)


def _forget_older(home: Home, newest: Path | None, leave: int) -> bool:
    """Leave so many, *newest* among them whatever the clock says; tells whether one went.

    Copies of other kinds have their own rule.
    """
    gone = False
    with suppress(OSError):
        for path in [path for path in _by_age(home.backups) if path != newest][: -(leave - 1) or None]:
            _remove(path)
            gone = True
    return gone


def _clear_broken_off(backups: Path) -> None:
    """What a power cut in an earlier copy left; the window's lock says that nobody makes one now."""
    with suppress(OSError):
        for path in backups.glob(f".{_NAME_START}*"):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()


def _keyrings(home: Home) -> list[Path]:
    return [home.path / name for name in KEYRING_FILES if (home.path / name).exists()]


def _beside(home: Home, ending: str) -> Path:
    return home.database.with_name(home.database.name + ending)
