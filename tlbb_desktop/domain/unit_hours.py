"""Hours of a unit: which units a session teaches, and how many of its minutes each learner has in each of them.

A session teaches the class's unit of its day for all its minutes unless it says otherwise. Lateness is lost from the
parts that come first, leaving early from those that come last. A make-up session teaches what the session that it
repairs taught, and the two together never credit a learner with more than that session held.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from tlbb_desktop.domain.attendance import MarkCode, SessionRow, SessionState
from tlbb_desktop.domain.course_tallies import PlainMark, make_ups_of
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.roll_call import HeadCount, RollCall
from tlbb_desktop.i18n.marks import N_

_CREDIT_NOTHING: Final = frozenset({MarkCode.ABSENT.value, MarkCode.INSTITUTION.value})


class Part(NamedTuple):
    """Minutes of a session that teach a unit; parts stand in the order in which they are taught."""

    unit_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class UnitSpell:
    """From this day on the class is at this unit."""

    starts_on: date
    unit_id: int
    version: int = 0


class Teaching:
    """What each session of a class teaches.

    Args:
        spells: in order of their days.
        said: session -> its parts, where it says so itself.
    """

    def __init__(self, spells: Sequence[UnitSpell], said: Mapping[int, tuple[Part, ...]]) -> None:
        self._days = [spell.starts_on for spell in spells]
        self._units = [spell.unit_id for spell in spells]
        self._said = said

    def unit_on(self, day: date) -> int | None:
        """The class's unit on *day*, or None before the first."""
        place = bisect_right(self._days, day)
        return self._units[place - 1] if place else None

    def parts(self, session: SessionRow, by_id: Mapping[int, SessionRow]) -> tuple[Part, ...]:
        """The units of a session with their minutes.

        Args:
            session: of the class.
            by_id: the class's sessions, for what a make-up session repairs.
        """
        said = self._said.get(session.id)
        if said is not None:
            return said
        repaired = by_id.get(session.repairs_session_id) if session.repairs_session_id else None
        if repaired is not None and repaired.id != session.id and repaired.repairs_session_id is None:
            return fitted(self.parts(repaired, by_id), session.minutes)
        unit = self.unit_on(session.day)
        return () if unit is None else (Part(unit, session.minutes),)


def fitted(parts: Sequence[Part], minutes: int) -> tuple[Part, ...]:
    """*parts* cut to *minutes*, those that come last first; a longer session gives its rest to the last part."""
    left = minutes
    found = []
    for place, part in enumerate(parts):
        given = left if place == len(parts) - 1 else min(part.minutes, left)
        if given:
            found.append(Part(part.unit_id, given))
        left -= given
    return tuple(found)


def require_fitting(parts: Sequence[Part], session: SessionRow) -> None:
    """Raise Refused for parts of a session that are longer than it, empty, or name a unit twice."""
    if any(part.minutes <= 0 for part in parts):
        raise Refused(N_("A part of a session has at least one minute."), place="minutes")
    if len({part.unit_id for part in parts}) != len(parts):
        raise Refused(N_("A unit stands twice in the session. Give it its minutes once."), place="minutes")
    total = sum(part.minutes for part in parts)
    if total > session.minutes:
        raise Refused(
            N_("{minutes} minutes do not fit into a session of {length} minutes. Nothing was changed."),
            place="minutes",
            minutes=total,
            length=session.minutes,
        )


def credited(parts: Sequence[Part], code: MarkCode, length: int, lost: int, weight: int) -> tuple[Part, ...]:
    """The minutes of each part that a mark credits.

    Args:
        parts: of the session.
        code: the mark.
        length: minutes of the session.
        lost: minutes late or minutes left early.
        weight: weight of the excuse in thousandths.
    """
    if code is MarkCode.PRESENT:
        return tuple(parts)
    if code is MarkCode.LATE:
        return _between(parts, lost, length)
    if code is MarkCode.LEFT_EARLY:
        return _between(parts, 0, length - lost)
    if code is MarkCode.EXCUSED and weight:
        return tuple(Part(part.unit_id, part.minutes * weight // 1000) for part in parts)
    return ()


def _between(parts: Sequence[Part], came: int, left: int) -> tuple[Part, ...]:
    """The minutes of each part from minute *came* to minute *left* of the session."""
    found = []
    starts = 0
    for part in parts:
        ends = starts + part.minutes
        minutes = min(ends, left) - max(starts, came)
        if minutes > 0:
            found.append(Part(part.unit_id, minutes))
        starts = ends
    return tuple(found)


class HourSheet:
    """Adds up minutes by person and unit; what a session and its make-ups hold is credited once.

    Args:
        sessions: of the class, in order of day and time.
        teaching: what each teaches.
        weights: reason -> share of an excused session that counts as attended, in thousandths.
    """

    def __init__(self, sessions: Iterable[SessionRow], teaching: Teaching, weights: Mapping[int | None, int]) -> None:
        known = {session.id: session for session in sessions}
        self._weights = weights
        self._parts = {session.id: teaching.parts(session, known) for session in known.values()}
        self._held = {session.id: session for session in known.values() if session.state is SessionState.HELD}
        self._repairs = {
            session: root for session, root in make_ups_of(known.values()).items() if session in self._held
        }
        self._repaired = set(self._repairs.values())

    def parts(self, session_id: int) -> tuple[Part, ...]:
        """What a session teaches."""
        return self._parts.get(session_id, ())

    def taught(self) -> dict[int, int]:
        """Unit -> minutes that the class was taught; make-ups count for nothing new."""
        found: dict[int, int] = {}
        for session_id in self._held:
            if session_id not in self._repairs:
                for unit, minutes in self._parts[session_id]:
                    found[unit] = found.get(unit, 0) + minutes
        return found

    def attended(
        self, present: Mapping[int, int], unusual: Iterable[PlainMark], roll: RollCall
    ) -> dict[int, dict[int, int]]:
        """Person -> unit -> minutes attended.

        Nearly every mark says present, so those are counted in bulk and only the others looked at one by one.

        Args:
            present: session -> those who were present while enrolled, as bits.
            unusual: (session, person, code, minutes, reason) of the other cells while enrolled.
            roll: whose bits they are.
        """
        found: dict[int, dict[int, int]] = {}
        paired: dict[tuple[int, int], dict[int, int]] = {}
        bulk: defaultdict[tuple[Part, ...], HeadCount] = defaultdict(HeadCount)
        for session_id, bits in present.items():
            root = self._root(session_id)
            if root is None:
                bulk[self._parts[session_id]].add(bits)
                continue
            for person in roll.people(bits):
                _add(paired.setdefault((root, person), {}), self._parts[session_id])
        for parts, count in bulk.items():
            for person, times in roll.counted(count):
                _add(found.setdefault(person, {}), parts, times)
        for session_id, person, code, lost, reason in unusual:
            if code in _CREDIT_NOTHING or not (parts := self._credited(session_id, code, lost, reason)):
                continue
            root = self._root(session_id)
            into = found.setdefault(person, {}) if root is None else paired.setdefault((root, person), {})
            _add(into, parts)
        self._add_once(found, paired)
        return found

    def _root(self, session_id: int) -> int | None:
        """The session whose hours a session credits together with others, or None for one that stands alone."""
        return self._repairs.get(session_id, session_id if session_id in self._repaired else None)

    def _credited(self, session_id: int, code: str, lost: int, reason: int | None) -> tuple[Part, ...]:
        if session_id not in self._held:
            return ()
        weight = self._weights.get(reason, 0)
        if not weight and code == MarkCode.EXCUSED:
            return ()
        return credited(self._parts[session_id], MarkCode(code), self._held[session_id].minutes, lost, weight)

    def _add_once(self, found: dict[int, dict[int, int]], paired: Mapping[tuple[int, int], Mapping[int, int]]) -> None:
        """Add what sessions and their make-ups credited together, no more than the repaired session holds."""
        for (root, person), units in paired.items():
            most = dict(self._parts[root])
            into = found.setdefault(person, {})
            for unit, minutes in units.items():
                into[unit] = into.get(unit, 0) + min(minutes, most.get(unit, minutes))


def _add(into: dict[int, int], parts: Iterable[Part], times: int = 1) -> None:
    for unit, minutes in parts:
        into[unit] = into.get(unit, 0) + times * minutes
