"""What the register shows and what its keys do, without widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from tlbb_desktop.domain.attendance import (
    Mark,
    MarkCode,
    Reason,
    ReasonUse,
    SessionState,
    Tally,
    tally,
)
from tlbb_desktop.domain.course_tallies import CourseTallies
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.person_keys import places_found
from tlbb_desktop.domain.register import Learner, Marked, MarkStory, Register, SetMark, SetSession, marked_session
from tlbb_desktop.screens.register.day_columns import DayColumn, day_columns, session_column
from tlbb_desktop.wiring import Desk

Cell = tuple[int, int]
FIVE = 5
MINUTE_CODES = frozenset({MarkCode.LATE, MarkCode.LEFT_EARLY})
REASON_USES = {MarkCode.EXCUSED: ReasonUse.EXCUSED, MarkCode.INSTITUTION: ReasonUse.INSTITUTION}


class RegisterPresenter:
    """State of one class-month and the acts of its keys. Rows are learners, columns are days, both from 0."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.register: Register | None = None
        self.columns: list[DayColumn] = []
        self.learners: list[Learner] = []
        self.reasons: dict[int, Reason] = {}
        self._marks: dict[tuple[int, int], Mark] = {}
        self._roster: list[list[bool]] = []
        self._row_of: dict[int, int] = {}
        self._column_of: dict[int, int] = {}
        self._tallies: list[Tally] = []
        self._open_minutes: list[int] = []
        self._other_months: CourseTallies | None = None
        self._out_of_reach: list[bool] = []
        self._amending: list[Cell] = []
        self._amended_kind = "key"
        self._typed_minutes = ""

    @property
    def today(self) -> date:
        """The working day."""
        return self._desk.office.clock.today()

    def load(self, class_id: int, month: Month) -> None:
        """Read the class-month afresh; what the class's other months add is read beside it."""
        self.register = self._desk.attendance.register(class_id, month)
        self.reasons = {reason.id: reason for reason in self._desk.attendance.reasons()}
        self.learners = list(self.register.learners)
        self._marks = dict(self.register.marks)
        self.columns = day_columns(self.register)
        days = [column.day for column in self.columns]
        self._roster = [learner.enrolled_on_each(days) for learner in self.learners]
        self._row_of = {learner.person_id: row for row, learner in enumerate(self.learners)}
        self._column_of = {column.session.id: number for number, column in enumerate(self.columns) if column.session}
        self._tallies = [Tally()] * len(self.learners)
        self._open_minutes = [0] * len(self.learners)
        self._other_months = None
        self._out_of_reach = [False] * len(self.learners)
        for row in range(len(self.learners)):
            self._add_up(row)
        self._amending = []

    def read_other_months(self) -> CourseTallies | None:
        """What the class's other months add; safe in a worker, as it changes nothing here."""
        register = self.register
        return self._desk.attendance.course_tallies(register.group.id, register.month) if register else None

    def take_other_months(self, found: CourseTallies | None) -> None:
        """From now on, say who can no longer reach the percent."""
        self._other_months = found
        for row in range(len(self.learners)):
            self._judge(row)

    def mark_at(self, row: int, column: int) -> Mark | None:
        """The mark in a cell, or None."""
        session = self.columns[column].session
        return self._marks.get((session.id, self.learners[row].person_id)) if session else None

    def on_roster(self, row: int, column: int) -> bool:
        """Whether the learner belongs to the class on the column's day."""
        return self._roster[row][column]

    def lacks_mark(self, row: int, column: int) -> bool:
        """Whether a mark is still to be set; a make-up that was held lacks none, as only some come to it."""
        session = self.columns[column].session
        return (
            session is not None
            and not session.is_for_some
            and self.on_roster(row, column)
            and self.mark_at(row, column) is None
        )

    def tally_at(self, row: int) -> Tally:
        """Totals of one learner over the month."""
        return self._tallies[row]

    def cannot_reach(self, row: int) -> bool:
        """Whether the learner can no longer reach the certificate's percent in this class."""
        return self._out_of_reach[row]

    def last_five(self, row: int) -> tuple[str, ...]:
        """Codes of the learner's five newest marks of the month, oldest first."""
        latest_first = (self.mark_at(row, column) for column in reversed(range(len(self.columns))))
        codes = [mark.code.value for mark in islice(filter(None, latest_first), FIVE)]
        return tuple(reversed(codes))

    def counts(self, column: int) -> dict[MarkCode | None, int]:
        """How many learners of the column's roster have each mark; key None counts the unmarked."""
        found: dict[MarkCode | None, int] = {}
        for row in range(len(self.learners)):
            mark = self.mark_at(row, column)
            if self.on_roster(row, column) and (mark or self.lacks_mark(row, column)):
                key = mark.code if mark else None
                found[key] = found.get(key, 0) + 1
        return found

    def first_column_to_mark(self) -> int:
        """The working day's session, else the newest one with an unmarked cell, else the last past one."""
        today = self.today
        past = [n for n, column in enumerate(self.columns) if column.session and column.day <= today]
        for number in past:
            if self.columns[number].day == today:
                return number
        unmarked = [number for number in past if self._is_open(number)]
        return unmarked[-1] if unmarked else past[-1] if past else 0

    def column_of(self, session_id: int | None) -> int:
        """The column of a session, or of the one that waits to be marked."""
        number = self._column_of.get(session_id) if session_id is not None else None
        return self.first_column_to_mark() if number is None else number

    def first_unmarked_row(self, column: int) -> int:
        """The first learner without a mark in a column, else 0."""
        for row in range(len(self.learners)):
            if self.lacks_mark(row, column):
                return row
        return 0

    def next_on_roster(self, row: int, column: int) -> int | None:
        """The next learner below *row* who belongs to the class on the column's day."""
        rows = range(row + 1, len(self.learners))
        return next((each for each in rows if self.on_roster(each, column)), None)

    def rows_matching(self, text: str) -> list[int]:
        """Rows whose name, nickname or code holds *text*, in any script and encoding, or sounds like it."""
        return places_found(text, ((learner.names, learner.code) for learner in self.learners))

    def story(self, row: int, column: int) -> tuple[MarkStory, ...]:
        """History of a cell, oldest first; empty on a holiday."""
        session = self.columns[column].session
        return self._desk.attendance.story(session.id, self.learners[row].person_id) if session else ()

    def mark(self, cells: Sequence[Cell], code: MarkCode | None) -> list[Cell]:
        """Set (or, with None, clear) the cells that can be marked; returns the cells that changed."""
        wishes = [wish for cell in cells if (wish := self._wish(cell, code)) is not None]
        if not wishes:
            return []
        before = [_said(self.mark_at(*cell)) for cell in cells]
        changed = self._take(self._attendance_mark(wishes, "key" if len(wishes) == 1 else "block"))
        self._amending = list(cells) if code in MINUTE_CODES or code in REASON_USES else []
        self._amended_kind = "amend" if [_said(self.mark_at(*cell)) for cell in cells] != before else "key"
        self._typed_minutes = ""
        return changed

    def type_digit(self, digit: int) -> list[Cell]:
        """Amend what was just marked: minutes of late and left early, the reason of excused and institution."""
        if not self._amending:
            return []
        mark = self.mark_at(*self._amending[0])
        if mark is None:
            return []
        if mark.code in MINUTE_CODES:
            self._typed_minutes = (self._typed_minutes + str(digit))[-3:]
            return self.amend(minutes=int(self._typed_minutes))
        reason = self._reason_with_digit(REASON_USES[mark.code], digit)
        return self.amend(reason_id=reason.id) if reason else []

    def amendable(self) -> Mark | None:
        """The mark that digits would amend now, or None."""
        return self.mark_at(*self._amending[0]) if self._amending else None

    def amended_learner(self) -> Learner | None:
        """Whose mark digits would amend now, or None."""
        return self.learners[self._amending[0][0]] if self._amending else None

    def forget_amending(self) -> None:
        """Digits amend nothing until the next mark."""
        self._amending = []

    def rest_present(self, column: int) -> list[Cell]:
        """Everybody of the column's roster who has no mark is present."""
        session = self.columns[column].session
        if session is None or self.register is None:
            return []
        self._amending = []
        return self._take(self._desk.attendance.rest_present(self.register.group.id, session.id))

    def fill_down(self, cells: Sequence[Cell]) -> list[Cell]:
        """Copy the top mark of each selected column down; of a single cell, the mark above it."""
        wishes: list[SetMark] = []
        for column in sorted({column for _, column in cells}):
            rows = sorted(row for row, each in cells if each == column)
            source_row = rows[0] if len(rows) > 1 else rows[0] - 1
            source = self.mark_at(source_row, column) if source_row >= 0 else None
            if source is not None:
                wishes.extend(self._copies(source, [(row, column) for row in rows if row != source_row]))
        return self._take(self._attendance_mark(wishes, "fill")) if wishes else []

    def write_note(self, row: int, column: int, note: str) -> list[Cell]:
        """Hang a note on a marked cell."""
        mark = self.mark_at(row, column)
        if mark is None:
            return []
        wish = SetMark(mark.session_id, mark.person_id, mark.code, mark.reason_id, mark.minutes, note)
        return self._take(self._attendance_mark([wish], "note"))

    def set_session(self, wish: SetSession) -> list[Cell]:
        """Change a session's state, reason or real times."""
        return self._take(self._desk.attendance.set_session(wish))

    def undo(self) -> list[Cell]:
        """Take back this member's last act on this class."""
        return self._step(back=True)

    def redo(self) -> list[Cell]:
        """Bring back what was undone."""
        return self._step(back=False)

    def add_guest(self, column: int, name: str, note: str) -> None:
        """Add somebody who is not on the list to the day of a column, where they are present."""
        if self.register is None:
            return
        class_id, column_day = self.register.group.id, self.columns[column]
        guest = self._desk.attendance.add_guest(class_id, column_day.day, name, note)
        if column_day.session is not None and column_day.session.state is not SessionState.CANCELLED:
            self._desk.attendance.mark(class_id, [SetMark(column_day.session.id, guest, MarkCode.PRESENT)])
        self.load(class_id, self.register.month)

    def ask_gone(self, row: int) -> None:
        """Leave the question "is he gone?" on the liaison's Today."""
        if self.register is not None:
            learner = self.learners[row]
            self._desk.attendance.ask_gone(self.register.group.id, learner.person_id)
            self.learners[row] = replace(learner, gone_asked=True)

    def offered_reasons(self, use: ReasonUse) -> list[Reason]:
        """Active reasons of one use, those with a digit first."""
        found = [reason for reason in self.reasons.values() if reason.use is use and reason.active]
        return sorted(found, key=lambda reason: (reason.digit == 0, reason.digit, reason.code))

    def _attendance_mark(self, wishes: Sequence[SetMark], kind: str) -> Marked:
        if self.register is None:
            return Marked(())
        return self._desk.attendance.mark(self.register.group.id, wishes, kind=kind)

    def _wish(self, cell: Cell, code: MarkCode | None) -> SetMark | None:
        row, column = cell
        session = self.columns[column].session
        if session is None or not self.on_roster(row, column):
            return None
        if code is None and self.mark_at(row, column) is None:
            return None
        return SetMark(session.id, self.learners[row].person_id, code)

    def _copies(self, source: Mark, cells: Iterable[Cell]) -> list[SetMark]:
        return [
            SetMark(wish.session_id, wish.person_id, source.code, source.reason_id, source.minutes)
            for cell in cells
            if (wish := self._wish(cell, source.code)) is not None
        ]

    def amend(self, *, minutes: int | None = None, reason_id: int | None = None) -> list[Cell]:
        """Give what was just marked its minutes or its reason."""
        wishes = []
        for cell in self._amending:
            mark = self.mark_at(*cell)
            if mark is not None:
                wishes.append(
                    SetMark(
                        mark.session_id,
                        mark.person_id,
                        mark.code,
                        reason_id if reason_id is not None else mark.reason_id,
                        minutes if minutes is not None else mark.minutes,
                        mark.note,
                    )
                )
        if not wishes:
            return []
        kind, self._amended_kind = self._amended_kind, "amend"
        return self._take(self._attendance_mark(wishes, kind))

    def _step(self, *, back: bool) -> list[Cell]:
        if self.register is None:
            return []
        self._amending = []
        attendance, class_id = self._desk.attendance, self.register.group.id
        marked = attendance.undo(class_id) if back else attendance.redo(class_id)
        return self._take(marked) if marked is not None else []

    def _take(self, marked: Marked) -> list[Cell]:
        """Put what the service kept into the grid; returns the cells to repaint."""
        for session in marked.sessions:
            if session.id in self._column_of:
                self.columns[self._column_of[session.id]] = session_column(session)
        for session_id, person_id, mark in marked.cells:
            if mark is None:
                self._marks.pop((session_id, person_id), None)
            else:
                self._marks[session_id, person_id] = mark
        cells = [
            (self._row_of[person_id], self._column_of[session_id])
            for session_id, person_id, _ in marked.cells
            if person_id in self._row_of and session_id in self._column_of
        ]
        touched = range(len(self.learners)) if marked.sessions else {row for row, _ in cells}
        for row in touched:
            self._add_up(row)
        return cells

    def _add_up(self, row: int) -> None:
        """The learner's totals of the month, and the minutes of it that can still be attended or are not marked."""
        person_id, weights = self.learners[row].person_id, self.register.weights if self.register else {}
        cells = [
            marked_session(day.session.state, day.length, self._marks.get((day.session.id, person_id)), weights)
            for day, enrolled in zip(self.columns, self._roster[row], strict=True)
            if enrolled
            and day.session is not None
            and not (day.session.is_for_some and (day.session.id, person_id) not in self._marks)
        ]
        self._tallies[row] = tally(cells)
        self._open_minutes[row] = sum(
            cell.length for cell in cells if cell.code is None and cell.state is not SessionState.CANCELLED
        )
        self._judge(row)

    def _judge(self, row: int) -> None:
        """Whether the learner can no longer reach the percent; nobody is judged by one month of several."""
        if self._other_months is not None:
            self._out_of_reach[row] = self._other_months.put_out_of_reach(
                self.learners[row].person_id, self._tallies[row], self._open_minutes[row]
            )

    def _reason_with_digit(self, use: ReasonUse, digit: int) -> Reason | None:
        return next((reason for reason in self.offered_reasons(use) if reason.digit == digit), None)

    def _is_open(self, column: int) -> bool:
        session = self.columns[column].session
        return (
            session is not None
            and session.state is not SessionState.CANCELLED
            and any(self.lacks_mark(row, column) for row in range(len(self.learners)))
        )


def _said(mark: Mark | None) -> tuple[object, ...] | None:
    return None if mark is None else (mark.code, mark.reason_id, mark.minutes, mark.note)
