"""Copies of the running database, and the one file that a backup is.

The file: a line that says what it is, one line of JSON (what is inside, how long each part is, when it was made), the
parts one after the other, and the SHA-256 of all of it. Everything secret inside is encrypted already.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tlbb_desktop.data.durable import forget_cached, move, sync_file
from tlbb_desktop.data.engine import connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import BadFile, StorageDamaged, StorageFull, is_no_room
from tlbb_desktop.i18n.marks import N_

MAGIC = b"TLBB BACKUP 1\n"
DIGEST_BYTES = 32
MANIFEST_BYTES = 64 * 1024
_CHUNK = 1 << 20

DAMAGED = N_("This backup is damaged. It was not used and nothing was changed. Take another copy.")


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a backup says of itself, after its digest was found right.

    Args:
        facts: the JSON line without the list of parts.
        parts: name -> (first byte, length).
        digest: SHA-256 in hexadecimal.
        size: bytes of the whole file.
    """

    facts: dict[str, Any]
    parts: dict[str, tuple[int, int]]
    digest: str
    size: int


def snapshot(database: Path, key: bytes, salt: bytes, target: Path) -> None:
    """Copy the database as it stands at one moment, in one step, beside working writers, under the same key."""
    with (
        driver_errors_explained(),
        closing(connect(database, key, salt)) as source,
        closing(connect(target, key, salt)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing left beside it
    sync_file(target)


@contextmanager
def disk_errors_explained() -> Iterator[None]:
    """Raise StorageFull or BadFile in place of what the system says about a disk or a stick."""
    try:
        yield
    except OSError as error:
        if is_no_room(error):
            raise StorageFull from error
        raise BadFile(
            N_("The disk or USB stick did not take the file ({reason}). Nothing was lost. Try another one."),
            reason=error.strerror or type(error).__name__,
        ) from error


def pack(parts: Mapping[str, Path], facts: Mapping[str, Any], target: Path) -> BackupContent:
    """Write *parts* into the one file *target*, read it back, and only then give it its name.

    Raises:
        StorageFull: no room; an older file of that name is untouched.
        StorageDamaged: the medium gives back something else than was written.
    """
    lengths = {name: path.stat().st_size for name, path in parts.items()}
    manifest = json.dumps({**facts, "parts": lengths}, sort_keys=True).encode("ascii")
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with disk_errors_explained():
            with unfinished.open("wb") as stream:
                digest = hashlib.sha256()
                for chunk in _chunks(manifest, parts):
                    digest.update(chunk)
                    stream.write(chunk)
                stream.write(digest.digest())
            content = _proven(unfinished)
            move(unfinished, target)
    finally:
        with suppress(OSError):  # a stick that was pulled
            unfinished.unlink(missing_ok=True)
    return content


def duplicate(source: Path, target: Path) -> BackupContent:
    """Put the same backup at *target*, read it back from there, and only then give it its name.

    Raises:
        StorageFull, BadFile: the medium has no room, or does not take it; what lies there is untouched.
        StorageDamaged: the medium gives back something else, or *source* is damaged itself.
    """
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with disk_errors_explained():
            shutil.copyfile(source, unfinished)
            content = _proven(unfinished)
            move(unfinished, target)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return content


def _proven(unfinished: Path) -> BackupContent:
    """What the medium gives back after it was written, not what the system still has in memory."""
    sync_file(unfinished)
    forget_cached(unfinished)
    return read_content(unfinished)


def _chunks(manifest: bytes, parts: Mapping[str, Path]) -> Iterator[bytes]:
    yield MAGIC
    yield manifest + b"\n"
    for path in parts.values():
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


def read_facts(path: Path) -> dict[str, Any] | None:
    """What a backup says of itself, without checking it; None when it is not one. For lists of what lies on a stick."""
    try:
        with path.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                return None
            facts = json.loads(stream.readline(MANIFEST_BYTES))
    except (OSError, ValueError):
        return None
    return facts if isinstance(facts, dict) else None


def read_content(path: Path) -> BackupContent:
    """Read what *path* holds and check its digest; needs no key.

    Raises:
        BadFile: it is not a backup, or cannot be read at all.
        StorageDamaged: it is one, but a byte of it is wrong or missing.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                raise BadFile(N_("{name} is not a backup of TLBB Desktop."), name=path.name)
            size = path.stat().st_size
            digest = _checked_digest(stream, size)
            stream.seek(len(MAGIC))
            return _content(stream, size, digest)
    except OSError as error:
        raise BadFile(
            N_("{name} cannot be read ({reason})."), name=path.name, reason=error.strerror or type(error).__name__
        ) from error


def _checked_digest(stream: IO[bytes], size: int) -> str:
    digest = hashlib.sha256(MAGIC)
    left = size - len(MAGIC) - DIGEST_BYTES
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    if left != 0 or stream.read(DIGEST_BYTES) != digest.digest():
        raise StorageDamaged(DAMAGED)
    return digest.hexdigest()


def _content(stream: IO[bytes], size: int, digest: str) -> BackupContent:
    line = stream.readline(MANIFEST_BYTES)
    try:
        facts = json.loads(line)
        lengths = {str(name): int(length) for name, length in facts.pop("parts").items()}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise StorageDamaged(DAMAGED) from error
    first = len(MAGIC) + len(line)
    parts: dict[str, tuple[int, int]] = {}
    for name, length in lengths.items():
        parts[name] = (first, length)
        first += length
    if first + DIGEST_BYTES != size:
        raise StorageDamaged(DAMAGED)
    return BackupContent(facts, parts, digest, size)


def unpack(path: Path, content: BackupContent, name: str, target: Path) -> None:
    """Write part *name* of a backup to *target* and wait until it is on the disk."""
    first, left = content.parts[name]
    with disk_errors_explained():
        with path.open("rb") as source, target.open("wb") as stream:
            source.seek(first)
            while left > 0 and (chunk := source.read(min(_CHUNK, left))):
                stream.write(chunk)
                left -= len(chunk)
        sync_file(target)
