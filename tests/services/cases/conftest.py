"""A young man in Siem Reap's prison, a social worker who is responsible, and a working day that stands still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import pytest

from tlbb_desktop.data import models
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.consents import NEEDED_FOR_SERVICE, ConsentForm
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    Names,
    PersonKind,
    PersonRecord,
    PersonStatus,
    Sex,
)
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.wiring import Desk, open_desk

TODAY = date(2026, 11, 16)
BORN = date(2009, 10, 16)
RELEASED = date(2027, 1, 24)  # a Sunday


class StandingClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = datetime.combine(TODAY, time(8, 5), CAMBODIA)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def go_to(self, day: date, at: time = time(8, 5)) -> None:
        self.moment = datetime.combine(day, at, CAMBODIA)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@dataclass
class CaseRoom:
    """What a test works with: the manager's desk, and desks of others over the same record."""

    manager: Desk
    clock: StandingClock
    open_as: Callable[..., Desk]
    workers: dict[str, int]

    @property
    def own(self) -> int:
        prison = self.manager.prisons.own()
        assert prison is not None
        return prison.id

    @property
    def other(self) -> int:
        return next(prison.id for prison in self.manager.prisons.prisons() if prison.id != self.own)

    def desk(
        self, name: str = "worker", role: Role = Role.SOCIAL_WORKER, prisons: frozenset[int] | None = None
    ) -> Desk:
        """The desk of a colleague."""
        return self.open_as(name, role, prisons)

    def person(self, code: str = "", *, prison: int | None = None, **changed: object) -> int:
        """Somebody in prison, known to the programme."""
        record = PersonRecord(
            None,
            code,
            Names("ស៊ិន", "ពិសិដ្ឋ", "SIN", "PISETH"),
            Sex.MALE,
            PersonKind.PARTICIPANT,
            PersonStatus.IN_TRAINING,
            stays=(CustodyStay(prison or self.own, date(2026, 1, 5)),),
            identity=Identity(Birth.on(BORN), RELEASED),
            contact=Contact(),
        )
        return self.manager.people.save(replace(record, **changed))

    def agree(self, person_id: int, on: date | None = None) -> None:
        """Record the consents that a service needs."""
        for purpose in NEEDED_FOR_SERVICE:
            self.manager.consents.record(person_id, ConsentForm(purpose, True, on or self.clock.today()))

    def case(self, person_id: int | None = None, worker: str | None = "worker") -> int:
        """An open case with its consents."""
        whose = self.person() if person_id is None else person_id
        self.agree(whose)
        return self.manager.cases.open(whose, self.workers[worker] if worker else None)


@pytest.fixture
def room(home, unlocked, clock) -> CaseRoom:
    with unlocked.store.write() as session:
        now = clock.now()
        staff = [
            models.Staff(username=name, name=name, role=role, active=True, created_at=now, changed_at=now)
            for name, role in (
                ("worker", Role.SOCIAL_WORKER),
                ("colleague", Role.SOCIAL_WORKER),
                ("liaison", Role.LIAISON),
                ("trainer", Role.TRAINER),
            )
        ]
        session.add_all(staff)
        session.flush()
        workers = {each.username: each.id for each in staff}
    manager = open_desk(home, unlocked, clock)

    def open_as(name: str, role: Role, prisons: frozenset[int] | None) -> Desk:
        own = unlocked.actor.prisons if prisons is None else prisons
        actor = replace(unlocked.actor, staff_id=workers[name], username=name, role=role, prisons=own)
        keys = unlocked.keys.limited_to(role, False)
        return open_desk(home, replace(unlocked, actor=actor, keys=keys, record_keys=keys), clock)

    return CaseRoom(manager, clock, open_as, {**workers, "manager": unlocked.actor.staff_id})
