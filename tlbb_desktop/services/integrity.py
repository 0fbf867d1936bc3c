"""Checks everything that can be checked of a programme, while it is open or before a backup takes its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tlbb_desktop.data.integrity import FileCheck, failed_checks
from tlbb_desktop.data.models import AuditEvent
from tlbb_desktop.data.queries.mark_history import marked_but_planned, marks_unlike_history
from tlbb_desktop.data.queries.people import form_versions
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.errors import StorageDamaged
from tlbb_desktop.domain.register import MarkedCell
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.office import Office

MARKS = "marks"
SESSIONS = "sessions"
FORMS = "forms"
AUDIT = "audit"
KEYRING = "keyring"
CELLS_NAMED = 5
_SET_AGAIN = N_(
    "These marks are not what their history says: {cells}. Compare them with the paper, clear them and set them again."
)
_HOLD_AGAIN = N_(
    "These sessions have marks, but are only planned: {cells}. Compare them with the paper and set them to held."
)
#: What single rows are put right by, in a record that is otherwise sound.
_PUT_RIGHT = {MARKS: _SET_AGAIN, SESSIONS: _HOLD_AGAIN}
CHECK_NAMES = {
    FileCheck.PAGES: Np_("check of the record", "Every page is as it was written"),
    FileCheck.STRUCTURE: Np_("check of the record", "Tables and indexes agree"),
    FileCheck.REFERENCES: Np_("check of the record", "Nothing points to something that is missing"),
    FileCheck.VERSIONS: Np_("check of the record", "Every record counts its changes"),
    MARKS: Np_("check of the record", "Every mark is what its history says"),
    SESSIONS: Np_("check of the record", "Every session with marks was held or cancelled"),
    FORMS: Np_("check of the record", "Every person's form is as it was last saved"),
    AUDIT: Np_("check of the record", "The audit chain is unbroken"),
    KEYRING: Np_("check of the record", "The keyring is as the program wrote it"),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check and how it ended.

    Args:
        check: a key of ``CHECK_NAMES``.
        sound: whether it passed.
        cells: the first cells that failed it, where it looks at cells; of sessions without a person.
    """

    check: str
    sound: bool
    cells: tuple[MarkedCell, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class RecordInQuestion:
    """What is looked at.

    Args:
        home: where it lies.
        store: units of work over its open database.
        keys: those that fit the database.
        own_keys: those of who looks, as the keyring has them.
        trail: its audit chain.
    """

    home: Home
    store: Store
    keys: UnlockedKeys
    own_keys: UnlockedKeys
    trail: AuditTrail


def checked(record: RecordInQuestion) -> tuple[CheckLine, ...]:
    """Run every check, each even when another failed. Nothing is written.

    Raises:
        StorageLocked: somebody keeps writing.
    """
    failed: set[str] = set(_failed_of_database(record))
    named = {
        check: None if FileCheck.STRUCTURE in failed else _first_cells(record, find)
        for check, find in ((MARKS, marks_unlike_history), (SESSIONS, marked_but_planned))
    }
    failed |= {check for check, cells in named.items() if cells != ()}
    if FileCheck.STRUCTURE in failed or not _audit_is_whole(record):
        failed.add(AUDIT)
    if FileCheck.STRUCTURE in failed or not _forms_are_newest(record):
        failed.add(FORMS)
    if not _keyring_is_whole(record):
        failed.add(KEYRING)
    return tuple(CheckLine(check, check not in failed, named.get(check) or ()) for check in CHECK_NAMES)


def _failed_of_database(record: RecordInQuestion) -> tuple[FileCheck, ...]:
    if not record.home.server:
        return failed_checks(record.home.database, record.keys.db_key, record.keys.db_salt)
    from tlbb_desktop.data.server.checks import failed_server_checks

    return failed_server_checks(record.store)


def needs_backup(lines: Iterable[CheckLine]) -> bool:
    """Whether only a backup brings back what is damaged; single marks and sessions are set again in a sound record."""
    return any(not line.sound for line in lines if line.check not in _PUT_RIGHT)


def set_again(lines: Iterable[CheckLine]) -> StorageDamaged | None:
    """What to do first with the marks or sessions that a check names; None where it names none."""
    first = next((line for line in lines if line.cells), None)
    return StorageDamaged(_PUT_RIGHT[first.check], cells=tuple(map(_cell_text, first.cells))) if first else None


class IntegrityService:
    """Checks the open record.

    Args:
        office: who acts on which record.
        holder: home and open keys.
    """

    def __init__(self, office: Office, holder: KeyHolder) -> None:
        self._office = office
        self._holder = holder

    def check(self) -> tuple[CheckLine, ...]:
        """Run every check, each even when another failed, and write the outcome into the audit of a sound file.

        Raises:
            NotPermitted: only managers and the administrator duty may.
            StorageLocked: somebody keeps writing.
        """
        office, holder = self._office, self._holder
        office.permit(Action.AUDIT_VERIFY)
        lines = checked(RecordInQuestion(holder.home, office.store, holder.record_keys, holder.keys, office.trail))
        failed = {line.check for line in lines if not line.sound}
        if not failed & set(FileCheck):  # nothing is written into a damaged file
            with office.own_act(enters=False) as act:
                act.record("checked", "", " ".join(sorted(failed)) or "sound")
        return lines


def _cell_text(cell: MarkedCell) -> str:
    day = day_text(cell.day) if cell.day else ""
    return " ".join(filter(None, (cell.class_code, day, cell.person_code)))


def _first_cells(
    record: RecordInQuestion, find: Callable[[Connection, int], tuple[MarkedCell, ...]]
) -> tuple[MarkedCell, ...] | None:
    """The first cells that *find* finds; None when that cannot be read."""
    try:
        with record.store.read() as connection:
            return find(connection, CELLS_NAMED)
    except StorageDamaged:
        return None


def _audit_is_whole(record: RecordInQuestion) -> bool:
    try:
        with record.store.read() as connection:
            return record.trail.first_broken(connection) is None
    except StorageDamaged:
        return False


def _forms_are_newest(record: RecordInQuestion) -> bool:
    """Whether no form is older than the audit says: a page of old rows that was put back is sound in itself."""
    saved = select(AuditEvent.subject, AuditEvent.detail).where(AuditEvent.kind == "person")
    try:
        with record.store.read() as connection:
            stored = form_versions(connection)
            return all(_is_as_new(stored, event.subject, event.detail) for event in connection.execute(saved))
    except StorageDamaged:
        return False


def _keyring_is_whole(record: RecordInQuestion) -> bool:
    try:
        keyring_of(record.home).load().verify(record.own_keys)
    except StorageDamaged:
        return False
    return True


def _is_as_new(stored: dict[int, dict[str, int]], subject: str, detail: str) -> bool:
    """Whether the form that an event of the audit names has the versions that it had then, or later ones.

    An event that cannot be read was not written by the program, and vouches for nothing.
    """
    try:
        now = stored.get(int(subject.removeprefix("person:")))
        then = {part: int(number) for part, number in (part.split(":") for part in detail.split())}
        return now is None or all(now[part] >= number for part, number in then.items())
    except (KeyError, TypeError, ValueError):
        return False
