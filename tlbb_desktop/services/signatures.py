"""Signatures and thumbprints under the papers of a case."""

from __future__ import annotations

from sqlalchemy import Connection, select

from tlbb_desktop.data import models
from tlbb_desktop.data.queries.case_plans import case_of_plan, case_of_release_plan, signatures_of
from tlbb_desktop.domain.case_plans import SignatureForm, SignedPaper
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.sealed_forms import SIGNATURE


class SignatureService:
    """Who signed which paper, on which day, by hand or by thumb.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def sign(self, paper: SignedPaper, paper_id: int, form: SignatureForm) -> int:
        """Note a signature; returns its row.

        Raises:
            Refused: the day lies ahead, or nobody is named.
            NotFound: the paper is not on record.
        """
        tidy: SignatureForm = form_tidied(form)
        if tidy.signed_on > self._office.clock.today():
            raise Refused(N_("This day lies in the future."), place="signed_on")
        if not tidy.name:
            raise Refused(N_("Say who signed."), place="name")
        case_id = self._case_of(paper, paper_id)
        with self._office.act(Action.CARE_WRITE, self._access.where_is(case_id)) as act:
            row = models.SignatureRow(paper=paper, paper_id=paper_id)
            row_id = SIGNATURE.add(act, self._office.cipher, row, tidy)
            act.record("signature", f"{paper}:{paper_id}", f"{tidy.signer} {tidy.method}")
            act.changed("case", case_id)
            return row_id

    def signatures(self, paper: SignedPaper, paper_id: int) -> tuple[SignatureForm, ...]:
        """The signatures under a paper, in the order in which they were noted. Written to the audit."""
        case_id = self._case_of(paper, paper_id)
        with self._office.act(Action.CARE_READ, self._access.where_is(case_id), enters=False) as act:
            act.record("protected_read", f"case:{case_id}", f"signatures {paper}:{paper_id}")
            rows = signatures_of(act.connection, paper, paper_id)
            return tuple(SIGNATURE.open(self._office.cipher, row) for row in rows)

    def _case_of(self, paper: SignedPaper, paper_id: int) -> int:
        with self._office.store.read() as connection:
            found = _case_of(connection, paper, paper_id)
        if found is None:
            raise NotFound(N_("This paper is not on record any more."))
        return found


def _case_of(connection: Connection, paper: SignedPaper, paper_id: int) -> int | None:
    if paper is SignedPaper.CASE_PLAN:
        return case_of_plan(connection, paper_id)
    if paper is SignedPaper.RELEASE_PLAN:
        return case_of_release_plan(connection, paper_id)
    if paper is SignedPaper.REVIEW:
        wanted = select(models.CasePlanRow.case_id).join(
            models.PlanReviewRow, models.PlanReviewRow.plan_id == models.CasePlanRow.id
        )
        return connection.execute(wanted.where(models.PlanReviewRow.id == paper_id)).scalar()
    if paper is SignedPaper.ASSESSMENT:
        table = models.AssessmentRow
        return connection.execute(select(table.case_id).where(table.id == paper_id)).scalar()
    return connection.execute(select(models.CaseFileRow.id).where(models.CaseFileRow.id == paper_id)).scalar()
