"""Tasks of cases: what a danger, or an age under 14, asks for within 24 hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from tlbb_desktop.data.models import CaseTaskRow
from tlbb_desktop.domain.case_tasks import CaseTask, TaskForm, TaskKind
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.strengths import SAFETY_HOURS, SafetyRisk
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import TASK


class CaseTaskService:
    """What has to be done for a case that no form has a due day for.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def open_tasks(self, case_id: int) -> tuple[CaseTask, ...]:
        """The tasks that are not done and that the actor may read, the most urgent first."""
        case = self._access.file(case_id)
        readable = {Compartment.LEGAL} if self._office.cipher.opens(Compartment.LEGAL) else set[Compartment]()
        if self._access.opens_own(case):
            readable.add(Compartment.COUNSELLING)
        with self._office.act(Action.CASE_READ, self._access.where(case), enters=False) as act:
            wanted = select(CaseTaskRow).where(CaseTaskRow.case_id == case_id, CaseTaskRow.done_at.is_(None))
            rows = [row for row in act.session.scalars(wanted) if row.compartment in readable]
            found = [CaseTask(row.id, case_id, TASK.open(self._office.cipher, row), None, row.version) for row in rows]
            if found:
                note_reading(act, case, "tasks", None)
        return tuple(sorted(found, key=lambda each: (each.form.due_at, each.id)))

    def done(self, case_id: int, task_id: int, what: str, seen: int) -> None:
        """Say what was done about a task; it is closed with it.

        Args:
            case_id: row of the case.
            task_id: row of the task.
            what: what was done, in words.
            seen: version that was read.

        Raises:
            Refused: nothing is said, or the task was closed before.
            NotFound: it is not a task of this case.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        said = normalise(what).strip()
        if not said:
            raise Refused(N_("Say what was done."), place="what")
        case = self._access.file(case_id)
        with self._office.act(Action.CASE_WRITE, self._access.where(case)) as act:
            row = act.session.get(CaseTaskRow, task_id)
            if row is None or row.case_id != case_id:
                raise NotFound(N_("This task is not on record any more."))
            if row.compartment == Compartment.COUNSELLING:
                self._access.require_own(case)
            if row.done_at is not None:
                raise Refused(N_("This task was closed already."))
            form = TASK.open(self._office.cipher, row)
            row.done_at = act.at
            TASK.change(act, self._office.cipher, row, replace(form, done_note=said), seen)
            act.record("task_done", f"case:{case_id}", f"task:{task_id}")
            act.changed("case", case_id)


def open_safety_tasks(
    act: Act,
    cipher: FieldCipher,
    case_id: int,
    risks: Iterable[SafetyRisk | None],
    *,
    assessment_id: int | None = None,
    note_id: int | None = None,
) -> None:
    """Open one task for each danger that is there now, due in 24 hours, inside *act*."""
    for risk in risks:
        due = act.at + timedelta(hours=SAFETY_HOURS)
        form = TaskForm(TaskKind.SAFETY, due, risk, assessment_id=assessment_id, note_id=note_id)
        TASK.add(act, cipher, CaseTaskRow(case_id=case_id, compartment=Compartment.COUNSELLING), form)
        act.record("task", f"case:{case_id}", str(TaskKind.SAFETY))
    act.changed("case", case_id)
