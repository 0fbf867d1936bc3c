"""A paper or table handed out: its file is there whole or not at all."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tlbb_desktop.domain.errors import Refused, StorageFull, is_no_room
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import OWNER_ONLY, write_atomically

_EVERYBODY: Final = 0o666


def write_whole(path: Path, content: bytes, *, secret: bool = False) -> None:
    """Write *content* so that a kill leaves the old file or the new one; through a link, the file that it names.

    Args:
        path: of the file.
        content: all of it.
        secret: whether other accounts of the laptop must not read it, such as a recovery key; a paper is for others.

    Raises:
        StorageFull: the disk has no room; an older file at *path* is untouched.
        Refused: the place cannot be written to, or is no file.
    """
    with _explained(path):
        write_atomically(_replaceable(path), content, rights=OWNER_ONLY if secret else _EVERYBODY)


def require_place(path: Path) -> None:
    """Raise Refused unless *path* takes a file; for an act that must not be done when its outcome cannot be written."""
    with _explained(path):
        beside = _replaceable(path).with_name(f".{secrets.token_hex(6)}.tmp")
        beside.touch(exist_ok=False)
        beside.unlink()


def _replaceable(path: Path) -> Path:
    """The file itself. A folder or a device, such as ``/dev/null``, must not be replaced by a file."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise IsADirectoryError
    return target


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if is_no_room(problem):
            raise StorageFull from problem
        raise Refused(
            N_(
                "The file {name} could not be written; nothing else was changed."
                " Close it if it is open, or choose another place."
            ),
            name=path.name or str(path),
        ) from problem
