"""What a new version of a curriculum changes: units added, removed, worded anew, moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.curricula import Curriculum, Unit
from tlbb_desktop.i18n.marks import Np_


class Change(StrEnum):
    """What happens to a unit."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Aspect(StrEnum):
    """What is different about a unit that stays."""

    TITLE = "title"
    HOURS = "hours"
    CRITERIA = "criteria"
    ORDER = "order"


CHANGE_NAMES: Final = {
    Change.ADDED: Np_("change of a unit", "New"),
    Change.REMOVED: Np_("change of a unit", "Removed"),
    Change.CHANGED: Np_("change of a unit", "Changed"),
}
ASPECT_NAMES: Final = {
    Aspect.TITLE: Np_("part of a unit", "title"),
    Aspect.HOURS: Np_("part of a unit", "hours"),
    Aspect.CRITERIA: Np_("part of a unit", "criteria"),
    Aspect.ORDER: Np_("part of a unit", "order"),
}


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit that is not as it was.

    Args:
        change: what happens to it.
        unit: as it will be; as it was, where it is removed.
        before: as it was; None where it is new.
        aspects: what is different, where it stays.
    """

    change: Change
    unit: Unit
    before: Unit | None = None
    aspects: tuple[Aspect, ...] = ()


def unit_changes(before: Curriculum | None, after: Curriculum) -> tuple[UnitChange, ...]:
    """What becomes of the units: the new and changed ones in their new order, then the removed ones in the old order.

    A unit is known by its code, in any case. Of units that change places the fewest count as moved.
    """
    old = {unit.code.upper(): unit for unit in (before.units if before else ())}
    kept = [unit.code.upper() for unit in after.units if unit.code.upper() in old]
    moved = _moved(list(old), kept)
    found = []
    for unit in after.units:
        code = unit.code.upper()
        was = old.get(code)
        if was is None:
            found.append(UnitChange(Change.ADDED, unit))
        elif aspects := _aspects(was, unit, moved=code in moved):
            found.append(UnitChange(Change.CHANGED, unit, was, aspects))
    staying = set(kept)
    gone = [UnitChange(Change.REMOVED, unit, unit) for code, unit in old.items() if code not in staying]
    return (*found, *gone)


def _aspects(was: Unit, now: Unit, *, moved: bool) -> tuple[Aspect, ...]:
    different = {
        Aspect.TITLE: (was.name_km, was.name_en) != (now.name_km, now.name_en),
        Aspect.HOURS: was.hours != now.hours,
        Aspect.CRITERIA: was.criteria != now.criteria,
        Aspect.ORDER: moved,
    }
    return tuple(aspect for aspect, is_so in different.items() if is_so)


def _moved(old: Sequence[str], kept: Sequence[str]) -> set[str]:
    """Those of *kept* outside one longest run that stands in the old order."""
    places = {code: place for place, code in enumerate(old)}
    ends: list[int] = []
    lengths = []
    for code in kept:
        here = bisect_left(ends, places[code])
        ends[here : here + 1] = [places[code]]
        lengths.append(here + 1)
    wanted, staying = len(ends), set()
    for code, length in zip(reversed(kept), reversed(lengths), strict=True):
        if length == wanted:
            staying.add(code)
            wanted -= 1
    return set(kept) - staying
