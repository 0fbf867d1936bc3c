"""What a backup is made of: the record, its keyring, and what the record said when it was copied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tlbb_desktop.data.backup import DAMAGED, BackupContent, disk_errors_explained, pack, snapshot, unpack
from tlbb_desktop.data.integrity import check_file
from tlbb_desktop.data.record_digest import RecordSaid, record_said
from tlbb_desktop.data.schema import HEAD
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import StorageDamaged, StorageFailing
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import decode, encode
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.record_place import open_record

KEYRING_PART: Final = "keyring.json"
DATABASE_PART: Final = "programme.db"
SAID_PART: Final = "said.sealed"
_NEEDED = frozenset({KEYRING_PART, DATABASE_PART})


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup whose bytes are as they were written.

    Args:
        path: where it lies.
        made_at: when it was made.
        size: bytes.
        digest: SHA-256 of its content, hexadecimal.
        opened: whether the record inside was opened, too, and passed its checks.
        head: number of the last event of the audit inside; 0 where that is not known.
        medium: id of the known medium that it lies on, or ``""``.
        tested_at: when it was last read again from its medium after the day it was written, or None.
    """

    path: Path
    made_at: datetime
    size: int
    digest: str
    opened: bool = False
    head: int = 0
    medium: str = ""
    tested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that was just written, and what the record inside says."""

    info: BackupInfo
    said: RecordSaid


def write_backup(holder: KeyHolder, now: datetime, target: Path, facts: Mapping[str, str] | None = None) -> Written:
    """Copy the record beside working writers, check the copy, write it to *target* and read it back from there.

    Args:
        holder: home and open keys.
        now: is written into the file.
        target: the file; an older one of that name is replaced at the very end.
        facts: more that the file says in clear.

    Raises:
        StorageFull: no room; an older file of that name is untouched.
        BadFile: the medium does not take the file.
        StorageFailing: the disk did not give back what was copied.
        StorageDamaged: the record fails its checks, so that there is nothing worth keeping.
    """
    keyring, keys = holder.keyring(), holder.record_keys
    with workshop(holder.home.backups) as folder:
        parts = {name: folder / name for name in (KEYRING_PART, DATABASE_PART, SAID_PART)}
        database = parts[DATABASE_PART]
        with disk_errors_explained(), _copy_of(holder.home, keys):
            _copy_record(holder.home, keys, database)
            check_file(database, keys.db_key, keys.db_salt)
            said = record_said(database, keys.db_key, keys.db_salt)
            write_atomically(parts[SAID_PART], _seal(said, keys))
            write_atomically(parts[KEYRING_PART], encode(keyring))
        told = {"made_at": now.isoformat(), "schema": HEAD, "keyring": keyring.keyring_id, **(facts or {})}
        info = info_of(target, pack(parts, told, target), opened=True, head=said.head)
    return Written(info, said)


def _copy_record(home: Home, keys: UnlockedKeys, target: Path) -> None:
    """The record as it stands at one moment, in one encrypted file, wherever it lies."""
    if not home.server:
        snapshot(home.database, keys.db_key, keys.db_salt, target)
        return
    from tlbb_desktop.data.server.copying import snapshot_of_server

    store = Store(open_record(home, keys))
    try:
        snapshot_of_server(store, keys.db_key, keys.db_salt, target)
    finally:
        store.close()


@contextmanager
def _copy_of(home: Home, keys: UnlockedKeys) -> Iterator[None]:
    """Tell a copy that did not come out whole, because a disk fails, from a record that is not."""
    try:
        yield
    except StorageDamaged as error:
        if home.server:
            raise
        check_file(home.database, keys.db_key, keys.db_salt)
        raise StorageFailing from error


def info_of(path: Path, content: BackupContent, *, opened: bool = False, head: int = 0) -> BackupInfo:
    """What is known about the backup at *path*; raises StorageDamaged where its facts are not whole."""
    try:
        made_at = datetime.fromisoformat(content.facts["made_at"]).astimezone(CAMBODIA)
    except (KeyError, TypeError, ValueError) as error:
        raise StorageDamaged(DAMAGED) from error
    return BackupInfo(path, made_at, content.size, content.digest, opened, head)


def keyring_inside(path: Path, content: BackupContent, folder: Path) -> Keyring:
    """The keyring of the backup at *path*, by way of *folder*; raises StorageDamaged where it is not whole."""
    if content.parts.keys() - {SAID_PART} != _NEEDED:
        raise StorageDamaged(DAMAGED)
    unpack(path, content, KEYRING_PART, folder / KEYRING_PART)
    keyring = decode((folder / KEYRING_PART).read_bytes())
    (folder / KEYRING_PART).unlink()
    return keyring


def said_inside(path: Path, content: BackupContent, folder: Path, keys: UnlockedKeys) -> RecordSaid | None:
    """What the record said when the backup at *path* was made; None for a backup of before that was written down.

    Raises:
        StorageDamaged: it is sealed under another key than the record, or was altered.
    """
    if SAID_PART not in content.parts:
        return None
    unpack(path, content, SAID_PART, folder / SAID_PART)
    sealed = (folder / SAID_PART).read_bytes()
    (folder / SAID_PART).unlink()
    opened = FieldCipher(keys).decrypt(Compartment.DB, "backup", _place(keys), "said", 1, sealed)
    return RecordSaid(**json.loads(opened or b"{}"))


def _seal(said: RecordSaid, keys: UnlockedKeys) -> bytes:
    """The numbers tell how many people are in the programme, so nobody without a key may read them."""
    text = json.dumps(asdict(said))
    return FieldCipher(keys).encrypt(Compartment.DB, "backup", _place(keys), "said", 1, text) or b""


def _place(keys: UnlockedKeys) -> bytes:
    return hashlib.sha256(keys.keyring_id.encode()).digest()[:16]


@contextmanager
def workshop(backups: Path) -> Iterator[Path]:
    """A folder of the home for unfinished, still encrypted work."""
    with disk_errors_explained():
        backups.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix=".making-", dir=backups, ignore_cleanup_errors=True)
    with folder as name:
        yield Path(name)
