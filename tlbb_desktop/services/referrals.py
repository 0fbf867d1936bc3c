"""Referrals to lawyers and services: consent before sending, an answer in time, an outcome at the end."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from tlbb_desktop.data import models
from tlbb_desktop.data.queries import cases as case_queries
from tlbb_desktop.data.queries import visits as queries
from tlbb_desktop.data.queries.consents import consents_of
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.cases import CaseFile, CaseState
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.referrals import (
    OpenReferral,
    Referral,
    ReferralForm,
    ReferralKind,
    Service,
    checked_referral,
    is_late,
)
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess, note_reading, require_service
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.sealed_forms import REFERRAL
from tlbb_desktop.services.seeds import read_table

#: Nothing of a sealed case is listed.
_LISTED_STATES: Final = (CaseState.OPEN, CaseState.WAITING, CaseState.CLOSED)


class ReferralService:
    """Whom people were sent to.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    @cached_property
    def _services(self) -> dict[str, Service]:
        return {row["code"]: Service(**row) for row in read_table("services.tsv")}

    def services(self) -> tuple[Service, ...]:
        """The list of services that is shared with the Ministry, by group."""
        return tuple(self._services.values())

    def of_case(self, case_id: int, reason: ReadReason | None = None) -> tuple[Referral, ...]:
        """The referrals of a case, the newest first; reading them is written to the audit.

        Those for health, substances and abuse are there for the one who is responsible, and for a manager who gives a
        reason.
        """
        case = self._access.file(case_id, reason)
        restricted = self._access.opens_restricted(case, reason)
        with self._office.act(Action.CARE_READ, self._access.where(case), enters=False) as act:
            rows = [row for row in queries.referral_rows(act.connection, case_id) if restricted or not _sealed(row)]
            if rows:
                note_reading(act, case, "referrals", reason)
            return tuple(self._referral(row) for row in rows)

    def add(self, case_id: int, form: ReferralForm) -> Referral:
        """Enter a referral, sent or not.

        Raises:
            Refused: it is sent without a consent to share, a value cannot be true, or the consents 1 and 2 are missing.
            NotPermitted: it is about health or substances, and somebody else is responsible.
        """
        case = self._access.file(case_id)
        self._office.permit(Action.CARE_WRITE, self._access.where(case))
        compartment = self._compartment_of(form)
        self._require_own(case, compartment)
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            tidy = self._checked(act, case, form)
            require_service(act, case_id)
            row = models.ReferralRow(case_id=case_id, compartment=compartment, closed=tidy.closed_on is not None)
            REFERRAL.add(act, self._office.cipher, row, tidy)
            _tell(act, row)
            return self._referral(row)

    def change(self, referral: Referral) -> Referral:
        """Keep what came of a referral.

        Args:
            referral: as it shall be, with the row and the version that were read.

        Raises:
            NotFound: it is not on record.
            Refused: it is sent without a consent to share, a value cannot be true, or another service is named that
                lies under another key.
            ChangedMeanwhile: somebody changed it after it was read.
        """
        with self._office.store.read() as connection:
            place = queries.referral_place(connection, referral.id or 0)
        if place is None:
            raise NotFound(N_("This referral is not on record."))
        case = self._access.file(place.case_id)
        self._office.permit(Action.CARE_WRITE, self._access.where(case))
        self._require_own(case, Compartment(place.compartment))
        if self._compartment_of(referral.form) != place.compartment:
            raise Refused(N_("This would be another kind of referral. Close this one and add a new one."))
        with self._office.act(Action.CARE_WRITE, self._access.where(case)) as act:
            tidy = self._checked(act, case, referral.form)
            row = act.session.get_one(models.ReferralRow, referral.id)
            row.closed = tidy.closed_on is not None
            REFERRAL.change(act, self._office.cipher, row, tidy, referral.version)
            _tell(act, row)
            return self._referral(row)

    def open_ones(self) -> tuple[OpenReferral, ...]:
        """Referrals of the actor's own cases, and of nobody's at the own prisons, that are not closed; late ones first.

        A manager sees all but those for health, substances and abuse. Reading them is written to the audit.
        """
        limit = self._office.prison_limit(Action.CARE_READ)
        with self._office.act(Action.CARE_READ, enters=False) as act:
            known = case_queries.cases_in(act.connection, _LISTED_STATES, limit, act.actor.staff_id)
            cases = {case.id: case for case in known}
            found = [
                self._open(row, act)
                for row in queries.open_referral_rows(act.connection)
                if self._is_mine(cases.get(row.case_id), row, limit)
            ]
            act.record("protected_read", "referrals", f"open:{len(found)}")
        return tuple(sorted(found, key=lambda each: not each.late))

    # ----------------------------------------------------------------------------------------------------------------

    def _is_mine(self, case: CaseFile | None, row: Any, limit: frozenset[int] | None) -> bool:
        return case is not None and (self._access.opens_own(case) or (limit is None and not _sealed(row)))

    def _open(self, row: Any, act: Act) -> OpenReferral:
        referral = self._referral(row)
        return OpenReferral(referral, row.code, names_of(row).shown, is_late(referral.form, act.today))

    def _compartment_of(self, form: ReferralForm) -> Compartment:
        if form.kind is ReferralKind.LEGAL:
            return Compartment.LEGAL
        service = self._services.get(form.service)
        if service is None and form.service:
            raise Refused(N_("Choose a service of the list."), place="service")
        restricted = service is not None and service.restricted
        return Compartment.COUNSELLING if restricted else Compartment.FAMILY

    def _require_own(self, case: CaseFile, compartment: Compartment) -> None:
        if compartment is Compartment.COUNSELLING:
            self._access.require_own(case)

    def _checked(self, act: Act, case: CaseFile, form: ReferralForm) -> ReferralForm:
        tidy = checked_referral(form, act.today)
        if tidy.sent_on is not None:
            consents = {each.id: each for each in consents_of(act.connection, case.person_id)}
            given = consents.get(tidy.consent_id)
            holds = given is not None and given.purpose is ConsentPurpose.SHARE and given.holds_on(tidy.sent_on)
            if not holds:
                raise Refused(
                    N_("Consent 3 (sharing) must hold on the day of sending. Record it, then send the referral."),
                    place="consent_id",
                )
        return tidy

    def _referral(self, row: Any) -> Referral:
        return Referral(row.id, row.case_id, REFERRAL.open(self._office.cipher, row), row.version)


def _sealed(row: Any) -> bool:
    return bool(row.compartment == Compartment.COUNSELLING)


def _tell(act: Act, row: models.ReferralRow) -> None:
    act.session.flush()
    act.record("referral", f"case:{row.case_id}", f"referral:{row.id} version:{row.version}")
    act.changed("referral", row.id)
    act.changed("case", row.case_id)
