"""Reads the progress board of a class as one consistent view, with a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from tlbb_desktop.data.queries import classes as class_queries
from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries import training as queries
from tlbb_desktop.data.queries.roster import class_learners
from tlbb_desktop.domain.assessment import SECOND_ASSESSOR_PERCENT, counted_credits, credits_of, states
from tlbb_desktop.domain.attendance import SessionRow, SessionState, Tally
from tlbb_desktop.domain.course_tallies import PlainMark, course_tallies, joined
from tlbb_desktop.domain.progress import Board, BoardLearner, day_counted
from tlbb_desktop.domain.roll_call import HeadCount, RollCall
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
    learners = class_learners(connection, class_id)
    stays = {learner.person_id: joined(learner.enrolled) for learner in learners}
    entries = queries.class_entries(connection, class_id, here.course_id)
    reached, units = _by_person(states(entries)), here.taught.units if here.taught else ()
    brought = {person: counted_credits(theirs, units) for person, theirs in _by_person(credits_of(entries)).items()}
    sessions = register_queries.sessions(connection, class_id)
    weights = register_queries.weights(connection)
    spells = queries.spells(connection, class_id)
    teaching = Teaching(spells, queries.said_parts(connection, class_id))
    sheet = HourSheet(sessions, teaching, weights)
    roll = RollCall(sessions, stays)
    present = roll.present(queries.present_bits(connection, class_id, roll.blocks))
    unusual = roll.while_enrolled(register_queries.unusual_marks(connection, class_id))
    repairs = roll.while_enrolled(register_queries.repair_marks(connection, class_id, sessions))
    attended = sheet.attended(present, unusual, roll)
    marked = marked_cells(sessions, present, unusual, roll)
    tallies = course_tallies(sessions, stays, marked, unusual, weights, repairs)
    percent = register_queries.number_setting(connection, SECOND_ASSESSOR_PERCENT, 0)
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
        spells=spells,
        sample=queries.sample(connection, class_id, here.course_id, percent) if percent else None,
    )
    return ClassReading(board, sessions, unusual, repairs, weights)


def marked_cells(
    sessions: Iterable[SessionRow], present: Mapping[int, int], unusual: Iterable[PlainMark], roll: RollCall
) -> dict[int, tuple[int, int]]:
    """Person -> (cells of held sessions with a mark, their minutes)."""
    others: dict[int, int] = {}
    for session_id, person, _code, _lost, _reason in unusual:
        others[session_id] = others.get(session_id, 0) | roll.bit(person)
    by_length: defaultdict[int, HeadCount] = defaultdict(HeadCount)
    for session in sessions:
        if session.state is SessionState.HELD:
            by_length[session.minutes].add(present.get(session.id, 0) | others.get(session.id, 0))
    found: dict[int, tuple[int, int]] = {}
    for length, count in by_length.items():
        for person, times in roll.counted(count):
            cells, minutes = found.get(person, (0, 0))
            found[person] = (cells + times, minutes + times * length)
    return found


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
