"""Legal files: status, offence, sentence, social agent, lawyer; and the flag for somebody too young to be punished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select

from tlbb_desktop.data.models import CaseTaskRow, LegalFileRow
from tlbb_desktop.data.queries import cases as case_queries
from tlbb_desktop.domain.case_tasks import TaskForm, TaskKind
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.domain.legal_files import AgeAtOffence, LegalFile, age_at_offence
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.domain.strengths import SAFETY_HOURS
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import legal_reading
from tlbb_desktop.services.case_access import CaseAccess, note_read
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import LEGAL_FILE, TASK


@dataclass(frozen=True, slots=True)
class LegalRecord:
    """A legal file as a page shows it.

    Args:
        person_id: whose.
        file: what is recorded.
        age: how old they were at the offence.
        version: for detecting two editors, 0 where nothing was recorded.
    """

    person_id: int
    file: LegalFile
    age: AgeAtOffence
    version: int


class LegalFileService:
    """Where people stand before the law.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def read(self, person_id: int, reason: ReadReason | None = None) -> LegalRecord:
        """The legal file; reading it is written to the audit.

        Raises:
            Refused: the case is sealed, and no reason is given.
        """
        where = self._access.where_unsealed(person_id, reason)
        with self._office.act(Action.LEGAL_READ, where, enters=False) as act:
            note_read(act, f"person:{person_id}", "legal", reason)
            return self._record(act, person_id)

    def save(self, person_id: int, file: LegalFile, seen: int) -> LegalRecord:
        """Keep the legal file.

        Somebody who may have been under 14 at the offence gets an urgent task for a legal referral, once.

        Args:
            person_id: whose.
            file: the whole file.
            seen: version that was read, 0 for none.

        Raises:
            Refused: days that cannot be true, or the case is sealed.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy = form_tidied(file)
        _check(tidy, self._office.clock.today())
        with self._office.act(Action.LEGAL_WRITE, self._access.where_unsealed(person_id)) as act:
            row = act.session.scalars(select(LegalFileRow).where(LegalFileRow.person_id == person_id)).one_or_none()
            if row is None and seen:
                raise ChangedMeanwhile
            if row is None:
                LEGAL_FILE.add(act, self._office.cipher, LegalFileRow(person_id=person_id), tidy)
            else:
                LEGAL_FILE.change(act, self._office.cipher, row, tidy, seen)
            act.record("legal_file", f"person:{person_id}", f"version:{row.version if row else 1}")
            act.changed("person", person_id)
            record = self._record(act, person_id)
            if record.age.urgent:
                self._ask_for_referral(act, person_id)
            return record

    def _record(self, act: Act, person_id: int) -> LegalRecord:
        connection, cipher = act.connection, self._office.cipher
        file, version = legal_reading.legal_file_and_version(connection, cipher, person_id)
        age = age_at_offence(legal_reading.birth(connection, cipher, person_id), file.offence_on)
        return LegalRecord(person_id, file, age, version)

    def _ask_for_referral(self, act: Act, person_id: int) -> None:
        case_id = case_queries.open_case_of(act.connection, person_id)
        if case_id is None:
            return
        rows = act.session.scalars(select(CaseTaskRow).where(CaseTaskRow.case_id == case_id))
        legal = [row for row in rows if row.compartment == Compartment.LEGAL]
        if any(TASK.open(self._office.cipher, row).kind is TaskKind.URGENT_LEGAL for row in legal):
            return
        task = TaskForm(TaskKind.URGENT_LEGAL, act.at + timedelta(hours=SAFETY_HOURS))
        TASK.add(act, self._office.cipher, CaseTaskRow(case_id=case_id, compartment=Compartment.LEGAL), task)
        act.record("task", f"case:{case_id}", str(TaskKind.URGENT_LEGAL))
        act.changed("case", case_id)


def _check(file: LegalFile, today: date) -> None:
    """Refuse what cannot be true: days that lie ahead, a judgment or detention before the offence, a shuffled story."""
    days = {name: getattr(file, name) for name in ("offence_on", "arrested_on", "detained_on", "judged_on")}
    for name, day in days.items():
        if day is not None and day > today:
            raise Refused(N_("This day lies in the future."), place=name)
        if day is not None and file.offence_on is not None and day < file.offence_on:
            raise Refused(N_("This day lies before the offence."), place=name)
    if any(change.since > today for change in file.statuses):
        raise Refused(N_("This day lies in the future."), place="statuses")
    if any(after.since < before.since for before, after in pairwise(file.statuses)):
        raise Refused(N_("The changes of the legal status are not in the order of their days."), place="statuses")
    sentence = file.sentence
    if min(sentence.years, sentence.months, sentence.days, sentence.fine) < 0:
        raise Refused(N_("A sentence and a fine are never less than nothing."), place="sentence")
