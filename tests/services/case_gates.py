"""The services of cases with the action that each method asks for; see ``gates``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tlbb_desktop.data import models
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.case_plans import (
    ActionForm,
    GoalForm,
    PlanAction,
    PlanForm,
    PlanGoal,
    PlanReview,
    ReviewForm,
    SignatureForm,
    SignedPaper,
    Signer,
)
from tlbb_desktop.domain.consents import NEEDED_FOR_SERVICE, ConsentForm, ConsentPurpose
from tlbb_desktop.domain.legal_files import LegalFile
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.release_dates import DateBatch, DateCause, DateChange
from tlbb_desktop.domain.scores import Instrument, ScoreForm, ScoreRecord
from tlbb_desktop.domain.strengths import Assessment, AssessmentKind, DomainRating, StrengthDomain
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tests.services.gate_world import World

Call = Callable[[Desk, Any], Any]
REASON = ReadReason.SUPERVISION
BATCH = DateBatch(DateCause.REDUCTION, "decree", months=1)


@dataclass(frozen=True)
class CaseWorld:
    """A case for which nobody is responsible, with one of everything."""

    case_id: int
    consent_id: int
    batch_id: int
    task_id: int
    note_id: int
    plan_id: int
    goal_id: int


def case_world(desk: Desk, world: World) -> CaseWorld:
    """Build it for the first person of the world, as the manager."""
    person, day = world.person_id, world.day
    consents = [desk.consents.record(person, ConsentForm(purpose, True, day)) for purpose in NEEDED_FOR_SERVICE]
    case_id = desk.cases.open(person)
    desk.release_dates.set_date(person, day + timedelta(days=400), DateCause.SENTENCE, "court", None)
    batch = desk.release_dates.apply(BATCH, desk.release_dates.preview(BATCH, [person]))
    note = NoteForm(NoteKind.INDIVIDUAL, "x", risk_seen=True)
    note_id = desk.case_notes.save(CaseNote(None, case_id, day, note))
    plan_id = desk.case_plans.start(case_id)
    with desk.office.store.read() as connection:
        task_id = connection.exec_driver_sql("SELECT min(id) FROM case_task").scalar_one()
    return CaseWorld(
        case_id,
        consents[0],
        batch,
        task_id,
        note_id,
        plan_id,
        desk.case_plans.save_goal(plan_id, PlanGoal(GoalForm(StrengthDomain.WORK))),
    )


def as_responsible(call: Call) -> Call:
    """The same call by the one who is responsible for the case."""

    def responsible(desk: Desk, world: World) -> Any:
        _make_responsible(desk, world, desk.actor.staff_id)
        try:
            return call(desk, world)
        finally:
            _make_responsible(desk, world, None)

    return responsible


def _make_responsible(desk: Desk, world: World, staff_id: int | None) -> None:
    with desk.office.store.write() as session:
        session.get_one(models.CaseFileRow, world.cases.case_id).worker_id = staff_id


def _change(world: World) -> DateChange:
    return DateChange(world.person_id, "0001", "", None, world.day + timedelta(days=90), None)


def _assessment(world: World) -> Assessment:
    return Assessment(None, world.cases.case_id, AssessmentKind.INTAKE, world.day)


def _score(world: World) -> ScoreRecord:
    return ScoreRecord(None, world.cases.case_id, world.day, ScoreForm(Instrument.CRAFFT, {"total": 2}))


def _note(world: World) -> CaseNote:
    return CaseNote(None, world.cases.case_id, world.day, NoteForm(NoteKind.INDIVIDUAL, "x"))


def _review(world: World) -> PlanReview:
    return PlanReview(world.day, ReviewForm(world.day + timedelta(days=90)))


def _plan_form(world: World) -> PlanForm:
    return PlanForm(world.day, world.day + timedelta(days=90))


SIGNED = SignedPaper.CLOSURE
JPEG = b"\xff\xd8\xff picture"
A = Action
#: Name -> action, call, and whether it refuses another prison.
CASE_GATES: dict[str, tuple[Action, Call, bool]] = {
    "consents.of_person": (A.CONSENT_READ, lambda d, w: d.consents.of_person(w.person_id), True),
    "consents.standing": (A.CONSENT_READ, lambda d, w: d.consents.standing(w.person_id), True),
    "consents.record": (
        A.CONSENT_WRITE,
        lambda d, w: d.consents.record(w.person_id, ConsentForm(ConsentPurpose.CONTACT_AFTER, True, w.day)),
        True,
    ),
    "consents.withdraw": (
        A.CONSENT_WRITE,
        lambda d, w: d.consents.withdraw(w.cases.consent_id, w.day - timedelta(days=1)),
        True,
    ),
    "cases.file": (A.CASE_READ, lambda d, w: d.cases.file(w.cases.case_id), True),
    "cases.of_person": (A.CASE_READ, lambda d, w: d.cases.of_person(w.person_id), True),
    "cases.list": (A.CASE_READ, lambda d, w: d.cases.list(), False),
    "cases.waiting_list": (A.CASE_READ, lambda d, w: d.cases.waiting_list(), False),
    "cases.workers": (A.CASE_ASSIGN, lambda d, w: d.cases.workers(), False),
    "cases.wait": (A.CASE_WRITE, lambda d, w: d.cases.wait(w.second_id), True),
    "cases.open": (A.CASE_WRITE, lambda d, w: d.cases.open(w.second_id), True),
    "legal_files.read": (A.LEGAL_READ, lambda d, w: d.legal_files.read(w.person_id), True),
    "legal_files.save": (A.LEGAL_WRITE, lambda d, w: d.legal_files.save(w.person_id, LegalFile(), 0), True),
    "release_dates.story": (A.LEGAL_READ, lambda d, w: d.release_dates.story(w.person_id), True),
    "release_dates.set_date": (
        A.RELEASE_DATE_WRITE,
        lambda d, w: d.release_dates.set_date(w.person_id, w.day, DateCause.PARDON, "decree", None),
        True,
    ),
    "release_dates.preview": (
        A.RELEASE_DATE_WRITE,
        lambda d, w: d.release_dates.preview(BATCH, [w.person_id]),
        True,
    ),
    "release_dates.apply": (
        A.RELEASE_DATE_WRITE,
        lambda d, w: d.release_dates.apply(BATCH, [_change(w)]),
        True,
    ),
    "release_dates.undo": (A.RELEASE_DATE_WRITE, lambda d, w: d.release_dates.undo(w.cases.batch_id), True),
    "release_dates.batches": (A.RELEASE_DATE_WRITE, lambda d, w: d.release_dates.batches(), False),
    "case_tasks.open_tasks": (A.CASE_READ, lambda d, w: d.case_tasks.open_tasks(w.cases.case_id), True),
    "case_tasks.done": (
        A.CASE_WRITE,
        lambda d, w: d.case_tasks.done(w.cases.case_id, w.cases.task_id, "x", 1),
        True,
    ),
    "strengths.assessments": (A.CARE_READ, lambda d, w: d.strengths.assessments(w.cases.case_id), True),
    "strengths.save": (A.CARE_WRITE, lambda d, w: d.strengths.save(_assessment(w)), True),
    "scores.records": (A.CARE_READ, lambda d, w: d.scores.records(w.cases.case_id, REASON), True),
    "scores.save": (A.CARE_WRITE, lambda d, w: d.scores.save(_score(w)), True),
    "case_plans.versions": (A.CARE_READ, lambda d, w: d.case_plans.versions(w.cases.case_id), True),
    "case_plans.plan": (A.CARE_READ, lambda d, w: d.case_plans.plan(w.cases.plan_id), True),
    "case_plans.gaps": (A.CARE_READ, lambda d, w: d.case_plans.gaps(w.cases.plan_id), True),
    "case_plans.start": (A.CARE_WRITE, lambda d, w: d.case_plans.start(w.cases.case_id), True),
    "case_plans.save_form": (
        A.CARE_WRITE,
        lambda d, w: d.case_plans.save_form(w.cases.plan_id, _plan_form(w), 1),
        True,
    ),
    "case_plans.save_goal": (
        A.CARE_WRITE,
        lambda d, w: d.case_plans.save_goal(w.cases.plan_id, PlanGoal(GoalForm(StrengthDomain.HOME))),
        True,
    ),
    "case_plans.add_proposed": (A.CARE_WRITE, lambda d, w: d.case_plans.add_proposed(w.cases.plan_id), True),
    "case_plans.save_action": (
        A.CARE_WRITE,
        lambda d, w: d.case_plans.save_action(w.cases.goal_id, PlanAction(ActionForm("x"))),
        True,
    ),
    "case_plans.review": (A.CARE_WRITE, lambda d, w: d.case_plans.review(w.cases.plan_id, _review(w)), True),
    "case_plans.next_review": (A.CARE_READ, lambda d, w: d.case_plans.next_review(w.cases.plan_id, w.day), True),
    "case_plans.propose": (A.CARE_WRITE, lambda d, w: d.case_plans.propose(w.cases.plan_id, 1), True),
    "case_plans.approve": (A.PLAN_APPROVE, lambda d, w: d.case_plans.approve(w.cases.plan_id, 1), True),
    "case_plans.activate": (A.CARE_WRITE, lambda d, w: d.case_plans.activate(w.cases.plan_id), True),
    "signatures.sign": (
        A.CARE_WRITE,
        lambda d, w: d.signatures.sign(SIGNED, w.cases.case_id, SignatureForm(Signer.MANAGER, "x", w.day)),
        True,
    ),
    "signatures.signatures": (A.CARE_READ, lambda d, w: d.signatures.signatures(SIGNED, w.cases.case_id), True),
    "scans.of_paper": (A.CARE_READ, lambda d, w: d.scans.of_paper(SIGNED, w.cases.case_id), True),
    "scans.picture": (A.CARE_READ, lambda d, w: d.scans.picture(SIGNED, w.cases.case_id, 0, REASON), True),
    "scans.attach": (A.CARE_WRITE, lambda d, w: d.scans.attach(SIGNED, w.cases.case_id, JPEG), True),
    "case_notes.notes": (A.CARE_READ, lambda d, w: d.case_notes.notes(w.cases.case_id), True),
    "case_notes.save": (A.CARE_WRITE, lambda d, w: d.case_notes.save(_note(w)), True),
    "case_notes.add": (A.CARE_WRITE, lambda d, w: d.case_notes.add(w.cases.note_id, "x"), True),
    "case_notes.search": (A.CARE_READ, lambda d, w: d.case_notes.search("x"), False),
    "work_list.page": (A.WORK_LIST, lambda d, w: d.work_list.page(), False),
    "work_list.lately": (A.CARE_READ, lambda d, w: d.work_list.lately(), False),
    "cases.assign": (
        A.CASE_ASSIGN,
        lambda d, w: d.cases.assign(w.cases.case_id, d.actor.staff_id, 99),
        True,
    ),
}
#: What a method asks besides.
CASE_BESIDES = {
    "legal_files.read": {"counselling_reason"},
    "case_tasks.open_tasks": {"counselling_own"},
    "case_tasks.done": {"counselling_own"},
    "strengths.assessments": {"counselling_own", "counselling_reason"},
    "strengths.save": {"counselling_own"},
    "scores.records": {"counselling_own", "counselling_reason"},
    "scores.save": {"counselling_own"},
    "case_plans.plan": {"counselling_own"},
    "scans.picture": {"counselling_own", "counselling_reason"},
    "scans.attach": {"counselling_own"},
    "case_notes.notes": {"counselling_reason"},
    "work_list.page": {"case_assign", "plan_approve", "counselling_own"},
}


def while_sealed(desk: Desk, world: Any) -> None:
    """A manager reads a sealed case with a reason."""
    for state, call in (("sealed", desk.strengths.assessments), ("open", None)):
        with desk.office.own_act() as act:
            act.connection.exec_driver_sql("UPDATE case_file SET state = ? WHERE id = ?", (state, world.cases.case_id))
        if call is not None:
            call(world.cases.case_id, REASON)


#: Calls that reach further.
CASE_FURTHER: dict[str, tuple[Call, ...]] = {
    "legal_files.read": (lambda d, w: d.legal_files.read(w.person_id, REASON),),
    "strengths.assessments": (lambda d, w: d.strengths.assessments(w.cases.case_id, REASON), while_sealed),
    "strengths.save": (
        lambda d, w: d.strengths.save(
            replace(_assessment(w), form=replace(_assessment(w).form, ratings={StrengthDomain.MIND: DomainRating(3)}))
        ),
    ),
    "case_notes.notes": (lambda d, w: d.case_notes.notes(w.cases.case_id, REASON),),
    "case_tasks.open_tasks": (as_responsible(lambda d, w: d.case_tasks.open_tasks(w.cases.case_id)),),
}
