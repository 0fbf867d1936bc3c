"""Writes down where the program itself failed: kinds, files and lines, never what was typed."""

from __future__ import annotations

import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tlbb_desktop.services.home import Home

FILE_NAME = "commands.log"
LONGEST = 512 * 1024


def note_fault(home: Home, error: BaseException, at: datetime) -> Path | None:
    """Append *error* to the home's log; gives the log, or None when there is no home or no room."""
    if not home.path.is_dir():
        return None
    log = home.logs / FILE_NAME
    with suppress(OSError):
        home.logs.mkdir(mode=0o700, exist_ok=True)
        if log.exists() and log.stat().st_size > LONGEST:
            log.replace(log.with_suffix(".old"))
        with log.open("a", encoding="utf-8") as stream:
            stream.write(f"{at.isoformat(timespec='seconds')}\n{describe(error)}\n")
        return log
    return None


def describe(error: BaseException) -> str:
    """Where *error* and its causes came from; their messages are left out, as they may quote the record."""
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
