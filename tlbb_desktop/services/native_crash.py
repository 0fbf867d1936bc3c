"""Where Python writes down that Qt or the driver crashed, while the process dies: a file for each process.

After a lock two processes of a home live side by side for a while, so none may write into the file of another, or put
it away. Loaded before the first paint.
"""

from __future__ import annotations

import faulthandler
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from tlbb_desktop.services.home import Home

WINDOW: Final = "window"
COMMAND: Final = "command"
_COUNTED: Final = "counted"
_LONGEST: Final = 64 * 1024
_HEAD: Final = re.compile(
    r"^(?:Fatal Python error|Windows fatal exception): ([A-Za-z0-9 _.-]{1,60})", re.MULTILINE | re.ASCII
)
#: On Windows exceptions of COM and RPC are written down, too, which are then handled: "code 0x8001010d"; all that ends
#: a process has a name, but for a heap that is damaged.
_HANDLED: Final = re.compile(r"code 0x(?!c0000374)", re.ASCII)


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
            self._file = _begin_file(self._path)
            faulthandler.enable(self._file)
            if self._kind == COMMAND:
                _tidy(self._home)

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
    with suppress(OSError):
        return crash_in(path.read_bytes()[-_LONGEST:].decode("utf-8", "replace")) is not None
    return False


def crash_in(text: str) -> tuple[str, str] | None:
    """What ended a process, and all that stands below its head; None where it went on after what was written last."""
    heads = tuple(_HEAD.finditer(text))
    last = heads[-1] if heads else None
    if last is None or _HANDLED.match(last[1]):
        return None
    return last[1].strip(), text[last.end() :]


def _begin_file(path: Path) -> IO[bytes]:
    """Open a file that others see once it is held, as one that nobody holds is tidied away."""
    first = path if sys.platform == "win32" else path.with_name(f".{path.name}")
    file = os.fdopen(os.open(first, os.O_WRONLY | os.O_CREAT, 0o600), "wb")
    try:
        _hold(file)
        if first != path:
            first.rename(path)
    except OSError:
        file.close()
        first.unlink(missing_ok=True)
        raise
    return file


def _tidy(home: Home) -> None:
    """Remove what killed processes left that tells nothing, where no window comes to take it in."""
    for path in left_behind(home):
        with suppress(OSError):
            if not path.stat().st_size:
                path.unlink()


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
