"""Cases: who is responsible, how they stand, who may wait for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.consents import ConsentStanding
from tlbb_desktop.domain.legal_files import AgeFlag, LegalFile, LegalStatus, age_at_offence
from tlbb_desktop.domain.people import Names, PersonStatus
from tlbb_desktop.domain.release_dates import full_months_between

#: A case that was closed is sealed after so many days, and expunged so many years later, by the settings' defaults.
SEALED_AFTER_DAYS: Final = 30
EXPUNGED_AFTER_YEARS: Final = 5
#: A course takes about a year, so somebody is taken with at least this left to serve (programme facts §1).
LEAST_MONTHS_LEFT: Final = 12
#: Somebody juvenile at the offence is not expunged before this age.
EXPUNGED_FROM_AGE: Final = 25


class CaseState(StrEnum):
    """How a case stands; retention takes it from closed to sealed to expunged."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"
    EXPUNGED = "expunged"


class CloseReason(StrEnum):
    """Why a case was closed."""

    GOALS_REACHED = "goals_reached"
    DONE_AFTER_RELEASE = "done_after_release"
    TRANSFERRED = "transferred"
    WITHDREW = "withdrew"
    LOST_CONTACT = "lost_contact"
    BACK_IN_PRISON = "back_in_prison"
    DIED = "died"
    OTHER = "other"


class RetentionAct(StrEnum):
    """What two members of staff have to agree on."""

    SEAL = "seal"
    UNSEAL = "unseal"
    EXPUNGE = "expunge"


class Risk(StrEnum):
    """The overall risk that an assessment finds."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


_NOBODY: Final = Names()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as its page shows it: fields of the ``db`` compartment.

    Args:
        id: row, or None for a new one.
        person_id: whose.
        code, names: of the person.
        person_status: of the person.
        worker_id, worker: the one member of staff who is responsible, and their name; None and ``""`` for nobody.
        worker_active: whether they still work here.
        prison_id, prison: where the person is or was last; None and ``""`` for nowhere.
        state: see the enum.
        waiting_since, opened_on, closed_on, sealed_on, expunged_on: days, or None.
        consents_due_on: while the consents of somebody from before are still to be recorded, the last day for it.
        close_reason: why it was closed, or None.
        version: for detecting two editors.
    """

    id: int | None
    person_id: int
    code: str = ""
    names: Names = _NOBODY
    person_status: PersonStatus = PersonStatus.CANDIDATE
    worker_id: int | None = None
    worker: str = ""
    worker_active: bool = True
    prison_id: int | None = None
    prison: str = ""
    state: CaseState = CaseState.OPEN
    waiting_since: date | None = None
    opened_on: date | None = None
    consents_due_on: date | None = None
    closed_on: date | None = None
    sealed_on: date | None = None
    expunged_on: date | None = None
    close_reason: CloseReason | None = None
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is worked on."""
        return self.state is CaseState.OPEN


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether somebody on the waiting list can be taken.

    Args:
        convicted: whether the verdict is delivered; None where the legal status is not recorded.
        juvenile: whether they were under 18 at the offence; None where it is not known.
        months_left: full months up to the planned release day; None where there is no day.
        enough_time: whether that is at least what the programme asks for.
    """

    convicted: bool | None
    juvenile: bool | None
    months_left: int | None
    enough_time: bool

    @property
    def holds(self) -> bool:
        """Whether nothing stands against it (programme facts §1: verdict delivered, time enough for a course)."""
        return bool(self.convicted) and self.enough_time


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Somebody on the waiting list."""

    case: CaseFile
    eligibility: Eligibility
    consents: ConsentStanding


def eligibility(
    legal: LegalFile, birth: Birth, planned_release: date | None, today: date, least: int = LEAST_MONTHS_LEFT
) -> Eligibility:
    """What speaks for and against taking somebody from the waiting list.

    Args:
        legal: the legal file.
        birth: the birth date as far as it is known.
        planned_release: the planned release day, or None.
        today: the working day.
        least: full months that must be left.
    """
    status, age = legal.status, age_at_offence(birth, legal.offence_on)
    juvenile = None if age.flag is AgeFlag.UNKNOWN else age.flag is not AgeFlag.ADULT
    months = None if planned_release is None else full_months_between(today, planned_release)
    convicted = None if status is None else status is LegalStatus.CONVICTED
    return Eligibility(convicted, juvenile, months, months is not None and months >= least)


def sealed_from(closed_on: date, days: int = SEALED_AFTER_DAYS) -> date:
    """The day from which a closed case may be sealed."""
    return closed_on + timedelta(days=days)
