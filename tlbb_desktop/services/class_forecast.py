"""Gathers what the forecast of a class needs from what was read of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from tlbb_desktop.domain.attendance import MarkCode, SessionRow, SessionState, attended_minutes
from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.course_tallies import make_ups_of
from tlbb_desktop.domain.curricula import ATTENDANCE_ALONE
from tlbb_desktop.domain.forecast import ClassPlan, Ending, LearnerPlan, Missed
from tlbb_desktop.domain.progress import BoardLearner
from tlbb_desktop.services.progress_reading import ClassReading

_LEFT: Final = (None, Ending.LIST)
_CODES: Final = {code.value: code for code in MarkCode}


def class_plan(reading: ClassReading) -> ClassPlan:
    """The plan of a class as of the day of its board."""
    board = reading.board
    make_ups = make_ups_of(reading.sessions)
    to_come = tuple(
        (session.day, session.minutes)
        for session in reading.sessions
        if session.state is SessionState.PLANNED and session.day >= board.as_of and session.id not in make_ups
    )
    missed = _Missed(reading, make_ups)
    repaired = _planned_repairs(reading.sessions, board.as_of)
    deadlines = {row.person_id: deadline_of(row, board.as_of, board.group) for row in board.learners}
    return ClassPlan(
        rule=board.curriculum.rule if board.curriculum else ATTENDANCE_ALONE,
        units=board.units,
        taught=board.taught,
        to_come=to_come,
        repaired=repaired,
        learners=tuple(
            LearnerPlan(
                person_id=row.person_id,
                competent=frozenset(unit.id for unit in board.units if unit.id and row.competent(unit.id)),
                due=row.totals.minutes_due,
                attended=row.totals.minutes_attended,
                credited=row.credited,
                unmarked=max(0, row.open_minutes - _planned_while_there(row, to_come)),
                deadline=(deadline := deadlines[row.person_id] or _LEFT)[0],
                missed=missed.of(row, repaired, deadline[0]) if deadline[0] is not None else (),
                ending=deadline[1],
            )
            for row in board.learners
        ),
    )


def deadline_of(row: BoardLearner, today: date, group: ClassRow) -> tuple[date, Ending] | None:
    """The last day on which a learner can reach anything, and what ends it; None for somebody who left the list."""
    if not row.on_list:
        return None
    class_ends = group.ends_on
    counted_on = min(max(today, group.starts_on), class_ends)
    ends = [last for first, last in row.learner.enrolled if last is not None and last >= counted_on >= first]
    still_open = any(last is None for _first, last in row.learner.enrolled)
    days = [(class_ends, Ending.CLASS)]
    if ends and not still_open:
        days.append((max(ends), Ending.LIST))
    if row.release_month is not None:
        days.append((row.release_month.first - timedelta(days=1), Ending.RELEASE))
    return min(days, key=lambda each: each[0])


def _planned_repairs(sessions: Iterable[SessionRow], today: date) -> dict[int, date]:
    """Session -> day of the first make-up of it that is still to come."""
    found: dict[int, date] = {}
    for session in sessions:
        root = session.repairs_session_id
        if root is not None and session.state is SessionState.PLANNED and session.day >= today:
            found[root] = min(session.day, found.get(root, session.day))
    return found


def _planned_while_there(row: BoardLearner, to_come: tuple[tuple[date, int], ...]) -> int:
    if any(last is None and (not to_come or first <= to_come[0][0]) for first, last in row.learner.enrolled):
        return sum(minutes for _day, minutes in to_come)
    return sum(minutes for day, minutes in to_come if row.learner.enrolled_on(day))


class _Missed:
    """What each learner missed of the sessions that were held, and the sessions that were cancelled."""

    def __init__(self, reading: ClassReading, make_ups: Mapping[int, int]) -> None:
        lengths = {each.id: each.minutes for each in reading.sessions if each.state is SessionState.HELD}
        repaired = {each.repairs_session_id for each in reading.sessions if each.state is SessionState.HELD}
        self._cancelled = [
            each for each in reading.sessions if each.state is SessionState.CANCELLED and each.id not in repaired
        ]
        self._mine: dict[int, dict[int, tuple[int, bool]]] = {}
        given: dict[tuple[int, int], int] = {}
        for session_id, person, code, lost, reason in reading.repairs:
            root = make_ups.get(session_id)
            if root is not None and session_id in lengths:
                attended = attended_minutes(_CODES[code], lengths[session_id], lost, reading.weights.get(reason, 0))
                given[root, person] = given.get((root, person), 0) + attended
        for session_id, person, code, lost, reason in reading.unusual:
            length = lengths.get(session_id, 0)
            attended = attended_minutes(_CODES[code], length, lost, reading.weights.get(reason, 0))
            if attended < length and session_id not in make_ups:
                was_due = code != MarkCode.INSTITUTION
                self._mine.setdefault(person, {})[session_id] = (length - attended, was_due)
        for (root, person), minutes in given.items():
            self._give(root, person, minutes)

    def of(self, row: BoardLearner, repaired: Mapping[int, date], deadline: date) -> tuple[Missed, ...]:
        """The sessions that a learner could make up, while enrolled.

        A cancelled one whose make-up is planned by the deadline is left out: that make-up is a session to come.
        """
        mine = [
            Missed(session_id, minutes, was_due)
            for session_id, (minutes, was_due) in self._mine.get(row.person_id, {}).items()
        ]
        mine += [
            Missed(session.id, session.minutes, was_due=False)
            for session in self._cancelled
            if row.learner.enrolled_on(session.day) and repaired.get(session.id, date.max) > deadline
        ]
        return tuple(mine)

    def _give(self, root: int, person: int, minutes: int) -> None:
        mine = self._mine.get(person, {})
        if root not in mine:
            return
        left, was_due = mine.pop(root)
        if left > minutes:
            mine[root] = (left - minutes, was_due)


def sessions_named(reading: ClassReading, session_ids: tuple[int, ...]) -> dict[int, SessionRow]:
    """The sessions of these rows."""
    wanted = set(session_ids)
    return {session.id: session for session in reading.sessions if session.id in wanted}
