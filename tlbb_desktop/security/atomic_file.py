"""Replacing a small file so that after a power cut or a full disk either the old or the new one is there, whole."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tlbb_desktop.domain.errors import StorageFull, StorageLocked, is_no_room

OWNER_ONLY = 0o600
TRIES = 10
SECONDS = 2.0
_Result = TypeVar("_Result")


def write_atomically(
    path: Path, content: bytes, *, rights: int = OWNER_ONLY, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Write *content* to a temporary file beside *path*, flush it, rename it over *path* and flush the folder.

    The rename is tried 10 times over 2 seconds, since an antivirus program on Windows may hold the file.

    Args:
        path: the file to replace.
        content: all of it.
        rights: of the file where the system knows that, less the process's mask.
        sleep: waits between two tries, in seconds.

    Raises:
        StorageFull: the disk has no room; *path* is as it was.
        OSError: anything else that the disk refuses; *path* is as it was.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}.tmp")  # a long name in Khmer leaves no room for a longer one
    try:
        _write_flushed(temporary, content, rights)
        _rename(temporary, path, sleep)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if is_no_room(error):
            raise StorageFull from error
        raise
    _flush_folder(path.parent)


def _write_flushed(path: Path, content: bytes, rights: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), rights)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_patiently(path: Path, limit: int, sleep: Callable[[float], None] = time.sleep) -> bytes:
    """At most *limit* bytes of *path*, tried 10 times over 2 seconds while another program holds the file.

    A file that is only held must not be taken for a damaged one and overwritten.

    Raises:
        StorageLocked: it is still held.
        OSError: it is missing or cannot be read.
    """

    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(limit)

    try:
        return _patiently(read, sleep)
    except PermissionError as error:
        raise StorageLocked from error


def _rename(source: Path, target: Path, sleep: Callable[[float], None]) -> None:
    _patiently(lambda: source.replace(target), sleep)


def _patiently(act: Callable[[], _Result], sleep: Callable[[float], None]) -> _Result:
    for _ in range(TRIES - 1):
        try:
            return act()
        except PermissionError:
            sleep(SECONDS / (TRIES - 1))
    return act()


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # NTFS journals the rename itself; a folder cannot be opened for flushing
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
