"""Lists the contacts after release that are due, and those who are still followed."""

from __future__ import annotations

from typing import Any, Final

from tlbb_desktop.data.queries import followed as queries
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.due_contacts import ContactLine, FollowedPerson, When, in_list_order, when_due
from tlbb_desktop.domain.follow_ups import FollowUpForm
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.due_index import DueIndex, DueSource
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.sealed_forms import FOLLOW_UP


def _form(cipher: FieldCipher, row: Any) -> FollowUpForm:
    return FOLLOW_UP.open(cipher, row)


_CONTACTS: Final = DueSource(
    "contacts",
    "SELECT f.id, f.version FROM follow_up f JOIN release r ON r.id = f.release_id WHERE NOT f.done AND NOT r.void",
    "SELECT id, uuid, version, content FROM follow_up WHERE id IN (SELECT value FROM json_each(?))",
    _form,
)


class ContactListService:
    """The list of contacts.

    Args:
        office: who acts on which record.
        index: remembers the sealed due days.
    """

    def __init__(self, office: Office, index: DueIndex) -> None:
        self._office = office
        self._index = index

    def due(self) -> tuple[ContactLine, ...]:
        """Open contacts, the overdue ones first, then those whose contacts are over. Written to the audit.

        Of what is due later than this week each release has its next contact only.
        """
        prisons = self._office.prison_limit(Action.AFTERCARE_READ)
        today = self._office.clock.today()
        with self._office.act(Action.AFTERCARE_READ, enters=False) as act:
            connection = act.connection
            rows = queries.followed_people(connection, prisons, act.actor.staff_id)
            people = {row.release_id: _person(row) for row in rows}
            forms: dict[int, FollowUpForm] = self._index.values(connection, self._office.cipher, _CONTACTS)
            tries = queries.tries_of_contacts(connection)
            releases = queries.release_of_contacts(connection)
            act.record("protected_read", "contact_list", f"people:{len(people)}")
        lines = [
            ContactLine(
                people[releases[row]],
                when_due(form.late_after, today),
                row,
                form.kind,
                form.due_on,
                form.late_after,
                form.next_on,
                tries.get(row, 0),
            )
            for row, form in forms.items()
            if releases.get(row) in people
        ]
        waiting = {line.person.release_id for line in lines}
        over = [ContactLine(each, When.OVER) for release, each in people.items() if release not in waiting]
        return in_list_order([*lines, *over])


def _person(row: Any) -> FollowedPerson:
    state = None if row.state is None else CaseState(row.state)
    sealed = state is CaseState.SEALED
    return FollowedPerson(
        row.release_id,
        row.person_id,
        row.case_id,
        state,
        row.code,
        "" if sealed else names_of(row).shown,
        row.worker,
    )
