"""Sticks and disks that were chosen for copies: known again by a small file on them, whatever letter they get."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tlbb_desktop.data.backup import disk_errors_explained
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.services.removable_media import removable_media

IDENTITY_FILE: Final = "tlbb-medium.json"
_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class KnownMedium:
    """A medium that was chosen once.

    Args:
        id: what its identity file says.
        name: of the stick or folder, for people.
        seen_at: folder in which it was found last; only the first place to look.
    """

    id: str
    name: str
    seen_at: str

    def kept(self) -> dict[str, str]:
        """As it is stored."""
        return {"id": self.id, "name": self.name, "seen_at": self.seen_at}


def read_known(stored: Iterable[dict[str, Any]]) -> tuple[KnownMedium, ...]:
    """The media that the record knows."""
    return tuple(KnownMedium(str(each["id"]), str(each["name"]), str(each["seen_at"])) for each in stored)


def introduce(folder: Path) -> KnownMedium:
    """Know *folder* again from now on, by the identity file that lies there or is written now.

    Raises:
        StorageFull, BadFile: the medium does not take the file.
    """
    identity = identity_in(folder)
    if not identity:
        identity = secrets.token_hex(8)
        with disk_errors_explained():
            write_atomically(folder / IDENTITY_FILE, json.dumps({"id": identity}).encode("ascii"))
    return KnownMedium(identity, folder.name or str(folder), str(folder))


def identity_in(folder: Path) -> str:
    """What the identity file in *folder* says, or ``""``."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        file = folder / IDENTITY_FILE
        if file.stat().st_size <= _LONGEST:
            return str(json.loads(file.read_bytes())["id"])
    return ""


def device_of(folder: Path) -> int:
    """The disk or stick that *folder* lies on; two folders with the same number are lost together."""
    return folder.stat().st_dev


def plugged_in(known: Iterable[KnownMedium]) -> dict[str, Path]:
    """Id -> folder of those that can be reached now: where they were last, or anywhere on what is plugged in."""
    wanted = {medium.id: Path(medium.seen_at) for medium in known}
    found = {id_: folder for id_, folder in wanted.items() if identity_in(folder) == id_}
    if found.keys() != wanted.keys():
        for medium in removable_media():
            for folder in _folders(medium.path):
                if (identity := identity_in(folder)) in wanted:
                    found.setdefault(identity, folder)
    return found


def none_reachable(_known: Iterable[KnownMedium]) -> dict[str, Path]:
    """What safe mode finds, which looks at no medium."""
    return {}


def _folders(root: Path) -> list[Path]:
    with suppress(OSError):
        return [root, *sorted(path for path in root.iterdir() if path.is_dir())]
    return []
