"""What people agree to: given, refused and withdrawn with the day, nothing overwritten."""

from __future__ import annotations

from datetime import date

from tlbb_desktop.data.models import Consent
from tlbb_desktop.data.queries import cases as case_queries
from tlbb_desktop.data.queries import consents as queries
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose, ConsentStanding, standing_on
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.khmer import normalise
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import CaseAccess
from tlbb_desktop.services.office import Act, Office


class ConsentService:
    """Agreements of the people on record.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._access = CaseAccess(office)

    def holds(self, person_id: int, purpose: ConsentPurpose) -> bool:
        """Whether the person agrees today."""
        with self._office.read(Action.CONSENT_READ, self._access.where_lives(person_id)) as connection:
            return queries.standing_consent(connection, person_id, purpose) is not None

    def note(self, person_id: int, purpose: ConsentPurpose, *, given: bool) -> None:
        """Note that the person agrees, or no longer does; what holds already is left as it is."""
        with self._office.act(Action.CONSENT_WRITE, self._access.where_lives(person_id)) as act:
            standing = queries.standing_consent(act.connection, person_id, purpose)
            if given == (standing is not None):
                return
            if standing is None:
                act.add(Consent(person_id=person_id, purpose=purpose, given=True, given_on=act.today))
            else:
                _withdraw(act, standing, act.today)
            _told(act, person_id, purpose, "given" if given else "withdrawn")

    def of_person(self, person_id: int) -> tuple[ConsentForm, ...]:
        """All that the person ever gave, refused or withdrew, the oldest first."""
        with self._office.read(Action.CONSENT_READ, self._access.where_lives(person_id)) as connection:
            return queries.consents_of(connection, person_id)

    def standing(self, person_id: int) -> ConsentStanding:
        """Whether the person may be served today."""
        with self._office.read(Action.CONSENT_READ, self._access.where_lives(person_id)) as connection:
            case_id = case_queries.open_case_of(connection, person_id)
            case = None if case_id is None else case_queries.case_of(connection, case_id)
            due = None if case is None else case.consents_due_on
            return standing_on(self._office.clock.today(), queries.consents_of(connection, person_id), due)

    def record(self, person_id: int, form: ConsentForm) -> int:
        """Record an agreement or a refusal of a paper; an older one for the same purpose stays readable.

        Raises:
            Refused: its day lies ahead, it expires before it begins, or it names nobody to share with.
        """
        today = self._office.clock.today()
        if form.given_on > today:
            raise Refused(N_("This day lies in the future."), place="given_on")
        if form.expires_on is not None and form.expires_on < form.given_on:
            raise Refused(N_("The consent would end before it begins."), place="expires_on")
        agency = normalise(form.agency).strip()
        if form.purpose is ConsentPurpose.SHARE and not agency:
            raise Refused(N_("Say with whom the data may be shared."), place="agency")
        with self._office.act(Action.CONSENT_WRITE, self._access.where_lives(person_id)) as act:
            row = Consent(
                person_id=person_id,
                purpose=form.purpose,
                given=form.given,
                given_on=form.given_on,
                given_by=form.given_by,
                method=form.method,
                language=form.language,
                agency=agency,
                reason=normalise(form.reason).strip(),
                expires_on=form.expires_on,
            )
            act.add(row)
            _told(act, person_id, form.purpose, "given" if form.given else "refused")
            return row.id

    def withdraw(self, consent_id: int, on: date) -> None:
        """Note that an agreement no longer holds from a day on.

        Raises:
            NotFound: it is not on record.
            Refused: it was a refusal or was withdrawn before, or the day lies ahead or before the agreement.
        """
        with self._office.store.read() as connection:
            person_id = queries.person_of_consent(connection, consent_id)
        if person_id is None:
            raise NotFound(N_("This consent is not on record any more."))
        with self._office.act(Action.CONSENT_WRITE, self._access.where_lives(person_id)) as act:
            standing = act.session.get_one(Consent, consent_id)
            if not standing.given or standing.withdrawn_on is not None:
                raise Refused(N_("This consent does not hold any more."))
            if not standing.given_on <= on <= act.today:
                raise Refused(N_("A consent is withdrawn between the day it was given and today."), place="on")
            _withdraw(act, consent_id, on)
            _told(act, person_id, ConsentPurpose(standing.purpose), "withdrawn")


def _withdraw(act: Act, consent_id: int, on: date) -> None:
    consent = act.session.get_one(Consent, consent_id)
    act.change(consent, consent.version)
    consent.withdrawn_on = on


def _told(act: Act, person_id: int, purpose: ConsentPurpose, what: str) -> None:
    act.record("consent", f"person:{person_id}", f"{purpose} {what}")
    act.changed("person", person_id)
