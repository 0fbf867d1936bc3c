"""Recidivism of 20,000 releases with Kaplan-Meier, against one pass over the same people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from tests.bench.report import Finding
from tests.bench.timing import race, seconds_of
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


def measure(_folder: Path) -> Iterator[Finding]:
    """Half of them completed, one in twenty came back, of one in four nothing is known."""
    people = _people()

    def ours() -> float:
        return seconds_of(lambda: _asked(people))

    def one_pass() -> float:
        return seconds_of(lambda: [min(each.releases).day for each in people])

    found = race(ROUNDS, ours, one_pass)
    table = _asked(people)
    yield Finding(
        f"recidivism of {PEOPLE:,} releases, four windows, Kaplan-Meier",
        found.median(),
        "the first release of each of them, in Python",
        found.median(1),
        found.ratio(),
        most_seconds=1.0,
        remarks=tuple(f"{each.months} months: {len(each.events)}/{each.n}" for each in table.windows),
    )


def _asked(people: list[Aftermath]) -> RecidivismTable:
    return recidivism(people, RecidivismQuestion(AS_OF, (6, 12, 24, 36)))


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
