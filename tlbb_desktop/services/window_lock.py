"""One window to a home: a lock of the operating system, which ends with the process that holds it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from tlbb_desktop.domain.errors import StorageLocked
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
        self._home, self._lock = home, FileLock(home.window_lock)

    def take(self, wait_seconds: float = 0) -> None:
        """Take the lock.

        Args:
            wait_seconds: how long to wait for a window that is just closing.

        Raises:
            StorageLocked: another window is open.
        """
        try:
            self._lock.acquire(timeout=wait_seconds)
        except OSError as error:
            if not isinstance(error, Timeout):
                raise self._home.unusable(error) from error
            raise StorageLocked(
                N_("TLBB Desktop is already open on this laptop. Go on in that window, or close it first.")
            ) from error

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
