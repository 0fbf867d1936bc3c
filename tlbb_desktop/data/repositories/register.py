"""The statements behind a mark: few, prepared as text and run through the driver.

A mark is on the disk before the next key is pressed, so this path builds no objects of the mapper. Values are stored as
the column types of ``data.models`` store them: days as ISO text, times of day as minutes, moments as milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection

from tlbb_desktop.data.engine import added_row, driver_connection
from tlbb_desktop.data.models.vocabulary import new_uuid, to_milliseconds
from tlbb_desktop.data.queries.register import SESSION_COLUMNS, mark_of, session_of, time_of_day
from tlbb_desktop.domain.attendance import Mark, SessionRow, SessionState
from tlbb_desktop.domain.course_tallies import Stay

_SESSIONS = f"SELECT {SESSION_COLUMNS} FROM class_session WHERE id IN ({{ids}}) AND class_id = ?"
_MARKS = (
    "SELECT session_id, person_id, code, reason_id, minutes, note, marked_at, marked_by FROM mark"
    " WHERE session_id IN ({sessions}) AND person_id IN ({people})"
)
_ENROLMENTS = "SELECT person_id, starts_on, ends_on FROM enrolment WHERE person_id IN ({people}) AND class_id = ?"
_NEW_ACT = (
    "INSERT INTO mark_act (uuid, class_id, staff_id, at, kind, undone, sessions_before, first_history, cells)"
    " VALUES (?, ?, ?, ?, ?, FALSE, ?, (SELECT coalesce(max(id), 0) + 1 FROM mark_history), ?)"
)
_NEW_HISTORY = (
    "INSERT INTO mark_history (act_id, session_id, person_id, code, reason_id, minutes, note, before, at, laptop_at,"
    " staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_MARK = (
    "INSERT INTO mark (code, reason_id, minutes, note, marked_at, marked_by, session_id, person_id, version)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)"
)
#: A statement that may change a foreign key costs three times as much, and a key seldom changes a reason.
_CHANGE_MARK = (
    "UPDATE mark SET code = ?, minutes = ?, note = ?, version = version + 1, marked_at = ?, marked_by = ?"
    " WHERE session_id = ? AND person_id = ?"
)
_CHANGE_REASON = "UPDATE mark SET reason_id = ? WHERE session_id = ? AND person_id = ?"
_CLEAR_MARK = "DELETE FROM mark WHERE session_id = ? AND person_id = ?"
_PUT_SESSION = (
    "UPDATE class_session SET state = ?, reason_id = ?, real_starts = ?, real_ends = ?, note = ?,"
    " version = version + 1, changed_at = ?, changed_by = ? WHERE id = ?"
)
_HOLD_MARKED = (
    "UPDATE class_session SET state = 'held', version = version + 1"
    " WHERE state = 'planned' AND EXISTS (SELECT 1 FROM mark WHERE session_id = class_session.id)"
)
#: Nobody makes as many acts in a day; what is looked for among today's is among this many latest.
ACTS_OF_A_DAY = 20_000
_NO_ACT_BEFORE, _NO_ACT_AFTER = 0, 2**63 - 1
_LATEST = f"id > (SELECT coalesce(max(id), 0) FROM mark_act) - {ACTS_OF_A_DAY}"
_STANDS = "class_id = ?1 AND staff_id = ?2 AND NOT undone AND kind NOT IN ('undo', 'redo')"
_ACT = "SELECT id, kind, sessions_before, first_history, cells FROM mark_act"
_LAST_DONE = f"{_ACT} WHERE {_LATEST} AND {_STANDS} AND at >= ?3 AND id < ?4 ORDER BY id DESC LIMIT 1"
_FIRST_UNDONE = (
    f"{_ACT} WHERE {_LATEST} AND class_id = ?1 AND staff_id = ?2 AND undone AND at >= ?3 AND id > ?4"
    f" AND id > coalesce((SELECT max(id) FROM mark_act WHERE {_LATEST} AND {_STANDS} AND at >= ?3), 0)"
    " ORDER BY id LIMIT 1"
)
_SET_UNDONE = "UPDATE mark_act SET undone = ? WHERE id = ?"
_ACT_CELLS = (
    "SELECT session_id, person_id, code, reason_id, minutes, note, before FROM mark_history"
    " WHERE id >= ? AND id < ? ORDER BY id"
)
_CHANGED_BY_OTHERS = (
    "SELECT DISTINCT later.session_id, later.person_id FROM mark_history AS mine JOIN mark_history AS later"
    " ON later.session_id = mine.session_id AND later.person_id = mine.person_id AND later.id > mine.id"
    " WHERE mine.id >= ? AND mine.id < ? AND later.staff_id IS DISTINCT FROM ?"
)
_STANDING = "SELECT code, reason_id, minutes, note FROM mark WHERE session_id = ? AND person_id = ?"
_LAST_HISTORY = (
    "SELECT code, reason_id, minutes, note, at, staff_id FROM mark_history WHERE session_id = ? AND person_id = ?"
    " ORDER BY id DESC LIMIT 1"
)
_HAS_MARKS = "SELECT DISTINCT session_id FROM mark WHERE session_id IN ({ids})"

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell, the mark that stood in it and the mark that shall stand in it (None = unmarked)."""

    cell: Cell
    before: Mark | None
    after: Mark | None


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A session as it was and as it shall be."""

    before: SessionRow
    after: SessionRow


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act that can be taken back or done again.

    Args:
        act_id: row.
        kind: the word of the history.
        cells: what each cell was made, and what it was before.
        sessions: session -> (state before, state after), each as ``session_state`` gives it.
        taken_over: cells that somebody else changed afterwards.
    """

    act_id: int
    kind: str
    cells: tuple[CellChange, ...]
    sessions: dict[int, tuple[list[Any], list[Any]]]
    taken_over: frozenset[Cell]


class RegisterRows:
    """Reads and writes the rows of a register inside the caller's transaction.

    Args:
        connection: of the unit of work.
        at: working time of the act.
        laptop_at: what the laptop's own clock says.
        staff_id: who acts.
    """

    def __init__(self, connection: Connection, at: datetime, laptop_at: datetime, staff_id: int) -> None:
        self._driver = driver_connection(connection)
        self._at = to_milliseconds(at)
        self._laptop_at = to_milliseconds(laptop_at)
        self._staff_id = staff_id

    def sessions(self, class_id: int, session_ids: Sequence[int]) -> dict[int, SessionRow]:
        """Those of *session_ids* that belong to the class."""
        rows = self._rows(_SESSIONS.format(ids=_places(session_ids)), (*session_ids, class_id))
        return {row[0]: session_of(row) for row in rows}

    def marks(self, session_ids: Sequence[int], person_ids: Sequence[int]) -> dict[Cell, Mark]:
        """The marks that stand in the cells of these sessions and people."""
        text = _MARKS.format(sessions=_places(session_ids), people=_places(person_ids))
        return {(row[0], row[1]): mark_of(row) for row in self._rows(text, (*session_ids, *person_ids))}

    def enrolled(self, class_id: int, person_ids: Sequence[int]) -> dict[int, list[Stay]]:
        """Person -> dated enrolments in the class."""
        found: dict[int, list[Stay]] = {person: [] for person in person_ids}
        for person, first, last in self._rows(_ENROLMENTS.format(people=_places(person_ids)), (*person_ids, class_id)):
            found[person].append((date.fromisoformat(first), date.fromisoformat(last) if last else None))
        return found

    def with_marks(self, session_ids: Sequence[int]) -> frozenset[int]:
        """Those of *session_ids* in which somebody has a mark."""
        return frozenset(row[0] for row in self._rows(_HAS_MARKS.format(ids=_places(session_ids)), tuple(session_ids)))

    def write(self, class_id: int, kind: str, cells: Sequence[CellChange], sessions: Sequence[SessionChange]) -> int:
        """Store an act: the marks, their history, the sessions. Returns the act's row."""
        act_id = self._new_act(class_id, kind, sessions, len(cells))
        self._many(_NEW_HISTORY, [self._history(act_id, change) for change in cells])
        self._put_marks(cells)
        self.put_sessions(sessions)
        return act_id

    def _put_marks(self, cells: Sequence[CellChange]) -> None:
        added: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        reasons: list[tuple[Any, ...]] = []
        for cell, before, after in ((one.cell, one.before, one.after) for one in cells):
            if after is None:
                continue
            code, reason, *rest = _mark_values(after)
            if before is None:
                added.append((code, reason, *rest, *cell))
                continue
            changed.append((code, *rest, *cell))
            if reason != before.reason_id:
                reasons.append((reason, *cell))
        self._many(_ADD_MARK, added)
        self._many(_CHANGE_MARK, changed)
        self._many(_CHANGE_REASON, reasons)
        self._many(_CLEAR_MARK, [one.cell for one in cells if one.after is None])

    def put_sessions(self, sessions: Sequence[SessionChange]) -> None:
        """Store what changed of the sessions."""
        self._many(
            _PUT_SESSION,
            [(*session_state(change.after), self._at, self._staff_id, change.after.id) for change in sessions],
        )

    @staticmethod
    def hold_marked_sessions(connection: Connection) -> None:
        """Let planned sessions that have marks be held; the marks of two laptops and their sessions meet so."""
        driver_connection(connection).execute(_HOLD_MARKED)

    @staticmethod
    def note_standing(connection: Connection, class_id: int, cells: Sequence[Cell], kind: str, at: int) -> None:
        """Write an act of nobody whose history says what stands in these cells, whatever their history ends with."""
        driver = driver_connection(connection)
        act = added_row(driver, _NEW_ACT, (new_uuid(), class_id, None, at, kind, "", len(cells)))
        for session, person in cells:
            found = driver.execute(_STANDING, (session, person)).fetchone() or (None, None, 0, "")
            last = driver.execute(_LAST_HISTORY, (session, person)).fetchone()
            before = json.dumps(list(last), ensure_ascii=False) if last and last[0] else ""
            driver.execute(_NEW_HISTORY, (act, session, person, *found, before, at, at, None))

    def last_done(self, class_id: int, since: datetime, before: int = _NO_ACT_AFTER) -> PastAct | None:
        """The actor's newest act in the class, since *since*, that is not taken back; older than the act *before*."""
        return self._past_act(_LAST_DONE, class_id, since, before)

    def first_undone(self, class_id: int, since: datetime, after: int = _NO_ACT_BEFORE) -> PastAct | None:
        """What a redo brings back: the oldest act taken back after the actor's last standing one and after *after*."""
        return self._past_act(_FIRST_UNDONE, class_id, since, after)

    def set_undone(self, act_id: int, undone: bool) -> None:
        """Note whether an act is taken back."""
        self._many(_SET_UNDONE, [(undone, act_id)])

    def _past_act(self, text: str, class_id: int, since: datetime, beside: int) -> PastAct | None:
        found = self._rows(text, (class_id, self._staff_id, to_milliseconds(since), beside))
        if not found:
            return None
        act_id, kind, sessions, first, cells = found[0]
        history = (first, first + cells)
        others = self._rows(_CHANGED_BY_OTHERS, (*history, self._staff_id))
        return PastAct(
            act_id,
            kind,
            tuple(self._past_cell(row) for row in self._rows(_ACT_CELLS, history)),
            {session: (before, after) for session, before, after in json.loads(sessions or "[]")},
            frozenset((row[0], row[1]) for row in others),
        )

    def _past_cell(self, row: Sequence[Any]) -> CellChange:
        session_id, person_id, code, reason_id, minutes, note, before = row
        after = (session_id, person_id, code, reason_id, minutes, note, self._at, self._staff_id)
        return CellChange(
            (session_id, person_id),
            mark_of((session_id, person_id, *json.loads(before))) if before else None,
            mark_of(after) if code else None,
        )

    def _new_act(self, class_id: int, kind: str, sessions: Sequence[SessionChange], cells: int) -> int:
        changed = [[one.after.id, session_state(one.before), session_state(one.after)] for one in sessions]
        values = (new_uuid(), class_id, self._staff_id, self._at, kind, json.dumps(changed) if changed else "", cells)
        return added_row(self._driver, _NEW_ACT, values)

    def _history(self, act_id: int, change: CellChange) -> tuple[Any, ...]:
        after, before = change.after, change.before
        state = (after.code.value, after.reason_id, after.minutes, after.note) if after else (None, None, 0, "")
        was = json.dumps(_mark_values(before), ensure_ascii=False) if before else ""
        return (act_id, *change.cell, *state, was, self._at, self._laptop_at, self._staff_id)

    def _rows(self, text: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        return self._driver.execute(text, values).fetchall()  # type: ignore[no-any-return]

    def _many(self, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._driver.executemany(text, rows)


def session_state(session: SessionRow) -> list[Any]:
    """What an act may change of a session, as stored: state, reason, real start, real end, note."""
    return [
        session.state.value,
        session.reason_id,
        _minute(session.real_starts),
        _minute(session.real_ends),
        session.note,
    ]


def with_state(session: SessionRow, state: Sequence[Any]) -> SessionRow:
    """*session* with what ``session_state`` gave."""
    return replace(
        session,
        state=SessionState(state[0]),
        reason_id=state[1],
        real_starts=time_of_day(state[2]),
        real_ends=time_of_day(state[3]),
        note=state[4],
    )


def _places(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)


def _minute(value: time | None) -> int | None:
    return None if value is None else value.hour * 60 + value.minute


def _mark_values(mark: Mark) -> tuple[Any, ...]:
    """What a mark says, who said so and when, as stored."""
    at = to_milliseconds(mark.marked_at) if mark.marked_at else 0
    return (mark.code.value, mark.reason_id, mark.minutes, mark.note, at, mark.marked_by)
