"""Totals of a whole class, from its sessions and all its marks in one pass.

A class of a year has thousands of marks, so the sums are made per kind of mark and not per cell; the rule for each kind
is ``attended_minutes``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tlbb_desktop.domain.attendance import MarkCode, SessionRow, SessionState, Tally, attended_minutes

Stay = tuple[date, date | None]
PlainMark = tuple[int, int, str, int, int | None]


@dataclass(frozen=True, slots=True)
class CourseTallies:
    """Person -> totals over the class, and minutes that can still be attended."""

    tallies: dict[int, Tally]
    open_minutes: dict[int, int]


def course_tallies(
    sessions: Sequence[SessionRow],
    enrolled: Mapping[int, Sequence[Stay]],
    marks: Iterable[PlainMark],
    weights: Mapping[int | None, int],
) -> CourseTallies:
    """Add up a whole class.

    Args:
        sessions: every session of the class, in order of day.
        enrolled: person -> dated enrolments, as (from, to or None), both included.
        marks: (session, person, code, minutes, reason) of every cell that has a mark.
        weights: reason -> share of an excused session that counts as attended, in thousandths.
    """
    days = [session.day for session in sessions]
    lengths = {session.id: session.minutes for session in sessions}
    held = {session.id for session in sessions if session.state is SessionState.HELD}
    planned = {session.id for session in sessions if session.state is SessionState.PLANNED}
    covered = {person: _covered(sessions, days, stays) for person, stays in enrolled.items()}
    nobody: frozenset[int] = frozenset()
    kinds = Counter(
        (person, lengths[session], code, minutes, reason)
        for session, person, code, minutes, reason in marks
        if session in held and session in covered.get(person, nobody)
    )
    sums = {person: _Sum() for person in enrolled}
    for (person, length, code, minutes, reason), number in kinds.items():
        sums[person].count(MarkCode(code), number, length, minutes, weights.get(reason, 0))
    held_minutes = {person: sum(lengths[i] for i in mine & held) for person, mine in covered.items()}
    return CourseTallies(
        {person: sums[person].tally(len(mine & held)) for person, mine in covered.items()},
        {
            person: sum(lengths[i] for i in mine & planned) + held_minutes[person] - sums[person].marked_minutes
            for person, mine in covered.items()
        },
    )


def _covered(sessions: Sequence[SessionRow], days: Sequence[date], stays: Sequence[Stay]) -> set[int]:
    """The sessions that lie within *stays*."""
    found: set[int] = set()
    for start, end in stays:
        first = bisect_left(days, start)
        last = len(days) if end is None else bisect_right(days, end)
        found.update(session.id for session in sessions[first:last])
    return found


class _Sum:
    """One person's totals while they are added up."""

    def __init__(self) -> None:
        self._counts = dict.fromkeys(MarkCode, 0)
        self._attended = 0
        self._institution = 0
        self.marked_minutes = 0

    def count(self, code: MarkCode, number: int, length: int, lost: int, weight: int) -> None:
        """Add *number* marks of one kind."""
        self._counts[code] += number
        self.marked_minutes += number * length
        if code is MarkCode.INSTITUTION:
            self._institution += number * length
        self._attended += number * attended_minutes(code, length, lost, weight)

    def tally(self, held: int) -> Tally:
        """The totals of somebody who was enrolled in *held* held sessions."""
        return Tally(
            held=held,
            present=self._counts[MarkCode.PRESENT],
            late=self._counts[MarkCode.LATE],
            left=self._counts[MarkCode.LEFT_EARLY],
            excused=self._counts[MarkCode.EXCUSED],
            absent=self._counts[MarkCode.ABSENT],
            institution=self._counts[MarkCode.INSTITUTION],
            unmarked=held - sum(self._counts.values()),
            minutes_due=self.marked_minutes - self._institution,
            minutes_attended=self._attended,
            minutes_institution=self._institution,
        )
