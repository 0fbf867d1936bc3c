"""What the indicators of outcomes look at of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tlbb_desktop.domain.follow_ups import Reached, WorkStatus
from tlbb_desktop.domain.reoffences import EvidenceLevel


class ContactFact(NamedTuple):
    """A contact that was made.

    Args:
        day: of it.
        reached: who.
        work: answer, or None.
        hours: paid in the last week, or None.
        trained: whether in the trained trade, or None.
        in_school: answer, or None.
    """

    day: date
    reached: Reached
    work: WorkStatus | None = None
    hours: int | None = None
    trained: bool | None = None
    in_school: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What indicators look at of one person.

    Args:
        person_id: row.
        released_on: day of the first release in the cohort; None for somebody inside.
        completed_on: day of the first release in the cohort before which the course was completed, or None.
        ready: whether the light was green on that day; None where nobody planned, as in the history.
        contacts: that were made since.
        events: (day, level) of re-offences.
        known_until: last day for which the outcome is known, or None.
        died_on: day, or None.
        family_contacts: days of visits that keep a family in touch.
        juvenile: whether somebody inside was under 18 at the offence.
    """

    person_id: int
    released_on: date | None = None
    completed_on: date | None = None
    ready: bool | None = None
    contacts: tuple[ContactFact, ...] = ()
    events: tuple[tuple[date, EvidenceLevel], ...] = ()
    known_until: date | None = None
    died_on: date | None = None
    family_contacts: tuple[date, ...] = ()
    juvenile: bool = False
