"""Where Python writes down that Qt or the driver crashed, while the process dies: a file for each process.

After a lock two processes of a home live side by side for a while, so none may write into the file of another, or put
it away. Loaded before the first paint.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from tlbb_desktop.services.home import Home

WINDOW: Final = "window"
COMMAND: Final = "command"
_COUNTED: Final = "counted"
_CRASHED: Final = (b"Fatal Python error: ", b"Windows fatal exception: ")


class NativeLog:
    """The file of this process.

    Args:
        home: whose log folder takes it; where there is no home yet, :meth:`begin` is called again once there is.
        kind: WINDOW or COMMAND.
    """

    def __init__(self, home: Home, kind: str) -> None:
        self._home, self._kind = home, kind
        self._path = home.logs / f"native-{kind}-{os.urandom(4).hex()}.log"
        self._file: IO[bytes] | None = None

    def begin(self) -> None:
        """Let crashes of this process be written down from now on; asked again it does nothing."""
        if self._file is not None or faulthandler.is_enabled() or not self._home.path.is_dir():
            return
        if self._kind == COMMAND and not self._home.has_keyring:
            return  # a folder that is no home stays as it is
        with suppress(OSError):
            self._home.logs.mkdir(mode=0o700, exist_ok=True)
            self._file = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600), "wb")
            _hold(self._file)
            faulthandler.enable(self._file)

    def end(self) -> None:
        """The process ends as it should: what was written down of crashes is none."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def __enter__(self) -> None:
        self.begin()

    def __exit__(self, *_of_no_matter: object) -> None:
        self.end()


def count_window_crashes(home: Home) -> int:
    """How many windows crashed since the last count; what they wrote down stays for the log."""
    counted = 0
    for path in left_behind(home):
        if path.name.startswith(f"native-{WINDOW}-") and has_crashed(path):
            with suppress(OSError):
                path.rename(path.with_name(path.name.replace(WINDOW, _COUNTED)))
                counted += 1
    return counted


def left_behind(home: Home) -> Iterator[Path]:
    """The files of processes that ended, in the order of their ends; those of a power cut are empty."""
    with suppress(OSError):
        ended = [path for path in home.logs.glob("native*.log") if not _is_held(path)]
        yield from sorted(ended, key=lambda path: path.stat().st_mtime_ns)


def has_crashed(path: Path) -> bool:
    """Whether *path* tells of a crash."""
    with suppress(OSError), path.open("rb") as stream:
        return stream.read(64).startswith(_CRASHED)
    return False


def _hold(file: IO[bytes]) -> None:
    """Let others see that this process lives; the system forgets it when the process ends, however it does."""
    if sys.platform != "win32":  # there nobody can rename or remove what is open
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_held(path: Path) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    with suppress(OSError), path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    return True
