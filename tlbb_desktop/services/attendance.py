"""The register: reading it, marking it, taking marks back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from sqlalchemy import Connection

from tlbb_desktop.data.queries import register as queries
from tlbb_desktop.data.queries import roster
from tlbb_desktop.data.repositories.register import RegisterRows, SessionChange, session_state
from tlbb_desktop.domain.attendance import MarkCode, Reason, ReasonUse, SessionRow, SessionState, Tally
from tlbb_desktop.domain.course_tallies import CourseTallies
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.register import (
    LastMark,
    Learner,
    Marked,
    MarkStory,
    Register,
    SetMark,
    SetSession,
    away_on,
)
from tlbb_desktop.domain.timetables import check_times
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import guests, reasons
from tlbb_desktop.services.class_access import ClassPrisons
from tlbb_desktop.services.marking import Marking, checked_note, record_act, register_rows
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.register_reading import read_course_tallies, read_register
from tlbb_desktop.services.undo import UndoStack


class AttendanceService:
    """What a trainer does with a register. Every act is committed when the method returns."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._prisons = ClassPrisons(office)

    def register(self, class_id: int, month: Month) -> Register:
        """The register of a class-month, as one consistent view."""
        with self._office.read(Action.SHEET_READ, self._prisons[class_id]) as connection:
            return read_register(connection, class_id, month, self._office.clock.today())

    def course_tallies(self, class_id: int, without: Month | None = None) -> CourseTallies:
        """The totals of everybody over the whole class, and what can still be attended; one month may be left out."""
        with self._office.read(Action.SHEET_READ, self._prisons[class_id]) as connection:
            return read_course_tallies(connection, class_id, without)

    def summary(self, class_id: int, month: Month) -> tuple[tuple[Learner, Tally], ...]:
        """Everybody on the month's roster, in its order, with the totals of the month."""
        register = self.register(class_id, month)
        return tuple((learner, register.tally_of(learner)) for learner in register.learners)

    def mark(self, class_id: int, wishes: Sequence[SetMark], *, kind: str = "key") -> Marked:
        """Set cells in one act that one undo takes back; the first mark of a planned session makes it held.

        Args:
            class_id: row of the class.
            wishes: the cells; for one that is named twice the last wish counts.
            kind: a word for the history: key, fill, block, note, command line, import; ``amend`` goes on with the
                actor's last act in the same cells, and one undo takes back both.

        Returns:
            Every wished cell as it is now.

        Raises:
            Refused: a session to come or cancelled, somebody not enrolled that day, minutes longer than the session.
                Nothing is changed then.
            NotFound: a session of another class.
        """
        with self._office.act(Action.MARK, self._prisons[class_id]) as act:
            return Marking(self._office, act, class_id).set_cells(wishes, kind)

    def rest_present(self, class_id: int, session_id: int) -> Marked:
        """Mark everybody present who is enrolled that day and has no mark yet; no mark that stands is touched.

        In a make-up only those are marked who were not present, from beginning to end, in the session that it repairs.
        """
        with self._office.act(Action.MARK, self._prisons[class_id]) as act:
            session = _session(register_rows(self._office, act), class_id, session_id)
            connection = act.connection
            marked = queries.marks(connection, class_id, session.day, session.day)
            need_not_come = _present_in_the_missed(connection, class_id, session)
            wishes = [
                SetMark(session_id, learner.person_id, MarkCode.PRESENT)
                for learner in roster.learners(connection, class_id, Month.of(session.day))
                if learner.enrolled_on(session.day)
                and (session_id, learner.person_id) not in marked
                and learner.person_id not in need_not_come
            ]
            return Marking(self._office, act, class_id).set_cells(wishes, "rest")

    def set_session(self, wish: SetSession) -> Marked:
        """Say that a session is held (with its real times), cancelled (with a reason) or planned again.

        Marks of a cancelled session are kept and count nowhere; they count again when it is set to held.

        Raises:
            Refused: held in the future, cancelled without a reason, planned again although it has marks, or real
                times that end before they start.
            ChangedMeanwhile: somebody changed the session after the wish's version was read.
        """
        class_id = self._class_of_session(wish.session_id)
        with self._office.act(Action.SESSION_WRITE, self._prisons[class_id]) as act:
            rows = register_rows(self._office, act)
            before = _session(rows, class_id, wish.session_id)
            after = self._changed_session(act, rows, before, wish)
            if session_state(after) == session_state(before):
                return Marked((), (before,))
            if before.version != wish.version:
                raise ChangedMeanwhile
            after = replace(after, version=before.version + 1)
            act_id = rows.write(class_id, "session", (), (SessionChange(before, after),))
            record_act(act, f"session_{after.state}", class_id, act_id, 0)
            act.changed("session", after.id)
            return Marked((), (after,))

    def undo(self, class_id: int) -> Marked | None:
        """Take back the actor's newest act of today in this class, with what it amended; None when there is none.

        Raises:
            Refused: somebody else has changed the cell since; it is left alone and the next undo goes on before it.
        """
        return UndoStack(self._office, class_id, self._prisons[class_id]).undo()

    def redo(self, class_id: int) -> Marked | None:
        """Bring back what the last undo took back; None when there is nothing, or a new mark was set since."""
        return UndoStack(self._office, class_id, self._prisons[class_id]).redo()

    def story(self, session_id: int, person_id: int) -> tuple[MarkStory, ...]:
        """The history of one cell, oldest first."""
        class_id = self._class_of_session(session_id)
        with self._office.read(Action.SHEET_READ, self._prisons[class_id]) as connection:
            return queries.story(connection, session_id, person_id)

    def away(self, class_id: int, day: date) -> dict[int, MarkCode]:
        """Person -> mark of whoever is marked away in every marked session of *day*: then nothing was shown there."""
        return away_on(self.register(class_id, Month.of(day)), day)

    def last_mark(self) -> LastMark | None:
        """The last mark kept on this laptop, of the prisons that the actor may see."""
        limit = self._office.prison_limit(Action.SHEET_READ)
        with self._office.store.read() as connection:
            return queries.last_mark(connection, limit)

    def any_mark(self) -> bool:
        """Whether anybody was ever marked at the prisons that the actor may see."""
        limit = self._office.prison_limit(Action.SHEET_READ)
        with self._office.store.read() as connection:
            return queries.any_mark(connection, limit)

    def add_guest(self, class_id: int, day: date, name: str, note: str = "") -> int:
        """Put somebody who is not on the list on the roster of *day*; returns the row of the person.

        The same name on another day of the class is the same guest.

        Raises:
            Refused: no name, or no session on that day.
        """
        with self._office.act(Action.GUEST_ADD, self._prisons[class_id]) as act:
            return guests.add_guest(act, class_id, self._prisons[class_id], day, name, checked_note(note))

    def ask_gone(self, class_id: int, person_id: int, text: str = "") -> int:
        """Ask the liaison whether somebody is gone; returns the row of the question. Asking twice asks once."""
        with self._office.act(Action.QUESTION_ASK, self._prisons[class_id]) as act:
            return guests.ask_gone(act, class_id, person_id, checked_note(text))

    def reasons(self, use: ReasonUse | None = None) -> tuple[Reason, ...]:
        """The reasons that explain a mark or a cancelled session, those with a digit first."""
        with self._office.read(Action.CLASS_READ) as connection:
            return queries.reasons(connection, use)

    def reason_named(self, use: ReasonUse, text: str) -> int:
        """The row of a reason by its code or by its name in either language. Raises NotFound with the codes known."""
        return reasons.reason_named(self.reasons(use), text)

    def save_reason(self, reason: Reason) -> int:
        """Add (``id`` 0) or change a reason; returns its row.

        Raises:
            Refused: no code or name, a weight outside 0 to 1000, a digit outside 0 to 9, or a code or digit in use.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        with self._office.act(Action.REASON_WRITE) as act:
            return reasons.save_reason(act, reason)

    def _class_of_session(self, session_id: int) -> int:
        with self._office.store.read() as connection:
            found = queries.class_of_session(connection, session_id)
        if found is None:
            raise NotFound(N_("This session is not on record any more. Open the register again."))
        return found

    @staticmethod
    def _changed_session(act: Act, rows: RegisterRows, before: SessionRow, wish: SetSession) -> SessionRow:
        """The session as *wish* wants it, when the rules allow it."""
        starts, ends = _real_times(before, wish)
        if wish.state is SessionState.HELD and before.day > act.today:
            raise Refused(N_("{day} is still to come: the session cannot be held yet."), day=before.day)
        if wish.state is SessionState.PLANNED and rows.with_marks((before.id,)):
            raise Refused(
                N_("The session of {day} has marks, so it cannot be only planned again. Clear its marks first."),
                day=before.day,
            )
        if wish.state is SessionState.CANCELLED:
            known = {one.id for one in queries.reasons(act.connection, ReasonUse.CANCELLED)}
            if wish.reason_id not in known:
                raise Refused(N_("A cancelled session needs a reason. Choose one."), place="reason")
        return replace(
            before,
            state=wish.state,
            reason_id=wish.reason_id if wish.state is SessionState.CANCELLED else None,
            real_starts=starts,
            real_ends=ends,
            note=checked_note(wish.note),
        )


def _present_in_the_missed(connection: Connection, class_id: int, make_up: SessionRow) -> set[int]:
    """Who was present in the session that a make-up repairs; nobody where it is no make-up."""
    marks = queries.repair_marks(connection, class_id, (make_up,))
    return {
        person
        for session_id, person, code, *_rest in marks
        if session_id == make_up.repairs_session_id and code == MarkCode.PRESENT
    }


def _session(rows: RegisterRows, class_id: int, session_id: int) -> SessionRow:
    found = rows.sessions(class_id, (session_id,))
    if session_id not in found:
        raise NotFound(N_("This session does not belong to the class. Open the register again."))
    return found[session_id]


def _real_times(session: SessionRow, wish: SetSession) -> tuple[time | None, time | None]:
    """The real times, None where they are as planned; only a held session has any."""
    if wish.state is not SessionState.HELD:
        return None, None
    starts, ends = wish.real_starts or session.starts, wish.real_ends or session.ends
    check_times(starts, ends)
    return (None if starts == session.starts else starts), (None if ends == session.ends else ends)
