"""Room on the disk: entry stops before it runs out, and a reserve lets what was begun be finished."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tlbb_desktop.data.ballast import drop_ballast, keep_ballast
from tlbb_desktop.domain.errors import StorageFull
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.home import Home

MEGABYTE = 1_000_000
BALLAST_BYTES = 20 * MEGABYTE
ENTRY_BYTES = 200 * MEGABYTE


def free_bytes(path: Path) -> int:
    """Free bytes on the disk that *path* lies on."""
    return shutil.disk_usage(path).free


class DiskRoom:
    """Watches the disk that a home lies on.

    Args:
        home: whose disk.
        free: free bytes at a path.
    """

    def __init__(self, home: Home, free: Callable[[Path], int] = free_bytes) -> None:
        self._home = home
        self._free = free

    def keep_reserve(self) -> None:
        """Lay aside the reserve while there is plenty of room."""
        if self._free(self._home.path) > ENTRY_BYTES + BALLAST_BYTES:
            with suppress(OSError):  # without a reserve everything else still works
                keep_ballast(self._home.ballast, BALLAST_BYTES)

    def give_reserve(self) -> bool:
        """Give the reserve back to the disk, so that one more thing can be saved; tells whether there was one."""
        return drop_ballast(self._home.ballast)

    def require(self) -> None:
        """Raise StorageFull when too little room is left for entering anything."""
        free = self._free(self._home.path)
        if free < ENTRY_BYTES:
            raise StorageFull(
                N_(
                    "Only {megabytes} MB are free on this disk, so nothing new is taken in."
                    " What was saved is safe. Free some space and try again."
                ),
                megabytes=free // MEGABYTE,
            )
