"""Gathers what indicators look at of everybody released, and of everybody with a case who is inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tlbb_desktop.data.queries import outcomes as queries
from tlbb_desktop.domain.follow_ups import Reached, WorkStatus
from tlbb_desktop.domain.indicators import ContactFact, PersonFacts
from tlbb_desktop.domain.outcome_reports import EVERYBODY, OutcomeFilter
from tlbb_desktop.domain.recidivism import Aftermath
from tlbb_desktop.domain.visits import FAMILY_CONTACT
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.outcome_reading import ReleaseFact, opened, read_outcomes
from tlbb_desktop.services.sealed_forms import FOLLOW_UP, KEPT_STATISTIC


def person_facts(
    connection: Connection,
    cipher: FieldCipher,
    prisons: frozenset[int] | None,
    worker_id: int,
    as_of: date,
    wish: OutcomeFilter = EVERYBODY,
) -> tuple[tuple[PersonFacts, ...], Mapping[int, int | None]]:
    """The facts of everybody whom the reader may see, and the prison of each.

    People count by the first release in the cohort of *wish*; who has none there is left out.
    """
    reading = read_outcomes(connection, cipher, prisons, worker_id)
    made = _contacts(connection, cipher)
    released = [
        _released(first, each, tuple(made.get(each.person_id, ())))
        for each in reading.aftermaths
        if (first := _first_in(wish, reading.releases[each.person_id])) is not None
    ]
    inside = queries.inside(connection, prisons, worker_id, as_of.isoformat())
    visits = queries.visit_days(connection, (kind.value for kind in FAMILY_CONTACT))
    kept = [
        PersonFacts(person, family_contacts=tuple(map(date.fromisoformat, visits.get(person, ())))) for person in inside
    ]
    where = dict(inside) | {person: facts[0].prison_id for person, facts in reading.releases.items()}
    return (*released, *kept), where


def _first_in(wish: OutcomeFilter, releases: Iterable[ReleaseFact]) -> ReleaseFact | None:
    first, last = wish.first or date.min, wish.last or date.max
    return next((each for each in releases if first <= each.on <= last), None)


def _released(first: ReleaseFact, aftermath: Aftermath, contacts: tuple[ContactFact, ...]) -> PersonFacts:
    return PersonFacts(
        aftermath.person_id,
        first.on,
        first.completed,
        first.ready,
        contacts,
        tuple((event.day, event.level) for event in aftermath.events),
        aftermath.known_until,
        aftermath.died_on,
    )


def _contacts(connection: Connection, cipher: FieldCipher) -> dict[int, list[ContactFact]]:
    found: dict[int, list[ContactFact]] = {}
    for row in queries.contacts(connection):
        for fact in _contact(opened(FOLLOW_UP, cipher, row)):
            found.setdefault(row.person_id, []).append(fact)
    for row in queries.kept_statistics(connection):
        for form in opened(KEPT_STATISTIC, cipher, row).get("contacts") or ():
            found.setdefault(row.person_id, []).extend(_contact(form))
    return found


def _contact(form: Mapping[str, Any]) -> Iterator[ContactFact]:
    """One that was held; a missed one says nothing."""
    if form.get("held_on") and form.get("reached"):
        said = form.get("findings") or {}
        yield ContactFact(
            date.fromisoformat(form["held_on"]),
            Reached(form["reached"]),
            WorkStatus(said["work"]) if said.get("work") else None,
            said.get("hours_last_week"),
            said.get("trained_trade"),
            said.get("in_school"),
        )
