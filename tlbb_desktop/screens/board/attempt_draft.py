"""An attempt while it is being entered: what it is about, what was not shown, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tlbb_desktop.domain.assessment import Outcome
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.curricula import Unit

Cell = tuple[int, int]


@dataclass(slots=True)
class AttemptDraft:
    """One attempt for one learner or for several, such as a whole class after a practical.

    Args:
        cells: (person, unit) rows that it is recorded for.
        unit: the one that all of them are about, or None when they are about several: then criteria are not listed.
        wanted: what was asked for by key.
        failed: numbers of the criteria that were not shown.
        feedback: for the learner.
        left_out: (name, mark) of whoever was away that day and is therefore not among the learners.
    """

    cells: Sequence[Cell]
    unit: Unit | None
    wanted: Outcome
    failed: set[int] = field(default_factory=set)
    feedback: str = ""
    left_out: Sequence[tuple[str, MarkCode]] = ()

    @property
    def has_criteria(self) -> bool:
        """Whether there is something to tick."""
        return self.unit is not None and bool(self.unit.criteria)

    @property
    def lacks_critical(self) -> bool:
        """Whether a critical criterion was not shown: then nothing but *not yet* can be recorded."""
        return self.unit is not None and bool(self.failed & self.unit.critical)

    @property
    def outcome(self) -> Outcome:
        """What it comes to."""
        return Outcome.NOT_YET if self.lacks_critical else self.wanted

    @property
    def recorded_failed(self) -> frozenset[int] | None:
        """The criteria as they are recorded; None = they were not listed, as for *not yet* without a single one."""
        if self.outcome is Outcome.NOT_YET and not self.failed:
            return None
        return frozenset(self.failed)

    def toggle(self, number: int) -> bool:
        """Say of a criterion that it was not shown, or that it was; False when the unit has no such one."""
        if self.unit is None or number not in self.unit.numbers:
            return False
        self.failed ^= {number}
        return True
