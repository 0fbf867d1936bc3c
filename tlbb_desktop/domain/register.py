"""The register of a class for one month, as the window and the sheet read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from tlbb_desktop.domain.attendance import Mark, MarkCode, MarkedSession, SessionRow, SessionState, Tally, tally
from tlbb_desktop.domain.classes import ClassRow
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names, Sex


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell of a register as a person finds it: class, day (None when its session is gone) and person."""

    class_code: str
    day: date | None
    person_code: str


@dataclass(frozen=True, slots=True)
class Learner:
    """A row of the register.

    Args:
        person_id: row.
        code: the programme's code.
        names: with nickname.
        sex: or None.
        guest: whether it is a row that nobody has joined to a record yet.
        enrolled: dated enrolments within the month, as (from, to or None).
        list_number: number on the prison's list, or None.
        gone_asked: whether the question "he is gone" waits for an answer.
    """

    person_id: int
    code: str
    names: Names
    sex: Sex | None
    guest: bool
    enrolled: tuple[tuple[date, date | None], ...]
    list_number: int | None = None
    gone_asked: bool = False

    def enrolled_on(self, day: date) -> bool:
        """Whether the person is on the roster of *day*."""
        return any(start <= day and (end is None or day <= end) for start, end in self.enrolled)

    def enrolled_on_each(self, days: Sequence[date]) -> list[bool]:
        """Whether the person is on the roster of each of *days*, which stand in order."""
        if days and any(start <= days[0] and (end is None or days[-1] <= end) for start, end in self.enrolled):
            return [True] * len(days)
        return [self.enrolled_on(day) for day in days]


@dataclass(frozen=True, slots=True)
class Register:
    """A class-month.

    Args:
        group: the class.
        month: the month.
        learners: in the order of the roster.
        sessions: all sessions of the month in order of day and time; marks are keyed by (session_id, person_id).
        marks: current marks.
        holidays: day -> names (Khmer, English) of holidays of the month on which nothing is planned.
        locked_sheet: number of the month's issued sheet, 0 while open.
        weights: reason -> share of an excused session that counts as attended, in thousandths; None = no reason given.
    """

    group: ClassRow
    month: Month
    learners: tuple[Learner, ...]
    sessions: tuple[SessionRow, ...]
    marks: dict[tuple[int, int], Mark]
    holidays: dict[date, tuple[str, str]]
    locked_sheet: int = 0
    weights: Mapping[int | None, int] = field(default_factory=dict)

    def tally_of(self, learner: Learner) -> Tally:
        """The totals of *learner* over the month's sessions while enrolled."""
        return tally(
            marked_session(
                session.state, session.minutes, self.marks.get((session.id, learner.person_id)), self.weights
            )
            for session in self.sessions
            if learner.enrolled_on(session.day)
            and not (session.is_for_some and (session.id, learner.person_id) not in self.marks)
        )


def marked_session(
    state: SessionState, length: int, mark: Mark | None, weights: Mapping[int | None, int]
) -> MarkedSession:
    """What the tally needs of a cell, from its session's state, its length in minutes and its mark."""
    if mark is None:
        return MarkedSession(state, length, None)
    return MarkedSession(state, length, mark.code, mark.minutes, weights.get(mark.reason_id, 0))


@dataclass(frozen=True, slots=True)
class SetMark:
    """Wish to set one cell; ``code`` None clears it. The wish is the whole cell: its note replaces the earlier one.

    Args:
        reason_id: row of the reason or None ("reason not given"); only excused and institution have one.
        minutes: late or left early; 0 lets the program take its default.
    """

    session_id: int
    person_id: int
    code: MarkCode | None
    reason_id: int | None = None
    minutes: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class SetSession:
    """Wish to change a session, as it was read under *version*: state, reason, real times."""

    session_id: int
    version: int
    state: SessionState
    reason_id: int | None = None
    real_starts: time | None = None
    real_ends: time | None = None
    note: str = ""

    @classmethod
    def of(
        cls,
        session: SessionRow,
        state: SessionState,
        reason_id: int | None = None,
        real_starts: time | None = None,
        real_ends: time | None = None,
    ) -> SetSession:
        """The wish of somebody who sees *session*."""
        return cls(session.id, session.version, state, reason_id, real_starts, real_ends)


@dataclass(frozen=True, slots=True)
class Marked:
    """The cells of one act as they are now (None = cleared) and the sessions that it changed.

    ``left`` names the cells that an undo or redo left alone, because somebody else changed them afterwards.
    """

    cells: tuple[tuple[int, int, Mark | None], ...]
    sessions: tuple[SessionRow, ...] = ()
    left: tuple[tuple[int, int], ...] = ()


AWAY = (MarkCode.ABSENT, MarkCode.EXCUSED, MarkCode.INSTITUTION)


def away_on(register: Register, day: date) -> dict[int, MarkCode]:
    """The mark of each person who is marked away in every marked session of *day*, by the row of the person."""
    held = [each.id for each in register.sessions if each.day == day and each.state is not SessionState.CANCELLED]
    found: dict[int, MarkCode] = {}
    for learner in register.learners:
        marks = [register.marks.get((session, learner.person_id)) for session in held]
        codes = [mark.code for mark in marks if mark is not None]
        if codes and all(code in AWAY for code in codes):
            found[learner.person_id] = codes[0]
    return found


@dataclass(frozen=True, slots=True)
class MarkStory:
    """One line of a cell's history: what it was made, when and by whom."""

    code: MarkCode | None
    reason: str
    minutes: int
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class LastMark:
    """The last mark kept on this laptop, for the first line after an unexpected stop."""

    class_code: str
    class_id: int
    session_day: date
    shown_name: str
    code: MarkCode | None
    at: datetime


class SheetState(StrEnum):
    """How far a month's sheet is."""

    OPEN = "open"
    ISSUED = "issued"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Totals of one learner on the month's sheet; ``marks`` is keyed by session id."""

    learner: Learner
    marks: dict[int, Mark]
    tally: Tally


@dataclass(frozen=True, slots=True)
class SheetDifference:
    """One thing that a sheet says otherwise than the sheet it corrects.

    Args:
        kind: ``mark`` (a cell), ``session`` (held, cancelled, minutes) or ``learner`` (on the list or not).
        day: day of the cell or session; None for a learner.
        who: name of the learner, ``""`` for a session.
        person_code: code of the learner, or ``""``.
        before, after: as the command line writes marks (``late:15``) and states (``held``); ``""`` = nothing there.
    """

    kind: str
    day: date | None
    who: str
    person_code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """Everything that the paper shows, frozen when it is issued.

    Args:
        register: the class-month.
        rows: one per learner.
        state: open, issued or signed.
        number: 1, 2 … ; 0 while open.
        corrects: number of the sheet that this one corrects, or 0.
        differences: what the correction changed.
        draft: whether a cell is still unmarked (the sheet says so).
        unmarked_days: days with unmarked cells.
        code: 8 characters of the audit chain, or ``""`` while open.
        reasons: id -> (Khmer, English) wording.
        prison_names: Khmer, English.
        trainer: name of the trainer.
        demonstration: whether it comes from the demonstration programme.
        made_on: day of the paper.
        series: neutral letter of the laptop's number series, or ``""``.
        reason_codes: id -> Latin word of the reason, for machines.
        signed_on, signed_by: day and name of the signature on the paper.
    """

    register: Register
    rows: tuple[SheetRow, ...]
    state: SheetState
    number: int
    corrects: int
    differences: tuple[SheetDifference, ...]
    draft: bool
    unmarked_days: tuple[date, ...]
    code: str
    reasons: dict[int, tuple[str, str]]
    prison_names: tuple[str, str]
    trainer: str
    demonstration: bool
    made_on: date
    series: str = ""
    reason_codes: dict[int, str] = field(default_factory=dict)
    signed_on: date | None = None
    signed_by: str = ""
