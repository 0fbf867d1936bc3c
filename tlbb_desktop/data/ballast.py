"""Bytes that are kept on the disk only to be given back when it is full."""

from __future__ import annotations

import os
from pathlib import Path

_CHUNK = 1 << 20


def keep_ballast(path: Path, size: int) -> None:
    """Make the file of *size* bytes unless it is there; random bytes, so that no file system can spare them."""
    if path.exists() and path.stat().st_size >= size:
        return
    chunk = os.urandom(min(size, _CHUNK))
    with path.open("wb") as stream:
        for start in range(0, size, len(chunk)):
            stream.write(chunk[: size - start])


def drop_ballast(path: Path) -> bool:
    """Give the room back; tells whether there was any."""
    there = path.exists()
    path.unlink(missing_ok=True)
    return there
