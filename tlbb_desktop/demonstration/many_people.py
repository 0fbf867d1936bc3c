"""Invented people by the thousand, with the days of their way through the programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from tlbb_desktop.data.models import PersonIdentity
from tlbb_desktop.demonstration.cast import DAY, SEED
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.demonstration.programme_size import LEARNERS, ProgrammeSize
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import CustodyStay, Identity, PersonKind, PersonRecord, PersonStatus
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.people_batch import PeopleBatch
from tlbb_desktop.wiring import Desk

YEARS_BACK: Final = timedelta(days=5 * 365)
CLASS_DAYS: Final = timedelta(days=181)
_CAME_BEFORE: Final = 60
_LEAVES_AFTER: Final = 400
_AWAITS: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody's way.

    Args:
        code: of the person.
        class_number: from 0; decides the prison, too.
        prison_id: where.
        came_on, leaves_on: first and last day at the prison.
        class_on: first day of the class.
    """

    code: str
    class_number: int
    prison_id: int
    came_on: date
    class_on: date
    leaves_on: date

    @property
    def gone(self) -> bool:
        """Whether they left before the demonstration plays."""
        return self.leaves_on < DAY

    @property
    def status(self) -> PersonStatus:
        """Where they stand."""
        if self.gone:
            followed = DAY - self.leaves_on < timedelta(days=365)
            return PersonStatus.POST_RELEASE if followed else PersonStatus.CLOSED
        return PersonStatus.AWAITING_RELEASE if self.leaves_on - DAY < _AWAITS else PersonStatus.IN_TRAINING


def class_begins(number: int, size: ProgrammeSize) -> date:
    """First day of a class: they begin one after the other over five years, the last ones lately, on Mondays."""
    day = DAY - YEARS_BACK + (YEARS_BACK - timedelta(days=7)) * (number + 1) // size.classes
    return day - timedelta(days=day.weekday())


def invent_journeys(size: ProgrammeSize, prisons: dict[str, int]) -> list[Journey]:
    """One for each person, in the order of their classes; the same each time."""
    random, codes = Random(SEED), list(prisons)
    found = []
    for number in range(size.people):
        class_number = number // LEARNERS
        prison = codes[(size.classes - 1 - class_number) % len(codes)]  # the newest class is at the home's own prison
        begins = class_begins(class_number, size)
        came_on = begins - timedelta(days=random.randrange(_CAME_BEFORE))
        leaves_on = begins + CLASS_DAYS + timedelta(days=random.randrange(-30, _LEAVES_AFTER))
        code = f"{prison}-{came_on:%y}-{number + 1:05d}"
        found.append(Journey(code, class_number, prisons[prison], came_on, begins, leaves_on))
    return found


def take_in(desk: Desk, journeys: list[Journey], prison_code: str) -> list[int]:
    """Store the people as an import does; returns their rows in order."""
    random = Random(SEED)
    names = invent_names(len(journeys))
    records = [
        PersonRecord(
            id=None,
            code=journey.code,
            names=called,
            sex=sex,
            kind=PersonKind.PARTICIPANT,
            status=journey.status,
            stays=(CustodyStay(journey.prison_id, journey.came_on, journey.leaves_on if journey.gone else None),),
            identity=Identity(Birth.on(journey.came_on - timedelta(days=random.randrange(14 * 365, 18 * 365)))),
        )
        for journey, (called, sex) in zip(journeys, names, strict=True)
    ]
    with desk.office.act(Action.PEOPLE_IMPORT) as act:
        ids = PeopleBatch(act, desk.office.cipher, prison_code).add(records)
        act.record("people_import", f"person:{ids[0]}-{ids[-1]}", f"count:{len(ids)}")
        inside = [(person, each.leaves_on) for person, each in zip(ids, journeys, strict=True) if not each.gone]
        rows = act.connection.exec_driver_sql("SELECT person_id, uuid, version FROM person_identity").all()
        uuids = {row.person_id: row.uuid for row in rows}
        act.connection.exec_driver_sql(
            "UPDATE person_identity SET release_on = ? WHERE person_id = ?",
            [(_sealed_day(desk.office.cipher, uuids[person], day), person) for person, day in inside],
        )
        act.connection.exec_driver_sql(
            "UPDATE person SET release_month = ? WHERE id = ?", [(str(Month.of(day)), each) for each, day in inside]
        )
    return ids


def _sealed_day(cipher: FieldCipher, uuid: bytes, day: date) -> bytes | None:
    table = PersonIdentity.__tablename__
    return cipher.encrypt(Compartment.LEGAL, table, uuid, "release_on", 1, day.isoformat())
