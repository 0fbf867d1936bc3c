"""Who was on the list and in the room of each session, as whole numbers whose bits are people.

A class of a year has ten thousand cells and nearly all of them say present. One number a session holds a whole column
of them, so that a column is compared and counted at once instead of cell by cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from tlbb_desktop.domain.attendance import SessionRow
from tlbb_desktop.domain.course_tallies import PlainMark, Stay

#: People of a block: as many bits as a whole number of the database holds besides its sign, and one to spare.
BLOCK: Final = 62


class RollCall:
    """Which learners are enrolled on the day of each session, and which bit is whose.

    Rows of people who came together follow each other, so the bits of a class fill few blocks.

    Args:
        sessions: of the class, in order of day.
        stays: person -> dated enrolments that do not overlap.
    """

    def __init__(self, sessions: Sequence[SessionRow], stays: Mapping[int, Sequence[Stay]]) -> None:
        self.blocks = blocks_of(stays)
        self._bits = {person: 1 << self._place(person) for person in stays}
        self._people = {bit.bit_length() - 1: person for person, bit in self._bits.items()}
        self._enrolled = self._lists(sessions, stays)

    def enrolled(self, session_id: int) -> int:
        """The learners who were enrolled on the day of a session."""
        return self._enrolled.get(session_id, 0)

    def while_enrolled(self, marks: Iterable[PlainMark]) -> list[PlainMark]:
        """Those of *marks* that were made while their learner was enrolled."""
        bits, enrolled = self._bits, self._enrolled
        return [mark for mark in marks if enrolled.get(mark[0], 0) & bits.get(mark[1], 0)]

    def present(self, found: Iterable[tuple[int, int]]) -> dict[int, int]:
        """Session -> those present, without whoever was not enrolled on the day."""
        return {session_id: bits & self.enrolled(session_id) for session_id, bits in found}

    def bit(self, person_id: int) -> int:
        """The bit of a learner of the class."""
        return self._bits[person_id]

    def people(self, bits: int) -> Iterator[int]:
        """The learners whose bits are set."""
        return (person for place, person in self._people.items() if bits >> place & 1)

    def counted(self, count: HeadCount) -> Iterator[tuple[int, int]]:
        """(learner, how often counted) of everybody who was counted at all."""
        return ((self._people[place], times) for place, times in count.by_place())

    def _place(self, person: int) -> int:
        block = bisect_right(self.blocks, person) - 1
        return block * BLOCK + person - self.blocks[block]

    def _lists(self, sessions: Sequence[SessionRow], stays: Mapping[int, Sequence[Stay]]) -> dict[int, int]:
        """One walk over the days: who comes is set, who has left is cleared."""
        turns = sorted(
            (day, self._bits[person])
            for person, theirs in stays.items()
            for first, last in theirs
            for day in ((first,) if last is None or last == date.max else (first, last + timedelta(days=1)))
        )
        found, there, turn = {}, 0, 0
        for session in sessions:
            while turn < len(turns) and turns[turn][0] <= session.day:
                there ^= turns[turn][1]
                turn += 1
            found[session.id] = there
        return found


class HeadCount:
    """Counts how often each bit was set. The counts stand upright: bit *n* of every count is one whole number."""

    def __init__(self) -> None:
        self._digits: list[int] = []

    def add(self, bits: int) -> None:
        """Count everybody whose bit is set once more."""
        place, digits = 0, self._digits
        while bits:
            if place == len(digits):
                digits.append(0)
            digits[place], bits = digits[place] ^ bits, digits[place] & bits
            place += 1

    def by_place(self) -> Iterator[tuple[int, int]]:
        """(place of a bit, how often it was set), of those that were set at all."""
        times: dict[int, int] = {}
        for power, digit in enumerate(self._digits):
            left = digit
            while left:
                place = left.bit_length() - 1
                times[place] = times.get(place, 0) + (1 << power)
                left ^= 1 << place
        return iter(times.items())


def blocks_of(people: Iterable[int]) -> tuple[int, ...]:
    """The first row of each block of ``BLOCK`` rows that it takes to hold *people*."""
    found: list[int] = []
    for person in sorted(people):
        if not found or person >= found[-1] + BLOCK:
            found.append(person)
    return tuple(found)
