"""Releases: somebody left prison, as planned or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import CustodyStay, PersonStatus
from tlbb_desktop.domain.release_plans import ReleaseType
from tlbb_desktop.i18n.marks import N_

#: How somebody leaves without being free: no follow-up begins and no window of an outcome opens.
NOT_TO_LIBERTY: Final = frozenset({ReleaseType.TO_REHABILITATION, ReleaseType.ESCAPE, ReleaseType.DEATH})


@dataclass(frozen=True, slots=True)
class EndedEnrolment:
    """An enrolment that ended with a release: its row, and the last day that it had before, or None."""

    id: int
    before_on: date | None = None


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
        stay_id, stay_ended_on: the stay in prison that ended with it, and the last day that it had before, or None.
        status_before: the person's status before, or ``""`` where it was left alone.
        enrolments: the enrolments that ended with it.
    """

    released_on: date
    kind: ReleaseType = ReleaseType.SENTENCE_END
    unplanned: bool = False
    completed: bool | None = None
    planned_on: date | None = None
    readiness_percent: int | None = None
    ready: bool = False
    note: str = ""
    stay_id: int | None = None
    stay_ended_on: date | None = None
    status_before: str = ""
    enrolments: tuple[EndedEnrolment, ...] = ()

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


def status_after(kind: ReleaseType) -> PersonStatus | None:
    """What somebody's status becomes by a release; None where the staff decide it."""
    if kind is ReleaseType.DEATH:
        return PersonStatus.CLOSED
    return None if kind in NOT_TO_LIBERTY else PersonStatus.POST_RELEASE


def stay_that_ends(
    released_on: date, today: date, stays: Sequence[CustodyStay], earlier: Iterable[date] = ()
) -> CustodyStay | None:
    """The stay in prison that a release ends, or None where none is on record for that day.

    Args:
        released_on: the day of the release.
        today: the working day.
        stays: all stays, in order of their first day.
        earlier: the days of the releases that stand already, whenever they were.

    Raises:
        Refused: the day has not come, lies before the admission, or somebody is released already or came back on the
            same day.
    """
    if released_on > today:
        raise Refused(N_("{day} has not come yet."), place="released_on", day=released_on)
    if stays and released_on < stays[0].starts_on:
        raise Refused(N_("{day} lies before the admission."), place="released_on", day=released_on)
    covering = [stay for stay in stays if _covers(stay, released_on)]
    if len(covering) > 1:
        raise Refused(
            N_("A stay in prison begins on {day} itself. Correct the stays first."),
            place="released_on",
            day=released_on,
        )
    for other in earlier:
        _require_admission_between(min(other, released_on), max(other, released_on), stays)
    return covering[0] if covering else None


def _covers(stay: CustodyStay, day: date) -> bool:
    return stay.starts_on <= day and (stay.ends_on is None or stay.ends_on >= day)


def _require_admission_between(first: date, second: date, stays: Iterable[CustodyStay]) -> None:
    """Refuse two releases without an admission after the first one and not after the second."""
    if not any(first < stay.starts_on <= second for stay in stays):
        raise Refused(
            N_("This person is on record as released on {day} already. Take that release back, or add the new stay."),
            place="released_on",
            day=first,
        )
