"""Gathers what indicators look at of everybody released, and of everybody with a case who is inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from tlbb_desktop.data.queries import outcomes as queries
from tlbb_desktop.domain.follow_ups import Reached, WorkStatus
from tlbb_desktop.domain.indicator_facts import ContactFact, PersonFacts
from tlbb_desktop.domain.legal_files import UNDER_AGE, age_at_offence
from tlbb_desktop.domain.outcome_reports import EVERYBODY, OutcomeFilter
from tlbb_desktop.domain.recidivism import Aftermath
from tlbb_desktop.domain.visits import FAMILY_CONTACT
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.outcome_reading import OutcomeMemory, ReleaseFact, first_completed, first_in, opened
from tlbb_desktop.services.person_seal import IDENTITY, birth_read
from tlbb_desktop.services.sealed_forms import FOLLOW_UP, KEPT_STATISTIC, LEGAL_FILE


@dataclass(frozen=True, slots=True)
class FactReader:
    """Who gathers facts, and with what.

    Args:
        connection: to read with.
        cipher: opens what is sealed.
        prisons, worker_id: whom the reader may see, as for ``queries.outcomes.releases``.
        memory: what was opened before.
    """

    connection: Connection
    cipher: FieldCipher
    prisons: frozenset[int] | None
    worker_id: int
    memory: OutcomeMemory


def person_facts(
    reader: FactReader, as_of: date, wish: OutcomeFilter = EVERYBODY
) -> tuple[tuple[PersonFacts, ...], Mapping[int, int | None]]:
    """The facts of everybody whom the reader may see, and the prison of each.

    People count by the first release in the cohort of *wish*, completers by the first after their course; who has none
    there is left out.
    """
    connection, cipher, prisons, worker_id = reader.connection, reader.cipher, reader.prisons, reader.worker_id
    reading = reader.memory.outcomes(connection, cipher, prisons, worker_id)
    made = reader.memory.kept(connection, "contacts", lambda: _contacts(connection, cipher))
    firsts = {person: first_in(wish, facts) for person, facts in reading.releases.items()}
    released = [
        _released(first, first_completed(wish, reading.releases[each.person_id]), each, made.get(each.person_id, ()))
        for each in reading.aftermaths
        if (first := firsts[each.person_id]) is not None
    ]
    inside = queries.inside(connection, prisons, worker_id, as_of.isoformat())
    visits = queries.visit_days(connection, (kind.value for kind in FAMILY_CONTACT))
    juveniles = _juveniles(connection, cipher, inside)
    kept = [
        PersonFacts(
            person,
            family_contacts=tuple(map(date.fromisoformat, visits.get(person, ()))),
            juvenile=person in juveniles,
        )
        for person in inside
    ]
    where: dict[int, int | None] = {person: stay.prison_id for person, stay in inside.items()}
    where |= {person: (firsts[person] or facts[0]).prison_id for person, facts in reading.releases.items()}
    return (*released, *kept), where


def _juveniles(connection: Connection, cipher: FieldCipher, inside: Mapping[int, queries.Inside]) -> frozenset[int]:
    """Who was under 18 at the offence; where its day is not known, who still was when they came inside."""
    found = set()
    for row in queries.ages_at_offence(connection, inside):
        text = cipher.decrypt_text(
            Compartment.LEGAL, IDENTITY.name, row.identity_uuid, "birth", row.identity_version, row.birth
        )
        file = {} if row.content is None else opened(LEGAL_FILE, cipher, row)
        day = date.fromisoformat(file.get("offence_on") or inside[row.person_id].since)
        if age_at_offence(birth_read(text or ""), day).flag in UNDER_AGE:
            found.add(row.person_id)
    return frozenset(found)


def _released(
    first: ReleaseFact, completed: ReleaseFact | None, aftermath: Aftermath, contacts: Iterable[ContactFact]
) -> PersonFacts:
    return PersonFacts(
        aftermath.person_id,
        first.on,
        None if completed is None else completed.on,
        first.ready,
        tuple(contacts),
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
