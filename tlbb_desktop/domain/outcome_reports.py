"""A report of outcomes: whose, as of which day, and who stands in which list of each figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from tlbb_desktop.domain.change_causes import Entered
from tlbb_desktop.domain.indicators import Figure
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.plan_papers import NOTHING_SAID, PlanText
from tlbb_desktop.i18n.marks import N_

_BECAME: Final = N_("Something was entered that makes this person count.")
_ENTERED: Final = N_("This person came into the record, or into the cohort, afterwards.")
_LEFT: Final = N_("This person no longer belongs to the figure: a release or a death was corrected.")
_TAKEN_BACK: Final = N_("What counted was corrected or taken back.")
_WHY: Final = {
    ("unknown", "others"): N_("The outcome came to be known: nothing that counts."),
    ("others", "unknown"): N_("What was known was corrected."),
}
#: The lists of a figure.
LISTS: Final = ("events", "others", "unknown")


@dataclass(frozen=True, slots=True)
class OutcomeFilter:
    """Whose outcomes are counted; None = everybody's.

    Args:
        prison_id: of the first release in the cohort.
        trade: code of a course that they were enrolled in.
        sex: theirs.
        first: first day of release of the cohort.
        last: its last day.
    """

    prison_id: int | None = None
    trade: str | None = None
    sex: Sex | None = None
    first: date | None = None
    last: date | None = None


EVERYBODY = OutcomeFilter()


class Whose(NamedTuple):
    """The filter as a paper says it: names of prison and course, sex, first and last day of release of the cohort."""

    prison: PlanText = NOTHING_SAID
    trade: PlanText = NOTHING_SAID
    sex: Sex | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class OutcomeReport:
    """Figures as they are on a day.

    Args:
        as_of: the day.
        wish: whose outcomes are counted.
        figures: one for each indicator, in their order.
        codes: row -> code of everybody in a figure.
        issuer: the organisation.
        demonstration: whether this is the demonstration programme.
    """

    as_of: date
    wish: OutcomeFilter
    figures: tuple[Figure, ...]
    codes: Mapping[int, str]
    issuer: PlanText = NOTHING_SAID
    demonstration: bool = False

    def people(self, figure: Figure, which: str) -> tuple[str, ...]:
        """The codes of one list of a figure (``events``, ``others``, ``unknown``), in order."""
        return tuple(sorted(self.codes[each] for each in getattr(figure, which)))


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody who stands elsewhere in a figure than when it was issued.

    Args:
        key: of the indicator.
        code: of the person.
        was: list then, or ``""`` where they were in none.
        now: list now, or ``""``.
        entered: what was entered about them since then that can move them, the newest first.
    """

    key: str
    code: str
    was: str
    now: str
    entered: tuple[Entered, ...] = field(default=(), compare=False)

    @property
    def why(self) -> str:
        """What must have happened in between, marked."""
        if self.was and self.now == "events":
            return _BECAME
        return _WHY.get((self.was, self.now), _ENTERED if not self.was else _LEFT if not self.now else _TAKEN_BACK)
