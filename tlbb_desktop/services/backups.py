"""Backups: making one and proving it; ``restoring`` brings a programme back from one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tlbb_desktop.data.backup import BackupContent, disk_errors_explained, pack, read_content, snapshot, unpack
from tlbb_desktop.data.integrity import check_file
from tlbb_desktop.data.models import Setting
from tlbb_desktop.data.schema import HEAD
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import StorageDamaged, StorageFailing, StorageFull
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import decode, encode
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.record_place import open_record
from tlbb_desktop.services.removable_media import BACKUP_ENDING, Medium, removable_media
from tlbb_desktop.services.settings import SettingsService

LAST_BACKUP = "last_backup"
RESTORED_FROM = "restored_from"
LISTED = 20
KEPT_AT_HOME = 10
KEYRING_PART = "keyring.json"
DATABASE_PART = "programme.db"
_NAME_START = "tlbb-backup-"
INCOMPLETE = N_("This backup is damaged. It was not used and nothing was changed. Take another copy.")


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup whose bytes are as they were written.

    Args:
        path: where it lies.
        made_at: when it was made.
        size: bytes.
        digest: SHA-256 of its content, hexadecimal.
        opened: whether the record inside was opened, too, and passed its checks.
    """

    path: Path
    made_at: datetime
    size: int
    digest: str
    opened: bool = False


class BackupService:
    """Backups of the open record.

    Args:
        office: who acts on which record.
        holder: home and open keys.
        settings: where the last good one is remembered.
    """

    def __init__(self, office: Office, holder: KeyHolder, settings: SettingsService) -> None:
        self._office = office
        self._holder = holder
        self._settings = settings

    def create(self, destination: Path | None = None) -> BackupInfo:
        """Make a backup beside working writers, check it, read it back from the medium, and remember it.

        Args:
            destination: a folder, a file name that ends with ``.tlbb``, or None for the home's own folder.

        Raises:
            StorageFull: the medium has no room; older backups on it are untouched.
            BadFile: the medium does not take the file.
            StorageFailing: the laptop's own disk does not take the copy that is made first.
            StorageDamaged: the record fails its checks, so that there is nothing worth keeping.
        """
        self._office.permit(Action.BACKUP_MAKE)
        now = self._office.clock.now()
        target = _target(destination or self._holder.home.backups, now)
        info = write_backup(self._holder, now, target)
        with suppress(StorageFull):  # the backup is made; a full laptop is why it was wanted
            self._remember(info)
        self._forget_oldest(info.path)
        return info

    def verify(self, path: Path) -> BackupInfo:
        """Check the bytes of a backup, and, where one's own keys fit, open the record inside and check that.

        Raises:
            BadFile: it is not a backup.
            StorageDamaged: it is damaged.
        """
        self._office.permit(Action.BACKUP_MAKE)
        content = read_content(path)
        with _workshop(self._holder.home.backups) as folder:
            keyring = keyring_inside(path, content, folder)
            if keyring.keyring_id != self._holder.keys.keyring_id:
                return info_of(path, content)
            unpack(path, content, DATABASE_PART, folder / DATABASE_PART)
            return info_of(path, content, opened=_opens(folder / DATABASE_PART, self._holder.keys))

    def last(self) -> BackupInfo | None:
        """The last good backup of this record, wherever it was put."""
        made = self.made()
        return made[0] if made else None

    def made(self) -> tuple[BackupInfo, ...]:
        """The last 20 good backups, the newest first."""
        return tuple(
            BackupInfo(
                Path(kept["path"]),
                datetime.fromisoformat(kept["made_at"]),
                kept["size"],
                kept["digest"],
                opened=True,
            )
            for kept in self._settings.get(LAST_BACKUP, [])
        )

    def entered_again(self) -> None:
        """Say for everybody that what came after a restored backup was entered again from paper; Today asks no more."""
        with self._office.act(Action.BACKUP_RESTORE) as act:
            act.session.execute(delete(Setting).where(Setting.name == RESTORED_FROM))
            act.record("entered_again", "")
            act.changed("backup")

    def media(self) -> tuple[Medium, ...]:
        """The USB sticks and disks that are plugged in, with the backups on them."""
        return removable_media()

    def _remember(self, info: BackupInfo) -> None:
        kept = {
            "path": str(info.path),
            "made_at": info.made_at.isoformat(),
            "size": info.size,
            "digest": info.digest,
        }
        with self._office.act(Action.BACKUP_MAKE, enters=False) as act:
            known = setting(act.session, LAST_BACKUP, [])
            put_setting(act.session, LAST_BACKUP, [kept, *known][:LISTED])
            act.record("backup", info.digest[:16])
            act.changed("backup")

    def _forget_oldest(self, newest: Path) -> None:
        """Leave the ten newest backups in the home's own folder, *newest* among them whatever the clock says."""
        found = self._holder.home.backups.glob(f"{_NAME_START}*{BACKUP_ENDING}")
        with suppress(OSError):
            by_age = sorted(found, key=lambda path: (path == newest, path.stat().st_mtime_ns))
            for path in by_age[:-KEPT_AT_HOME]:
                path.unlink()


def write_backup(holder: KeyHolder, now: datetime, target: Path, facts: Mapping[str, str] | None = None) -> BackupInfo:
    """Copy the record beside working writers, check the copy, write it to *target* and read it back from there.

    Args:
        holder: home and open keys.
        now: is written into the file.
        target: the file; an older one of that name is replaced at the very end.
        facts: more that the file says in clear.

    Raises:
        StorageFull, StorageFailing, BadFile, StorageDamaged: as for ``BackupService.create``.
    """
    home, keyring, keys = holder.home, holder.keyring(), holder.record_keys
    with _workshop(home.backups) as folder:
        parts = {KEYRING_PART: folder / KEYRING_PART, DATABASE_PART: folder / DATABASE_PART}
        with disk_errors_explained(), _copy_of(home, keys):
            _copy_record(home, keys, parts[DATABASE_PART])
            check_file(parts[DATABASE_PART], keys.db_key, keys.db_salt)
            write_atomically(parts[KEYRING_PART], encode(keyring))
        told = {"made_at": now.isoformat(), "schema": HEAD, "keyring": keyring.keyring_id, **(facts or {})}
        return info_of(target, pack(parts, told, target), opened=True)


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


def verify(path: Path) -> BackupInfo:
    """Check the bytes of a backup without any key.

    Raises:
        BadFile: it is not a backup.
        StorageDamaged: it is damaged.
    """
    return info_of(path, read_content(path))


def setting(session: Session, name: str, default: Any) -> Any:
    """The value of the programme's *name*, or *default*."""
    kept = session.get(Setting, name)
    return json.loads(kept.value) if kept else default


def put_setting(session: Session, name: str, value: Any) -> None:
    """Set the programme's *name*."""
    session.merge(Setting(name=name, value=json.dumps(value)))


def _opens(database: Path, keys: UnlockedKeys) -> bool:
    """Whether the record of a backup passes its checks; a backup of before a change of keys stays shut to new ones."""
    try:
        check_file(database, keys.db_key, keys.db_salt)
    except StorageDamaged:
        return False
    return True


def keyring_inside(path: Path, content: BackupContent, folder: Path) -> Keyring:
    """The keyring of the backup at *path*, by way of *folder*; raises StorageDamaged where it is not whole."""
    if content.parts.keys() != {KEYRING_PART, DATABASE_PART}:
        raise StorageDamaged(INCOMPLETE)
    unpack(path, content, KEYRING_PART, folder / KEYRING_PART)
    keyring = decode((folder / KEYRING_PART).read_bytes())
    (folder / KEYRING_PART).unlink()
    return keyring


def info_of(path: Path, content: BackupContent, *, opened: bool = False) -> BackupInfo:
    """What is known about the backup at *path*; raises StorageDamaged where its facts are not whole."""
    try:
        made_at = datetime.fromisoformat(content.facts["made_at"]).astimezone(CAMBODIA)
    except (KeyError, TypeError, ValueError) as error:
        raise StorageDamaged(INCOMPLETE) from error
    return BackupInfo(path, made_at, content.size, content.digest, opened)


def _target(destination: Path, now: datetime) -> Path:
    """The file to write: *destination* itself, or a new name in that folder, which is made when only it is missing."""
    if destination.suffix == BACKUP_ENDING and not destination.is_dir():
        return destination
    with disk_errors_explained():
        destination.mkdir(exist_ok=True)
    return destination / f"{_NAME_START}{now:%Y%m%d-%H%M}-{secrets.token_hex(2)}{BACKUP_ENDING}"


@contextmanager
def _workshop(backups: Path) -> Iterator[Path]:
    """A folder of the home for unfinished, still encrypted work."""
    with disk_errors_explained():
        backups.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix=".making-", dir=backups, ignore_cleanup_errors=True)
    with folder as name:
        yield Path(name)
