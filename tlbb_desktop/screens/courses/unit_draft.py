"""A unit while it is written, without widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from tlbb_desktop.domain.curricula import Criterion, Unit

USUAL_HOURS = 20
T = TypeVar("T")


@dataclass(slots=True)
class UnitDraft:
    """A unit as it stands in its form.

    Args:
        place: where it stands among the units of the course, from 0; None for a new one.
        unit_id: row of the course's unit, or None.
        code, name_km, name_en, hours: as they are typed.
        criteria: in their order; one without words is not kept.
    """

    place: int | None
    unit_id: int | None
    code: str
    name_km: str
    name_en: str
    hours: int
    criteria: list[Criterion] = field(default_factory=list)

    @classmethod
    def of(cls, unit: Unit, place: int) -> UnitDraft:
        """A unit that the course has."""
        return cls(place, unit.id, unit.code, unit.name_km, unit.name_en, unit.hours, list(unit.criteria))

    @classmethod
    def new(cls, code: str) -> UnitDraft:
        """A unit that is added."""
        return cls(None, None, code, "", "", USUAL_HOURS)

    def unit(self) -> Unit:
        """The unit that is typed; its criteria are numbered from 1."""
        worded = [each for each in self.criteria if each.name_km.strip() or each.name_en.strip()]
        numbered = tuple(replace(each, number=number) for number, each in enumerate(worded, 1))
        return Unit(self.unit_id, self.code.strip(), self.name_km, self.name_en, self.hours, numbered)

    def add(self) -> int:
        """Add a criterion without words at the end; returns its place."""
        self.criteria.append(Criterion(0, "", ""))
        return len(self.criteria) - 1

    def word(self, place: int, name_km: str, name_en: str, *, critical: bool) -> None:
        """Say what a criterion is."""
        self.criteria[place] = Criterion(place + 1, name_km, name_en, critical)

    def remove(self, place: int) -> int | None:
        """Remove a criterion; returns the place of the one that is current then."""
        del self.criteria[place]
        return min(place, len(self.criteria) - 1) if self.criteria else None

    def move(self, place: int, by: int) -> int:
        """Let a criterion and its neighbour change places; returns its new place."""
        self.criteria, place = moved(self.criteria, place, by)
        return place

    def values(self) -> dict[str, object]:
        """In JSON values."""
        criteria = [[each.name_km, each.name_en, each.critical] for each in self.criteria]
        kept = {"place": self.place, "id": self.unit_id, "code": self.code, "km": self.name_km, "en": self.name_en}
        return {**kept, "hours": self.hours, "criteria": criteria}

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> UnitDraft:
        """What :meth:`values` gave."""
        criteria = [Criterion(number, *each) for number, each in enumerate(values["criteria"], 1)]
        names = (values["code"], values["km"], values["en"], values["hours"])
        return cls(values["place"], values["id"], *names, criteria)


def moved(lines: Sequence[T], place: int, by: int) -> tuple[list[T], int]:
    """*lines* with one of them moved by so many places, and where it stands then; it stops at both ends."""
    found = list(lines)
    wanted = max(0, min(len(found) - 1, place + by))
    found.insert(wanted, found.pop(place))
    return found, wanted
