"""Judges wishes for marks and writes those that the rules allow, all of one act or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.repositories.register import Cell, CellChange, RegisterRows, SessionChange
from tlbb_desktop.domain.attendance import LATE_DEFAULT_MINUTES, Mark, MarkCode, ReasonUse, SessionRow, SessionState
from tlbb_desktop.domain.course_tallies import Stay
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.register import Marked, SetMark
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.services.office import Act, Office

LONGEST_NOTE = 500
#: Kind of an act that only adds minutes or a reason to what the act before it marked: one undo takes back both.
AMENDED = "amend"
_REASON_OF = {MarkCode.EXCUSED: ReasonUse.EXCUSED, MarkCode.INSTITUTION: ReasonUse.INSTITUTION}
_WITH_MINUTES = (MarkCode.LATE, MarkCode.LEFT_EARLY)


def register_rows(office: Office, act: Act) -> RegisterRows:
    """The statements of marking, inside *act*."""
    return RegisterRows(act.connection, act.at, office.laptop_clock.now(), act.actor.staff_id)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the wished cells look like now."""

    sessions: dict[int, SessionRow]
    marks: dict[Cell, Mark]
    enrolled: dict[int, list[Stay]]


class Marking:
    """One act that sets cells of one class's register."""

    def __init__(self, office: Office, act: Act, class_id: int) -> None:
        self._act = act
        self._class_id = class_id
        self._rows = register_rows(office, act)

    def set_cells(self, wishes: Sequence[SetMark], kind: str) -> Marked:
        """Set every wished cell; a wish that changes nothing leaves no trace in the history.

        Raises:
            Refused: one of the wishes breaks a rule; then nothing is changed.
        """
        wanted = {(wish.session_id, wish.person_id): wish for wish in wishes}
        standing = self._standing(wanted)
        self._check_reasons(wishes)
        changes: list[CellChange] = []
        cells: list[tuple[int, int, Mark | None]] = []
        for cell, wish in wanted.items():
            before = standing.marks.get(cell)
            after = self._wished_mark(wish, before, standing)
            cells.append((*cell, after))
            if after != before:
                changes.append(CellChange(cell, before, after))
        opened = newly_held(changes, standing.sessions)
        if changes:
            self._write(kind, changes, opened)
        return Marked(tuple(cells), tuple(change.after for change in opened))

    def _standing(self, wanted: dict[Cell, SetMark]) -> _Standing:
        sessions = tuple({session for session, _ in wanted})
        people = tuple({person for _, person in wanted})
        return _Standing(
            self._rows.sessions(self._class_id, sessions),
            self._rows.marks(sessions, people),
            self._rows.enrolled(self._class_id, people),
        )

    def _wished_mark(self, wish: SetMark, before: Mark | None, standing: _Standing) -> Mark | None:
        """The mark that *wish* asks for; the one that stands when they say the same."""
        session = standing.sessions.get(wish.session_id)
        if session is None:
            raise NotFound(N_("This session does not belong to the class. Open the register again."))
        check_markable(session, self._act.today)
        if wish.code is None:
            return None
        check_enrolled(standing.enrolled[wish.person_id], session.day)
        mark = Mark(
            wish.session_id,
            wish.person_id,
            wish.code,
            wish.reason_id if wish.code in _REASON_OF else None,
            self._minutes(wish, session),
            checked_note(wish.note),
            self._act.at,
            self._act.actor.staff_id,
        )
        if before is not None and says_the_same(mark, before):
            return before
        return mark

    def _minutes(self, wish: SetMark, session: SessionRow) -> int:
        """Minutes lost by a late or early mark; the default is never longer than the session."""
        if wish.code not in _WITH_MINUTES:
            return 0
        if wish.minutes == 0:
            return min(self._default_minutes, session.minutes)
        if not 0 < wish.minutes <= session.minutes:
            raise Refused(
                N_("{minutes} minutes do not fit into a session of {length} minutes. Nothing was changed."),
                place="minutes",
                minutes=wish.minutes,
                length=session.minutes,
            )
        return wish.minutes

    @cached_property
    def _default_minutes(self) -> int:
        """Read once for a whole block of marks."""
        return register_queries.number_setting(self._act.connection, "late_minutes", LATE_DEFAULT_MINUTES)

    def _check_reasons(self, wishes: Sequence[SetMark]) -> None:
        """Raise Refused for a reason that explains another mark, or that nobody entered."""
        given = {
            (one.reason_id, _REASON_OF[one.code])
            for one in wishes
            if one.reason_id is not None and one.code in _REASON_OF
        }
        if not given:
            return
        known = {(reason.id, reason.use) for reason in register_queries.reasons(self._act.connection)}
        if not given <= known:
            raise Refused(N_("This reason does not belong to the mark. Choose another one."), place="reason")

    def _write(self, kind: str, changes: Sequence[CellChange], opened: Sequence[SessionChange]) -> None:
        act_id = self._rows.write(self._class_id, kind, changes, opened)
        record_act(self._act, "mark", self._class_id, act_id, len(changes))
        self._act.changed("mark", *{change.cell[0] for change in changes})
        if opened:
            self._act.changed("session", *(change.after.id for change in opened))


def record_act(act: Act, kind: str, class_id: int, act_id: int, cells: int) -> None:
    """Write an act at a register to the audit chain; the cells themselves are in the history."""
    act.record(kind, f"class:{class_id}", f"act:{act_id} cells:{cells}")


def newly_held(changes: Sequence[CellChange], sessions: Mapping[int, SessionRow]) -> list[SessionChange]:
    """The first mark of a planned session says that it was held."""
    marked = {change.cell[0] for change in changes if change.after is not None}
    return [
        SessionChange(session, replace(session, state=SessionState.HELD, version=session.version + 1))
        for session in (sessions[session_id] for session_id in sorted(marked))
        if session.state is SessionState.PLANNED
    ]


def check_markable(session: SessionRow, today: date) -> None:
    """Raise Refused for a session that lies in the future or was cancelled."""
    if session.day > today:
        raise Refused(
            N_(
                "{day} is still to come; today is {today}. Nothing was changed."
                " If the laptop's date is wrong, put it right and try again."
            ),
            day=session.day,
            today=today,
        )
    if session.state is SessionState.CANCELLED:
        raise Refused(N_("The session of {day} was cancelled. Set it to held first, then mark."), day=session.day)


def check_enrolled(stays: Sequence[Stay], day: date) -> None:
    """Raise Refused when somebody is not on the roster of *day*."""
    if not any(first <= day and (last is None or day <= last) for first, last in stays):
        raise Refused(N_("This person is not enrolled on {day}. Nothing was changed."), day=day)


def checked_note(text: str) -> str:
    """A note in its stored form. Raises Refused when it is too long."""
    if not text:
        return ""
    note = " ".join(normalise(text).split())
    if len(note) > LONGEST_NOTE:
        raise Refused(N_("A note has at most {limit} letters."), place="note", limit=LONGEST_NOTE)
    return note


def says_the_same(one: Mark, other: Mark) -> bool:
    """Whether two marks differ only in who made them and when."""
    return (one.code, one.reason_id, one.minutes, one.note) == (other.code, other.reason_id, other.minutes, other.note)
