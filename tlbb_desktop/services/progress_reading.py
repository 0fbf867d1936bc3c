"""Reads the progress board of a class as one consistent view, with a fixed number of statements."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries import training as queries
from tlbb_desktop.domain.assessment import counted_credits, credits_of, states
from tlbb_desktop.domain.attendance import SessionRow, SessionState, Tally
from tlbb_desktop.domain.course_tallies import PlainMark, Stay, course_tallies, joined
from tlbb_desktop.domain.progress import Board, BoardLearner, day_counted
from tlbb_desktop.domain.unit_hours import HourSheet, Teaching
from tlbb_desktop.services.class_curricula import ClassCurricula

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class ClassReading:
    """What was read of a class, as one consistent view.

    Args:
        board: the progress board.
        sessions: of the class, in order of day and time.
        unusual: marks of held sessions that are not present, while enrolled.
        repairs: every mark of make-up sessions and of what they repair, while enrolled.
        weights: reason -> share of an excused session that counts as attended, in thousandths.
    """

    board: Board
    sessions: tuple[SessionRow, ...]
    unusual: list[PlainMark]
    repairs: list[PlainMark]
    weights: Mapping[int | None, int]


def read_class(connection: Connection, class_id: int, today: date, curricula: ClassCurricula) -> ClassReading:
    """The class; the number of statements is fixed and each reads only this class's rows."""
    here = curricula.of(connection, class_id)
    group = class_queries.class_row(connection, today, class_id)
    learners = register_queries.class_learners(connection, class_id)
    stays = {learner.person_id: joined(learner.enrolled) for learner in learners}
    entries = queries.class_entries(connection, class_id, here.course_id)
    reached, units = _by_person(states(entries)), here.taught.units if here.taught else ()
    brought = {person: counted_credits(theirs, units) for person, theirs in _by_person(credits_of(entries)).items()}
    sessions = register_queries.sessions(connection, class_id)
    weights = register_queries.weights(connection)
    teaching = Teaching(queries.spells(connection, class_id), queries.said_parts(connection, class_id))
    sheet = HourSheet(sessions, teaching, weights)
    barred = barred_cells(sessions, stays)
    present = present_while_enrolled(queries.present_lists(connection, class_id), barred)
    unusual = while_enrolled(register_queries.unusual_marks(connection, class_id), barred)
    repairs = while_enrolled(register_queries.repair_marks(connection, class_id, sessions), barred)
    attended = sheet.attended(present, unusual)
    tallies = course_tallies(sessions, stays, marked_cells(sessions, present, unusual), unusual, weights, repairs)
    releases = queries.release_months(connection, class_id)
    counted_on = day_counted(group, today)
    board = Board(
        group=group,
        curriculum=here.taught,
        off=here.off_here,
        unit_today=teaching.unit_on(today),
        taught=sheet.taught(),
        learners=tuple(
            BoardLearner(
                learner=learner,
                on_list=learner.enrolled_on(counted_on),
                release_month=releases.get(learner.person_id),
                totals=tallies.tallies.get(learner.person_id, Tally()),
                open_minutes=tallies.open_minutes.get(learner.person_id, 0),
                minutes=with_brought(attended.get(learner.person_id, {}), brought.get(learner.person_id, {})),
                states=reached.get(learner.person_id, {}),
                brought=sum(brought.get(learner.person_id, {}).values()),
            )
            for learner in learners
            if not learner.guest
        ),
        as_of=today,
    )
    return ClassReading(board, sessions, unusual, repairs, weights)


def barred_cells(sessions: Sequence[SessionRow], stays: Mapping[int, Sequence[Stay]]) -> dict[int, set[str]]:
    """Session -> the learners who were not enrolled on its day, as text."""
    days = [session.day for session in sessions]
    found: dict[int, set[str]] = {}
    for person, theirs in stays.items():
        place, name = 0, str(person)
        for first, last in theirs:
            for session in sessions[place : bisect_left(days, first)]:
                found.setdefault(session.id, set()).add(name)
            place = len(days) if last is None else bisect_right(days, last)
        for session in sessions[place:]:
            found.setdefault(session.id, set()).add(name)
    return found


def present_while_enrolled(
    lists: Iterable[tuple[int, list[str]]], barred: Mapping[int, set[str]]
) -> list[tuple[int, list[str]]]:
    """The lists of those present without whoever was not enrolled on the day."""
    nobody: set[str] = set()
    return [
        (session_id, people if (out := barred.get(session_id, nobody)).isdisjoint(people) else _without(people, out))
        for session_id, people in lists
    ]


def while_enrolled(marks: Iterable[PlainMark], barred: Mapping[int, set[str]]) -> list[PlainMark]:
    """Those of *marks* that were made while their learner was enrolled."""
    return [mark for mark in marks if str(mark[1]) not in barred.get(mark[0], ())]


def marked_cells(
    sessions: Iterable[SessionRow], present: Iterable[tuple[int, list[str]]], unusual: Iterable[PlainMark]
) -> dict[int, tuple[int, int]]:
    """Person -> (cells of held sessions with a mark, their minutes)."""
    lengths = {session.id: session.minutes for session in sessions if session.state is SessionState.HELD}
    bulk: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for session_id, people in present:
        bulk[lengths[session_id]].update(people)
    for session_id, person, _code, _lost, _reason in unusual:
        if session_id in lengths:
            bulk[lengths[session_id]][str(person)] += 1
    found: dict[int, tuple[int, int]] = {}
    for length, counts in bulk.items():
        for name, count in counts.items():
            cells, minutes = found.get(int(name), (0, 0))
            found[int(name)] = (cells + count, minutes + count * length)
    return found


def _without(people: Iterable[str], out: set[str]) -> list[str]:
    return [person for person in people if person not in out]


def with_brought(minutes: Mapping[int, int], brought: Mapping[int, int]) -> Mapping[int, int]:
    """Unit -> minutes attended, with those that prior learning or a record from another place credits."""
    if not brought:
        return minutes
    return {unit: minutes.get(unit, 0) + brought.get(unit, 0) for unit in minutes.keys() | brought.keys()}


def _by_person(found: Mapping[tuple[int, int], _Value]) -> dict[int, dict[int, _Value]]:
    people: dict[int, dict[int, _Value]] = {}
    for (person, unit), value in found.items():
        people.setdefault(person, {})[unit] = value
    return people
