"""The progress board: learners × units, and the path of one learner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.assessment import CellState
from tlbb_desktop.domain.attendance import SessionRow, Tally
from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.curricula import MINUTES_OF_AN_HOUR, Basis, Curriculum, Unit, UnitSwitch
from tlbb_desktop.domain.forecast import ClassForecast, Outlook, Verdict
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import Learner
from tlbb_desktop.domain.unit_hours import UnitSpell
from tlbb_desktop.i18n.marks import N_, MarkedWord, Np_


class Stage(StrEnum):
    """How far a learner is in a unit; each has a shape of its own on the board."""

    COMPETENT = "competent"
    NOT_YET = "not-yet"
    LEARNING = "learning"
    TO_COME = "to-come"


_ON_THE_WAY: Final = {
    Stage.LEARNING: Np_("how far in a unit", "Learning"),
    Stage.TO_COME: Np_("how far in a unit", "To come"),
}
STAGE_NAMES: Final[dict[Basis, dict[Stage, MarkedWord]]] = {
    Basis.COMPETENCE: {
        Stage.COMPETENT: Np_("how far in a unit", "Competent"),
        Stage.NOT_YET: Np_("how far in a unit", "Not yet competent"),
        **_ON_THE_WAY,
    },
    Basis.PARTICIPATION: {
        Stage.COMPETENT: Np_("how far in a module", "Took part, product made"),
        Stage.NOT_YET: Np_("how far in a module", "Not yet done"),
        **_ON_THE_WAY,
    },
}


@dataclass(frozen=True, slots=True)
class BoardLearner:
    """A row of the board.

    Args:
        learner: as in the register; ``enrolled`` holds all dated enrolments in the class.
        on_list: whether the person is on the class's list today, or was on its last day.
        release_month: planned, or None.
        totals: of the whole class so far.
        open_minutes: minutes of sessions planned or unmarked while enrolled.
        minutes: unit -> minutes attended, with what prior learning and records from other places credit.
        states: unit -> what was reached; a unit without attempts is missing.
        brought: minutes credited besides the sessions.
    """

    learner: Learner
    on_list: bool
    release_month: Month | None
    totals: Tally
    open_minutes: int
    minutes: Mapping[int, int]
    states: Mapping[int, CellState]
    brought: int = 0

    @property
    def person_id(self) -> int:
        """Row of the person."""
        return self.learner.person_id

    def competent(self, unit_id: int) -> bool:
        """Whether the unit is reached."""
        state = self.states.get(unit_id)
        return state is not None and state.competent

    def stage(self, unit_id: int) -> Stage:
        """How far the learner is in a unit."""
        state = self.states.get(unit_id)
        if state is not None:
            return Stage.COMPETENT if state.competent else Stage.NOT_YET
        return Stage.LEARNING if self.minutes.get(unit_id) else Stage.TO_COME

    @property
    def credited(self) -> int:
        """Minutes that count for the hours of the course: attended, and credited besides the sessions."""
        return self.totals.minutes_attended + self.brought

    @property
    def all_minutes(self) -> int:
        """Minutes attended over all units."""
        return sum(self.minutes.values())

    @property
    def hours(self) -> int:
        """Full hours attended over all units."""
        return self.all_minutes // MINUTES_OF_AN_HOUR


def day_counted(group: ClassRow, today: date) -> date:
    """*today*, but never before the first or after the last day of the class."""
    return min(max(today, group.starts_on), group.ends_on)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that the progress board of a class shows, as one consistent view.

    Args:
        group: the class.
        curriculum: as the class's prison teaches it; None for a class that is taught without units.
        off: units that the prison does not teach.
        unit_today: the class's unit today, or None.
        taught: unit -> minutes that the class was taught so far.
        learners: in the order of the roster, without guests; also those who left.
        as_of: the day.
        spells: from which day on the class is at which unit, in order.
        sample: attempts that a second assessor is to check; None where that is switched off.
    """

    group: ClassRow
    curriculum: Curriculum | None
    off: tuple[UnitSwitch, ...]
    unit_today: int | None
    taught: Mapping[int, int]
    learners: tuple[BoardLearner, ...]
    as_of: date
    spells: tuple[UnitSpell, ...] = ()
    sample: frozenset[int] | None = None

    @property
    def basis(self) -> Basis:
        """What the units are judged by."""
        return self.curriculum.basis if self.curriculum else Basis.COMPETENCE

    @property
    def units(self) -> tuple[Unit, ...]:
        """The columns."""
        return self.curriculum.units if self.curriculum else ()

    def wants_second(self, row: BoardLearner, unit_id: int) -> bool:
        """Whether a second assessor is to check the attempt that counts, and nobody has yet."""
        state = row.states.get(unit_id)
        return state is not None and state.second is None and state.counted_id in (self.sample or ())

    def spell_version(self, day: date) -> int:
        """Version of the spell that begins on *day*, for detecting two editors; 0 where none begins."""
        return next((each.version for each in self.spells if each.starts_on == day), 0)

    def row(self, person_id: int) -> BoardLearner | None:
        """The row of a learner, or None."""
        return next((each for each in self.learners if each.person_id == person_id), None)

    @property
    def counted_on(self) -> date:
        """The day whose list the board shows: its own day, else the first or the last one of the class."""
        return day_counted(self.group, self.as_of)

    def numbers(self) -> dict[int, int]:
        """Person -> the number that the learner has in the register of that day's month; who left before has none."""
        days = Month.of(self.counted_on).days()
        listed = (each for each in self.learners if any(map(each.learner.enrolled_on, days)))
        return {each.person_id: number for number, each in enumerate(listed, 1)}

    def competent_units(self, row: BoardLearner) -> tuple[Unit, ...]:
        """The units of the board that a learner has reached, in order."""
        return tuple(unit for unit in self.units if unit.id is not None and row.competent(unit.id))

    def open_units(self, row: BoardLearner) -> tuple[Unit, ...]:
        """The units of the board that a learner has not reached yet, in order."""
        return tuple(unit for unit in self.units if unit.id is None or not row.competent(unit.id))


class Step(StrEnum):
    """What a learner does next."""

    CERTIFICATE = "certificate"
    MAKE_UP = "make-up"
    TRY_AGAIN = "try-again"
    BE_ASSESSED = "be-assessed"
    LEARN = "learn"
    NOTHING = "nothing"


STEP_SENTENCES: Final = {
    Step.CERTIFICATE: N_("All units are reached: propose the certificate."),
    Step.MAKE_UP: N_("Make up {count} missed sessions."),
    Step.TRY_AGAIN: N_("Try unit {unit} again."),
    Step.BE_ASSESSED: N_("The hours of unit {unit} are reached: assess it."),
    Step.LEARN: N_("Go on with unit {unit}."),
    Step.NOTHING: N_("Nothing is planned."),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a learner does next; ``i18n.sentences.explain`` words it.

    Args:
        step: the kind.
        unit: which it is about, or None.
        count: of sessions.
    """

    step: Step
    unit: Unit | None = None
    count: int = 0

    @property
    def message(self) -> str:
        """The English sentence with its places."""
        return STEP_SENTENCES[self.step]

    @property
    def fields(self) -> Mapping[str, object]:
        """Values of the places."""
        return {"unit": self.unit.code if self.unit else "", "count": self.count}


@dataclass(frozen=True, slots=True)
class PathMonth:
    """A month of a learner's path.

    Args:
        month: the month.
        minutes_due, minutes_attended: of sessions that counted.
        competent: units reached by its end.
    """

    month: Month
    minutes_due: int
    minutes_attended: int
    competent: int

    @property
    def percent(self) -> float | None:
        """Net attendance of the month, or None when nothing was due."""
        return round(100 * self.minutes_attended / self.minutes_due, 1) if self.minutes_due else None


@dataclass(frozen=True, slots=True)
class LearnerPath:
    """One learner's way through the course.

    Args:
        board: of the class.
        row: the learner on it.
        months: attendance and competence over time.
        outlook: how the learner stands.
        next_step: what comes next.
    """

    board: Board
    row: BoardLearner
    months: tuple[PathMonth, ...]
    outlook: Outlook
    next_step: NextStep


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """The board of a class with its forecast; ``sessions`` holds those that should be made up."""

    board: Board
    forecast: ClassForecast
    sessions: Mapping[int, SessionRow]


def next_step(board: Board, row: BoardLearner, outlook: Outlook) -> NextStep:
    """What a learner does next."""
    open_units = board.open_units(row)
    if outlook.verdict is Verdict.DONE:
        return NextStep(Step.CERTIFICATE)
    again = next((unit for unit in open_units if row.stage(unit.id or 0) is Stage.NOT_YET), None)
    if again is not None:
        return NextStep(Step.TRY_AGAIN, again)
    ready = next((unit for unit in open_units if row.minutes.get(unit.id or 0, 0) >= unit.minutes), None)
    if ready is not None:
        return NextStep(Step.BE_ASSESSED, ready)
    if outlook.make_ups:
        return NextStep(Step.MAKE_UP, count=len(outlook.make_ups))
    return NextStep(Step.LEARN, open_units[0]) if open_units else NextStep(Step.NOTHING)
