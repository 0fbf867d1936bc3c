"""What the progress board shows and what its keys do, without widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tlbb_desktop.domain.assessment import Assessed, AttemptStory, EntryKind, Outcome, SetAttempt
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.curricula import MINUTES_OF_AN_HOUR, Unit
from tlbb_desktop.domain.forecast import Outlook
from tlbb_desktop.domain.person_keys import places_found
from tlbb_desktop.domain.progress import Board, BoardLearner, ClassProgress, Stage
from tlbb_desktop.screens.board.attempt_draft import AttemptDraft
from tlbb_desktop.screens.board.away import read_away
from tlbb_desktop.screens.board.choices import Choice, chosen
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

Cell = tuple[int, int]


class BoardPresenter:
    """State of one class's board and the acts of its keys. Rows are learners, columns are units, both from 0."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.board: Board | None = None
        self.rows: list[BoardLearner] = []
        self.choice = Choice.ON_LIST
        self.choice_unit: int | None = None
        self.standing: ClassProgress | None = None
        self._outlooks: Mapping[int, Outlook] = {}
        self._numbers: Mapping[int, int] = {}
        self._day: date | None = None

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    @property
    def day(self) -> date:
        """The day of the attempts that are entered: the working day unless another was chosen."""
        return self._day or self.today

    @property
    def is_other_day(self) -> bool:
        """Whether attempts are entered for another day than the working day."""
        return self.day != self.today

    def choose_day(self, day: date) -> None:
        """Enter the next attempts for *day*; the working day follows the clock again."""
        self._day = None if day == self.today else day

    @property
    def units(self) -> tuple[Unit, ...]:
        """The columns."""
        return self.board.units if self.board else ()

    def may_assess(self) -> bool:
        """Whether the reader may record attempts in the class."""
        return self.board is not None and self._desk.office.may(Action.ASSESS, self.board.group.prison_id)

    # reading -------------------------------------------------------------------------------------------------------

    def load(self, class_id: int) -> None:
        """Read the board afresh; how everybody stands is read beside it."""
        if self.board is None or self.board.group.id != class_id:
            self._outlooks, self.standing, self.choice = {}, None, Choice.ON_LIST
        self.board = self._desk.progress.board(class_id)
        self._numbers = self.board.numbers()
        self._choose_rows()

    def read_standing(self) -> ClassProgress | None:
        """How the class stands; safe in a worker, as it changes nothing here."""
        board = self.board
        return self._desk.progress.standing(board.group.id) if board is not None else None

    def take_standing(self, found: ClassProgress | None) -> None:
        """From now on, say how everybody stands."""
        self.standing = found
        self._outlooks = found.forecast.by_person if found else {}

    def choose(self, choice: Choice, column: int | None = None) -> None:
        """Show only the learners that *choice* leaves; *column* is the unit that *this unit* means."""
        self.choice = choice
        self.choice_unit = self.units[column].id if column is not None and column < len(self.units) else None
        self._choose_rows()

    def number(self, row: int) -> int | None:
        """The learner's number in the register, whatever is chosen; None for who left before this month."""
        return self._numbers.get(self.rows[row].person_id)

    def outlook(self, row: int) -> Outlook | None:
        """How a learner stands, or None while that is being worked out."""
        return self._outlooks.get(self.rows[row].person_id)

    def stage(self, row: int, column: int) -> Stage:
        """How far a learner is in a unit."""
        return self.rows[row].stage(self.units[column].id or 0)

    def hours(self, row: int, column: int) -> int:
        """Full hours attended in a unit."""
        return self.rows[row].minutes.get(self.units[column].id or 0, 0) // MINUTES_OF_AN_HOUR

    def counts(self, column: int) -> dict[Stage, int]:
        """How many of the learners that are shown are at each stage of a unit."""
        found = dict.fromkeys(Stage, 0)
        for row in range(len(self.rows)):
            found[self.stage(row, column)] += 1
        return found

    def first_column(self) -> int:
        """The unit that the class is at, else the first one that somebody has not reached."""
        for column, unit in enumerate(self.units):
            if self.board is not None and unit.id == self.board.unit_today:
                return column
        missing = (column for column in range(len(self.units)) if self.first_open_row(column) is not None)
        return next(missing, 0)

    def first_open_row(self, column: int) -> int | None:
        """The first learner who has not reached a unit."""
        rows = range(len(self.rows))
        return next((row for row in rows if self.stage(row, column) is not Stage.COMPETENT), None)

    def rows_matching(self, text: str) -> list[int]:
        """Rows whose name, nickname or code holds *text*, in any script and encoding, or sounds like it."""
        return places_found(text, ((each.learner.names, each.learner.code) for each in self.rows))

    def story(self, row: int, column: int) -> tuple[AttemptStory, ...]:
        """Everything that was entered in a cell, oldest first."""
        if self.board is None:
            return ()
        unit_id = self.units[column].id or 0
        return self._desk.assessment.story(self.board.group.id, self.rows[row].person_id, unit_id)

    # acts ----------------------------------------------------------------------------------------------------------

    def draft(self, cells: Sequence[Cell], outcome: Outcome) -> AttemptDraft | None:
        """An attempt at *cells*; None where nobody can be assessed."""
        if not cells or not self.may_assess():
            return None
        columns = {column for _row, column in cells}
        unit = self.units[next(iter(columns))] if len(columns) == 1 else None
        people = [(self.rows[row].person_id, self.units[column].id or 0) for row, column in cells]
        return AttemptDraft(people, unit, outcome)

    def practical(self, column: int) -> list[Cell]:
        """Whom a practical in a unit leaves: on the list on its day and not marked away, without a result."""
        return self._practical(column, self._away())

    def practical_draft(self, column: int) -> AttemptDraft | None:
        """The attempt of a whole class after a practical; None where nothing may be assessed."""
        if self.board is None or not self.may_assess():
            return None
        draft = AttemptDraft([], self.units[column], Outcome.COMPETENT)
        self.follow_day(draft, column)
        return draft

    def follow_day(self, draft: AttemptDraft, column: int) -> None:
        """Choose anew for whom a practical is recorded and who is left out, as when its day is another."""
        away, unit_id = self._away(), self.units[column].id or 0
        draft.cells = [(self.rows[row].person_id, unit_id) for row, _column in self._practical(column, away)]
        waiting = [self.rows[row] for row, _column in self._practical(column, {})]
        draft.left_out = [
            (each.learner.names.shown, away[each.person_id]) for each in waiting if each.person_id in away
        ]

    def _away(self) -> Mapping[int, MarkCode]:
        group = self.board.group if self.board is not None else None
        return read_away(self._desk, group.id, group.prison_id, self.day) if group is not None else {}

    def _practical(self, column: int, away: Mapping[int, MarkCode]) -> list[Cell]:
        unit_id, found = self.units[column].id or 0, []
        for row, each in enumerate(self.rows):
            state = each.states.get(unit_id)
            waits = state is None or not (state.competent or state.day == self.day)
            if waits and each.learner.enrolled_on(self.day) and each.person_id not in away:
                found.append((row, column))
        return found

    def record(self, draft: AttemptDraft) -> list[Cell]:
        """Record an attempt for its learners in one act; returns the cells that changed."""
        if self.board is None:
            return []
        wishes = [
            SetAttempt(
                person,
                unit,
                self.day,
                draft.outcome,
                draft.recorded_failed,
                draft.feedback,
                seen=self._seen(person, unit),
            )
            for person, unit in draft.cells
        ]
        cells = self._take(self._desk.assessment.assess(self.board.group.id, wishes))
        if self.board.sample is not None:
            self.read_minutes()  # the lot decides only now which of them are checked
        return cells

    def recognise(self, row: int, column: int, reason: str, hours: int) -> list[Cell]:
        """Count a unit as reached by what somebody learned before."""
        if self.board is None:
            return []
        person, unit = self.rows[row].person_id, self.units[column].id or 0
        minutes, seen = hours * MINUTES_OF_AN_HOUR, self._seen(person, unit)
        found = self._desk.assessment.recognise(self.board.group.id, person, unit, self.day, reason, minutes, seen=seen)
        cells = self._take(found)
        self.read_minutes()
        return cells

    def may_check(self, row: int, column: int) -> bool:
        """Whether the reader may record what a second assessor found about the attempt that counts."""
        state = self.rows[row].states.get(self.units[column].id or 0)
        here = self.board is not None and self.board.sample is not None and self.may_assess()
        return here and state is not None and state.kind is EntryKind.ATTEMPT

    def check(self, row: int, column: int, outcome: Outcome) -> list[Cell]:
        """Record what the reader found as second assessor of the attempt that counts."""
        person, unit = self.rows[row].person_id, self.units[column].id or 0
        state = self.rows[row].states.get(unit)
        if self.board is None or state is None:
            return []
        failed = None if outcome is Outcome.NOT_YET else frozenset[int]()
        wish = SetAttempt(person, unit, state.day, outcome, failed, seen=state.entry_id)
        return self._take(self._desk.assessment.assess_second(self.board.group.id, wish))

    def keeps_photos(self) -> bool:
        """Whether photos of practical work are kept and the reader may see them."""
        here = self.board.group.prison_id if self.board is not None else None
        return self._desk.practical_photos.are_kept and self._desk.office.may(Action.PHOTO_READ, here)

    def photo(self, entry_id: int) -> bytes | None:
        """The photo of an attempt."""
        return self._desk.practical_photos.photo(entry_id)

    def set_photo(self, entry_id: int, jpeg: bytes | None) -> None:
        """Give an attempt a photo, or none."""
        self._desk.practical_photos.set_photo(entry_id, jpeg)

    def take_back(self, entry_id: int, reason: str) -> list[Cell]:
        """Take one entry back that was wrong."""
        cells = self._take(self._desk.assessment.take_back(entry_id, reason))
        self.read_minutes()
        return cells

    def undo(self) -> list[Cell] | None:
        """Take back the reader's newest act of today in this class.

        Returns:
            (person, unit) rows of what was taken back, of learners that are not shown, too; None for nothing.
        """
        return self._step(self._desk.assessment.undo)

    def redo(self) -> list[Cell] | None:
        """Bring back what the last undo took back; gives the same as :meth:`undo`."""
        return self._step(self._desk.assessment.redo)

    def _step(self, act: Callable[[int], Assessed | None]) -> list[Cell] | None:
        found = act(self.board.group.id) if self.board is not None else None
        if found is None:
            return None
        self._take(found)
        self.read_minutes()
        return list(found.cells)

    def places(self, taken: Iterable[Cell]) -> list[Cell]:
        """Row and column of each of *taken*, (person, unit) rows; whoever is not shown has none."""
        rows = {each.person_id: row for row, each in enumerate(self.rows)}
        columns = {unit.id: column for column, unit in enumerate(self.units)}
        return [(rows[person], columns[unit]) for person, unit in taken if person in rows and unit in columns]

    def start_unit(self, column: int) -> None:
        """Let the class be at a unit from the day of the attempts on."""
        if self.board is not None:
            unit_id = self.units[column].id or 0
            seen = self.board.spell_version(self.day)
            self._desk.teaching.set_unit(self.board.group.id, unit_id, self.day, seen)
            self.load(self.board.group.id)

    def read_minutes(self) -> None:
        """Read the board again without choosing the rows anew, as after credits that change hours."""
        if self.board is not None:
            shown = [each.person_id for each in self.rows]
            self.board = self._desk.progress.board(self.board.group.id)
            known = {each.person_id: each for each in self.board.learners}
            self.rows = [known[person] for person in shown if person in known]

    def _seen(self, person_id: int, unit_id: int) -> int:
        row = self.board.row(person_id) if self.board is not None else None
        state = row.states.get(unit_id) if row is not None else None
        return state.entry_id if state is not None else 0

    def _take(self, assessed: Assessed) -> list[Cell]:
        """Put what the service kept into the grid; returns the cells to repaint."""
        if self.board is None:
            return []
        changed: dict[int, BoardLearner] = {}
        for (person, unit), state in assessed.cells.items():
            row = changed.get(person) or self.board.row(person)
            if row is None:
                continue
            states = {**row.states, unit: state} if state else {k: v for k, v in row.states.items() if k != unit}
            changed[person] = replace(row, states=states)
        learners = tuple(changed.get(each.person_id, each) for each in self.board.learners)
        self.board = replace(self.board, learners=learners)
        self.rows = [changed.get(each.person_id, each) for each in self.rows]
        return self.places(assessed.cells)

    def _choose_rows(self) -> None:
        self.rows = chosen(self.board, self.choice, self.choice_unit, self._outlooks) if self.board is not None else []
