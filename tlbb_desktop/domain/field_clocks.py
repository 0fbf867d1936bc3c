"""Which of two versions of a field came later, when two laptops changed a record without knowing of each other.

A field has a clock: sender id of a laptop -> the count of that laptop's change that the field has taken in. A clock
that includes another one comes after it; where neither includes the other, both sides changed the field, and a person
decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias

FieldClock: TypeAlias = Mapping[str, int]
#: The field that says whether the row is there at all.
EXISTENCE: Final = ""
HERE: Final = "here"
GONE: Final = "gone"
#: Digest of a member that a form does not have any more.
ABSENT: Final = "-"


@dataclass(frozen=True, slots=True)
class FieldState:
    """What one laptop knows of a field.

    Args:
        digest: stands for its value; equal values have equal digests on one laptop.
        clock: the changes that the value has taken in.
    """

    digest: str
    clock: FieldClock


class Outcome(Enum):
    """What becomes of a field that came in."""

    MINE = auto()
    THEIRS = auto()
    SAME = auto()
    BOTH_CHANGED = auto()


def includes(later: FieldClock, earlier: FieldClock) -> bool:
    """Whether *later* has taken in everything that *earlier* has."""
    return all(later.get(sender, 0) >= count for sender, count in earlier.items())


def joined(one: FieldClock, other: FieldClock) -> dict[str, int]:
    """The clock of what has taken in both."""
    return {sender: max(one.get(sender, 0), other.get(sender, 0)) for sender in sorted({*one, *other})}


def ticked(clock: FieldClock, sender: str, count: int) -> dict[str, int]:
    """The clock after change number *count* of the laptop *sender*."""
    return {**clock, sender: count}


def outcome(mine: FieldState | None, theirs: FieldState) -> Outcome:
    """Compare a field as it stands here with the same field as it came in."""
    if mine is None:
        return Outcome.THEIRS
    if mine.digest == theirs.digest:
        return Outcome.SAME
    if includes(mine.clock, theirs.clock):
        return Outcome.MINE
    return Outcome.THEIRS if includes(theirs.clock, mine.clock) else Outcome.BOTH_CHANGED
