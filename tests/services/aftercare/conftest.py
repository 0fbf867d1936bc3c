"""Somebody who was released on 31 August 2025, on a record that works on 27 November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
import time_machine

from tests.services.test_people import newcomer
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.people import Names
from tlbb_desktop.wiring import Desk

RELEASED = date(2025, 8, 31)
TODAY = date(2026, 11, 27)


@dataclass(frozen=True)
class Freed:
    """Row of the person and of the release."""

    person_id: int
    release_id: int


@pytest.fixture(autouse=True)
def the_same_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 27, 9, tzinfo=CAMBODIA), tick=True):
        yield


@pytest.fixture
def freed(desk: Desk) -> Freed:
    names = Names("សុខ", "ដារ៉ា", "SOK", "DARA", "តូច")
    person = desk.people.save(newcomer(desk.prisons.own().id, code="SR-25-0001", names=names))
    desk.case_history.take([HistoryLine(2, "SR-25-0001", RELEASED, completed=True)])
    return Freed(person, release_of(desk, person))


def release_of(desk: Desk, person_id: int) -> int:
    with desk.office.store.read() as connection:
        found = connection.exec_driver_sql("SELECT id FROM release WHERE person_id = ?", (person_id,))
        return int(found.scalar_one())
