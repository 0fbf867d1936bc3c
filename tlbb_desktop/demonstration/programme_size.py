"""How large a programme is to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_

FEWEST_PEOPLE, FEWEST_PRISONS = 60, 3
#: Learners of a class; each comes to about so many sessions.
LEARNERS: Final = 20
SESSIONS: Final = 100
NOTES_A_PERSON: Final = 10


@dataclass(frozen=True, slots=True)
class ProgrammeSize:
    """A size; marks and notes follow from the number of people.

    Args:
        people: how many, at least ``FEWEST_PEOPLE``.
        prisons: at how many sites, at least ``FEWEST_PRISONS``.
    """

    people: int = 120
    prisons: int = FEWEST_PRISONS

    def require_possible(self, known_prisons: int) -> None:
        """Raise Refused where there is no such programme.

        Args:
            known_prisons: how many sites the program knows.
        """
        if self.people < FEWEST_PEOPLE:
            raise Refused(N_("A programme has at least {fewest} people."), fewest=FEWEST_PEOPLE)
        if not FEWEST_PRISONS <= self.prisons <= known_prisons:
            raise Refused(N_("There can be {least} to {most} prisons."), least=FEWEST_PRISONS, most=known_prisons)

    @property
    def classes(self) -> int:
        """Classes of ``LEARNERS``; nobody is in two."""
        return -(-self.people // LEARNERS)

    def part(self, of: int) -> ProgrammeSize:
        """One *of* so many parts of it, such as a tenth; its prisons fall as the root, as sites grow larger, too."""
        prisons = round(self.prisons / of**0.5)
        return ProgrammeSize(max(FEWEST_PEOPLE, self.people // of), max(FEWEST_PRISONS, prisons))


#: All prisons of the country: 20,000 people, 2,000,000 marks, 200,000 notes.
NATIONAL: Final = ProgrammeSize(20_000, 28)
