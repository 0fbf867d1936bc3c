"""The list of an installed program's files with the SHA-256 of each, as ``sha256sum`` writes and checks it.

It shows what was damaged, lost or added: by a disk, a stick, a virus or its scanner, a curious hand. Whoever can write
the program's folder can write the list, too; the sums of the whole package are handed out beside it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LISTING = "files.sha256"
#: Put beside the program by whoever installs it.
NOT_LISTED = frozenset({LISTING, "uninstall.exe"})
#: What the system or Python may load from beside the program; other things that lie there, such as a scanner's
#: notes, harm nobody. Deeper down nothing belongs but what is listed.
_LOADABLE = (".dll", ".exe", ".pyd", ".so", ".pth", ".py", ".pyc", ".zip", ".manifest", ".local")
_CHUNK_BYTES = 1 << 20


class Faults(NamedTuple):
    """Places in the program's folder, with ``/``, that are not as the list says."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.additional)

    @property
    def places(self) -> tuple[str, ...]:
        """All of them, those first that are there and should not be."""
        return (*self.additional, *self.changed, *self.missing)


def list_files(folder: Path) -> str:
    """The list of what lies in *folder* now.

    Raises:
        OSError: a file cannot be read.
    """
    known: dict[str, str] = {}
    places = sorted(_places(folder))
    return "".join(f"{_digest(folder / place, known)}  {place}\n" for place in places)


def faults(folder: Path) -> Faults:
    """What in *folder* is not as its list says; a list that cannot be read is missing itself."""
    try:
        wanted = _read(folder / LISTING)
    except (OSError, ValueError):
        return Faults(missing=(LISTING,))
    found = frozenset(_places(folder))
    known: dict[str, str] = {}
    changed = (place for place in wanted if place in found and not _is(folder / place, wanted[place], known))
    return Faults(
        tuple(sorted(changed)),
        tuple(sorted(wanted.keys() - found)),
        tuple(sorted(filter(_may_harm, found - wanted.keys()))),
    )


def _may_harm(place: str) -> bool:
    return "/" in place or ".so." in place or place.lower().endswith(_LOADABLE)


def _read(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = {place: digest for digest, _, place in (line.partition("  ") for line in lines)}
    if not wanted or "" in wanted:
        raise ValueError(path)
    return wanted


def _places(folder: Path) -> Iterator[str]:
    """Every file and link beneath *folder*; a link to a folder is one, too."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{inside}{entry.name}/")
                elif inside or entry.name not in NOT_LISTED:
                    yield f"{inside}{entry.name}"


def _is(path: Path, wanted: str, known: dict[str, str]) -> bool:
    try:
        return _digest(path, known) == wanted
    except OSError:
        return False


def _digest(path: Path, known: dict[str, str]) -> str:
    """The file's SHA-256; *known* keeps those of real files, as several links lead to one."""
    real = os.path.realpath(path)
    if real not in known:
        digest = hashlib.sha256()
        with open(real, "rb") as stream:  # noqa: PTH123  # a hundred and more files at each start
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
        known[real] = digest.hexdigest()
    return known[real]
