"""Where a release, a contact or an event belongs, for the permission that a service asks.

It belongs to the member of staff who is responsible for the case, at whatever prison, and to the staff of the prison
that the person left.
"""

from __future__ import annotations

from tlbb_desktop.data.queries import aftercare as queries
from tlbb_desktop.data.queries.aftercare import AftercarePlace
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.errors import NotFound
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.case_access import require_unsealed
from tlbb_desktop.services.office import NOWHERE, Office


class AftercareAccess:
    """Finds places.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def of_release(self, release_id: int, reason: ReadReason | None = None) -> AftercarePlace:
        """Where a release belongs; raises NotFound, and for a sealed case as ``CaseAccess.file``."""
        with self._office.store.read() as connection:
            found = queries.place_of_release(connection, release_id)
        if found is None:
            raise NotFound(N_("This release is not on record any more."))
        self._require_open(found, reason)
        return found

    def of_follow_up(self, follow_up_id: int) -> AftercarePlace:
        """Where a contact belongs; raises NotFound."""
        with self._office.store.read() as connection:
            found = queries.place_of_follow_up(connection, follow_up_id)
        if found is None:
            raise NotFound(N_("This contact is not on record any more."))
        self._require_open(found, None)
        return found

    def of_person(self, person_id: int, reason: ReadReason | None = None, *, reads: bool = True) -> AftercarePlace:
        """Where the last release of a person belongs; raises NotFound where nobody left, and as :meth:`of_release`.

        Args:
            person_id: whose.
            reason: why a sealed case is read, or None.
            reads: whether anything is read or changed; a new event is entered beside a sealed case, too.
        """
        with self._office.store.read() as connection:
            found = queries.places_of_person(connection, person_id)
        if not found:
            raise NotFound(N_("No release of this person is on record."))
        if reads:
            self._require_open(found[-1], reason)
        return found[-1]

    def of_event(self, event_id: int, reason: ReadReason | None = None) -> AftercarePlace:
        """Where an event belongs; raises NotFound, and as :meth:`of_person`."""
        with self._office.store.read() as connection:
            person_id = queries.person_of_event(connection, event_id)
        if person_id is None:
            raise NotFound(N_("This event is not on record any more."))
        return self.of_person(person_id, reason)

    def _require_open(self, place: AftercarePlace, reason: ReadReason | None) -> None:
        require_unsealed(self._office, place.case_state == CaseState.SEALED, self.prison(place), reason)

    def prison(self, place: AftercarePlace) -> int | None:
        """The prison to ask a permission for; None for the one who is responsible."""
        return None if place.worker_id == self._office.actor.staff_id else place.prison_id or NOWHERE
