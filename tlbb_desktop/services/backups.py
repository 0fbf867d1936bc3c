"""Backups: making one, proving it, and bringing a programme back from one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tlbb_desktop.data.backup import BackupContent, disk_errors_explained, pack, read_content, snapshot, unpack
from tlbb_desktop.data.integrity import check_file
from tlbb_desktop.data.models import Setting, Staff
from tlbb_desktop.data.schema import HEAD, migrate
from tlbb_desktop.domain.clock import CAMBODIA, Clock, SystemClock
from tlbb_desktop.domain.errors import NotPermitted, StorageDamaged, StorageFull
from tlbb_desktop.i18n.catalog import KHMER
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import KeyringFile, decode, encode
from tlbb_desktop.security.membership import reset_passphrase
from tlbb_desktop.security.permissions import Action, Scope, allowed
from tlbb_desktop.security.recovery import parse_code
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.entering import open_store
from tlbb_desktop.services.founding import founding
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.removable_media import BACKUP_ENDING, Medium, removable_media
from tlbb_desktop.services.seeds import new_sender, new_series_letter
from tlbb_desktop.services.settings import SettingsService
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory

LAST_BACKUP = "last_backup"
RESTORED_FROM = "restored_from"
LISTED = 20
KEPT_AT_HOME = 10
_KEYRING = "keyring.json"
_DATABASE = "programme.db"
_NAME_START = "tlbb-backup-"
_INCOMPLETE = N_("This backup is damaged. It was not used and nothing was changed. Take another copy.")


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
            StorageDamaged: the record fails its checks, so that there is nothing worth keeping.
        """
        self._office.permit(Action.BACKUP_MAKE)
        now = self._office.clock.now()
        target = _target(destination or self._holder.home.backups, now)
        keyring, keys = self._holder.keyring(), self._holder.record_keys
        with _workshop(self._holder.home.backups) as folder:
            parts = {_KEYRING: folder / _KEYRING, _DATABASE: folder / _DATABASE}
            snapshot(self._holder.home.database, keys.db_key, keys.db_salt, parts[_DATABASE])
            check_file(parts[_DATABASE], keys.db_key, keys.db_salt)
            write_atomically(parts[_KEYRING], encode(keyring))
            facts = {"made_at": now.isoformat(), "schema": HEAD, "keyring": keyring.keyring_id}
            info = _info(target, pack(parts, facts, target), opened=True)
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
            keyring = _keyring_inside(path, content, folder)
            if keyring.keyring_id != self._holder.keys.keyring_id:
                return _info(path, content)
            unpack(path, content, _DATABASE, folder / _DATABASE)
            return _info(path, content, opened=_opens(folder / _DATABASE, self._holder.keys))

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
            known = _setting(act.session, LAST_BACKUP, [])
            _put(act.session, LAST_BACKUP, [kept, *known][:LISTED])
            act.record("backup", info.digest[:16])
            act.changed("backup")

    def _forget_oldest(self, newest: Path) -> None:
        """Leave the ten newest backups in the home's own folder, *newest* among them whatever the clock says."""
        found = self._holder.home.backups.glob(f"{_NAME_START}*{BACKUP_ENDING}")
        with suppress(OSError):
            by_age = sorted(found, key=lambda path: (path == newest, path.stat().st_mtime_ns))
            for path in by_age[:-KEPT_AT_HOME]:
                path.unlink()


def verify(path: Path) -> BackupInfo:
    """Check the bytes of a backup without any key.

    Raises:
        BadFile: it is not a backup.
        StorageDamaged: it is damaged.
    """
    return _info(path, read_content(path))


def restore(
    path: Path,
    home: Home,
    *,
    username: str = "",
    passphrase: str = "",
    recovery_key: str = "",
    clock: Clock | None = None,
) -> BackupInfo:
    """Bring a programme back into an empty home; it is there whole or not at all.

    The laptop gets a new letter for its number series and a new sender id, and the setting ``restored_from`` tells
    Today what has to be entered again from paper, until :meth:`BackupService.entered_again`. The login page speaks the
    programme's language unless another was chosen here.

    Args:
        path: the backup.
        home: an empty home.
        username: a member who may restore. With a recovery key: whose passphrase is set anew, or ``""``.
        passphrase: theirs. With a recovery key: the new one.
        recovery_key: the printed code, instead of a member's passphrase.
        clock: where the time comes from.

    Raises:
        BadFile: it is not a backup.
        StorageDamaged: it is damaged.
        WrongPassphrase: unknown name, wrong passphrase or another programme's recovery key.
        NotPermitted: the member may not restore.
        Refused: the home is not empty, or lies where data is lost.
    """
    clock = clock or SystemClock()
    home.require_empty()
    content = read_content(path)
    with founding(home) as hidden:
        keyring = _keyring_inside(path, content, hidden.path)
        keyring, keys = _admitted(keyring, username, passphrase, recovery_key)
        unpack(path, content, _DATABASE, hidden.database)
        KeyringFile(hidden.path).save(keyring, replaces=None)
        store, fitting = open_store(hidden, keys)
        try:
            check_file(hidden.database, fitting.db_key, fitting.db_salt)
            migrate(store.engine)
            with store.write() as session:
                _start_anew(session, fitting, _info(path, content), clock)
                language = _setting(session, "language", KHMER)
        finally:
            store.close()
    if not home.window_memory.exists():
        keep_memory(home, WindowMemory(language=language))
    return _info(path, content, opened=True)


def _admitted(keyring: Keyring, username: str, passphrase: str, recovery_key: str) -> tuple[Keyring, UnlockedKeys]:
    """The keys of who restores, and the keyring, changed where a passphrase is set anew."""
    if not recovery_key:
        keys = keyring.unlock(username, passphrase)
        if allowed(keys.role, keys.admin_duty, Action.BACKUP_RESTORE) is Scope.NONE:
            raise NotPermitted
        return keyring, keys
    keys = keyring.unlock_with_recovery(parse_code(recovery_key))
    if username and passphrase:
        keyring = reset_passphrase(keyring, keys, username, passphrase).keyring
    return keyring, keys


def _start_anew(session: Session, keys: UnlockedKeys, info: BackupInfo, clock: Clock) -> None:
    """Give the laptop its own number series and sender id, and note where the record comes from."""
    used = _setting(session, "series_used", "")
    series = new_series_letter(used)
    _put(session, "series", series)
    _put(session, "series_used", used + series)
    _put(session, "sender", new_sender())
    came = {"made_at": info.made_at.isoformat(), "restored_at": clock.now().isoformat()}
    _put(session, RESTORED_FROM, came)
    member = None
    with suppress(ValueError):  # the recovery key is nobody's
        member = session.scalars(select(Staff.id).where(Staff.uuid == UUID(keys.user).bytes)).first()
    trail = AuditTrail(keys.audit_key)
    trail.append(session.connection(), clock.now(), member, "restored", info.digest[:16], info.made_at.isoformat())


def _setting(session: Session, name: str, default: Any) -> Any:
    kept = session.get(Setting, name)
    return json.loads(kept.value) if kept else default


def _put(session: Session, name: str, value: Any) -> None:
    session.merge(Setting(name=name, value=json.dumps(value)))


def _opens(database: Path, keys: UnlockedKeys) -> bool:
    """Whether the record of a backup passes its checks; a backup of before a change of keys stays shut to new ones."""
    try:
        check_file(database, keys.db_key, keys.db_salt)
    except StorageDamaged:
        return False
    return True


def _keyring_inside(path: Path, content: BackupContent, folder: Path) -> Keyring:
    if content.parts.keys() != {_KEYRING, _DATABASE}:
        raise StorageDamaged(_INCOMPLETE)
    unpack(path, content, _KEYRING, folder / _KEYRING)
    keyring = decode((folder / _KEYRING).read_bytes())
    (folder / _KEYRING).unlink()
    return keyring


def _info(path: Path, content: BackupContent, *, opened: bool = False) -> BackupInfo:
    try:
        made_at = datetime.fromisoformat(content.facts["made_at"]).astimezone(CAMBODIA)
    except (KeyError, TypeError, ValueError) as error:
        raise StorageDamaged(_INCOMPLETE) from error
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
