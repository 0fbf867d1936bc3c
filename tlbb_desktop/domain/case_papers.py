"""What the papers of a case are made from, and how they say who it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tlbb_desktop.domain.births import UNKNOWN_BIRTH, Birth
from tlbb_desktop.domain.case_plans import CasePlan
from tlbb_desktop.domain.follow_ups import FollowUp
from tlbb_desktop.domain.people import Names, Sex
from tlbb_desktop.domain.plan_papers import NOTHING_SAID, PlanText
from tlbb_desktop.domain.release_plans import ReleasePlan
from tlbb_desktop.domain.strengths import Assessment
from tlbb_desktop.i18n.marks import Np_


class CasePaper(StrEnum):
    """Which paper of a case."""

    ASSESSMENT = "assessment"
    PLAN = "plan"
    REVIEW = "review"
    RELEASE = "release"
    CHECKLIST = "checklist"
    MY_PLAN = "my-plan"
    FOLLOW_UP = "follow-up"
    FORMS = "forms"


class PrintReason(StrEnum):
    """Why a paper is printed; it is kept in the audit."""

    OWN_FILE = "own-file"
    FAMILY = "family"
    PRISON = "prison"
    MINISTRY = "ministry"
    CONFERENCE = "conference"


PRINT_REASON_NAMES: Final = {
    PrintReason.OWN_FILE: Np_("reason for printing", "For the own file"),
    PrintReason.FAMILY: Np_("reason for printing", "The family signs"),
    PrintReason.PRISON: Np_("reason for printing", "The prison signs"),
    PrintReason.MINISTRY: Np_("reason for printing", "The Ministry asks for it"),
    PrintReason.CONFERENCE: Np_("reason for printing", "A case conference"),
}
#: Papers that family, prison or ministry sign bear the name; the others go by code.
NAMED: Final = frozenset({CasePaper.PLAN, CasePaper.REVIEW, CasePaper.RELEASE, CasePaper.MY_PLAN, CasePaper.FORMS})


@dataclass(frozen=True, slots=True)
class CaseSubject:
    """Whom a paper is about and who gives it out.

    Args:
        code: of the programme.
        names: in both scripts.
        sex: or None.
        birth: as far as it is known and may be read.
        address: below the province, where it may be read.
        phones: theirs or the family's.
        prison: where they are or were last.
        worker: name of the member of staff who is responsible.
        made_on: day of the paper.
        place: where it is signed: the province.
        issuer: the organisation.
        demonstration: whether this is the demonstration programme.
    """

    code: str
    names: Names
    made_on: date
    sex: Sex | None = None
    birth: Birth = UNKNOWN_BIRTH
    address: PlanText = NOTHING_SAID
    phones: str = ""
    prison: PlanText = NOTHING_SAID
    worker: str = ""
    place: PlanText = NOTHING_SAID
    issuer: PlanText = NOTHING_SAID
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class CaseOnPaper:
    """Everything that the papers of a case are made from; None or empty where it is not there or may not be read.

    Args:
        subject: whom it is about.
        assessments: the newest first.
        plan: the newest version of the case plan.
        release_plan: the newest version of the release plan.
        home: the address after the release, as it is read.
        follow_ups: in order of day.
        released_on: day of the last release.
    """

    subject: CaseSubject
    assessments: tuple[Assessment, ...] = ()
    plan: CasePlan | None = None
    release_plan: ReleasePlan | None = None
    home: PlanText = NOTHING_SAID
    follow_ups: tuple[FollowUp, ...] = ()
    released_on: date | None = None
