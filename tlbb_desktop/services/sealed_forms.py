"""Seals whole forms of cases into their rows, and opens them; one line for each table that has such a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from tlbb_desktop.data.models.vocabulary import new_uuid
from tlbb_desktop.domain.case_notes import AddendumForm, NoteForm
from tlbb_desktop.domain.case_plans import ActionForm, GoalForm, PlanForm, ReviewForm, SignatureForm
from tlbb_desktop.domain.case_tasks import TaskForm
from tlbb_desktop.domain.exchange import ConflictForm
from tlbb_desktop.domain.follow_ups import AttemptForm, FollowUpForm
from tlbb_desktop.domain.issued_reports import IssuedReportForm
from tlbb_desktop.domain.kept_statistics import KeptStatisticForm
from tlbb_desktop.domain.legal_files import LegalFile
from tlbb_desktop.domain.referrals import ReferralForm
from tlbb_desktop.domain.release_dates import DateBatch, ReleaseDate
from tlbb_desktop.domain.release_plans import ItemForm, ReleasePlanForm
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import AdmissionCheckForm, AdmissionPairForm, OutcomeKnownForm, ReoffenceForm
from tlbb_desktop.domain.scores import ScoreForm
from tlbb_desktop.domain.stored_forms import form_read, form_stored
from tlbb_desktop.domain.strengths import AssessmentForm, RestrictedForm
from tlbb_desktop.domain.visits import VisitForm
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.office import Act

Form = TypeVar("Form")
_CONTENT: Final = "content"


@dataclass(frozen=True, slots=True)
class SealedForm(Generic[Form]):
    """A table whose column ``content`` holds a form of one kind.

    Args:
        kind: the dataclass.
        table: name of the table.
        compartment: whose key seals it; None where each row names its own.
    """

    kind: type[Form]
    table: str
    compartment: Compartment | None = None

    def compartment_of(self, row: Any) -> Compartment:
        """The compartment of a row."""
        return self.compartment or Compartment(row.compartment)

    def open(self, cipher: FieldCipher, row: Any) -> Form:
        """The form of a row that has ``uuid``, ``version``, ``content`` and, where it says so, ``compartment``.

        Raises:
            NotPermitted: the reader does not hold the compartment.
            StorageDamaged: it was altered.
        """
        text = cipher.decrypt_text(self.compartment_of(row), self.table, row.uuid, _CONTENT, row.version, row.content)
        return form_read(self.kind, text or "{}")

    def seal(self, cipher: FieldCipher, row: Any, form: Form) -> None:
        """Put the form into the row under the version that it now has."""
        row.content = cipher.encrypt(
            self.compartment_of(row), self.table, row.uuid, _CONTENT, row.version, form_stored(form)
        )

    def add(self, act: Act, cipher: FieldCipher, row: Any, form: Form) -> int:
        """Store a new row with its form; returns its id."""
        row.uuid, row.version = new_uuid(), 1
        self.seal(cipher, row, form)
        act.add(row)
        added: int = row.id
        return added

    def change(self, act: Act, cipher: FieldCipher, row: Any, form: Form, seen: int) -> None:
        """Seal the form anew under the next version.

        Raises:
            ChangedMeanwhile: somebody saved the row after version *seen* was read.
        """
        act.change(row, seen)
        self.seal(cipher, row, form)
        act.session.flush()


_C: Final = Compartment
LEGAL_FILE: Final = SealedForm(LegalFile, "legal_file", _C.LEGAL)
RELEASE_DATE: Final = SealedForm(ReleaseDate, "release_date", _C.LEGAL)
DATE_BATCH: Final = SealedForm(DateBatch, "release_date_batch", _C.LEGAL)
ASSESSMENT: Final = SealedForm(AssessmentForm, "strengths_assessment", _C.FAMILY)
RESTRICTED: Final = SealedForm(RestrictedForm, "assessment_restricted", _C.COUNSELLING)
SCORE: Final = SealedForm(ScoreForm, "score", _C.COUNSELLING)
TASK: Final = SealedForm(TaskForm, "case_task")
CASE_PLAN: Final = SealedForm(PlanForm, "case_plan", _C.FAMILY)
GOAL: Final = SealedForm(GoalForm, "plan_goal")
ACTION: Final = SealedForm(ActionForm, "plan_action")
REVIEW: Final = SealedForm(ReviewForm, "plan_review", _C.FAMILY)
SIGNATURE: Final = SealedForm(SignatureForm, "signature", _C.FAMILY)
NOTE: Final = SealedForm(NoteForm, "case_note")
ADDENDUM: Final = SealedForm(AddendumForm, "note_addendum")
VISIT: Final = SealedForm(VisitForm, "visit", _C.FAMILY)
REFERRAL: Final = SealedForm(ReferralForm, "referral")
RELEASE_PLAN: Final = SealedForm(ReleasePlanForm, "release_plan", _C.FAMILY)
RELEASE_ITEM: Final = SealedForm(ItemForm, "release_item")
RELEASE: Final = SealedForm(ReleaseForm, "release", _C.LEGAL)
FOLLOW_UP: Final = SealedForm(FollowUpForm, "follow_up", _C.AFTERCARE)
ATTEMPT: Final = SealedForm(AttemptForm, "follow_up_attempt", _C.AFTERCARE)
REOFFENCE: Final = SealedForm(ReoffenceForm, "reoffence", _C.AFTERCARE)
REOFFENCE_HISTORY: Final = SealedForm(ReoffenceForm, "reoffence_history", _C.AFTERCARE)
OUTCOME_KNOWN: Final = SealedForm(OutcomeKnownForm, "outcome_known", _C.AFTERCARE)
ADMISSION_CHECK: Final = SealedForm(AdmissionCheckForm, "admission_check", _C.AFTERCARE)
ADMISSION_PAIR: Final = SealedForm(AdmissionPairForm, "admission_pair", _C.AFTERCARE)
KEPT_STATISTIC: Final = SealedForm(KeptStatisticForm, "kept_statistic", _C.AFTERCARE)
ISSUED_REPORT: Final = SealedForm(IssuedReportForm, "issued_report", _C.AFTERCARE)
CONFLICT: Final = SealedForm(ConflictForm, "exchange_conflict")
SEALED_FORMS: Final[tuple[SealedForm[Any], ...]] = tuple(
    each for each in list(globals().values()) if isinstance(each, SealedForm)
)
