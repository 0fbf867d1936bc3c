"""Releases: somebody left prison, as planned or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tlbb_desktop.domain.release_plans import ReleaseType

#: How somebody leaves without being free: no follow-up begins and no window of an outcome opens.
NOT_TO_LIBERTY: Final = frozenset({ReleaseType.TO_REHABILITATION, ReleaseType.ESCAPE, ReleaseType.DEATH})


@dataclass(frozen=True, slots=True)
class ReleaseForm:
    """What is sealed of a release under ``legal``.

    Args:
        released_on: the day.
        kind: how.
        unplanned: whether somebody "left today" before the programme knew of it.
        completed: whether the course was completed; None where it has to be counted from the register.
        planned_on: the day that was planned, or None.
        readiness_percent: readiness on that day, or None where there was no plan.
        ready: whether the light was green on that day.
        note: anything else.
    """

    released_on: date
    kind: ReleaseType = ReleaseType.SENTENCE_END
    unplanned: bool = False
    completed: bool | None = None
    planned_on: date | None = None
    readiness_percent: int | None = None
    ready: bool = False
    note: str = ""

    @property
    def to_liberty(self) -> bool:
        """Whether the person is free afterwards."""
        return self.kind not in NOT_TO_LIBERTY


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its place.

    Args:
        id: row, or None for a new one.
        person_id: whose.
        case_id: of which case, or None for a record of the history.
        prison_id: from where, or None.
        form: the rest.
        imported: whether it is a record of the history.
        entered_on: the day on which it was typed in, or None.
        version: for detecting two editors.
    """

    id: int | None
    person_id: int
    case_id: int | None
    prison_id: int | None
    form: ReleaseForm
    imported: bool = False
    entered_on: date | None = None
    version: int = 0
