"""Takes back and brings back the actor's own acts at a register; they are in the record, so a lock loses none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from tlbb_desktop.data.repositories.register import (
    CellChange,
    PastAct,
    RegisterRows,
    SessionChange,
    session_state,
    with_state,
)
from tlbb_desktop.domain.attendance import SessionState
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.register import Marked
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.marking import AMENDED, newly_held, record_act, register_rows
from tlbb_desktop.services.office import Act, Office


class UndoStack:
    """The acts of one member of staff in one class, of the working day.

    An act of an earlier day is corrected by a new mark: nobody wants Ctrl+Z to change last week's register unseen.
    A mark and the minutes or the reason that were typed after it are several acts on the disk, and one step here.
    """

    def __init__(self, office: Office, class_id: int, prison_id: int) -> None:
        self._office = office
        self._class_id = class_id
        self._prison_id = prison_id

    def undo(self) -> Marked | None:
        """Take back the newest step that stands; None when there is none."""
        return self._turn("undo")

    def redo(self) -> Marked | None:
        """Bring back the step that was taken back last; None when there is none, or a new mark was set since."""
        return self._turn("redo")

    def _turn(self, kind: str) -> Marked | None:
        with self._office.act(Action.MARK, self._prison_id) as act:
            rows = register_rows(self._office, act)
            midnight = datetime.combine(act.today, time(), CAMBODIA)
            step = self._to_undo(rows, midnight) if kind == "undo" else self._to_redo(rows, midnight)
            if not step:
                return None
            marked = self._apply(act, rows, _as_one(step), kind)
            for past in step:
                rows.set_undone(past.act_id, undone=kind == "undo")
        if marked.left and not marked.cells and not marked.sessions:
            raise Refused(N_("Somebody else has changed this mark meanwhile. It was left as it is."))
        return marked

    def _to_undo(self, rows: RegisterRows, since: datetime) -> list[PastAct]:
        """The newest act with what it amended; oldest first."""
        step: list[PastAct] = []
        past = rows.last_done(self._class_id, since)
        while past is not None and (not step or _amends(step[0], past)):
            step.insert(0, past)
            past = rows.last_done(self._class_id, since, past.act_id) if past.kind == AMENDED else None
        return step

    def _to_redo(self, rows: RegisterRows, since: datetime) -> list[PastAct]:
        """The act that was taken back last with what amended it; oldest first."""
        step: list[PastAct] = []
        past = rows.first_undone(self._class_id, since)
        while past is not None and (not step or _amends(past, step[-1])):
            step.append(past)
            past = rows.first_undone(self._class_id, since, past.act_id)
        return step

    def _apply(self, act: Act, rows: RegisterRows, past: PastAct, kind: str) -> Marked:
        """Write the other state of every cell that nobody else changed since, then of the sessions."""
        back = kind == "undo"
        wanted = {
            change.cell: change.before if back else change.after
            for change in past.cells
            if change.cell not in past.taken_over
        }
        standing = rows.marks(*(tuple(set(part)) for part in zip(*wanted, strict=True))) if wanted else {}
        turned = [CellChange(cell, standing.get(cell), mark) for cell, mark in wanted.items()]
        act_id = rows.write(self._class_id, kind, turned, ())
        sessions = self._turned_sessions(rows, past, back=back)
        rows.put_sessions(sessions)
        held = self._held_again(rows, turned)
        rows.put_sessions(held)
        sessions = [each for each in sessions if each.after.id not in {later.after.id for later in held}] + held
        record_act(act, kind, self._class_id, act_id, len(turned))
        act.changed("mark", *{change.cell[0] for change in turned})
        act.changed("session", *(change.after.id for change in sessions))
        return Marked(
            tuple((*change.cell, change.after) for change in turned),
            tuple(change.after for change in sessions),
            tuple(sorted(past.taken_over)),
        )

    def _turned_sessions(self, rows: RegisterRows, past: PastAct, *, back: bool) -> list[SessionChange]:
        """The sessions that nobody changed since; one that has marks never becomes planned again."""
        standing = rows.sessions(self._class_id, tuple(past.sessions))
        marked = rows.with_marks(tuple(past.sessions))
        turned = []
        for session_id, session in standing.items():
            before, after = past.sessions[session_id]
            found, wanted = (after, before) if back else (before, after)
            unplanned = wanted[0] == SessionState.PLANNED and session_id in marked
            if session_state(session) == found and not unplanned:
                turned.append(SessionChange(session, replace(with_state(session, wanted), version=session.version + 1)))
        return turned

    def _held_again(self, rows: RegisterRows, turned: Sequence[CellChange]) -> list[SessionChange]:
        """The sessions that a colleague's undo left without marks and only planned, and that have one again."""
        return newly_held(turned, rows.sessions(self._class_id, tuple({change.cell[0] for change in turned})))


def _amends(later: PastAct, earlier: PastAct) -> bool:
    """Whether *later* only went on typing what *earlier* marked, and no colleague marked there in between."""
    return (
        later.kind == AMENDED
        and {change.cell for change in later.cells} <= {change.cell for change in earlier.cells}
        and earlier.taken_over <= later.taken_over
    )


def _as_one(step: Sequence[PastAct]) -> PastAct:
    """Acts that follow each other as if they were one: what stood before the first, and what after the last."""
    cells: dict[tuple[int, int], CellChange] = {}
    sessions: dict[int, tuple[list[Any], list[Any]]] = {}
    for past in step:
        for change in past.cells:
            first = cells.get(change.cell, change)
            cells[change.cell] = replace(first, after=change.after)
        for session_id, (before, after) in past.sessions.items():
            sessions[session_id] = (sessions.get(session_id, (before, after))[0], after)
    return PastAct(
        step[-1].act_id,
        step[-1].kind,
        tuple(cells.values()),
        sessions,
        frozenset().union(*(past.taken_over for past in step)),
    )
