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

    def weights(self) -> tuple[float, ...]:
        """Chances of the kinds of mark, in the order of ``_KINDS``."""
        rare = (0.004, 0.004, 0.008)
        others = (self.absent, self.excused * 0.7, self.excused * 0.3, self.late, *rare)
        return (*others, 1 - sum(others))

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
    code, reason = random.choices(_KINDS, habit.weights())[0]
    minutes = random.choice((10, 15, 15, 20, 30)) if code in (MarkCode.LATE, MarkCode.LEFT_EARLY) else 0
    return code, reason, minutes


_KINDS = (
    (MarkCode.ABSENT, ""),
    (MarkCode.EXCUSED, "sick"),
    (MarkCode.EXCUSED, "family-visit"),
    (MarkCode.LATE, ""),
    (MarkCode.INSTITUTION, "court"),
    (MarkCode.INSTITUTION, "no-escort"),
    (MarkCode.LEFT_EARLY, ""),
    (MarkCode.PRESENT, ""),
)
