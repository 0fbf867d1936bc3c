"""USB sticks and disks that are plugged in, and the backups on them."""

from __future__ import annotations

import os
import shutil
import string
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tlbb_desktop.data.backup import read_facts
from tlbb_desktop.domain.clock import CAMBODIA

BACKUP_ENDING = ".tlbb"
_LINUX_PLACES = (Path("/media"), Path("/run/media"))
_MAC_PLACE = Path("/Volumes")
_WINDOWS_REMOVABLE = 2


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A file that says it is a backup; nobody has checked it yet."""

    path: Path
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Medium:
    """A stick or disk.

    Args:
        path: its folder.
        name: as the system shows it.
        free: free bytes.
        backups: the backups on it, the newest first.
    """

    path: Path
    name: str
    free: int
    backups: tuple[FoundBackup, ...]


def removable_media(folders: Sequence[Path] | None = None) -> tuple[Medium, ...]:
    """What is plugged in; a medium that cannot be read is left out.

    Args:
        folders: where media are mounted; as the system says when None.
    """
    found = []
    for folder in _mounted() if folders is None else folders:
        with suppress(OSError):
            free = shutil.disk_usage(folder).free
            found.append(Medium(folder, folder.name or str(folder), free, backups_in(folder)))
    return tuple(found)


def backups_in(folder: Path) -> tuple[FoundBackup, ...]:
    """The backups in *folder* and in the folders right below it, the newest first."""
    found = []
    for path in (*folder.glob(f"*{BACKUP_ENDING}"), *folder.glob(f"*/*{BACKUP_ENDING}")):
        moment = moment_of(path)
        if moment is not None:
            found.append(FoundBackup(path, moment))
    return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))


def moment_of(path: Path) -> datetime | None:
    """When the backup *path* says that it was made; None when it is none. Nobody has checked it."""
    facts = read_facts(path)
    with suppress(KeyError, TypeError, ValueError):
        if facts:
            return datetime.fromisoformat(facts["made_at"]).astimezone(CAMBODIA)
    return None


def _mounted() -> Iterator[Path]:
    if sys.platform == "win32":
        yield from _windows_drives()
        return
    if sys.platform == "darwin":
        places = [_MAC_PLACE]
    else:
        places = [*_LINUX_PLACES, *(path for place in _LINUX_PLACES for path in _folders(place))]
    for place in places:
        yield from (path for path in _folders(place) if os.path.ismount(path))


def _folders(place: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(path for path in place.iterdir() if path.is_dir())
    return []


def _windows_drives() -> Iterator[Path]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    for letter in string.ascii_uppercase:
        if kernel.GetDriveTypeW(f"{letter}:\\") == _WINDOWS_REMOVABLE:
            yield Path(f"{letter}:\\")
