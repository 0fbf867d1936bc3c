"""A disk whose power is cut: what it holds for certain, and what it may or may not hold besides.

The rules are those that POSIX gives and a drive keeps: the content of a file is certain up to its last fsync, names up
to the last fsync of their folder. Names change in the order in which they were changed (every journalling file system
keeps it), content that was not synced may be there or not, in any order, in part, or as garbage. A sector of 512 bytes
is written whole or not at all, and what lies beside a write is not hurt by it.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.faults.recording import Name, Note, Operation, Rename, Sync, SyncFolder, Truncate, Unname, Write

SECTOR = 512


class Fate(StrEnum):
    """What became of the content that was written and not synced."""

    DROPPED = "dropped"
    KEPT = "kept"
    RANDOM = "random"
    TORN = "torn"
    GARBAGE = "garbage"


Names = dict[str, int | None]


@dataclass
class Disk:
    """What is certain after some operations, and what still hangs in the air."""

    names: Names = field(default_factory=dict)
    contents: dict[int, bytearray] = field(default_factory=dict)
    waiting_names: list[Name | Unname | Rename] = field(default_factory=list)
    waiting: dict[int, list[Write | Truncate]] = field(default_factory=dict)

    @classmethod
    def holding(cls, files: dict[str, bytes]) -> Disk:
        """A disk on which *files* were certain before; folders of theirs are made where they are laid out."""
        numbered = dict(enumerate(files.values()))
        return cls(dict(zip(files, numbered, strict=True)), {n: bytearray(c) for n, c in numbered.items()})

    def follow(self, operation: Operation) -> None:
        """Take one more operation."""
        if isinstance(operation, Write | Truncate):
            self.waiting.setdefault(operation.file, []).append(operation)
        elif isinstance(operation, Sync):
            content = self.contents.setdefault(operation.file, bytearray())
            for change in self.waiting.pop(operation.file, []):
                _apply(content, change)
        elif isinstance(operation, SyncFolder):
            self._settle_names(operation.path)
        elif not isinstance(operation, Note):
            self.waiting_names.append(operation)

    def _settle_names(self, folder: str) -> None:
        """With a name of *folder* all changes of names before it are on the disk."""
        here = [number for number, change in enumerate(self.waiting_names) if folder == _folder(change)]
        settled = here[-1] + 1 if here else 0
        for change in self.waiting_names[:settled]:
            _rename(self.names, change)
        del self.waiting_names[:settled]

    def after_power_cut(self, fate: Fate, chance: random.Random) -> dict[str, bytes | None]:
        """Path -> content (None for a folder) of one disk that the power cut may leave."""
        names = dict(self.names)
        everything = len(self.waiting_names)
        for change in self.waiting_names[: chance.choice((0, everything, chance.randint(0, everything)))]:
            _rename(names, change)
        return {path: None if file is None else self._content(file, fate, chance) for path, file in names.items()}

    def in_the_end(self) -> dict[str, bytes | None]:
        """Path -> content when nothing is lost."""
        names = dict(self.names)
        for change in self.waiting_names:
            _rename(names, change)
        chance = random.Random(0)
        return {path: None if file is None else self._content(file, Fate.KEPT, chance) for path, file in names.items()}

    def _content(self, file: int, fate: Fate, chance: random.Random) -> bytes:
        content = bytearray(self.contents.get(file, b""))
        for change in self.waiting.get(file, []):
            if isinstance(change, Truncate):
                if fate is Fate.KEPT or (fate is not Fate.DROPPED and chance.random() < 0.5):
                    _apply(content, change)
            else:
                for part in _surviving(change, fate, chance):
                    _apply(content, part)
        return bytes(content)


def lay_out(files: dict[str, bytes | None], recorded: Path, target: Path) -> None:
    """Write *files*, recorded under one home, into another."""
    for path, content in files.items():
        place = target / os.path.relpath(path, recorded)
        if content is None:
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def _surviving(write: Write, fate: Fate, chance: random.Random) -> Iterator[Write]:
    if fate is Fate.KEPT or (fate is Fate.RANDOM and chance.random() < 0.5):
        yield write
    if fate in {Fate.TORN, Fate.GARBAGE}:
        for sector in _sectors(write):
            luck = chance.random()
            if fate is Fate.GARBAGE and luck < 0.34:
                yield Write(write.file, sector.offset, chance.randbytes(len(sector.data)))
            elif luck < 0.67:
                yield sector


def _sectors(write: Write) -> Iterator[Write]:
    start = 0
    while start < len(write.data):
        length = SECTOR - (write.offset + start) % SECTOR
        yield Write(write.file, write.offset + start, write.data[start : start + length])
        start += length


def _apply(content: bytearray, change: Write | Truncate) -> None:
    if isinstance(change, Write):
        if len(content) < change.offset:
            content.extend(bytes(change.offset - len(content)))
        content[change.offset : change.offset + len(change.data)] = change.data
    elif len(content) < change.size:
        content.extend(bytes(change.size - len(content)))
    else:
        del content[change.size :]


def _rename(names: Names, change: Name | Unname | Rename) -> None:
    if isinstance(change, Name):
        names[change.path] = change.file
    elif isinstance(change, Unname):
        names.pop(change.path, None)
    else:
        names[change.target] = names.pop(change.source)


def _folder(change: Name | Unname | Rename) -> str:
    """The folder whose fsync makes a change certain; of a rename the one that it goes to."""
    return str(Path(change.target if isinstance(change, Rename) else change.path).parent)
