"""The progress board of a class, the path of a learner, and how the class stands."""

from __future__ import annotations

from datetime import date

from tlbb_desktop.data.queries import training_records as record_queries
from tlbb_desktop.domain.course_tallies import joined
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.forecast import forecast
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.progress import Board, BoardLearner, ClassProgress, LearnerPath, PathMonth, next_step
from tlbb_desktop.domain.training_records import TrainingMonth, training_months
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.class_curricula import ClassCurricula
from tlbb_desktop.services.class_forecast import class_plan, sessions_named
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.progress_reading import read_class


class ProgressService:
    """Reads what learners have reached.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)
        self._curricula = ClassCurricula()

    def board(self, class_id: int) -> Board:
        """The progress board of a class, as one consistent view."""
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            return read_class(connection, class_id, self._office.clock.today(), self._curricula).board

    def standing(self, class_id: int) -> ClassProgress:
        """The board with its forecast: who is on track, who cannot finish, and which make-ups repair it."""
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            reading = read_class(connection, class_id, self._office.clock.today(), self._curricula)
        found = forecast(class_plan(reading))
        return ClassProgress(reading.board, found, sessions_named(reading, found.make_ups))

    def path(self, class_id: int, person_id: int) -> LearnerPath:
        """One learner's way through the course: months, outlook, next step.

        Raises:
            NotFound: the person was never in the class.
        """
        with self._office.read(Action.PROGRESS_READ, self._prisons[class_id]) as connection:
            reading = read_class(connection, class_id, self._office.clock.today(), self._curricula)
            marks = record_queries.marks_of(connection, class_id, person_id)
        board = reading.board
        row = board.row(person_id)
        if row is None:
            raise NotFound(N_("This person was never in the class."))
        months = training_months(reading.sessions, marks, joined(row.learner.enrolled), reading.weights)
        outlook = forecast(class_plan(reading)).by_person[person_id]
        return LearnerPath(board, row, _path_months(board, row, months), outlook, next_step(board, row, outlook))


def _path_months(board: Board, row: BoardLearner, months: tuple[TrainingMonth, ...]) -> tuple[PathMonth, ...]:
    """Every month from the first with a session or a unit to the last."""
    by_month = {each.month: each for each in months}
    reached = sorted(state.day for unit in board.units if (state := row.states.get(unit.id or 0)) and state.competent)
    known = [*by_month, *(Month.of(day) for day in reached)]
    if not known:
        return ()
    month, last, found = min(known), max(known), []
    while month <= last:
        there = by_month.get(month)
        found.append(
            PathMonth(
                month,
                there.minutes_due if there else 0,
                there.minutes_attended if there else 0,
                _reached_by(reached, month.last),
            )
        )
        month = month.shift(1)
    return tuple(found)


def _reached_by(days: list[date], last: date) -> int:
    return sum(day <= last for day in days)
