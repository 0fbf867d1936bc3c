"""Reads the progress board of a class as one consistent view, with a fixed number of statements."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries import training as queries
from tlbb_desktop.domain.assessment import CellState, states
from tlbb_desktop.domain.attendance import SessionRow, Tally
from tlbb_desktop.domain.course_tallies import Stay, joined
from tlbb_desktop.domain.progress import Board, BoardLearner
from tlbb_desktop.domain.unit_hours import HourSheet, Teaching
from tlbb_desktop.services.class_curricula import ClassCurricula
from tlbb_desktop.services.register_reading import read_course_tallies


def read_board(connection: Connection, class_id: int, today: date, curricula: ClassCurricula) -> Board:
    """The board; the number of statements is fixed and each reads only this class's rows."""
    here = curricula.of(connection, class_id)
    group = class_queries.class_row(connection, today, class_id)
    learners = register_queries.class_learners(connection, class_id)
    stays = {learner.person_id: joined(learner.enrolled) for learner in learners}
    tallies = read_course_tallies(connection, class_id, None)
    reached = _by_person(states(queries.class_entries(connection, class_id, here.course_id)))
    sessions = register_queries.sessions(connection, class_id)
    teaching = Teaching(queries.spells(connection, class_id), queries.said_parts(connection, class_id))
    sheet = HourSheet(sessions, teaching, register_queries.weights(connection))
    attended = sheet.attended(queries.class_marks(connection, class_id), sessions_open_to(sessions, stays))
    releases = queries.release_months(connection, class_id)
    counted_on = min(max(today, group.starts_on), group.ends_on)
    return Board(
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
                minutes=with_brought(attended.get(learner.person_id, {}), reached.get(learner.person_id, {})),
                states=reached.get(learner.person_id, {}),
            )
            for learner in learners
            if not learner.guest
        ),
        as_of=today,
    )


def sessions_open_to(
    sessions: Sequence[SessionRow], stays: Mapping[int, Sequence[Stay]]
) -> dict[int, frozenset[int] | None]:
    """Person -> the sessions while enrolled; None = all of them."""
    days = [session.day for session in sessions]
    found: dict[int, frozenset[int] | None] = {}
    for person, theirs in stays.items():
        spans = [
            (bisect_left(days, first), len(days) if last is None else bisect_right(days, last))
            for first, last in theirs
        ]
        whole = spans == [(0, len(days))]
        found[person] = (
            None if whole else frozenset(session.id for first, last in spans for session in sessions[first:last])
        )
    return found


def with_brought(minutes: Mapping[int, int], reached: Mapping[int, CellState]) -> Mapping[int, int]:
    """Unit -> minutes attended, with those that prior learning or a record from another place credits."""
    brought = {unit: state.minutes for unit, state in reached.items() if state.minutes}
    if not brought:
        return minutes
    return {unit: minutes.get(unit, 0) + brought.get(unit, 0) for unit in minutes.keys() | brought.keys()}


def _by_person(found: Mapping[tuple[int, int], CellState]) -> dict[int, dict[int, CellState]]:
    people: dict[int, dict[int, CellState]] = {}
    for (person, unit), state in found.items():
        people.setdefault(person, {})[unit] = state
    return people
