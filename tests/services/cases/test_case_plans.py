"""Case plans: drafts that save incomplete, approval, versions that take each other's place, reviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.domain.case_plans import (
    ActionForm,
    Doer,
    GoalForm,
    GoalProgress,
    GoalStatus,
    PlanAction,
    PlanForm,
    PlanGap,
    PlanGoal,
    PlanReview,
    PlanStatus,
    ReviewForm,
    SignatureForm,
    SignedPaper,
    Signer,
    SignMethod,
)
from tlbb_desktop.domain.cases import Risk
from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, NotPermitted, Refused
from tlbb_desktop.domain.money import Money
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.strengths import StrengthDomain

WORK = GoalForm(StrengthDomain.WORK, "ខ្ញុំចង់បើកហាងជួសជុលម៉ូតូ", "ដៃប៉ិន", 2, 4, TODAY + timedelta(days=200))
DRUGS = GoalForm(StrengthDomain.SUBSTANCES, "ឈប់ប្រើ", "ម្តាយជួយ")
FIND = ActionForm("រកជាង", Doer.CASE_WORKER, due_on=TODAY + timedelta(days=14))


def complete(desk, case_id: int) -> int:
    """A draft that lacks nothing but a signature."""
    plan_id = desk.case_plans.start(case_id)
    goal = desk.case_plans.save_goal(plan_id, PlanGoal(WORK))
    desk.case_plans.save_action(goal, PlanAction(FIND))
    return plan_id


def approved(room, case_id: int) -> int:
    plan_id = complete(room.desk(), case_id)
    room.desk().case_plans.propose(plan_id, 1)
    room.manager.case_plans.approve(plan_id, 2)
    return plan_id


def test_a_plan_without_goals_is_saved_and_cannot_be_approved(room):
    desk, case_id = room.desk(), room.case()
    plan_id = desk.case_plans.start(case_id)
    assert desk.case_plans.gaps(plan_id) == (PlanGap.GOAL, PlanGap.PARTICIPANT_SIGNATURE)
    desk.case_plans.propose(plan_id, 1)
    with pytest.raises(Refused, match="not complete"):
        room.manager.case_plans.approve(plan_id, 2)


def test_a_goal_that_is_half_written_is_saved_and_says_what_it_lacks(room):
    desk, case_id = room.desk(), room.case()
    plan_id = desk.case_plans.start(case_id)
    goal = desk.case_plans.save_goal(plan_id, PlanGoal(GoalForm(StrengthDomain.HOME)))
    desk.case_plans.save_action(goal, PlanAction(ActionForm("សួរ")))
    assert desk.case_plans.gaps(plan_id)[:3] == (PlanGap.STATEMENT, PlanGap.STRENGTH, PlanGap.DUE)


def test_an_approved_plan_is_active_and_takes_the_place_of_the_one_before(room):
    case_id = room.case()
    first = approved(room, case_id)
    assert room.desk().case_plans.plan(first).status is PlanStatus.ACTIVE
    second = room.desk().case_plans.start(case_id)
    assert room.desk().case_plans.plan(first).status is PlanStatus.ACTIVE
    room.manager.case_plans.approve(second, 1)
    assert [(each.number, each.status) for each in room.desk().case_plans.versions(case_id)] == [
        (2, PlanStatus.ACTIVE),
        (1, PlanStatus.SUPERSEDED),
    ]
    plan = room.desk().case_plans.plan(second)
    assert (plan.approved_by, plan.approved_at) == ("សុខា", room.clock.now())


def test_a_new_version_carries_over_what_is_still_open(room):
    desk, case_id = room.desk(), room.case()
    first = complete(desk, case_id)
    kept = desk.case_plans.plan(first).goals[0]
    desk.case_plans.save_action(kept.id, PlanAction(ActionForm("ធ្វើរួច", done_on=TODAY)))
    dropped = desk.case_plans.save_goal(first, PlanGoal(replace(WORK, domain=StrengthDomain.MONEY)))
    desk.case_plans.save_goal(
        first, PlanGoal(replace(WORK, domain=StrengthDomain.MONEY, status=GoalStatus.ACHIEVED), id=dropped, version=1)
    )
    room.manager.case_plans.approve(first, 1)
    second = desk.case_plans.plan(desk.case_plans.start(case_id))
    assert [goal.form for goal in second.goals] == [WORK]
    assert [action.form.what for action in second.goals[0].actions] == ["រកជាង"]


def test_there_is_one_draft_at_a_time(room):
    desk, case_id = room.desk(), room.case()
    desk.case_plans.start(case_id)
    with pytest.raises(Refused, match="draft of this plan already"):
        desk.case_plans.start(case_id)


def test_a_plan_that_starts_later_is_approved_now_and_active_then(room):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    later = TODAY + timedelta(days=7)
    desk.case_plans.save_form(plan_id, PlanForm(later, later + timedelta(days=90)), 1)
    room.manager.case_plans.approve(plan_id, 2)
    assert desk.case_plans.plan(plan_id).status is PlanStatus.APPROVED
    with pytest.raises(Refused, match="not before its first day"):
        desk.case_plans.activate(plan_id)
    room.clock.go_to(later)
    desk.case_plans.activate(plan_id)
    assert desk.case_plans.plan(plan_id).status is PlanStatus.ACTIVE


def test_in_an_approved_plan_actions_go_on_and_goals_only_end(room):
    desk, case_id = room.desk(), room.case()
    plan_id = approved(room, case_id)
    goal = desk.case_plans.plan(plan_id).goals[0]
    cost = Money(20_000)
    done = replace(goal.actions[0].form, done_on=TODAY, result="បានជួប", cost=cost)
    desk.case_plans.save_action(goal.id, replace(goal.actions[0], form=done))
    desk.case_plans.save_action(goal.id, PlanAction(ActionForm("ថែម", due_on=TODAY)))
    with pytest.raises(Refused, match="only how a goal ends"):
        desk.case_plans.save_goal(plan_id, replace(goal, form=replace(goal.form, statement="ផ្សេង")))
    with pytest.raises(Refused, match="no new goals"):
        desk.case_plans.save_goal(plan_id, PlanGoal(WORK))
    desk.case_plans.save_goal(plan_id, replace(goal, form=replace(goal.form, status=GoalStatus.DROPPED)))
    assert desk.case_plans.gaps(plan_id) == (PlanGap.GOAL, PlanGap.WHY_DROPPED, PlanGap.PARTICIPANT_SIGNATURE)
    after = desk.case_plans.plan(plan_id).goals[0]
    assert (after.actions[0].form.cost, len(after.actions)) == (cost, 2)


def test_a_superseded_version_is_closed(room):
    desk, case_id = room.desk(), room.case()
    first = approved(room, case_id)
    room.manager.case_plans.approve(desk.case_plans.start(case_id), 1)
    with pytest.raises(Refused, match="closed"):
        desk.case_plans.save_goal(first, PlanGoal(WORK))


def test_reviews_are_due_every_90_days_and_every_30_at_high_risk(room):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    assert desk.case_plans.plan(plan_id).form.review_due_on == TODAY + timedelta(days=90)
    risky = whole(case_id)
    desk.strengths.save(replace(risky, restricted=replace(risky.restricted, overall=Risk.HIGH)))
    assert desk.case_plans.next_review(plan_id, TODAY) == TODAY + timedelta(days=30)


def test_a_review_moves_the_day_on_which_the_plan_is_due_again(room):
    desk, case_id = room.desk(), room.case()
    plan_id = approved(room, case_id)
    goal = desk.case_plans.plan(plan_id).goals[0]
    next_on = TODAY + timedelta(days=30)
    form = ReviewForm(next_on, (GoalProgress(goal.id, 25, 3),), helped="គ្រូ")
    desk.case_plans.review(plan_id, PlanReview(TODAY, form))
    plan = desk.case_plans.plan(plan_id)
    assert (plan.form.review_due_on, plan.reviews[0].form) == (next_on, form)
    for wrong, place in (
        (PlanReview(TODAY + timedelta(days=1), form), "on_day"),
        (PlanReview(TODAY, replace(form, next_on=TODAY)), "next_on"),
        (PlanReview(TODAY, replace(form, progress=(GoalProgress(goal.id, 30),))), "progress"),
    ):
        with pytest.raises(Refused) as refusal:
            desk.case_plans.review(plan_id, wrong)
        assert refusal.value.place == place


def test_a_draft_is_not_reviewed(room):
    desk, case_id = room.desk(), room.case()
    with pytest.raises(Refused, match="draft is not reviewed"):
        desk.case_plans.review(
            desk.case_plans.start(case_id), PlanReview(TODAY, ReviewForm(TODAY + timedelta(days=90)))
        )


def test_a_goal_about_drugs_is_counted_for_others_and_shown_to_the_responsible_one(room):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    goal = desk.case_plans.save_goal(plan_id, PlanGoal(DRUGS))
    desk.case_plans.save_action(goal, PlanAction(FIND))
    assert [each.form.domain for each in desk.case_plans.plan(plan_id).goals] == [WORK.domain, DRUGS.domain]
    colleague = room.desk("colleague").case_plans
    seen = colleague.plan(plan_id)
    assert ([each.form.domain for each in seen.goals], seen.goals_hidden) == ([WORK.domain], 1)
    with pytest.raises(Refused, match="responsible"):
        colleague.save_goal(plan_id, PlanGoal(DRUGS))
    with pytest.raises(Refused, match="responsible"):
        colleague.save_action(goal, PlanAction(FIND))
    assert len(room.manager.case_plans.plan(plan_id, ReadReason.SUPERVISION).goals) == 2
    room.manager.case_plans.approve(plan_id, 1)


def test_a_goal_stays_in_the_domain_that_decides_who_reads_it(room):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    goal = desk.case_plans.plan(plan_id).goals[0]
    with pytest.raises(Refused, match="Drop this goal"):
        desk.case_plans.save_goal(plan_id, replace(goal, form=replace(goal.form, domain=StrengthDomain.MIND)))


def test_two_editors_of_a_goal_do_not_overwrite_each_other(room):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    goal = desk.case_plans.plan(plan_id).goals[0]
    desk.case_plans.save_goal(plan_id, goal)
    with pytest.raises(ChangedMeanwhile):
        desk.case_plans.save_goal(plan_id, goal)


def test_a_social_worker_approves_no_plan(room):
    plan_id = complete(room.desk(), room.case())
    with pytest.raises(NotPermitted):
        room.desk().case_plans.approve(plan_id, 1)


def test_a_plan_that_is_not_there(room):
    for call in (room.manager.case_plans.plan, room.manager.case_plans.gaps):
        with pytest.raises(NotFound):
            call(99)


def test_a_thumbprint_of_the_participant_closes_the_last_gap(room):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    form = SignatureForm(Signer.PARTICIPANT, "ស៊ិន ពិសិដ្ឋ", TODAY, SignMethod.THUMBPRINT)
    desk.signatures.sign(SignedPaper.CASE_PLAN, plan_id, form)
    assert desk.case_plans.gaps(plan_id) == ()
    assert desk.signatures.signatures(SignedPaper.CASE_PLAN, plan_id) == (form,)
    for wrong in (replace(form, signed_on=TODAY + timedelta(days=1)), replace(form, name=" ")):
        with pytest.raises(Refused):
            desk.signatures.sign(SignedPaper.CASE_PLAN, plan_id, wrong)
    with pytest.raises(NotFound):
        desk.signatures.sign(SignedPaper.RELEASE_PLAN, 99, form)


def test_assessments_reviews_and_closures_are_signed_too(room):
    desk, case_id = room.desk(), room.case()
    assessment = desk.strengths.save(with_risk(whole(case_id)))
    review = desk.case_plans.review(approved(room, case_id), PlanReview(TODAY, ReviewForm(TODAY + timedelta(days=9))))
    form = SignatureForm(Signer.CASE_WORKER, "ម", TODAY)
    for paper, row in (
        (SignedPaper.ASSESSMENT, assessment),
        (SignedPaper.REVIEW, review),
        (SignedPaper.CLOSURE, case_id),
    ):
        desk.signatures.sign(paper, row, form)
        assert desk.signatures.signatures(paper, row) == (form,)


def test_the_newest_assessment_proposes_goals_where_none_stands_yet(room):
    desk, case_id = room.desk(), room.case()
    desk.strengths.save(whole(case_id, home=1, food=1))
    room.clock.go_to(TODAY + timedelta(days=1))
    newer = whole(case_id, home=2, work=1, substances=2)
    desk.strengths.save(replace(newer, on_day=TODAY + timedelta(days=1)))
    plan_id = desk.case_plans.start(case_id)
    desk.case_plans.save_goal(plan_id, PlanGoal(WORK))
    assert desk.case_plans.add_proposed(plan_id) == 2
    plan = desk.case_plans.plan(plan_id)
    proposed = [(goal.form.domain, goal.form.baseline, goal.form.target) for goal in plan.goals[1:]]
    assert proposed == [(StrengthDomain.HOME, 2, 3), (StrengthDomain.SUBSTANCES, 2, 3)]
    assert desk.case_plans.add_proposed(plan_id) == 0


def test_whoever_may_not_read_the_protected_domains_is_proposed_none_of_them(room):
    desk, case_id = room.desk(), room.case()
    desk.strengths.save(whole(case_id, home=2, substances=1))
    plan_id = desk.case_plans.start(case_id)
    assert room.manager.case_plans.add_proposed(plan_id) == 1
    assert [goal.form.domain for goal in desk.case_plans.plan(plan_id).goals] == [StrengthDomain.HOME]


def test_goals_are_proposed_into_a_draft_only_and_from_an_assessment(room):
    desk, case_id = room.desk(), room.case()
    plan_id = desk.case_plans.start(case_id)
    with pytest.raises(Refused, match="no assessment yet"):
        desk.case_plans.add_proposed(plan_id)
    goal = desk.case_plans.save_goal(plan_id, PlanGoal(WORK))
    desk.case_plans.save_action(goal, PlanAction(FIND))
    desk.strengths.save(whole(case_id, home=1))
    room.manager.case_plans.approve(plan_id, 1)
    with pytest.raises(Refused, match="closed"):
        desk.case_plans.add_proposed(plan_id)
