"""Backups: making one and proving it; ``restoring`` brings a programme back from one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tlbb_desktop.data.backup import disk_errors_explained, read_content, unpack
from tlbb_desktop.data.integrity import check_file
from tlbb_desktop.data.models import Setting
from tlbb_desktop.domain.errors import StorageDamaged, StorageFull
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.backup_contents import (
    DATABASE_PART,
    BackupInfo,
    info_of,
    keyring_inside,
    workshop,
    write_backup,
)
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.removable_media import BACKUP_ENDING, Medium, removable_media
from tlbb_desktop.services.settings import SettingsService

LAST_BACKUP = "last_backup"
RESTORED_FROM = "restored_from"
LISTED = 60
NAME_START = "tlbb-backup-"
#: Fact of a backup that says, in clear, which laptop made it: its random sender id.
SENDER = "sender"


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

    def create(self, destination: Path | None = None, medium: str = "") -> BackupInfo:
        """Make a backup beside working writers, check it, read it back from the medium, and remember it.

        Args:
            destination: a folder, a file name that ends with ``.tlbb``, or None for the home's own folder.
            medium: id of the known medium that it lies on, or ``""``.

        Raises:
            StorageFull: the medium has no room; older backups on it are untouched.
            BadFile: the medium does not take the file.
            StorageFailing: the laptop's own disk does not take the copy that is made first.
            StorageDamaged: the record fails its checks, so that there is nothing worth keeping.
        """
        self._office.permit(Action.BACKUP_MAKE)
        now = self._office.clock.now()
        target = _target(destination or self._holder.home.backups, now)
        info = replace(write_backup(self._holder, now, target, signed(self._settings)).info, medium=medium)
        with suppress(StorageFull):  # the backup is made; a full laptop is why it was wanted
            self.remember(info)
        return info

    def verify(self, path: Path) -> BackupInfo:
        """Check the bytes of a backup, and, where one's own keys fit, open the record inside and check that.

        Raises:
            BadFile: it is not a backup.
            StorageDamaged: it is damaged.
        """
        self._office.permit(Action.BACKUP_MAKE)
        content = read_content(path)
        with workshop(self._holder.home.backups) as folder:
            keyring = keyring_inside(path, content, folder)
            if keyring.keyring_id != self._holder.keys.keyring_id:
                return info_of(path, content)
            unpack(path, content, DATABASE_PART, folder / DATABASE_PART)
            info = info_of(path, content, opened=_opens(folder / DATABASE_PART, self._holder.keys))
        self._note_tested(info)
        return info

    def last(self) -> BackupInfo | None:
        """The last good backup of this record, wherever it was put."""
        made = self.made()
        return made[0] if made else None

    def made(self) -> tuple[BackupInfo, ...]:
        """The good backups that are known of, the newest first; those that were deleted by their age are not."""
        found = []
        for kept in self._settings.get(LAST_BACKUP, []):
            with suppress(AttributeError, KeyError, TypeError, ValueError):  # a line that is broken keeps nobody out
                found.append(_listed(kept))
        return tuple(found)

    def entered_again(self) -> None:
        """Say for everybody that what came after a restored backup was entered again from paper; Today asks no more."""
        with self._office.act(Action.BACKUP_RESTORE) as act:
            act.session.execute(delete(Setting).where(Setting.name == RESTORED_FROM))
            act.record("entered_again", "")
            act.changed("backup")

    def media(self) -> tuple[Medium, ...]:
        """The USB sticks and disks that are plugged in, with the backups on them."""
        return removable_media()

    def remember(self, info: BackupInfo, gone: Iterable[Path] = ()) -> None:
        """Put *info* on the list of good backups, and take off it those that were deleted."""
        without = {str(path) for path in (*gone, info.path)}
        with self._office.act(Action.BACKUP_MAKE, enters=False) as act:
            known = [each for each in setting(act.session, LAST_BACKUP, []) if each.get("path") not in without]
            put_setting(act.session, LAST_BACKUP, [_kept(info), *known][:LISTED])
            act.record("backup", info.digest[:16])
            act.changed("backup")

    def _note_tested(self, info: BackupInfo) -> None:
        """Write down when a listed backup was last found good."""
        listed = [line for line in self.made() if (line.path, line.digest) == (info.path, info.digest)]
        if not listed:
            return
        tested = replace(listed[0], tested_at=self._office.clock.now())
        with suppress(StorageFull), self._office.own_act(enters=False) as act:
            known = setting(act.session, LAST_BACKUP, [])
            put_setting(
                act.session, LAST_BACKUP, [_kept(tested) if _listed(each) == listed[0] else each for each in known]
            )
            act.record("backup", info.digest[:16], "tested")
            act.changed("backup")


def verify(path: Path) -> BackupInfo:
    """Check the bytes of a backup without any key.

    Raises:
        BadFile: it is not a backup.
        StorageDamaged: it is damaged.
    """
    return info_of(path, read_content(path))


def signed(settings: SettingsService) -> dict[str, str]:
    """What a backup of this laptop says in clear, so that only this laptop deletes it by its age."""
    return {SENDER: str(settings.get(SENDER, ""))}


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


def _kept(info: BackupInfo) -> dict[str, Any]:
    """A line of the list as it is stored."""
    return {
        "path": str(info.path),
        "made_at": info.made_at.isoformat(),
        "size": info.size,
        "digest": info.digest,
        "head": info.head,
        "medium": info.medium,
        "tested_at": info.tested_at.isoformat() if info.tested_at else None,
    }


def _listed(kept: dict[str, Any]) -> BackupInfo:
    """A stored line; one of before copies were numbered has no head and no medium."""
    tested_at = kept.get("tested_at")
    return BackupInfo(
        Path(kept.get("path", "")),
        datetime.fromisoformat(kept["made_at"]),
        kept.get("size", 0),
        kept.get("digest", ""),
        opened=True,
        head=kept.get("head", 0),
        medium=kept.get("medium", ""),
        tested_at=datetime.fromisoformat(tested_at) if tested_at else None,
    )


def new_name(now: datetime) -> str:
    """A name for a backup that is made now; it tells the moment, and nothing about anybody."""
    return f"{NAME_START}{now:%Y%m%d-%H%M}-{secrets.token_hex(2)}{BACKUP_ENDING}"


def _target(destination: Path, now: datetime) -> Path:
    """The file to write: *destination* itself, or a new name in that folder, which is made when only it is missing."""
    if destination.suffix == BACKUP_ENDING and not destination.is_dir():
        return destination
    with disk_errors_explained():
        destination.mkdir(exist_ok=True)
    return destination / new_name(now)
