"""Assessments of strengths, with their restricted part and the tasks that dangers open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from tlbb_desktop.data.models import AssessmentRestricted, AssessmentRow, Staff
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.domain.strengths import (
    RESTRICTED_DOMAINS,
    SSI_SA_QUESTIONS,
    WHO5_QUESTIONS,
    Assessment,
    AssessmentKind,
    DomainRating,
    RestrictedForm,
    SafetyRisk,
    StrengthDomain,
    risks_now,
)
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.case_tasks import open_safety_tasks
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import ASSESSMENT, RESTRICTED

_OLDEST_FIRST_USE: Final = 110

#: Composed once: they open a page.
_OF_CASE: Final = (
    select(AssessmentRow.__table__, Staff.name.label("by"))
    .outerjoin(Staff, Staff.id == AssessmentRow.created_by)
    .where(AssessmentRow.case_id == bindparam("case"))
    .order_by(AssessmentRow.on_day.desc(), AssessmentRow.id.desc())
)
_RESTRICTED_OF_CASE: Final = (
    select(AssessmentRestricted.__table__)
    .join(AssessmentRow, AssessmentRow.id == AssessmentRestricted.assessment_id)
    .where(AssessmentRow.case_id == bindparam("case"))
)


class StrengthService:
    """Assessments of strengths.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def assessments(self, case_id: int, reason: ReadReason | None = None) -> tuple[Assessment, ...]:
        """The assessments of a case, the newest first, so that earlier values stand beside the new ones.

        The restricted part comes along for the one who is responsible, and for a manager who gives a reason.

        Raises:
            NotPermitted: the case is not the actor's, or a reason does not open it to them.
        """
        case = self._access.file(case_id, reason)
        self._office.permit(Action.CARE_READ, self._access.where(case))
        with_restricted = self._access.opens_restricted(case, reason)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            note_reading(act, case, "assessments", reason if with_restricted else None)
            return self._read(act, case_id, with_restricted=with_restricted)

    def save(self, assessment: Assessment) -> int:
        """Keep an assessment, complete or not; returns its row.

        What is missing stands beside it (``domain.strengths.missing_parts``). Each danger that is there now, and was
        not when it was saved before, opens a task for 24 hours; on an older paper only while nobody says what was done
        since. ``restricted`` None leaves that part as it is.

        Raises:
            Refused: a value that no form allows, a day that lies ahead, a closed case, or missing consents.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy = _in_their_parts(assessment)
        _check(tidy, self._office.clock.today())
        case = self._access.file(tidy.case_id)
        self._office.permit(Action.CARE_WRITE, self._access.where(case))
        if tidy.restricted is not None:
            self._access.require_own(case)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            require_service(act, tidy.case_id)
            assessment_id = self._keep(act, tidy)
            if tidy.restricted is not None:
                self._keep_restricted(act, tidy, assessment_id, tidy.restricted)
            act.record("assessment", f"case:{tidy.case_id}", f"assessment:{assessment_id} {tidy.kind}")
            act.changed("case", tidy.case_id)
            return assessment_id

    def _keep(self, act: Act, tidy: Assessment) -> int:
        if tidy.id is None:
            row = AssessmentRow(case_id=tidy.case_id, kind=tidy.kind, on_day=tidy.on_day)
            return ASSESSMENT.add(act, self._office.cipher, row, tidy.form)
        stored = _row(act, tidy.id, tidy.case_id)
        stored.kind, stored.on_day = tidy.kind, tidy.on_day
        ASSESSMENT.change(act, self._office.cipher, stored, tidy.form, tidy.version)
        return stored.id

    def _keep_restricted(self, act: Act, tidy: Assessment, assessment_id: int, form: RestrictedForm) -> None:
        cipher = self._office.cipher
        row = act.session.scalars(
            select(AssessmentRestricted).where(AssessmentRestricted.assessment_id == assessment_id)
        ).one_or_none()
        known = set[SafetyRisk]()
        if row is None and tidy.restricted_version:
            raise ChangedMeanwhile
        if row is None:
            RESTRICTED.add(act, cipher, AssessmentRestricted(assessment_id=assessment_id), form)
        else:
            known = set(risks_now(RESTRICTED.open(cipher, row)))
            RESTRICTED.change(act, cipher, row, form, tidy.restricted_version)
        if tidy.form.from_paper_on is None or not form.done_since:
            new = [risk for risk in risks_now(form) if risk not in known]
            open_safety_tasks(act, cipher, tidy.case_id, new, assessment_id=assessment_id)

    def _read(self, act: Act, case_id: int, *, with_restricted: bool) -> tuple[Assessment, ...]:
        return assessments_of(act.connection, self._office.cipher, case_id, with_restricted=with_restricted)


def assessments_of(
    connection: Connection, cipher: FieldCipher, case_id: int, *, with_restricted: bool
) -> tuple[Assessment, ...]:
    """The assessments of a case, the newest first; no permission is asked here."""
    rows = connection.execute(_OF_CASE, {"case": case_id}).all()
    restricted = _restricted_rows(connection, case_id) if with_restricted else {}
    return tuple(_assessment(cipher, row, restricted.get(row.id), with_restricted=with_restricted) for row in rows)


def overall_risk(connection: Connection, cipher: FieldCipher, case_id: int) -> Risk | None:
    """The overall risk of the newest assessment that has one, for counting days; no permission is asked here."""
    rows = connection.execute(
        select(AssessmentRestricted.__table__)
        .join(AssessmentRow, AssessmentRow.id == AssessmentRestricted.assessment_id)
        .where(AssessmentRow.case_id == case_id)
        .order_by(AssessmentRow.on_day.desc(), AssessmentRow.id.desc())
    )
    return next((found for row in rows if (found := RESTRICTED.open(cipher, row).overall) is not None), None)


def newest_restricted(connection: Connection, cipher: FieldCipher, case_id: int) -> RestrictedForm | None:
    """The restricted part of the newest assessment, for rules that need it; no permission is asked here."""
    rows = _restricted_rows(connection, case_id)
    newest = connection.execute(
        select(AssessmentRow.id)
        .where(AssessmentRow.case_id == case_id, AssessmentRow.id.in_(rows))
        .order_by(AssessmentRow.on_day.desc(), AssessmentRow.id.desc())
    ).scalar()
    return None if newest is None else RESTRICTED.open(cipher, rows[newest])


def _restricted_rows(connection: Connection, case_id: int) -> dict[int, Any]:
    return {row.assessment_id: row for row in connection.execute(_RESTRICTED_OF_CASE, {"case": case_id})}


def _assessment(cipher: FieldCipher, row: Any, restricted: Any, *, with_restricted: bool) -> Assessment:
    part = RestrictedForm() if restricted is None else RESTRICTED.open(cipher, restricted)
    return Assessment(
        row.id,
        row.case_id,
        AssessmentKind(row.kind),
        row.on_day,
        ASSESSMENT.open(cipher, row),
        part if with_restricted else None,
        row.created_at.date(),
        row.by or "",
        row.version,
        restricted.version if restricted is not None else 0,
    )


def _row(act: Act, assessment_id: int, case_id: int) -> AssessmentRow:
    row = act.session.get(AssessmentRow, assessment_id)
    if row is None or row.case_id != case_id:
        raise NotFound(N_("This assessment is not on record any more."))
    return row


def _in_their_parts(assessment: Assessment) -> Assessment:
    """The same with tidy texts; whatever domain stands in the wrong part goes where it is sealed."""
    tidy: Assessment = form_tidied(assessment)
    both = tidy.ratings
    restricted = tidy.restricted
    if restricted is None and both.keys() & RESTRICTED_DOMAINS:
        restricted = RestrictedForm()
    form = replace(tidy.form, ratings=_of(both, restricted=False))
    part = None if restricted is None else replace(restricted, ratings=_of(both, restricted=True))
    return replace(tidy, form=form, restricted=part)


def _of(ratings: Mapping[StrengthDomain, DomainRating], *, restricted: bool) -> dict[StrengthDomain, DomainRating]:
    return {domain: each for domain, each in ratings.items() if (domain in RESTRICTED_DOMAINS) is restricted}


def _check(assessment: Assessment, today: date) -> None:
    if assessment.on_day > today:
        raise Refused(N_("This day lies in the future."), place="on_day")
    if any(rating.level not in (None, 1, 2, 3, 4) for rating in assessment.ratings.values()):
        raise Refused(N_("A level is 1 to 4."), place="ratings")
    form = assessment.restricted
    if form is None:
        return
    if len(form.who5) not in (0, WHO5_QUESTIONS) or any(each not in (None, 0, 1, 2, 3, 4, 5) for each in form.who5):
        raise Refused(N_("WHO-5 has five answers from 0 to 5."), place="who5")
    if len(form.ssi_sa) not in (0, SSI_SA_QUESTIONS):
        raise Refused(N_("SSI-SA has sixteen answers."), place="ssi_sa")
    if form.first_used_age is not None and not 0 <= form.first_used_age <= _OLDEST_FIRST_USE:
        raise Refused(N_("This age cannot be true."), place="first_used_age")
