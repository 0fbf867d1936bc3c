"""Referrals to lawyers and services: with consent, deadline, acceptance, outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import ReferralRow
from tlbb_desktop.data.queries.consents import consents_of
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.referrals import Referral, ReferralForm, ReferralKind
from tlbb_desktop.domain.service_codes import RESTRICTED_GROUPS, SERVICE_GROUPS
from tlbb_desktop.domain.stored_forms import form_tidied
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, ReadReason, note_reading, require_service
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import REFERRAL


class ReferralService:
    """Referrals.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def referrals(self, case_id: int, reason: ReadReason | None = None) -> tuple[Referral, ...]:
        """The referrals of a case that the actor may read, the newest first.

        Those for health, counselling and substances come along for the one who is responsible, and for a manager who
        gives a reason.
        """
        case = self._access.file(case_id)
        self._office.permit(Action.CARE_READ, self._access.where(case))
        restricted = self._access.opens_restricted(case, reason)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            note_reading(act, case, "referrals", reason if restricted else None)
            rows = _rows(act.connection, case_id)
            return tuple(
                Referral(row.id, case_id, REFERRAL.open(self._office.cipher, row), row.version)
                for row in rows
                if restricted or row.compartment != Compartment.COUNSELLING
            )

    def save(self, referral: Referral) -> int:
        """Keep a referral, complete or not; returns its row.

        Raises:
            Refused: it is sent without a consent that holds, its days cannot be true, it names a service that is not
                on the Ministry's list, or somebody else is responsible for a restricted one.
            ChangedMeanwhile: somebody saved it after it was read.
        """
        tidy: Referral = form_tidied(referral)
        _check(tidy.form, self._office.clock.today())
        compartment = compartment_of(tidy.form)
        case = self._access.file(tidy.case_id)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            require_service(act, tidy.case_id)
            if compartment is Compartment.COUNSELLING:
                self._access.require_own(case)
            _require_consent(act, case.person_id, tidy.form)
            referral_id = self._keep(act, tidy, compartment)
            act.record("referral", f"case:{tidy.case_id}", f"referral:{referral_id} {tidy.form.kind}")
            act.changed("case", tidy.case_id)
            return referral_id

    def _keep(self, act: Act, tidy: Referral, compartment: Compartment) -> int:
        closed = tidy.form.closed_on is not None
        if tidy.id is None:
            row = ReferralRow(case_id=tidy.case_id, compartment=compartment, closed=closed)
            return REFERRAL.add(act, self._office.cipher, row, tidy.form)
        stored = act.session.get(ReferralRow, tidy.id)
        if stored is None or stored.case_id != tidy.case_id:
            raise NotFound(N_("This referral is not on record any more."))
        if stored.compartment != compartment:
            raise Refused(N_("Close this referral and make a new one: its service decides who may read it."))
        stored.closed = closed
        REFERRAL.change(act, self._office.cipher, stored, tidy.form, tidy.version)
        return stored.id


def compartment_of(form: ReferralForm) -> Compartment:
    """Where a referral is sealed: what it is for decides who may know of it."""
    group = SERVICE_GROUPS.get(form.service)
    if group in RESTRICTED_GROUPS:
        return Compartment.COUNSELLING
    return Compartment.LEGAL if form.kind is ReferralKind.LEGAL else Compartment.FAMILY


def _rows(connection: Connection, case_id: int) -> list[Any]:
    wanted = select(ReferralRow.__table__).where(ReferralRow.case_id == case_id)
    return list(connection.execute(wanted.order_by(ReferralRow.id.desc())))


def _require_consent(act: Act, person_id: int, form: ReferralForm) -> None:
    """A referral that is sent names a consent to share that holds on the day of sending."""
    if form.sent_on is None:
        return
    consents = {each.id: each for each in consents_of(act.connection, person_id)}
    consent = consents.get(form.consent_id)
    if consent is None or consent.purpose is not ConsentPurpose.SHARE or not consent.holds_on(form.sent_on):
        raise Refused(N_("Record consent 3 (sharing) before the referral is sent."), place="consent_id")


def _check(form: ReferralForm, today: date) -> None:
    if form.service and form.service not in SERVICE_GROUPS:
        raise Refused(N_("This service is not on the Ministry's list."), place="service")
    if form.kind is ReferralKind.SERVICE and not form.service:
        raise Refused(N_("Choose a service of the Ministry's list."), place="service")
    happened = ("sent_on", "accepted_on", "refused_on", "closed_on")
    for name in happened:
        day = getattr(form, name)
        if day is not None and day > today:
            raise Refused(N_("This day lies in the future."), place=name)
        if day is not None and form.sent_on is not None and day < form.sent_on:
            raise Refused(N_("This day lies before the referral was sent."), place=name)
    if form.sent_on is None and (form.accepted_on or form.refused_on):
        raise Refused(N_("Say when it was sent before it is answered."), place="sent_on")
    if form.refused_on is not None and not form.refusal:
        raise Refused(N_("Say why it was refused."), place="refusal")
    if form.sent_on is not None and not form.agency:
        raise Refused(N_("Say to whom it was sent."), place="agency")
