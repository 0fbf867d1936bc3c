"""A case of five years: a note and a visit each month, an assessment and a score each half year, a plan reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from tests.bench.homes import PASSPHRASE, filled_home
from tlbb_desktop.demonstration.build import StoryClock
from tlbb_desktop.demonstration.case_texts import ACTIONS, GOALS, NEEDS, NOTES, STRENGTHS, WISHES
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.case_plans import (
    ActionForm,
    GoalForm,
    GoalProgress,
    PlanAction,
    PlanGoal,
    PlanReview,
    ReviewForm,
    SignatureForm,
    SignedPaper,
    Signer,
    SignMethod,
)
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose
from tlbb_desktop.domain.people import CustodyStay, Identity, PersonKind, PersonRecord, PersonStatus
from tlbb_desktop.domain.scores import SCALES, Instrument, ScoreForm, ScoreRecord
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import (
    RESTRICTED_DOMAINS,
    Assessment,
    AssessmentForm,
    AssessmentKind,
    DomainRating,
    RestrictedForm,
    RiskAnswer,
    SafetyRisk,
    StrengthDomain,
)
from tlbb_desktop.domain.visits import VisitForm, VisitKind, Visitor, VisitOutcome
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk

WORKER: Final = "bopha"
MONTHS: Final = 60
OPENED_ON: Final = date(2021, 11, 1)
LAST_DAY: Final = date(2026, 11, 16)
_HALF_YEAR: Final = 6
_QUARTER: Final = 3


@dataclass(frozen=True, slots=True)
class FiveYears:
    """The desk of the worker who is responsible, and the case."""

    desk: Desk
    case_id: int


def five_years(folder: Path) -> FiveYears:
    """The programme with the case."""
    clock = WorkingDayClock(SystemClock(), LAST_DAY)
    manager = filled_home("five-years", folder, _fill, clock)
    manager.close()
    desk = open_desk(manager.home, unlock(manager.home, WORKER, PASSPHRASE), clock)
    return FiveYears(desk, desk.cases.list()[0].id or 0)


def _fill(manager: Desk) -> None:
    prison = manager.prisons.own()
    assert prison is not None
    manager.staff.add(NewMember(WORKER, WORKER, Role.SOCIAL_WORKER, PASSPHRASE, prisons=(prison.id,)))
    clock = StoryClock()
    clock.set(OPENED_ON)
    manager.office.clock = clock
    worker = open_desk(manager.home, unlock(manager.home, WORKER, PASSPHRASE), clock)
    ((names, sex),) = islice(invent_names(1), 1)
    person_id = manager.people.save(
        PersonRecord(
            id=None,
            code="SR-0001",
            names=names,
            sex=sex,
            kind=PersonKind.PARTICIPANT,
            status=PersonStatus.IN_TRAINING,
            stays=(CustodyStay(prison.id, OPENED_ON),),
            identity=Identity(release_on=LAST_DAY + timedelta(days=200)),
        )
    )
    for purpose in (ConsentPurpose.SERVICE, ConsentPurpose.STORE_DATA):
        worker.consents.record(person_id, ConsentForm(purpose, True, OPENED_ON))
    case_id = worker.cases.open(person_id)
    plan_id = _plan(worker, manager, case_id, names.shown)
    for month in range(MONTHS):
        day = OPENED_ON + timedelta(days=30 * month)
        clock.set(day, 15)
        _month(worker, case_id, month, day)
        if month % _QUARTER == 0:
            _review(worker, plan_id, day)
    worker.close()


def _month(worker: Desk, case_id: int, month: int, day: date) -> None:
    text = NOTES[month % len(NOTES)]
    kind = NoteKind.COUNSELLING if month % 2 else NoteKind.INDIVIDUAL
    worker.case_notes.save(CaseNote(None, case_id, day, NoteForm(kind, text, 45, mood=3)))
    visit = VisitForm((Visitor("ជា សុភា", "ម្តាយ"),), minutes=40, outcomes=frozenset({VisitOutcome.RECONCILED}))
    worker.visits.add(case_id, VisitKind.FAMILY_TO_PRISON, day, visit)
    if month % _HALF_YEAR == 0:
        worker.strengths.save(_assessment(case_id, month, day))
        values = {scale.name: 1 for scale in SCALES[Instrument.SDQ]}
        worker.scores.save(ScoreRecord(None, case_id, day, ScoreForm(Instrument.SDQ, values)))


def _assessment(case_id: int, month: int, day: date) -> Assessment:
    good_at, helped_by, want = WISHES[month % len(WISHES)]
    rating = DomainRating(2, STRENGTHS[0], NEEDS[0])
    open_to_all = dict.fromkeys((each for each in StrengthDomain if each not in RESTRICTED_DOMAINS), rating)
    form = AssessmentForm(open_to_all, alone=True, good_at=good_at, helped_by=helped_by, want=want)
    risks = dict.fromkeys(SafetyRisk, RiskAnswer.NO)
    restricted = RestrictedForm(dict.fromkeys(RESTRICTED_DOMAINS, rating), risks, overall=Risk.MEDIUM)
    kind = AssessmentKind.REVIEW if month else AssessmentKind.INTAKE
    return Assessment(None, case_id, kind, day, form, restricted)


def _plan(worker: Desk, manager: Desk, case_id: int, name: str) -> int:
    plans = worker.case_plans
    plan_id = plans.start(case_id)
    for (domain, statement, target), actions in zip(GOALS, ACTIONS, strict=True):
        until = OPENED_ON + timedelta(days=240)
        goal_id = plans.save_goal(plan_id, PlanGoal(GoalForm(domain, statement, STRENGTHS[0], 2, target, until)))
        for what, doer in actions:
            plans.save_action(goal_id, PlanAction(ActionForm(what, doer, due_on=until)))
    signed = SignatureForm(Signer.PARTICIPANT, name, OPENED_ON, SignMethod.THUMBPRINT)
    worker.signatures.sign(SignedPaper.CASE_PLAN, plan_id, signed)
    plans.propose(plan_id, plans.plan(plan_id).version)
    manager.case_plans.approve(plan_id, manager.case_plans.plan(plan_id).version)
    return plan_id


def _review(worker: Desk, plan_id: int, day: date) -> None:
    plan = worker.case_plans.plan(plan_id)
    progress = tuple(GoalProgress(goal.id or 0, 50) for goal in plan.goals)
    worker.case_plans.review(plan_id, PlanReview(day, ReviewForm(day + timedelta(days=90), progress)))
