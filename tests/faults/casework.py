"""Days of a case worker and a manager, act by act: from a consent to what is known after the release; certificates.

The people are those of a home of before (`tests/fixtures/homes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tlbb_desktop.domain.assessment import Outcome, SetAttempt
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.case_plans import (
    ActionForm,
    Doer,
    GoalForm,
    PlanAction,
    PlanGoal,
    PlanReview,
    ReviewForm,
    SignatureForm,
    SignedPaper,
    Signer,
)
from tlbb_desktop.domain.consents import NEEDED_FOR_SERVICE, ConsentForm
from tlbb_desktop.domain.follow_ups import AttemptForm, ContactMode, Reached
from tlbb_desktop.domain.legal_files import LegalFile
from tlbb_desktop.domain.referrals import LegalNeed, ReferralForm, ReferralKind
from tlbb_desktop.domain.release_dates import DateBatch, DateCause
from tlbb_desktop.domain.release_plans import ItemStatus, ReleasePlanForm
from tlbb_desktop.domain.releases import ReleaseForm
from tlbb_desktop.domain.reoffences import EventSource, EvidenceLevel, ReoffenceEvent, ReoffenceForm
from tlbb_desktop.domain.scores import Instrument, ScoreForm, ScoreRecord
from tlbb_desktop.domain.strengths import Assessment, AssessmentKind, RestrictedForm, StrengthDomain
from tlbb_desktop.domain.visits import VisitForm, VisitKind
from tlbb_desktop.services.follow_ups import Contact
from tlbb_desktop.wiring import Desk

DAY = date(2026, 10, 30)
PICTURE = b"\xff\xd8\xff a picture" * 300
GOAL = GoalForm(StrengthDomain.WORK, "ខ្ញុំចង់បើកហាងជួសជុលម៉ូតូ", "ដៃប៉ិន", 2, 4, DAY + timedelta(days=200))


def case_begins(desk: Desk, person: int) -> Iterator[str]:
    """Intake: consents, the case, law and release date, assessment, score, note, visit, referral."""
    for purpose in NEEDED_FOR_SERVICE:
        desk.consents.record(person, ConsentForm(purpose, True, DAY))
        yield "consent"
    case = desk.cases.open(person, desk.actor.staff_id)
    yield "case"
    desk.people.set_photo(person, PICTURE)
    yield "photo"
    desk.legal_files.save(person, LegalFile(), 0)
    yield "legal file"
    desk.release_dates.set_date(person, DAY + timedelta(days=40), DateCause.SENTENCE, "court", None)
    yield "release date"
    batch = DateBatch(DateCause.REDUCTION, "decree", months=1)
    made = desk.release_dates.apply(batch, desk.release_dates.preview(batch, [person]))
    yield "release dates of many"
    desk.release_dates.undo(made)
    yield "release dates undone"
    desk.strengths.save(Assessment(None, case, AssessmentKind.INTAKE, DAY, restricted=RestrictedForm()))
    yield "assessment"
    desk.scores.save(ScoreRecord(None, case, DAY, ScoreForm(Instrument.CRAFFT, {"total": 2})))
    yield "score"
    note = desk.case_notes.save(CaseNote(None, case, DAY, NoteForm(NoteKind.INDIVIDUAL, "គាត់សុខសប្បាយ")))
    yield "note"
    desk.case_notes.add(note, "បន្ថែម")
    yield "note added to"
    desk.visits.add(case, VisitKind.FAMILY_TO_PRISON, DAY, VisitForm())
    yield "visit"
    desk.referrals.add(case, ReferralForm(ReferralKind.LEGAL, need=LegalNeed.APPEAL))
    yield "referral"


def plan_is_agreed(desk: Desk, person: int) -> Iterator[str]:
    """A case plan from its draft to a review, and its papers signed."""
    case = desk.cases.of_person(person)[-1].id
    plan = desk.case_plans.start(case)
    yield "plan"
    goal = desk.case_plans.save_goal(plan, PlanGoal(GOAL))
    yield "goal"
    desk.case_plans.save_action(goal, PlanAction(ActionForm("រកជាង", Doer.CASE_WORKER, due_on=DAY)))
    yield "action"
    desk.signatures.sign(SignedPaper.CASE_PLAN, plan, SignatureForm(Signer.PARTICIPANT, "ដារ៉ា", DAY))
    yield "signature"
    desk.case_plans.propose(plan, 1)
    yield "plan proposed"
    desk.case_plans.approve(plan, 2)
    yield "plan approved"
    desk.case_plans.review(plan, PlanReview(DAY, ReviewForm(DAY + timedelta(days=90))))
    yield "review"
    desk.drafts.save("case", {"note": "half typed"}, "counselling")
    yield "draft"


def somebody_leaves(desk: Desk, person: int) -> Iterator[str]:
    """A release plan, the release, the first contacts, and an event."""
    case = desk.cases.of_person(person)[-1].id
    plan = desk.release_plans.open(case)
    yield "release plan"
    for number, item in enumerate(plan.items[:2]):
        desk.release_plans.set_item(item.id, replace(item.form, status=list(ItemStatus)[number + 1]), item.version)
        yield "item"
    plan = desk.release_plans.save(plan.id, ReleasePlanForm(place_text="ភូមិថ្មី"), plan.version)
    yield "release plan saved"
    desk.release_plans.propose(plan.id, plan.version)
    yield "release plan proposed"
    release = desk.releases.record(person, ReleaseForm(DAY - timedelta(days=9)))
    yield "release"
    first, *_later = desk.follow_ups.plan(release.id)
    yield "follow-up"
    desk.follow_ups.note_attempt(first.id, AttemptForm(DAY, ContactMode.PHONE, Reached.NOT_REACHED))
    yield "try"
    seen = next(each for each in desk.follow_ups.of_release(release.id) if each.id == first.id)
    yield "follow-up read"
    desk.follow_ups.note_contact(first.id, Contact(DAY, ContactMode.PHONE, Reached.BY_PHONE), seen.version)
    yield "contact"
    event = ReoffenceForm(DAY, EvidenceLevel.ARREST, DAY, EventSource.POLICE)
    made = desk.reoffences.save(ReoffenceEvent(None, person, event))
    yield "event"
    desk.reoffences.set_level(made, EvidenceLevel.CHARGE, "court", 1)
    yield "event changed"


def certificates_go_out(desk: Desk, class_id: int, people: list[int]) -> Iterator[str]:
    """An attempt; proposed, approved, issued; printed again; revoked."""
    unit = desk.assessment.unit_named(class_id, "M02").id
    desk.assessment.assess(class_id, [SetAttempt(each, unit, DAY, Outcome.COMPETENT) for each in people])
    yield "attempts"
    made = desk.certificates.propose(class_id, people, despite="a test")
    yield "certificates proposed"
    desk.certificates.approve(made)
    yield "certificates approved"
    papers = desk.certificates.issue(made)
    yield "certificates issued"
    desk.certificates.reprint(papers[0].certificate.number)
    yield "certificate printed again"
    desk.certificates.revoke(papers[1].certificate.number, "a test")
    yield "certificate revoked"


def days_of_casework(desk: Desk) -> Iterator[str]:
    """All of it; each act's name is given when it has returned."""
    class_id = desk.classes.class_named("SR-MOTO")
    people = [desk.people.person_with_code(f"SR-000{number}") for number in range(3)]
    yield from certificates_go_out(desk, class_id, people[1:])
    yield from case_begins(desk, people[0])
    yield from plan_is_agreed(desk, people[0])
    yield from somebody_leaves(desk, people[0])
