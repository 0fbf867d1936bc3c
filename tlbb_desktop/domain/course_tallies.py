"""Totals of a whole class.

A class of a year has ten thousand marks and nearly all of them say present, so only the others are looked at one by
one; the rule for each is ``attended_minutes``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from tlbb_desktop.domain.attendance import (
    MarkCode,
    SessionRow,
    SessionState,
    Tally,
    attended_minutes,
    out_of_reach,
)

Stay = tuple[date, date | None]
PlainMark = tuple[int, int, str, int, int | None]
_CODES = {code.value: code for code in MarkCode}


@dataclass(frozen=True, slots=True)
class CourseTallies:
    """Totals over a whole class.

    Args:
        tallies: person -> totals of the class so far.
        open_minutes: person -> minutes that can still be attended (sessions planned, or held and unmarked, while
            enrolled), for "can no longer reach".
    """

    tallies: dict[int, Tally]
    open_minutes: dict[int, int]

    def put_out_of_reach(self, person: int, more: Tally, more_open: int) -> bool:
        """Whether the certificate's percent is out of reach for *person* with *more* totals and open minutes added."""
        here = self.tallies.get(person, Tally())
        whole = Tally(
            minutes_due=here.minutes_due + more.minutes_due,
            minutes_attended=here.minutes_attended + more.minutes_attended,
        )
        return out_of_reach(whole, self.open_minutes.get(person, 0) + more_open)


def course_tallies(
    sessions: Sequence[SessionRow],
    enrolled: Mapping[int, Sequence[Stay]],
    marked: Mapping[int, tuple[int, int]],
    unusual: Iterable[PlainMark],
    weights: Mapping[int | None, int],
    repairs: Iterable[PlainMark] = (),
) -> CourseTallies:
    """Add up a whole class.

    A make-up of a session that was held is due for nobody: it gives back what its learners missed in that session, and
    no more. Where the missed session was not due (the prison kept the learner away, or nobody marked it), the make-up
    counts like any other session; so does the make-up of a session that was not held.

    Args:
        sessions: every session of the class, in order of day.
        enrolled: person -> dated enrolments that do not overlap (see :func:`joined`), as (from, to or None).
        marked: person -> (cells with a mark, their minutes), of held sessions while enrolled.
        unusual: (session, person, code, minutes, reason) of every cell whose mark is not present.
        weights: reason -> share of an excused session that counts as attended, in thousandths.
        repairs: like *unusual*, but every mark of make-up sessions and of the sessions that they repair.
    """
    held = {session.id: session for session in sessions if session.state is SessionState.HELD}
    lengths = {session_id: session.minutes for session_id, session in held.items()}
    make_ups = make_ups_of(sessions)
    course = _Course([session for session in sessions if session.id not in make_ups])
    sums = {person: _Sum(*marked.get(person, (0, 0))) for person in enrolled}
    alike: dict[tuple[int, str, int, int, int | None], int] = {}
    for session_id, person, code, lost, reason in unusual:
        session = held.get(session_id)
        if session is None or session_id in make_ups:
            continue
        if _within(enrolled.get(person, ()), session.day):
            kind = (person, code, lengths[session_id], lost, reason)
            alike[kind] = alike.get(kind, 0) + 1
    for (person, code, length, lost, reason), times in alike.items():
        sums[person].count(_CODES[code], length, lost, weights.get(reason, 0), times)
    _give_back(sums, held, make_ups, enrolled, weights, repairs)
    return CourseTallies(
        {person: sums[person].tally(course.over(course.held, stays)) for person, stays in enrolled.items()},
        {
            person: course.over(course.minutes_to_come, stays) - sums[person].marked_minutes + sums[person].more_minutes
            for person, stays in enrolled.items()
        },
    )


def make_ups_of(sessions: Iterable[SessionRow]) -> dict[int, int]:
    """Make-up session -> the held session that it repairs; a make-up of a make-up counts as a session of its own."""
    known = list(sessions)
    held = {
        session.id for session in known if session.state is SessionState.HELD and session.repairs_session_id is None
    }
    return {session.id: session.repairs_session_id for session in known if session.repairs_session_id in held}


def _give_back(
    sums: Mapping[int, _Sum],
    held: Mapping[int, SessionRow],
    make_ups: Mapping[int, int],
    enrolled: Mapping[int, Sequence[Stay]],
    weights: Mapping[int | None, int],
    marks: Iterable[PlainMark],
) -> None:
    """Take the marks of make-ups for what they are; each was counted as a present mark at first."""
    cells = {(session, person): (code, lost, reason) for session, person, code, lost, reason in marks}
    still_missed: dict[tuple[int, int], int] = {}
    for (session_id, person), (code, lost, reason) in sorted(cells.items(), key=lambda cell: cell[0]):
        session = held.get(session_id)
        if session_id not in make_ups or session is None or not _within(enrolled.get(person, ()), session.day):
            continue
        root = held[make_ups[session_id]]
        attended = attended_minutes(MarkCode(code), session.minutes, lost, weights.get(reason, 0))
        missed = cells.get((root.id, person))
        was_due = missed is not None and missed[0] != MarkCode.INSTITUTION
        if missed is None or not was_due or not _within(enrolled.get(person, ()), root.day):
            sums[person].count_more(MarkCode(code), session.minutes, lost, weights.get(reason, 0))
            continue
        had = attended_minutes(MarkCode(missed[0]), root.minutes, missed[1], weights.get(missed[2], 0))
        left = still_missed.setdefault((root.id, person), root.minutes - had)
        given = min(left, attended)
        still_missed[root.id, person] = left - given
        sums[person].repair(session.minutes, given)


def joined(stays: Iterable[Stay]) -> list[Stay]:
    """The same days without overlaps, in order."""
    found: list[Stay] = []
    for first, last in sorted(stays, key=lambda stay: stay[0]):
        if last is not None and last < first:
            continue
        before = found[-1] if found else None
        if before is None or (before[1] is not None and before[1] < first):
            found.append((first, last))
        elif before[1] is not None and (last is None or last > before[1]):
            found[-1] = (before[0], last)
    return found


def _within(stays: Iterable[Stay], day: date) -> bool:
    for first, last in stays:  # noqa: SIM110 - runs for every mark of a class, and any() costs three times as much
        if first <= day and (last is None or day <= last):
            return True
    return False


class _Course:
    """The sessions with running sums, so that any stretch of days is one subtraction."""

    def __init__(self, sessions: Sequence[SessionRow]) -> None:
        self._days = [session.day for session in sessions]
        counted = [0 if session.state is SessionState.CANCELLED else session.minutes for session in sessions]
        self.held = list(accumulate((session.state is SessionState.HELD for session in sessions), initial=0))
        self.minutes_to_come = list(accumulate(counted, initial=0))

    def over(self, running: Sequence[int], stays: Iterable[Stay]) -> int:
        """The sum over all days of *stays*."""
        return sum(
            running[len(self._days) if last is None else bisect_right(self._days, last)]
            - running[bisect_left(self._days, first)]
            for first, last in stays
        )


class _Sum:
    """One person's totals while they are added up: at first every mark is taken for present.

    Args:
        marks: cells with a mark.
        minutes: their minutes; ``more_minutes`` of them are of make-ups that count like any other session.
    """

    def __init__(self, marks: int, minutes: int) -> None:
        self._counts = dict.fromkeys(MarkCode, 0)
        self._counts[MarkCode.PRESENT] = marks
        self._attended = self.marked_minutes = minutes
        self._institution = self._more_held = self.more_minutes = 0

    def count_more(self, code: MarkCode, length: int, lost: int, weight: int) -> None:
        """Take the mark of a make-up that counts like any other session."""
        self._more_held += 1
        self.more_minutes += length
        self.count(code, length, lost, weight)

    def repair(self, length: int, given: int) -> None:
        """Take the mark of a make-up out, and give back *given* minutes of the session that it repairs."""
        self._counts[MarkCode.PRESENT] -= 1
        self.marked_minutes -= length
        self._attended += given - length

    def count(self, code: MarkCode, length: int, lost: int, weight: int, times: int = 1) -> None:
        """Take a mark, or several that are alike, for what it is."""
        self._counts[MarkCode.PRESENT] -= times
        self._counts[code] += times
        self._attended += times * (attended_minutes(code, length, lost, weight) - length)
        if code is MarkCode.INSTITUTION:
            self._institution += times * length

    def tally(self, held: int) -> Tally:
        """The totals of somebody who was enrolled in *held* held sessions."""
        held += self._more_held
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
