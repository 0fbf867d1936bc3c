"""What people agree to: given and withdrawn with the day, nothing overwritten."""

from __future__ import annotations

from tlbb_desktop.data.models import Consent
from tlbb_desktop.data.queries import people as people_queries
from tlbb_desktop.data.queries.consents import standing_consent
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Office


class ConsentService:
    """Agreements of the people on record.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def holds(self, person_id: int, purpose: ConsentPurpose) -> bool:
        """Whether the person agrees today."""
        with self._office.read(Action.CONSENT_READ, self._prison_of(person_id)) as connection:
            return standing_consent(connection, person_id, purpose) is not None

    def note(self, person_id: int, purpose: ConsentPurpose, *, given: bool) -> None:
        """Note that the person agrees, or no longer does; what holds already is left as it is."""
        with self._office.act(Action.CONSENT_WRITE, self._prison_of(person_id)) as act:
            standing = standing_consent(act.connection, person_id, purpose)
            if given == (standing is not None):
                return
            if standing is None:
                act.add(Consent(person_id=person_id, purpose=purpose, given=True, given_on=act.today))
            else:
                consent = act.session.get_one(Consent, standing)
                act.change(consent, consent.version)
                consent.withdrawn_on = act.today
            act.record("consent", f"person:{person_id}", f"{purpose} {'given' if given else 'withdrawn'}")
            act.changed("person", person_id)

    def _prison_of(self, person_id: int) -> int | None:
        with self._office.store.read() as connection:
            return people_queries.prison_of_person(connection, person_id)
