"""What a social worker did in the demonstration: cases, plans, visits, releases, and what came afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from tlbb_desktop.demonstration.case_texts import ACTIONS, GOALS, NEEDS, NOTES, STRENGTHS, WISHES
from tlbb_desktop.demonstration.cast import DAY, SEED, DemoPerson
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
from tlbb_desktop.domain.consents import ConsentForm, ConsentMethod, ConsentPurpose
from tlbb_desktop.domain.follow_ups import (
    AttemptForm,
    ContactFindings,
    ContactMode,
    FollowUp,
    LawTrouble,
    LivesWith,
    Reached,
    SubstanceUse,
    WorkerView,
    WorkStatus,
)
from tlbb_desktop.domain.legal_files import (
    LegalFile,
    LegalStatus,
    OffenceCategory,
    OffenceClass,
    Sentence,
    StatusChange,
)
from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.people import PersonKind
from tlbb_desktop.domain.release_plans import ItemStatus, ReceivingAdult, ReleasePlanForm
from tlbb_desktop.domain.releases import ReleaseForm
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
from tlbb_desktop.services.follow_ups import Contact
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tlbb_desktop.demonstration.build import StoryClock

WORKER: Final = "bopha"
INSIDE, OUTSIDE = 5, 4
"""So many cases of people who are still inside, and of people who left."""
ITEMS_DONE: Final = 8
_VISIT_EVERY: Final = timedelta(days=33)
_LATELY: Final = timedelta(days=6)
_PLAN_AFTER: Final = timedelta(days=12)
_OPENED_AFTER: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Story:
    """Somebody with a case, and the days that matter."""

    person: DemoPerson
    person_id: int
    opened_on: date

    @property
    def gone(self) -> bool:
        return self.person.leaves_on < DAY

    @property
    def last_day(self) -> date:
        """The last day of which there is anything to tell from inside."""
        return min(self.person.leaves_on, DAY - timedelta(days=1))


class Casework:
    """Writes the story of the cases through the services.

    Args:
        manager: approves plans.
        worker: the social worker, who is responsible.
        clock: set to the day of each act.
        ids: code -> row of the person.
    """

    def __init__(self, manager: Desk, worker: Desk, clock: StoryClock, ids: dict[str, int]) -> None:
        self._manager, self._desk, self._clock, self._ids = manager, worker, clock, ids
        self._random = Random(SEED)

    def tell(self, people: list[DemoPerson], prisons: frozenset[str]) -> None:
        """Write the cases of some of *people*, who are or were at *prisons*, the earliest first."""
        for story in self._chosen(people, prisons):
            self._begin(story)
            if story.gone:
                self._leave(story)
        self._clock.set(DAY)

    def _chosen(self, people: list[DemoPerson], prisons: frozenset[str]) -> list[_Story]:
        ours = [each for each in people if each.prison in prisons and each.kind is PersonKind.PARTICIPANT]
        soon_first = sorted((each for each in ours if each.leaves_on >= DAY), key=lambda each: each.leaves_on)
        long_ago_first = sorted((each for each in ours if each.leaves_on < DAY), key=lambda each: each.leaves_on)
        chosen = [*soon_first[:INSIDE], *long_ago_first[:OUTSIDE]]
        stories = [_Story(each, self._ids[each.code], each.came_on + _OPENED_AFTER) for each in chosen]
        return sorted(stories, key=lambda story: (story.opened_on, story.person.code))

    # from intake to the plan ----------------------------------------------------------------------------------------

    def _begin(self, story: _Story) -> None:
        desk, opened = self._desk, story.opened_on
        self._clock.set(opened, 9)
        for purpose in (ConsentPurpose.SERVICE, ConsentPurpose.STORE_DATA, ConsentPurpose.CONTACT_AFTER):
            desk.consents.record(story.person_id, ConsentForm(purpose, True, opened, method=ConsentMethod.THUMBPRINT))
        self._write_legal_file(story)
        case_id = desk.cases.open(story.person_id)
        self._assess(case_id, opened)
        self._plan(case_id, opened + _PLAN_AFTER, story.person.names.shown)
        self._visit_and_note(case_id, story)
        self._review(case_id)
        if story.person.leaves_on <= DAY + timedelta(days=180):
            self._plan_release(case_id, story)

    def _write_legal_file(self, story: _Story) -> None:
        offence_on = story.person.came_on - timedelta(days=self._random.randint(20, 90))
        judged_on = story.person.came_on - timedelta(days=7)
        months = max(1, round((story.person.leaves_on - story.person.came_on).days / 30))
        file = LegalFile(
            statuses=(
                StatusChange(LegalStatus.PRE_TRIAL, offence_on + timedelta(days=2)),
                StatusChange(LegalStatus.CONVICTED, judged_on),
            ),
            category=self._random.choice((OffenceCategory.THEFT, OffenceCategory.DRUG_USE, OffenceCategory.VIOLENCE)),
            offence_class=OffenceClass.MISDEMEANOUR,
            offence_on=offence_on,
            judged_on=judged_on,
            sentence=Sentence(months // 12, months % 12),
            first_offence=True,
        )
        seen = self._desk.legal_files.read(story.person_id).version
        self._desk.legal_files.save(story.person_id, file, seen)

    def _assess(self, case_id: int, day: date) -> None:
        ratings = {domain: self._rating() for domain in StrengthDomain}
        risks = dict.fromkeys(SafetyRisk, RiskAnswer.NO)
        if self._random.random() < 0.4:
            risks[SafetyRisk.DEBT] = RiskAnswer.PAST
        good_at, helped_by, want = self._random.choice(WISHES)
        form = AssessmentForm(
            {domain: rating for domain, rating in ratings.items() if domain not in RESTRICTED_DOMAINS},
            alone=True,
            good_at=good_at,
            helped_by=helped_by,
            want=want,
        )
        restricted = RestrictedForm(
            {domain: ratings[domain] for domain in RESTRICTED_DOMAINS},
            risks,
            overall=self._random.choice((Risk.LOW, Risk.MEDIUM, Risk.MEDIUM, Risk.HIGH)),
        )
        self._desk.strengths.save(Assessment(None, case_id, AssessmentKind.INTAKE, day, form, restricted))

    def _rating(self) -> DomainRating:
        level = self._random.choice((1, 2, 2, 3, 3, 3, 4))
        need = self._random.choice(NEEDS) if level <= 2 else ""
        return DomainRating(level, self._random.choice(STRENGTHS) if level > 2 else "", need)

    def _plan(self, case_id: int, day: date, name: str) -> None:
        if day >= DAY:
            return
        self._clock.set(day, 10)
        plans = self._desk.case_plans
        plan_id = plans.start(case_id)
        for (domain, statement, target), actions in zip(GOALS, ACTIONS, strict=True):
            goal = GoalForm(domain, statement, self._random.choice(STRENGTHS), 2, target, day + timedelta(days=240))
            goal_id = plans.save_goal(plan_id, PlanGoal(goal))
            for number, (what, doer) in enumerate(actions, 1):
                due = day + timedelta(days=45 * number)
                plans.save_action(goal_id, PlanAction(ActionForm(what, doer, due_on=due)))
        signed = SignatureForm(Signer.PARTICIPANT, name, day, SignMethod.THUMBPRINT)
        self._desk.signatures.sign(SignedPaper.CASE_PLAN, plan_id, signed)
        plans.propose(plan_id, plans.plan(plan_id).version)
        self._clock.set(day + timedelta(days=2), 9)
        self._manager.case_plans.approve(plan_id, self._manager.case_plans.plan(plan_id).version)

    def _review(self, case_id: int) -> None:
        """Review the plan whenever it is due, with what was done by then; what was due lately still waits."""
        plans = self._desk.case_plans
        for version in plans.versions(case_id):
            day = plans.plan(version.id).form.review_due_on
            while day < DAY - _LATELY:
                self._clock.set(day, 14)
                goals = plans.plan(version.id).goals
                self._finish_actions(goals, day)
                progress = tuple(GoalProgress(goal.id or 0, self._random.choice((25, 50, 75))) for goal in goals)
                next_on = plans.next_review(version.id, day)
                plans.review(version.id, PlanReview(day, ReviewForm(next_on, progress)))
                day = next_on

    def _finish_actions(self, goals: tuple[PlanGoal, ...], day: date) -> None:
        for goal in goals:
            for action in goal.actions:
                form = action.form
                if form.done_on is None and form.due_on is not None and form.due_on <= day:
                    done = replace(action, form=replace(form, done_on=form.due_on))
                    self._desk.case_plans.save_action(goal.id or 0, done)

    def _visit_and_note(self, case_id: int, story: _Story) -> None:
        day, number = story.opened_on + timedelta(days=25), 0
        while day <= story.last_day and number < 3:
            self._clock.set(day, 15)
            outcome = self._random.choice((VisitOutcome.RECONCILED, VisitOutcome.AGREED_TO_RECEIVE))
            form = VisitForm((Visitor("ជា សុភា", "ម្តាយ"),), minutes=40, outcomes=frozenset({outcome}))
            self._desk.visits.add(case_id, VisitKind.FAMILY_TO_PRISON, day, form)
            note = NoteForm(NoteKind.INDIVIDUAL, self._random.choice(NOTES), 45, mood=self._random.randint(2, 5))
            self._desk.case_notes.save(CaseNote(None, case_id, day, note))
            day, number = day + _VISIT_EVERY * self._random.randint(1, 3), number + 1

    # the release and what comes after ------------------------------------------------------------------------------

    def _plan_release(self, case_id: int, story: _Story) -> None:
        leaves_on = story.person.leaves_on
        begun = max(story.opened_on + timedelta(days=20), leaves_on - timedelta(days=170))
        if begun >= DAY:
            return
        self._clock.set(begun, 11)
        plan = self._desk.release_plans.open(case_id)
        adult = ReceivingAdult("ជា សុភា", "ម្តាយ", "012 345 678", begun)
        form = ReleasePlanForm(adult=adult, transport="ឡានក្រុងជាមួយម្តាយ", transport_cost=Money(40_000))
        plan = self._desk.release_plans.save(plan.id or 0, form, plan.version)
        self._clock.set(min(story.last_day, begun + timedelta(days=60)), 11)
        some = self._random.sample(plan.items, ITEMS_DONE)
        for item in plan.items if story.gone else some:
            if item.id is not None:
                done = replace(item.form, status=ItemStatus.DONE)
                self._desk.release_plans.set_item(item.id, done, item.version)

    def _leave(self, story: _Story) -> None:
        day = story.person.leaves_on
        self._clock.set(day, 8)
        release = self._desk.releases.record(story.person_id, ReleaseForm(day, completed=self._random.random() < 0.7))
        for contact in self._desk.follow_ups.of_release(release.id or 0):
            if contact.form.due_on >= DAY - timedelta(days=6):
                break
            self._follow_up(contact)

    def _follow_up(self, contact: FollowUp) -> None:
        held = contact.form.due_on + timedelta(days=self._random.randint(0, 3))
        self._clock.set(held + timedelta(days=1), 16)
        if self._random.random() < 0.15:
            tried = AttemptForm(held, ContactMode.PHONE, Reached.NOT_REACHED)
            self._desk.follow_ups.note_attempt(contact.id or 0, tried)
            return
        findings = ContactFindings(
            lives_with=LivesWith.PARENTS,
            safe=self._random.randint(2, 4),
            work=self._random.choice((WorkStatus.EMPLOYED, WorkStatus.APPRENTICE, WorkStatus.SEEKING)),
            hours_last_week=self._random.choice((0, 20, 40, 48)),
            substances=SubstanceUse.NONE,
            family=self._random.randint(2, 4),
            trouble=LawTrouble.NONE,
            view=WorkerView.ON_TRACK,
        )
        mode = self._random.choice((ContactMode.PHONE, ContactMode.HOME_VISIT))
        reached = Reached.BY_PHONE if mode is ContactMode.PHONE else Reached.IN_PERSON
        self._desk.follow_ups.note_contact(contact.id or 0, Contact(held, mode, reached, findings), contact.version)
