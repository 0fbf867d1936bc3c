"""Everything that a process asks of the disk, in order, as `strace` saw it.

The kernel's own account of the system calls is recorded, so nothing in the program knows or changes. What the process
writes to its output stands among the operations as notes. `-shm` files are left out: they are shared memory, and no
file system keeps them over a power cut.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.faults.traced import Job, run_traced

CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,ftruncate,truncate,fallocate,fsync,"
    "fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "sendfile,copy_file_range"
)
LONGEST_WRITE = 16 * 1024 * 1024
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)")
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes go into a file."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file gets another length."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """The content of a file is on the disk from here on."""

    file: int


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """The names in a folder are on the disk from here on."""

    path: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name for a file; None for a folder."""

    path: str
    file: int | None


@dataclass(frozen=True, slots=True)
class Unname:
    """A name goes."""

    path: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A file or folder gets another name, which another one may have had."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the process said."""

    said: dict[str, Any]


Operation = Write | Truncate | Sync | SyncFolder | Name | Unname | Rename | Note


def record(job: Job, home: Path, trace: Path, *more: object) -> None:
    """Run *job* over *home* and *more*, and write down in *trace* what it asks of the system.

    Raises:
        RuntimeError: the process failed, or may not be traced here.
    """
    options = ["-y", "-xx", "-s", str(LONGEST_WRITE), "-e", f"trace={CALLS}", "-o", str(trace)]
    ended = run_traced(job, (home, *more), options, trace.with_name("said by it"))
    if ended.code != 0:
        raise RuntimeError(f"the recorded process ended with {ended.code}: {ended.errors[-2000:]}")


@cache
def tracing_is_refused() -> bool:
    """Whether `strace` is here, but this system lets no process be traced, as in many containers."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode != 0


def operations_of(trace: Path, home: Path, before: Path | None = None) -> list[Operation]:
    """What a recorded process did to the files in *home*, and what it said.

    Args:
        trace: what `strace` wrote.
        home: the folder that is watched.
        before: a copy of it as it lay there before; None when it was empty.
    """
    with trace.open(encoding="ascii") as lines:
        return list(_Reader(home, files_before(home, before)).operations(lines))


def files_before(home: Path, before: Path | None) -> dict[str, bytes]:
    """Path in *home* -> content of each file of *before*; their order numbers them."""
    found = sorted(path for path in before.rglob("*") if path.is_file()) if before else []
    return {str(home / path.relative_to(before)): path.read_bytes() for path in found if before}


@dataclass(slots=True)
class _OpenFile:
    file: int
    path: str
    offset: int = 0
    appends: bool = False


class _Reader:
    """Follows descriptors and names through the lines of a trace."""

    def __init__(self, home: Path, before: dict[str, bytes]) -> None:
        self._home = str(home)
        self._open: dict[int, _OpenFile | str] = {}
        self._names: dict[str, int] = {path: number for number, path in enumerate(before)}
        self._sizes: dict[int, int] = {number: len(content) for number, content in enumerate(before.values())}
        self._calls: dict[str, Callable[[list[str], int], Iterator[Operation]]] = {
            **dict.fromkeys(("open", "openat", "creat"), self._opened),
            **dict.fromkeys(("write", "pwrite64"), self._written),
            **dict.fromkeys(("fsync", "fdatasync"), self._synced),
            **dict.fromkeys(("rename", "renameat", "renameat2"), self._renamed),
            **dict.fromkeys(("unlink", "unlinkat", "rmdir"), self._unnamed),
            **dict.fromkeys(("mkdir", "mkdirat"), self._made_folder),
            "lseek": self._moved,
            "close": self._closed,
            "ftruncate": self._truncated,
        }

    def operations(self, lines: Iterator[str]) -> Iterator[Operation]:
        for line in lines:
            found = _CALL.match(line)
            if found is None or found[3].startswith(("-", "?")):
                continue
            call, arguments, result = found[1], found[2].split(", "), int(found[3])
            if call in self._calls:
                yield from self._calls[call](arguments, result)
            elif self._touches_home(arguments):
                raise RuntimeError(f"the recording does not know {call}: {line[:200]}")

    def _opened(self, arguments: list[str], descriptor: int) -> Iterator[Operation]:
        path, rest = self._path(arguments)
        if path is None:
            self._open.pop(descriptor, None)
            return
        flags = rest[0] if rest else "O_CREAT|O_TRUNC"
        if path in self._names:
            file = self._names[path]
        elif "O_CREAT" in flags:
            file = self._names[path] = len(self._sizes)
            self._sizes[file] = 0
            yield Name(path, file)
        else:
            self._open[descriptor] = path  # a folder
            return
        self._open[descriptor] = _OpenFile(file, path, appends="O_APPEND" in flags)
        if "O_TRUNC" in flags and self._sizes[file]:
            self._sizes[file] = 0
            yield Truncate(file, 0)

    def _written(self, arguments: list[str], count: int) -> Iterator[Operation]:
        descriptor = _descriptor(arguments[0])
        opened = self._open.get(descriptor)
        if opened is None and descriptor == 1:
            yield Note(json.loads(_bytes(arguments[1])))
        if not isinstance(opened, _OpenFile):
            return
        if arguments[1].endswith("..."):
            raise RuntimeError("a write is longer than the recording takes")
        data = _bytes(arguments[1])[:count]
        if len(arguments) > 3:
            offset = int(arguments[3])
        else:
            offset = self._sizes[opened.file] if opened.appends else opened.offset
            opened.offset = offset + count
        self._sizes[opened.file] = max(self._sizes[opened.file], offset + count)
        yield Write(opened.file, offset, data)

    def _synced(self, arguments: list[str], _result: int) -> Iterator[Operation]:
        opened = self._open.get(_descriptor(arguments[0]))
        if isinstance(opened, _OpenFile):
            yield Sync(opened.file)
        elif opened is not None:
            yield SyncFolder(opened)

    def _truncated(self, arguments: list[str], _result: int) -> Iterator[Operation]:
        opened = self._open.get(_descriptor(arguments[0]))
        if isinstance(opened, _OpenFile):
            self._sizes[opened.file] = int(arguments[1])
            yield Truncate(opened.file, int(arguments[1]))

    def _moved(self, arguments: list[str], offset: int) -> Iterator[Operation]:
        opened = self._open.get(_descriptor(arguments[0]))
        if isinstance(opened, _OpenFile):
            opened.offset = offset
        yield from ()

    def _closed(self, arguments: list[str], _result: int) -> Iterator[Operation]:
        self._open.pop(_descriptor(arguments[0]), None)
        yield from ()

    def _renamed(self, arguments: list[str], _result: int) -> Iterator[Operation]:
        source, rest = self._path(arguments)
        target, _ = self._path(rest)
        if source is not None and target is not None:
            self._names[target] = self._names.pop(source)
            yield Rename(source, target)

    def _unnamed(self, arguments: list[str], _result: int) -> Iterator[Operation]:
        path, _ = self._path(arguments)
        if path is not None:
            self._names.pop(path, None)
            yield Unname(path)

    def _made_folder(self, arguments: list[str], _result: int) -> Iterator[Operation]:
        path, _ = self._path(arguments)
        if path is not None:
            yield Name(path, None)

    def _path(self, arguments: list[str]) -> tuple[str | None, list[str]]:
        """The path that the arguments begin with, where it lies in the home, and the arguments after it."""
        folder = ""
        if not arguments[0].startswith('"'):
            folder = _text(arguments[0].partition("<")[2].removesuffix(">"))
            arguments = arguments[1:]
        path = os.path.normpath(str(Path(folder, os.fsdecode(_bytes(arguments[0])))))
        inside = path == self._home or path.startswith(self._home + os.sep)
        return (path if inside and not path.endswith("-shm") else None), arguments[1:]

    def _touches_home(self, arguments: list[str]) -> bool:
        return any(self._home in _text(argument) for argument in arguments)


def _descriptor(argument: str) -> int:
    return int(argument.partition("<")[0])


def _bytes(argument: str) -> bytes:
    return bytes.fromhex(argument.strip('"').replace("\\x", ""))


def _text(argument: str) -> str:
    return os.fsdecode(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), argument).encode("latin-1"))
