"""A file that is either there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path

from tlbb_desktop.domain.errors import Refused, StorageFull
from tlbb_desktop.i18n.marks import N_

_RENAME_TRIES = 10
_RENAME_PAUSE_SECONDS = 0.2
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* beside *path*, flush it to the disk, then rename: a kill leaves the old file or the new one.

    Raises:
        StorageFull: the disk has no room; an older file at *path* is untouched.
        Refused: the place cannot be written to.
    """
    beside = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _rename(beside, path)
    except OSError as problem:
        if problem.errno in _FULL:
            raise StorageFull from problem
        raise Refused(
            N_("The file {name} could not be written. Nothing else was changed. Close it if it is open, or choose another folder."),
            name=path.name,
        ) from problem
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _rename(beside: Path, path: Path) -> None:
    """Rename; on Windows a virus scanner may hold the new file for a moment."""
    for _attempt in range(_RENAME_TRIES - 1):
        try:
            beside.replace(path)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(_RENAME_PAUSE_SECONDS)
        else:
            return
    beside.replace(path)
