"""The class of five of the register's tests, taught by the sample curriculum of motorbike repair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from tests.services.register.conftest import ClassRoom, clock, colleague, empty_room, new_class, room
from tlbb_desktop.domain.assessment import CellState, Outcome, SetAttempt
from tlbb_desktop.domain.curricula import Unit
from tlbb_desktop.domain.progress import Board, BoardLearner
from tlbb_desktop.wiring import Desk

__all__ = ["clock", "colleague", "empty_room", "new_class", "room", "workshop"]


@dataclass
class Workshop:
    """What a test works with."""

    room: ClassRoom

    @property
    def desk(self) -> Desk:
        return self.room.desk

    @property
    def class_id(self) -> int:
        return self.room.class_id

    @property
    def people(self) -> list[int]:
        return self.room.people

    def unit(self, code: str) -> Unit:
        return self.desk.assessment.unit_named(self.class_id, code)

    def unit_id(self, code: str) -> int:
        found = self.unit(code).id
        assert found is not None
        return found

    def wish(self, person: int, code: str = "M01", outcome: str = "competent", day: int = 15, **more) -> SetAttempt:
        when = date(2026, 10, day)
        return SetAttempt(self.people[person], self.unit_id(code), when, Outcome(outcome), **more)

    def assess(self, person: int, code: str = "M01", outcome: str = "competent", day: int = 15, **more):
        return self.desk.assessment.assess(self.class_id, [self.wish(person, code, outcome, day, **more)])

    def board(self) -> Board:
        return self.desk.progress.board(self.class_id)

    def row(self, person: int) -> BoardLearner:
        found = self.board().row(self.people[person])
        assert found is not None
        return found

    def state(self, person: int, code: str = "M01") -> CellState | None:
        return self.row(person).states.get(self.unit_id(code))

    def as_staff(self, desk: Desk) -> Workshop:
        return replace(self, room=self.room.as_staff(desk))


@pytest.fixture
def workshop(room: ClassRoom) -> Workshop:
    return Workshop(room)
