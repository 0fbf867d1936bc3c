"""Notes of cases: locked 72 hours after the first saving, then added to; counselling is its author's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from tlbb_desktop.data.models import CaseNoteRow, NoteAddendum, Staff
from tlbb_desktop.data.queries import case_notes as queries
from tlbb_desktop.domain.case_notes import Addendum, AddendumForm, CaseNote, NoteForm, NoteHit, is_locked
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.errors import NotFound, NotPermitted, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise, search_key
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.case_tasks import open_safety_tasks
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import ADDENDUM, NOTE

_KEY: Final = "search_key"
_SEARCHED_STATES: Final = (CaseState.OPEN, CaseState.WAITING, CaseState.CLOSED)

#: Composed once: they open a page.
_NOTES: Final = (
    select(CaseNoteRow.__table__, Staff.name.label("author"))
    .join(Staff, Staff.id == CaseNoteRow.author_id)
    .where(CaseNoteRow.case_id == bindparam("case"))
    .order_by(CaseNoteRow.on_day.desc(), CaseNoteRow.id.desc())
)
_ADDENDA: Final = (
    select(NoteAddendum.__table__, Staff.name.label("by"))
    .join(CaseNoteRow, CaseNoteRow.id == NoteAddendum.note_id)
    .join(Staff, Staff.id == NoteAddendum.created_by)
    .where(CaseNoteRow.case_id == bindparam("case"))
    .order_by(NoteAddendum.id)
)


class CaseNoteService:
    """Notes.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def notes(self, case_id: int, reason: ReadReason | None = None) -> tuple[CaseNote, ...]:
        """The notes of a case, the newest day first.

        Of a restricted note others than its author see the day, the author and the next day; a manager with a reason
        reads it.

        Raises:
            NotPermitted: the case is not the actor's, or a reason was given by somebody whom it opens nothing to.
        """
        case = self._access.file(case_id, reason)
        self._office.permit(Action.CARE_READ, self._access.where(case))
        if reason is not None:
            self._office.permit(Action.COUNSELLING_REASON, self._access.where(case))
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            note_reading(act, case, "notes", reason)
            added = _addenda(act.connection, case_id)
            rows = act.connection.execute(_NOTES, {"case": case_id})
            return tuple(self._note(row, added.get(row.id, ()), reason) for row in rows)

    def save(self, note: CaseNote) -> int:
        """Keep a note of the actor, new or less than 72 hours old; returns its row.

        A danger that was seen opens a task for 24 hours, once.

        Raises:
            Refused: it is locked, somebody else wrote it, the day lies ahead, the case is closed, or consents are
                missing.
            ChangedMeanwhile: it was saved after it was read.
        """
        tidy: CaseNote = form_tidied(note)
        form = _checked(tidy, self._office.clock.today())
        compartment = Compartment.COUNSELLING if form.restricted else Compartment.FAMILY
        with self._office.act(Action.CARE_WRITE, self._access.where_is(tidy.case_id)) as act:
            require_service(act, tidy.case_id)
            if tidy.id is None:
                row = CaseNoteRow(case_id=tidy.case_id, author_id=act.actor.staff_id, on_day=tidy.on_day)
                row.compartment, row.search_key = compartment, b""
                note_id, seen_before = NOTE.add(act, self._office.cipher, row, form), False
            else:
                row, seen_before = self._own_row(act, tidy)
                row.on_day, row.compartment, note_id = tidy.on_day, compartment, row.id
                NOTE.change(act, self._office.cipher, row, form, tidy.version)
            self._seal_key(row, "case_note", form.searched)
            if form.risk_seen and not seen_before:
                open_safety_tasks(act, self._office.cipher, tidy.case_id, (None,), note_id=note_id)
            act.record("note", f"case:{tidy.case_id}", f"note:{note_id}")
            act.changed("case", tidy.case_id)
            return note_id

    def add(self, note_id: int, text: str) -> None:
        """Add to a note, locked or not; what stands is never overwritten.

        Raises:
            Refused: nothing is said.
            NotPermitted: the note is restricted and somebody else wrote it.
            NotFound: it is not on record.
        """
        said = normalise(text).strip()
        if not said:
            raise Refused(N_("Write what is to be added."), place="text")
        with self._office.store.read() as connection:
            case_id = connection.execute(select(CaseNoteRow.case_id).where(CaseNoteRow.id == note_id)).scalar()
        if case_id is None:
            raise NotFound(N_("This note is not on record any more."))
        with self._office.act(Action.CARE_WRITE, self._access.where_is(case_id)) as act:
            require_service(act, case_id)
            note = act.session.get_one(CaseNoteRow, note_id)
            if not self._reads(note, None):
                raise NotPermitted
            row = NoteAddendum(note_id=note_id, compartment=note.compartment, search_key=b"")
            ADDENDUM.add(act, self._office.cipher, row, AddendumForm(said))
            self._seal_key(row, "note_addendum", said)
            act.record("note", f"case:{case_id}", f"note:{note_id} added")
            act.changed("case", case_id)

    def search(self, text: str, case_id: int | None = None) -> tuple[NoteHit, ...]:
        """Notes that hold *text*, in any encoding, of the cases that the actor works with; the newest first.

        Of restricted notes only the actor's own are searched. That somebody searched is written to the audit, never the
        text.
        """
        limit = self._office.prison_limit(Action.CARE_READ)
        sought = search_key(text).encode()
        if not sought:
            return ()
        with self._office.store.read() as connection:
            cases = queries.case_ids(connection, _SEARCHED_STATES, limit, self._office.actor.staff_id)
            wanted = [each for each in cases if case_id in (None, each)]
            hits = queries.hits(connection, set(self._notes_holding(connection, sought, wanted)))
        with self._office.act(Action.CARE_READ, enters=False) as act:
            act.record("protected_read", "notes" if case_id is None else f"case:{case_id}", f"search hits:{len(hits)}")
        return hits

    def _notes_holding(self, connection: Connection, sought: bytes, cases: Sequence[int]) -> Iterator[int]:
        """Those that the actor may read, by their own search keys and those of their additions."""
        cipher, me = self._office.cipher, self._office.actor.staff_id
        for compartment, author in ((Compartment.FAMILY, None), (Compartment.COUNSELLING, me)):
            for table in queries.SEARCHED:
                rows = queries.sealed_keys(connection, table, compartment, author, cases)
                yield from cipher.rows_holding(compartment, table, _KEY, sought, rows)

    def _seal_key(self, row: Any, table: str, text: str) -> None:
        """Put the search form of a text into its row, under the version that the row now has."""
        compartment, key = Compartment(row.compartment), search_key(text)
        row.search_key = self._office.cipher.encrypt(compartment, table, row.uuid, _KEY, row.version, key)

    def _own_row(self, act: Act, note: CaseNote) -> tuple[CaseNoteRow, bool]:
        """The row of the actor's own note that is still open, and whether a danger was seen in it before."""
        row = act.session.get(CaseNoteRow, note.id)
        if row is None or row.case_id != note.case_id:
            raise NotFound(N_("This note is not on record any more."))
        if row.author_id != act.actor.staff_id:
            raise Refused(N_("Only the author changes a note. Add to it instead."))
        if is_locked(row.created_at, act.at):
            raise Refused(N_("This note is locked since 72 hours after it was saved first. Add to it instead."))
        return row, NOTE.open(self._office.cipher, row).risk_seen

    def _reads(self, row: Any, reason: ReadReason | None) -> bool:
        restricted = row.compartment == Compartment.COUNSELLING
        return not restricted or row.author_id == self._office.actor.staff_id or reason is not None

    def _note(self, row: Any, added: Sequence[Any], reason: ReadReason | None) -> CaseNote:
        reads, cipher = self._reads(row, reason), self._office.cipher
        form = NOTE.open(cipher, row) if reads or cipher.opens(Compartment(row.compartment)) else None
        return CaseNote(
            id=row.id,
            case_id=row.case_id,
            on_day=row.on_day,
            form=form if reads else None,
            author_id=row.author_id,
            author=row.author,
            saved_at=row.created_at,
            addenda=tuple(Addendum(ADDENDUM.open(cipher, each).text, each.created_at, each.by) for each in added)
            if reads
            else (),
            version=row.version,
            next_on=form.next_on if form is not None else None,
        )


def _addenda(connection: Connection, case_id: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in connection.execute(_ADDENDA, {"case": case_id}):
        found.setdefault(row.note_id, []).append(row)
    return found


def _checked(note: CaseNote, today: date) -> NoteForm:
    if note.form is None:
        raise Refused(N_("A note needs its text."), place="summary")
    if note.on_day > today:
        raise Refused(N_("This day lies in the future."), place="on_day")
    if note.form.mood not in (None, 1, 2, 3, 4, 5):
        raise Refused(N_("The mood is 1 to 5."), place="mood")
    if note.form.minutes < 0 or (note.form.days_since_use or 0) < 0:
        raise Refused(N_("A duration is never less than nothing."), place="minutes")
    return note.form
