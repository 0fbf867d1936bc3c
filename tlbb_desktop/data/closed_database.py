"""Keeps everybody out of a database file while it is copied without its key.

SQLite holds a shared lock on certain bytes of the file for as long as a connection lives (file format, "Locking": 510
bytes from 2^30 + 2, beyond any content). Who has them alone knows that nobody is inside, and nobody comes in.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tlbb_desktop.domain.errors import StorageLocked
from tlbb_desktop.i18n.marks import N_

_FIRST: Final = 0x40000002
_COUNT: Final = 510
_SECONDS_BETWEEN_TRIES: Final = 0.1
_BUSY: Final = N_("The record is still being written or copied. Nothing was changed. Try again in a few minutes.")


@contextmanager
def nobody_inside(database: Path, seconds: float, waits: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold *database* so that no process has it open.

    Args:
        database: a file of SQLite.
        seconds: how long to wait for those who have it open.
        waits: told once when it has to wait.

    Raises:
        StorageLocked: somebody still has it open.
    """
    end = time.monotonic() + seconds
    file = os.open(database, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        if not _take(file):
            waits()
            while not _take(file):
                if time.monotonic() >= end:
                    raise StorageLocked(_BUSY)
                time.sleep(_SECONDS_BETWEEN_TRIES)
        yield
    finally:
        os.close(file)


def _take(file: int) -> bool:
    """Try once; on Linux and Windows the lock goes with *file*, so that reading beside it does not lose it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _FIRST, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, _COUNT)
        else:
            import fcntl

            if sys.platform != "linux":  # there is only the lock that goes with the process
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _COUNT, _FIRST)
            else:
                wish = struct.pack("hhqqi0q", fcntl.F_WRLCK, os.SEEK_SET, _FIRST, _COUNT, 0)
                fcntl.fcntl(file, fcntl.F_OFD_SETLK, wish)
    except (BlockingIOError, PermissionError):
        return False
    return True
