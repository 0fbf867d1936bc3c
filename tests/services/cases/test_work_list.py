"""The work list, who leaves soon, and the list for the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.cases.conftest import TODAY
from tests.services.cases.test_case_plans import DRUGS, FIND, approved, complete
from tests.services.cases.test_release_checklist import item
from tests.services.cases.test_sent_referrals import LEGAL, consent_to_share
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.data import models
from tlbb_desktop.domain.case_plans import GoalStatus, PlanAction, PlanGoal, SignedPaper
from tlbb_desktop.domain.errors import NotPermitted
from tlbb_desktop.domain.people import PersonStatus
from tlbb_desktop.domain.release_dates import DateCause
from tlbb_desktop.domain.release_plans import ItemStatus, Light
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.strengths import SafetyRisk
from tlbb_desktop.domain.visits import VisitForm, VisitKind
from tlbb_desktop.domain.work_list import Punctuality, WorkKind, WorkList, punctuality

K = WorkKind


def lines(page: WorkList, kind: WorkKind) -> list[tuple[str, date]]:
    """Part of the page and due day of the lines of a kind."""
    parts = {"overdue": page.overdue, "today": page.today, "week": page.week}
    return [(name, line.due_on) for name, part in parts.items() for line in part if line.kind is kind]


def test_a_safety_task_is_due_the_next_day_and_overdue_after_it(room):
    case_id = room.case()
    room.desk().strengths.save(with_risk(whole(case_id), SafetyRisk.DEBT))
    tomorrow = TODAY + timedelta(days=1)
    assert lines(room.desk().work_list.page(), K.TASK) == [("week", tomorrow)]
    room.clock.go_to(tomorrow)
    assert lines(room.desk().work_list.page(), K.TASK) == [("today", tomorrow)]
    room.clock.go_to(TODAY + timedelta(days=2))
    assert lines(room.desk().work_list.page(), K.TASK) == [("overdue", tomorrow)]


def test_a_line_goes_when_what_it_asks_for_is_done(room):
    desk, case_id = room.desk(), room.case()
    desk.strengths.save(with_risk(whole(case_id), SafetyRisk.DEBT))
    (task,) = desk.case_tasks.open_tasks(case_id)
    assert len(lines(desk.work_list.page(), K.TASK)) == 1
    desk.case_tasks.done(case_id, task.id, "បានធ្វើ", task.version)
    assert lines(desk.work_list.page(), K.TASK) == []


def test_consents_to_be_recorded_stand_on_the_list_until_they_are(room):
    person = room.person(status=PersonStatus.IN_TRAINING)
    room.manager.cases.open(person, room.workers["worker"])
    room.clock.go_to(TODAY + timedelta(days=25))
    assert lines(room.desk().work_list.page(), K.CONSENTS) == [("week", TODAY + timedelta(days=30))]
    room.agree(person)
    assert lines(room.desk().work_list.page(), K.CONSENTS) == []


def test_actions_and_reviews_of_the_active_plan_are_due(room):
    case_id = room.case()
    complete(room.desk(), case_id)
    room.clock.go_to(TODAY + timedelta(days=14))
    assert lines(room.desk().work_list.page(), K.ACTION) == [], "a draft asks for nothing"
    room.manager.case_plans.approve(1, 1)
    assert lines(room.desk().work_list.page(), K.ACTION) == [("today", TODAY + timedelta(days=14))]
    room.clock.go_to(TODAY + timedelta(days=91))
    assert lines(room.desk().work_list.page(), K.REVIEW) == [("overdue", TODAY + timedelta(days=90))]


@pytest.mark.parametrize("end", [each for each in GoalStatus if each is not GoalStatus.OPEN])
def test_nothing_of_a_goal_that_was_met_or_dropped_is_due_until_it_is_open_again(room, end):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    room.manager.case_plans.approve(plan_id, desk.case_plans.plan(plan_id).version)
    room.clock.go_to(TODAY + timedelta(days=14))
    due = lines(desk.work_list.page(), K.ACTION)
    assert due
    for status, left in ((end, []), (GoalStatus.OPEN, due)):
        for goal in desk.case_plans.plan(plan_id).goals:
            form = replace(goal.form, status=status, why_dropped="ចង់រៀនវិញ")
            desk.case_plans.save_goal(plan_id, replace(goal, form=form))
        assert lines(desk.work_list.page(), K.ACTION) == left


def test_a_case_without_an_approved_plan_is_told_after_thirty_days(room):
    case_id = room.case()
    room.clock.go_to(TODAY + timedelta(days=24))
    assert lines(room.desk().work_list.page(), K.PLAN_MISSING) == [("week", TODAY + timedelta(days=30))]
    approved(room, case_id)
    assert lines(room.desk().work_list.page(), K.PLAN_MISSING) == []


def test_a_family_that_stays_away_is_told_after_thirty_days(room):
    case_id = room.case()
    room.desk().visits.add(case_id, VisitKind.FAMILY_TO_PRISON, TODAY, VisitForm())
    room.clock.go_to(TODAY + timedelta(days=30))
    assert lines(room.desk().work_list.page(), K.VISIT_GAP) == []
    room.clock.go_to(TODAY + timedelta(days=31))
    assert lines(room.desk().work_list.page(), K.VISIT_GAP) == [("overdue", TODAY + timedelta(days=30))]


def test_a_referral_without_an_answer_is_due_after_a_week(room):
    case_id = room.case()
    form = replace(LEGAL, agency="LAC", sent_on=TODAY, consent_id=consent_to_share(room, case_id))
    sent = room.desk().referrals.add(case_id, form)
    room.clock.go_to(TODAY + timedelta(days=7))
    assert lines(room.desk().work_list.page(), K.REFERRAL) == [("today", TODAY + timedelta(days=7))]
    room.desk().referrals.change(replace(sent, form=replace(form, accepted_on=TODAY + timedelta(days=7))))
    assert lines(room.desk().work_list.page(), K.REFERRAL) == []


def test_a_planned_day_that_passed_without_a_release_is_overdue(room):
    person = room.person()
    room.case(person)
    room.clock.go_to(date(2027, 1, 20))
    assert lines(room.desk().work_list.page(), K.RELEASE) == [("week", date(2027, 1, 22))]
    room.clock.go_to(date(2027, 1, 25))
    assert lines(room.desk().work_list.page(), K.RELEASE) == [("overdue", date(2027, 1, 22))]
    room.desk().releases.left_today(person)
    assert lines(room.desk().work_list.page(), K.RELEASE) == []
    assert lines(room.desk().work_list.page(), K.FOLLOW_UP) == [("week", date(2027, 1, 28))]


def test_a_release_that_a_liaison_noted_asks_for_the_first_contact(room):
    person = room.person()
    room.case(person)
    sitting = room.desk()
    room.desk("liaison", Role.LIAISON).releases.left_today(person)
    due = [("week", TODAY + timedelta(days=3))]
    assert lines(sitting.work_list.page(), K.FIRST_CONTACT) == due
    assert lines(room.desk().work_list.page(), K.FOLLOW_UP) == due, "whoever sits down next opens the follow-up"


def test_a_social_worker_sees_the_own_cases_and_a_manager_all(room):
    room.case(room.person("0001"))
    room.case(room.person("0002"), worker="colleague")
    room.clock.go_to(TODAY + timedelta(days=31))
    assert {line.code for line in room.desk().work_list.page().overdue} == {"0001"}
    assert {line.code for line in room.desk().work_list.page(mine=False).overdue} == {"0001", "0002"}
    assert {line.code for line in room.manager.work_list.page().overdue} == {"0001", "0002"}


def test_the_title_of_a_restricted_action_is_kept_from_a_manager(room):
    desk, case_id = room.desk(), room.case()
    plan_id = complete(desk, case_id)
    desk.case_plans.save_action(desk.case_plans.save_goal(plan_id, PlanGoal(DRUGS)), PlanAction(FIND))
    room.manager.case_plans.approve(plan_id, 1)
    room.clock.go_to(TODAY + timedelta(days=14))
    actions = [line for line in room.manager.work_list.page().today if line.kind is K.ACTION]
    assert sorted((line.restricted, line.title) for line in actions) == [(False, FIND.what), (True, "")]
    assert [line.title for line in desk.work_list.page().today if line.kind is K.ACTION] == [FIND.what] * 2


def test_the_cases_of_somebody_who_left_stand_on_the_managers_list(room):
    case_id = room.case()
    with room.manager.office.store.write() as session:
        session.get_one(models.Staff, room.workers["worker"]).active = False
    assert lines(room.manager.work_list.page(), K.WORKER_LEFT) == [("today", TODAY)]
    room.manager.cases.assign(case_id, room.workers["colleague"], 1)
    assert lines(room.manager.work_list.page(), K.WORKER_LEFT) == []


def test_plans_that_were_handed_in_wait_in_the_one_list_of_approvals(room):
    desk, case_id = room.desk(), room.case()
    case_plan, release_plan = complete(desk, case_id), desk.release_plans.open(case_id).id
    desk.case_plans.propose(case_plan, 1)
    desk.release_plans.propose(release_plan, 1)
    assert desk.work_list.page().approvals == ()
    waiting = room.manager.work_list.page().approvals
    assert [(each.paper, each.plan_id) for each in waiting] == [
        (SignedPaper.CASE_PLAN, case_plan),
        (SignedPaper.RELEASE_PLAN, release_plan),
    ]
    assert room.manager.today.page().plans == waiting
    assert room.desk("liaison", Role.LIAISON).today.page().plans == ()
    room.manager.case_plans.approve(case_plan, 2)
    assert [each.paper for each in room.manager.work_list.page().approvals] == [SignedPaper.RELEASE_PLAN]


def test_a_liaisons_list_has_releases_and_the_own_items_only(room):
    desk, case_id = room.desk(), room.case()
    desk.release_plans.open(case_id)
    desk.strengths.save(with_risk(whole(case_id), SafetyRisk.SELF_HARM))
    room.clock.go_to(date(2027, 1, 20))
    page = room.desk("liaison", Role.LIAISON).work_list.page()
    found = {(line.kind, line.title) for part in (page.overdue, page.today, page.week) for line in part}
    assert found == {
        (K.RELEASE, ""),
        (K.RELEASE_ITEM, "release_paper"),
        (K.RELEASE_ITEM, "other_cases"),
        (K.RELEASE_ITEM, "escort"),
    }
    with pytest.raises(NotPermitted):
        room.desk("trainer", Role.TRAINER).work_list.page()


def test_lateness_is_judged_on_the_day_of_the_event():
    due = TODAY
    assert punctuality(due, TODAY, TODAY) is Punctuality.ON_TIME
    assert punctuality(due, TODAY, TODAY + timedelta(days=9)) is Punctuality.ON_TIME_ENTERED_LATER
    assert punctuality(due, TODAY + timedelta(days=1), TODAY + timedelta(days=1)) is Punctuality.LATE


def test_what_was_done_in_time_and_typed_in_later_is_told_apart(room):
    desk, case_id = room.desk(), room.case()
    plan_id = approved(room, case_id)
    goal = desk.case_plans.plan(plan_id).goals[0]
    room.clock.go_to(TODAY + timedelta(days=20))  # due after 14 days
    done = replace(goal.actions[0].form, done_on=TODAY + timedelta(days=13))
    desk.case_plans.save_action(goal.id, replace(goal.actions[0], form=done))
    desk.case_plans.save_action(goal.id, PlanAction(replace(FIND, done_on=TODAY + timedelta(days=15))))
    late, in_time = desk.work_list.lately()
    assert (in_time.punctuality, in_time.entered_on) == (
        Punctuality.ON_TIME_ENTERED_LATER,
        TODAY + timedelta(days=20),
    )
    assert (late.punctuality, late.code) == (Punctuality.LATE, "SR-26-0001")
    assert room.desk("colleague").work_list.lately() == ()
    room.clock.go_to(TODAY + timedelta(days=27))
    assert desk.work_list.lately() == ()


def test_who_leaves_in_ninety_days_is_listed_with_counts_and_own_items(room):
    desk, case_id = room.desk(), room.case()
    safe = item(desk.release_plans.open(case_id), "safe_place")
    desk.release_plans.set_item(safe.id, safe.form.with_status(ItemStatus.DONE, TODAY), safe.version)
    room.person("9999")
    (mine, without) = sorted(
        room.desk("liaison", Role.LIAISON).release_lists.leaving(90), key=lambda x: x.code == "9999"
    )
    assert (mine.planned_on, mine.days_left, mine.light) == (date(2027, 1, 22), 67, Light.AMBER)
    assert (mine.readiness.items, mine.readiness.done, mine.readiness.critical_done) == (46, 1, 1)
    assert {each.form.key for each in mine.own_items} == {"release_paper", "other_cases", "escort"}
    assert (mine.worker, mine.approved) == ("worker", False)
    assert (without.plan_id, without.light, without.own_items) == (None, Light.AMBER, ())
    assert room.desk("liaison", Role.LIAISON).release_lists.leaving(66) == ()


def test_an_own_item_that_is_done_leaves_the_list(room):
    desk = room.desk()
    mine = item(desk.release_plans.open(room.case()), "release_paper")
    liaison = room.desk("liaison", Role.LIAISON)
    liaison.release_plans.set_item(mine.id, mine.form.with_status(ItemStatus.DONE, TODAY), mine.version)
    (line,) = liaison.release_lists.leaving()
    assert "release_paper" not in {each.form.key for each in line.own_items}


def test_the_list_follows_a_release_date_that_moves(room):
    person = room.person()
    assert [line.code for line in room.manager.release_lists.leaving()] == ["SR-26-0001"]
    room.manager.release_dates.set_date(person, date(2028, 5, 1), DateCause.APPEAL, "court", date(2027, 1, 24))
    assert room.manager.release_lists.leaving() == ()


def test_the_gate_gets_names_and_days_and_nothing_of_the_plans(room):
    desk = room.desk()
    desk.release_plans.open(room.case())
    room.clock.go_to(date(2027, 1, 18))
    (line,) = room.desk("liaison", Role.LIAISON).release_lists.gate_list()
    assert (line.shown_name, line.planned_on) == ("ស៊ិន ពិសិដ្ឋ", date(2027, 1, 22))
    assert (line.plan_id, line.readiness.items, line.own_items, line.worker) == (None, 0, (), "")
    assert room.manager.audit.events(1)[0].kind == "gate_list"


def test_people_of_other_prisons_are_not_listed(room):
    room.person(prison=room.other)
    assert room.desk("liaison", Role.LIAISON).release_lists.leaving() == ()
