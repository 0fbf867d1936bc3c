"""Keeps everybody out of a database file while it is copied without its key.

SQLite holds a shared lock on certain bytes of the file for as long as a connection lives (file format, "Locking": 510
bytes from 2^30 + 2, on a page that it never uses). Who has them alone knows that nobody is inside, and nobody comes in.
On Windows such a lock would also keep everybody from reading these bytes of a record above 1 GiB, so there the file is
opened without sharing it for writing: refused while somebody has it open to write, and nobody can, until it is closed.
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
#: Of Windows (CreateFileW).
_GENERIC_READ, _SHARE_READ, _OPEN_EXISTING, _SHARING_VIOLATION = 0x80000000, 1, 3, 32
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
    with _door(database) as take:
        if not take():
            waits()
            while not take():
                if time.monotonic() >= end:
                    raise StorageLocked(_BUSY)
                time.sleep(_SECONDS_BETWEEN_TRIES)
        yield


if sys.platform == "win32":

    @contextmanager
    def _door(database: Path) -> Iterator[Callable[[], bool]]:
        """Give what tries once: opens the file to read and lets others do only that."""
        import ctypes
        import msvcrt
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = wintypes.HANDLE
        words, numbers, pointer = wintypes.LPCWSTR, wintypes.DWORD, wintypes.LPVOID
        kernel.CreateFileW.argtypes = [words, numbers, numbers, pointer, numbers, numbers, wintypes.HANDLE]
        held: list[int] = []

        def take() -> bool:
            handle = kernel.CreateFileW(str(database), _GENERIC_READ, _SHARE_READ, None, _OPEN_EXISTING, 0, None)
            if handle != wintypes.HANDLE(-1).value:
                held.append(msvcrt.open_osfhandle(handle, os.O_RDONLY))
            elif ctypes.get_last_error() != _SHARING_VIOLATION:
                raise ctypes.WinError(ctypes.get_last_error())
            return bool(held)

        try:
            yield take
        finally:
            for file in held:
                os.close(file)

else:

    @contextmanager
    def _door(database: Path) -> Iterator[Callable[[], bool]]:
        """Give what tries once; one file for all tries, as closing it loses locks that this process has on it."""
        file = os.open(database, os.O_RDWR)
        try:
            yield lambda: _take(file)
        finally:
            os.close(file)

    def _take(file: int) -> bool:
        """Try once; on Linux the lock goes with *file*, so that reading beside it does not lose it."""
        import fcntl

        try:
            if sys.platform != "linux":  # there is only the lock that goes with the process
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _COUNT, _FIRST)
            else:
                wish = struct.pack("hhqqi0q", fcntl.F_WRLCK, os.SEEK_SET, _FIRST, _COUNT, 0)
                fcntl.fcntl(file, fcntl.F_OFD_SETLK, wish)
        except (BlockingIOError, PermissionError):
            return False
        return True
