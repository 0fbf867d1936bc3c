"""Takes back and brings back the actor's own acts at a register; they are in the record, so a lock loses none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time

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
from tlbb_desktop.services.marking import record_act, register_rows
from tlbb_desktop.services.office import Act, Office


class UndoStack:
    """The acts of one member of staff in one class, of the working day.

    An act of an earlier day is corrected by a new mark: nobody wants Ctrl+Z to change last week's register unseen.
    """

    def __init__(self, office: Office, class_id: int, prison_id: int) -> None:
        self._office = office
        self._class_id = class_id
        self._prison_id = prison_id

    def undo(self) -> Marked | None:
        """Take back the newest act that stands; None when there is none."""
        return self._turn(RegisterRows.last_done, "undo")

    def redo(self) -> Marked | None:
        """Bring back the act that was taken back last; None when there is none, or a new mark was set since."""
        return self._turn(RegisterRows.first_undone, "redo")

    def _turn(self, find: Callable[[RegisterRows, int, datetime], PastAct | None], kind: str) -> Marked | None:
        with self._office.act(Action.MARK, self._prison_id) as act:
            rows = register_rows(self._office, act)
            past = find(rows, self._class_id, datetime.combine(act.today, time(), CAMBODIA))
            if past is None:
                return None
            marked = self._apply(act, rows, past, kind)
            rows.set_undone(past.act_id, undone=kind == "undo")
        if marked.left and not marked.cells and not marked.sessions:
            raise Refused(N_("Somebody else has changed this mark meanwhile. It was left as it is."))
        return marked

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
