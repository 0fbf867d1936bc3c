"""What learners of a class have reached of its curriculum, as certificates need it.

A sample that nobody here approved binds a class only once somebody was assessed in it; a curriculum of the programme's
own always does.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from tlbb_desktop.data.queries import training as queries
from tlbb_desktop.data.queries.certificates import LearnerTotals
from tlbb_desktop.domain.assessment import CellState, counted_credits, credits_of, states
from tlbb_desktop.domain.certificate_rules import UnitsReached
from tlbb_desktop.domain.certificates import Competence
from tlbb_desktop.domain.curricula import Curriculum
from tlbb_desktop.services.class_curricula import ClassCurricula


def units_reached(
    connection: Connection, class_id: int, learners: Mapping[int, LearnerTotals]
) -> dict[int, UnitsReached]:
    """Person -> what was reached; empty for a class whose certificates do not ask for units."""
    here = ClassCurricula().of(connection, class_id)
    curriculum = here.taught
    if curriculum is None or (curriculum.sample and not queries.was_assessed(connection, class_id)):
        return {}
    entries = queries.entries_of_people(connection, learners, here.course_id)
    cells, brought = states(entries), _by_person(credits_of(entries))
    return {
        person: _reached(
            curriculum,
            cells,
            person,
            learner.totals.minutes_attended + sum(counted_credits(brought.get(person, {}), curriculum.units).values()),
        )
        for person, learner in learners.items()
    }


def competences(connection: Connection, class_id: int, person_id: int) -> tuple[Competence, ...]:
    """The units of the class's course that a learner is competent in, in order, with their nominal hours."""
    here = ClassCurricula().of(connection, class_id)
    if here.whole is None:
        return ()
    cells = states(queries.entries_of_people(connection, [person_id], here.course_id))
    return tuple(
        Competence(unit.code, unit.name_km, unit.name_en, unit.hours)
        for unit in here.whole.units
        if _competent(cells, person_id, unit.id)
    )


def _reached(
    curriculum: Curriculum, cells: Mapping[tuple[int, int], CellState], person: int, credited: int
) -> UnitsReached:
    reached = [_competent(cells, person, unit.id) for unit in curriculum.units]
    return UnitsReached(
        rule=curriculum.rule,
        competent=tuple(unit.code for unit, there in zip(curriculum.units, reached, strict=True) if there),
        missing=tuple(unit.code for unit, there in zip(curriculum.units, reached, strict=True) if not there),
        credited=credited,
        nominal=curriculum.hours * 60,
    )


def _by_person(credited: Mapping[tuple[int, int], int]) -> dict[int, dict[int, int]]:
    people: dict[int, dict[int, int]] = {}
    for (person, unit), minutes in credited.items():
        people.setdefault(person, {})[unit] = minutes
    return people


def _competent(cells: Mapping[tuple[int, int], CellState], person: int, unit_id: int | None) -> bool:
    state = cells.get((person, unit_id or 0))
    return state is not None and state.competent
