"""How an invented learner comes to class: steady, shaky or slipping away, with bad days of the whole prison."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tlbb_desktop.domain.attendance import MarkCode

LOCKDOWN_CHANCE = 0.02
CANCEL_CHANCE = 0.03


@dataclass(frozen=True, slots=True)
class Habit:
    """Chances per session, 0 to 1."""

    absent: float
    excused: float
    late: float

    @classmethod
    def invent(cls, random: Random) -> Habit:
        """Most come steadily, some less, a few slip away."""
        chance = random.random()
        if chance < 0.72:
            return cls(absent=0.02, excused=0.04, late=0.03)
        if chance < 0.93:
            return cls(absent=0.07, excused=0.08, late=0.08)
        return cls(absent=0.22, excused=0.1, late=0.1)


def invent_mark(random: Random, habit: Habit, *, lockdown: bool) -> tuple[MarkCode, str, int]:
    """A mark as (code, reason code or "", minutes)."""
    if lockdown:
        return MarkCode.INSTITUTION, "lockdown", 0
    chance = random.random()
    if chance < habit.absent:
        return MarkCode.ABSENT, "", 0
    chance -= habit.absent
    if chance < habit.excused:
        return MarkCode.EXCUSED, random.choice(("sick", "sick", "visit")), 0
    chance -= habit.excused
    if chance < habit.late:
        return MarkCode.LATE, "", random.choice((10, 15, 15, 20, 30))
    chance -= habit.late
    if chance < 0.012:
        return MarkCode.INSTITUTION, random.choice(("court", "no-escort", "work-duty")), 0
    if chance < 0.02:
        return MarkCode.LEFT_EARLY, "", random.choice((20, 30, 45))
    return MarkCode.PRESENT, "", 0
