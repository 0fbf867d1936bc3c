"""One window to a home: a lock of the operating system, which ends with the process that holds it."""

from __future__ import annotations

import secrets
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from tlbb_desktop.domain.errors import StorageLocked, disk_errors_told
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.home import Home


class WindowLock:
    """Held while a window is open over *home*; commands may run beside it.

    Args:
        home: whose window it is.

    Raises:
        Refused: the home can neither be used nor made.
    """

    def __init__(self, home: Home) -> None:
        home.require_reachable()
        try:
            home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise home.unusable(error) from error
        self._home, self._path = home, home.window_lock
        self._lock = FileLock(self._path)

    def take(self, wait_seconds: float = 0) -> None:
        """Take the lock.

        Args:
            wait_seconds: how long to wait for a window that is just closing.

        Raises:
            StorageLocked: another window is open.
            Refused: the lock cannot be made in the home.
            StorageFailing: the disk fails while something is put aside for it.
        """
        self._make_way()
        try:
            self._lock.acquire(timeout=wait_seconds)
        except OSError as error:
            if not isinstance(error, Timeout):
                raise self._home.unusable(error) from error
            raise StorageLocked(
                N_("TLBB Desktop is already open on this laptop. Go on in that window, or close it first.")
            ) from error

    def _make_way(self) -> None:
        """Put aside what bears the lock's name and can be none, such as a folder or a link."""
        if self._path.is_symlink() or (self._path.exists() and not self._path.is_file()):
            with disk_errors_told():
                self._path.rename(self._path.with_name(f"{self._path.name}.{secrets.token_hex(3)}"))

    def give_back(self) -> None:
        """Let the next window open."""
        self._lock.release()

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_back()
