"""Checks everything that can be checked of a programme, while it is open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tlbb_desktop.data.integrity import FileCheck, failed_checks
from tlbb_desktop.data.models import AuditEvent
from tlbb_desktop.data.queries.mark_history import marks_unlike_history
from tlbb_desktop.data.queries.people import form_versions
from tlbb_desktop.domain.errors import StorageDamaged
from tlbb_desktop.domain.register import MarkedCell
from tlbb_desktop.i18n.marks import Np_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Office

MARKS = "marks"
FORMS = "forms"
AUDIT = "audit"
KEYRING = "keyring"
CELLS_NAMED = 5
CHECK_NAMES = {
    FileCheck.PAGES: Np_("check of the record", "Every page is as it was written"),
    FileCheck.STRUCTURE: Np_("check of the record", "Tables and indexes agree"),
    FileCheck.REFERENCES: Np_("check of the record", "Nothing points to something that is missing"),
    FileCheck.VERSIONS: Np_("check of the record", "Every record counts its changes"),
    MARKS: Np_("check of the record", "Every mark is what its history says"),
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
        cells: the first cells that failed it, where it looks at cells.
    """

    check: str
    sound: bool
    cells: tuple[MarkedCell, ...] = ()


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
        self._office.permit(Action.AUDIT_VERIFY)
        keys = self._holder.record_keys
        failed: set[str] = set(failed_checks(self._holder.home.database, keys.db_key, keys.db_salt))
        cells = None if FileCheck.STRUCTURE in failed else self._marks_unlike_history()
        if cells != ():
            failed.add(MARKS)
        if FileCheck.STRUCTURE in failed or not self._audit_is_whole():
            failed.add(AUDIT)
        if FileCheck.STRUCTURE in failed or not self._forms_are_newest():
            failed.add(FORMS)
        if not self._keyring_is_whole():
            failed.add(KEYRING)
        named = {MARKS: cells or ()}
        lines = tuple(CheckLine(check, check not in failed, named.get(check, ())) for check in CHECK_NAMES)
        if not failed & set(FileCheck):  # nothing is written into a damaged file
            with self._office.own_act(enters=False) as act:
                act.record("checked", "", " ".join(sorted(failed)) or "sound")
        return lines

    def _marks_unlike_history(self) -> tuple[MarkedCell, ...] | None:
        """The first cells whose mark is not what their history says; None when that cannot be read."""
        try:
            with self._office.read(Action.AUDIT_VERIFY) as connection:
                return marks_unlike_history(connection, CELLS_NAMED)
        except StorageDamaged:
            return None

    def _audit_is_whole(self) -> bool:
        try:
            with self._office.read(Action.AUDIT_VERIFY) as connection:
                return self._office.trail.first_broken(connection) is None
        except StorageDamaged:
            return False

    def _forms_are_newest(self) -> bool:
        """Whether no form is older than the audit says: a page of old rows that was put back is sound in itself."""
        saved = select(AuditEvent.subject, AuditEvent.detail).where(AuditEvent.kind == "person")
        try:
            with self._office.read(Action.AUDIT_VERIFY) as connection:
                stored = form_versions(connection)
                return all(_is_as_new(stored, event.subject, event.detail) for event in connection.execute(saved))
        except StorageDamaged:
            return False

    def _keyring_is_whole(self) -> bool:
        try:
            self._holder.keyring()
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
