"""A paper or table handed out: its file is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from tlbb_desktop.data.durable import move
from tlbb_desktop.domain.errors import Refused, StorageFull
from tlbb_desktop.i18n.marks import N_

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* beside *path*, flush it to the disk, then rename: a kill leaves the old file or the new one.

    Raises:
        StorageFull: the disk has no room; an older file at *path* is untouched.
        Refused: the place cannot be written to.
    """
    beside = path.parent / f".{secrets.token_hex(6)}.part"
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        move(beside, path)
    except OSError as problem:
        if problem.errno in _FULL:
            raise StorageFull from problem
        raise Refused(
            N_(
                "The file {name} could not be written; nothing else was changed."
                " Close it if it is open, or choose another place."
            ),
            name=path.name or str(path),
        ) from problem
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
