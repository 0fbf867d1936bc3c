"""Writes down where the program itself failed: kinds, files and lines, never what was typed."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice, pairwise
from pathlib import Path, PurePosixPath, PureWindowsPath

from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.native_crash import left_behind

FILE_NAME = "faults.log"
#: Lies beside the log until the next person who logs in was told.
UNTOLD_NAME = "untold"
PACKAGE = "tlbb_desktop"
LONGEST = 200 * 1024
#: With the newest one and a last long fault in each, at most 1 MB in all.
OLDER_LOGS = 3
MOST_FRAMES, MOST_CAUSES = 60, 8
NATIVE_LONGEST = 64 * 1024

#: The lines that this module writes. What else stands in the file was put there by others, and is handed to nobody.
_OWN_LINES = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+\d\d:\d\d)?"
    r"|[A-Za-z_][\w.]{0,199}"
    r"|  [\w./<>-]{1,199}:\d{1,9} [\w.<>]{1,199}",
    re.ASCII,
)
_NATIVE_HEAD = re.compile(r"(Fatal Python error|Windows fatal exception): ([A-Za-z0-9 _.-]{1,60})", re.ASCII)
_NATIVE_FRAME = re.compile(r'  File "(.{1,999})", line (\d{1,9}) in ([\w.<>]{1,199})', re.ASCII)


def note_fault(home: Home, error: BaseException, at: datetime) -> Path | None:
    """Append *error* to the home's log; gives the log, or None when there is no home or no room."""
    return note_description(home, describe(error), at)


def note_description(home: Home, description: str, at: datetime) -> Path | None:
    """Append what :func:`describe` made of a fault; see :func:`note_fault`."""
    log = home.logs / FILE_NAME
    moment = at.isoformat(timespec="seconds")
    with suppress(OSError):
        if not home.path.is_dir():
            return None
        home.logs.mkdir(mode=0o700, exist_ok=True)
        _make_room(log)
        _private(log)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"{moment}\n{description}\n")
        _private(home.logs / UNTOLD_NAME).write_text(moment, encoding="utf-8")
        return log
    return None


def describe(error: BaseException) -> str:
    """Where *error* and its causes came from; their messages are left out, as they may quote the record."""
    lines: list[str] = []
    for each in islice(_chain(error), MOST_CAUSES):
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        frames = traceback.extract_tb(each.__traceback__)[-MOST_FRAMES:]
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(lines)


def noted_faults(home: Home) -> str:
    """Everything that the logs hold, the oldest first, without lines that the program did not write."""
    log = home.logs / FILE_NAME
    text = "".join(_text(each) for each in (*_older(log), log))
    return "".join(f"{line}\n" for line in text.splitlines() if _OWN_LINES.fullmatch(line))


def untold_fault(home: Home) -> datetime | None:
    """When the program failed last, if nobody was told since; the time as it was noted."""
    with suppress(OSError, ValueError):
        return datetime.fromisoformat((home.logs / UNTOLD_NAME).read_text(encoding="utf-8"))
    return None


def was_told(home: Home) -> None:
    """The fault of :func:`untold_fault` was told; it is told once."""
    with suppress(OSError):
        (home.logs / UNTOLD_NAME).unlink(missing_ok=True)


def take_in_native_crashes(home: Home) -> None:
    """Move what crashes outside of Python left into the log, without the folders that it names."""
    for left in left_behind(home):
        description = "\n".join(_native_lines(_text(left)))
        with suppress(OSError):
            at = datetime.fromtimestamp(left.stat().st_mtime, CAMBODIA)
            left.unlink()  # first, as on Windows it is refused while the process lives, and then nothing is told twice
            if description:
                note_description(home, description, at)


def _native_lines(text: str) -> Iterator[str]:
    """The kind of the crash and the lines of the thread that crashed, which stands first or is called the current."""
    head = _NATIVE_HEAD.match(text)
    if head is None:
        return
    yield "native." + re.sub(r"\W+", "_", head[2].strip(), flags=re.ASCII)
    current = text.partition("Current thread")[2].partition("\n\n")[0]
    for line in current.splitlines():
        if frame := _NATIVE_FRAME.match(line):
            yield f"  {_short(frame[1])}:{frame[2]} {frame[3]}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or each.__context__


def _short(filename: str) -> str:
    """Return the path from our package on, or the bare file name; folders can bear a person's name."""
    parts = PureWindowsPath(filename).parts if "\\" in filename else PurePosixPath(filename).parts
    if PACKAGE in parts:
        return "/".join(parts[len(parts) - 1 - parts[::-1].index(PACKAGE) :])
    return parts[-1] if parts else "?"


def _older(log: Path) -> tuple[Path, ...]:
    return tuple(log.with_name(f"{log.name}.{number}") for number in range(OLDER_LOGS, 0, -1))


def _make_room(log: Path) -> None:
    """Put a log that is full aside, and drop the oldest one."""
    if not log.exists() or log.stat().st_size <= LONGEST:
        return
    places = (*_older(log), log)
    for place, newer in pairwise(places):
        if newer.exists():
            newer.replace(place)


def _private(path: Path) -> Path:
    """Make the file, so that no other account of the laptop reads it."""
    path.touch(mode=0o600, exist_ok=True)
    return path


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_bytes()[-(LONGEST + NATIVE_LONGEST) :].decode("utf-8", "replace")
    return ""
