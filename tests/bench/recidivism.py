"""Recidivism of 20,000 releases with Kaplan-Meier: from their days, and out of the record, where they lie sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.bench.homes import filled_home
from tests.bench.report import Finding
from tests.bench.timing import race, seconds_of
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.recidivism import (
    Aftermath,
    RecidivismQuestion,
    RecidivismTable,
    ReleaseOn,
    ReoffenceOn,
    recidivism,
)
from tlbb_desktop.domain.reoffences import EvidenceLevel

PEOPLE: Final = 20_000
ROUNDS: Final = 10
AS_OF: Final = date(2026, 11, 27)
FIRST: Final = date(2012, 1, 1)
QUESTION: Final = RecidivismQuestion(AS_OF, (6, 12, 24, 36))
SEALED: Final = ("release", "reoffence", "outcome_known")


def measure(folder: Path) -> Iterator[Finding]:
    """Half of them completed, one in twenty came back, of one in four nothing is known."""
    people = _people()

    def ours() -> float:
        return seconds_of(lambda: _asked(people))

    def one_pass() -> float:
        return seconds_of(lambda: [min(each.releases).day for each in people])

    found = race(ROUNDS, ours, one_pass)
    yield Finding(
        f"recidivism of {PEOPLE:,} releases, four windows, Kaplan-Meier",
        found.median(),
        "the first release of each of them, in Python",
        found.median(1),
        found.ratio(),
        most_seconds=1.0,
        remarks=_told(_asked(people)),
    )
    yield _from_record(folder, people)


def _from_record(folder: Path, people: list[Aftermath]) -> Finding:
    """What the page and the command line wait for; the same people, taken in as a history."""
    clock = WorkingDayClock(SystemClock(), AS_OF)
    desk = filled_home("recidivism", folder, lambda desk: desk.case_history.take([*map(_line, people)]), clock)
    with desk.office.store.read() as connection:
        driver: Any = connection.connection.dbapi_connection

        def bare() -> float:
            return seconds_of(lambda: [driver.execute(f"SELECT * FROM {table}").fetchall() for table in SEALED])

        found = race(ROUNDS, lambda: seconds_of(lambda: desk.outcomes.recidivism(QUESTION)), bare)
        rows = sum(driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in SEALED)
    table = desk.outcomes.recidivism(QUESTION)
    desk.close()
    return Finding(
        f"recidivism of {PEOPLE:,} releases out of the record",
        found.median(),
        f"bare SQLCipher read of the {rows:,} sealed rows that it comes from",
        found.median(1),
        found.ratio(),
        most_seconds=1.0,
        remarks=_told(table),
    )


def _line(person: Aftermath) -> HistoryLine:
    (release,), event = person.releases, next(iter(person.events), None)
    return HistoryLine(
        number=person.person_id + 1,
        code=f"SR-{person.person_id:05d}",
        released_on=release.day,
        completed=release.completed,
        event_on=event.day if event else None,
        level=event.level if event else None,
        known_until=person.known_until,
    )


def _told(table: RecidivismTable) -> tuple[str, ...]:
    return tuple(f"{each.months} months: {len(each.events)}/{each.n}" for each in table.windows)


def _asked(people: list[Aftermath]) -> RecidivismTable:
    return recidivism(people, QUESTION)


def _people() -> list[Aftermath]:
    chance = Random(2010)
    span = (AS_OF - FIRST).days
    found = []
    for number in range(PEOPLE):
        released = FIRST + timedelta(days=chance.randrange(span))
        later = released + timedelta(days=chance.randrange(1, 1500))
        events = (ReoffenceOn(later, EvidenceLevel(chance.randint(1, 5))),) if chance.random() < 0.05 else ()
        known = released + timedelta(days=chance.randrange(1500)) if chance.random() < 0.75 else None
        found.append(Aftermath(number, (ReleaseOn(released, completed=number % 2 == 0),), events, known))
    return found
