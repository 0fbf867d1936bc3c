"""Begins the follow-up after a release that somebody recorded."""

from __future__ import annotations

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import AssessmentRestricted, AssessmentRow, ReleaseRow
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.follow_ups import open_schedule
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.sealed_forms import RESTRICTED


def open_follow_ups(act: Act, cipher: FieldCipher, release: ReleaseRow, form: ReleaseForm) -> None:
    """Open the contacts that are due after a release by the case's risk; none where somebody is not free.

    Raises:
        NotPermitted: the actor does not hold the ``aftercare`` compartment.
    """
    if form.to_liberty:
        risk = _risk(act.connection, cipher, release.case_id)
        open_schedule(act, cipher, release.id, form.released_on, risk)


def _risk(connection: Connection, cipher: FieldCipher, case_id: int | None) -> Risk:
    """The overall risk of the newest assessment that says one; medium where none does."""
    wanted = (
        select(AssessmentRestricted.__table__)
        .join(AssessmentRow, AssessmentRow.id == AssessmentRestricted.assessment_id)
        .where(AssessmentRow.case_id == case_id)
        .order_by(AssessmentRow.on_day.desc(), AssessmentRow.id.desc())
    )
    found = (RESTRICTED.open(cipher, row).overall for row in connection.execute(wanted))
    return next((risk for risk in found if risk is not None), Risk.MEDIUM)
