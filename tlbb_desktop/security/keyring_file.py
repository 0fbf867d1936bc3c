"""The keyring on disk: two generations, each with a checksum, so that one is whole at every moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tlbb_desktop.domain.errors import ChangedMeanwhile, StorageDamaged, StorageFull, disk_errors_told
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import read_patiently, write_atomically
from tlbb_desktop.security.canonical_json import canonical_json
from tlbb_desktop.security.kdf import KEYRING_DAMAGED
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_names import NAMES

MAX_BYTES = 16 * 1024 * 1024
_BOTH_DAMAGED = N_(
    "Both copies of the keyring are damaged, so the record cannot be opened. The record itself was not changed. "
    "Restore the last good backup."
)
_MISSING = N_("The keyring is missing from this folder. Restore the last good backup.")


class KeyringFile:
    """``keyring.A.json`` and ``keyring.B.json`` in a home directory.

    Args:
        home: the home directory.
    """

    def __init__(self, home: Path) -> None:
        self._paths = tuple(home / name for name in NAMES)

    def exists(self) -> bool:
        """Whether there is a keyring, sound or not."""
        return any(path.exists() for path in self._paths)

    def load(self) -> Keyring:
        """The newest sound generation; the other file is repaired from it when it is damaged or missing.

        Raises:
            StorageDamaged: neither file is sound.
        """
        read = {path: _read_sound(path) for path in self._paths}
        newest = _newest(read.values())
        if newest is None:
            raise StorageDamaged(_BOTH_DAMAGED if self.exists() else _MISSING)
        for path, keyring in read.items():
            if keyring is None:
                self._repair(path, newest)
        return newest

    def save(self, keyring: Keyring, *, replaces: Keyring | None, both: bool = False) -> None:
        """Write a new generation over the older file; the newer one stays until this one is safely on disk.

        Args:
            keyring: what to write.
            replaces: what was loaded before the change; None when there is no keyring yet.
            both: write both files, so that no earlier generation is left (after ``forget_old_epochs``).

        Raises:
            ChangedMeanwhile: another window or command wrote a keyring since *replaces* was loaded.
            StorageFull, StorageFailing: the disk does not take it; the old keyring is intact.
        """
        newest = _newest(map(_read_sound, self._paths))
        if newest is None and self.exists():
            raise StorageDamaged(_BOTH_DAMAGED)
        if (newest.mac if newest else None) != (replaces.mac if replaces else None):
            raise ChangedMeanwhile
        content = encode(keyring)
        first, second = sorted(self._paths, key=_generation)
        with disk_errors_told():
            write_atomically(first, content)
            if both or replaces is None:
                write_atomically(second, content)

    @staticmethod
    def _repair(path: Path, keyring: Keyring) -> None:
        try:
            write_atomically(path, encode(keyring))
        except (OSError, StorageFull):
            return  # a read-only medium: one sound copy is enough to open the record


def encode(keyring: Keyring) -> bytes:
    """The bytes of a keyring file: the keyring and the SHA-256 of its canonical form."""
    body = keyring.to_json()
    document = {"checksum": _checksum(body), "keyring": body}
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=True).encode("ascii")


def decode(content: bytes) -> Keyring:
    """Read the bytes of a keyring file, also one that comes with a backup.

    Raises:
        StorageDamaged: cut short, altered, or not a keyring.
    """
    try:
        document = json.loads(content)
        body = document["keyring"]
        sound = document["checksum"] == _checksum(body)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StorageDamaged(KEYRING_DAMAGED) from error
    if not sound:
        raise StorageDamaged(KEYRING_DAMAGED)
    return Keyring.from_json(body)


def _read_sound(path: Path) -> Keyring | None:
    """The keyring in *path*, or None when it is missing, cut short, altered or lies on a bad sector."""
    try:
        return decode(read_patiently(path, MAX_BYTES))
    except (OSError, StorageDamaged):
        return None


def _newest(read: Iterable[Keyring | None]) -> Keyring | None:
    sound = [keyring for keyring in read if keyring is not None]
    return max(sound, key=lambda keyring: keyring.generation, default=None)


def _generation(path: Path) -> int:
    keyring = _read_sound(path)
    return keyring.generation if keyring else -1


def _checksum(body: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(body)).hexdigest()
