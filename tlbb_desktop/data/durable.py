"""Files that are on the disk, whole, before anybody relies on them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

RENAME_TRIES = 10
RENAME_SECONDS = 2.0


def sync_file(path: Path) -> None:
    """Wait until the content of *path* is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def forget_cached(path: Path) -> None:
    """Let the next reading of *path* ask the medium itself, where the system can be told so (Linux)."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return
    with path.open("rb") as stream, suppress(OSError):
        advise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(path: Path) -> None:
    """Wait until the names in *path* are on the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(source: Path, target: Path, sleep: Callable[[float], None] = time.sleep) -> None:
    """Put *source* in the place of *target* in one step.

    On Windows a virus scanner may hold a new file for a moment: tried 10 times over 2 seconds.
    """
    for _ in range(RENAME_TRIES - 1):
        try:
            source.replace(target)
            break
        except PermissionError:
            sleep(RENAME_SECONDS / RENAME_TRIES)
    else:
        source.replace(target)
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)
