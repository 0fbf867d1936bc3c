"""The plan of a case, from nothing to active, filled in by keyboard over a real record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.cases.case_parts import audited, cells, opened, typed
from tests.services.cases.conftest import TODAY
from tests.services.cases.test_case_plans import DRUGS, FIND, WORK, approved, complete
from tests.services.cases.test_strengths import whole
from tlbb_desktop.domain.case_plans import GoalStatus, PlanAction, PlanGoal, PlanStatus
from tlbb_desktop.screens.cases.plan_section import ACTIONS, GOALS, PLAN, REVIEWS, SIGNATURES

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def test_a_plan_goes_from_nothing_to_active_by_its_buttons(page, page_at, room, said):
    case_id = room.case()
    room.desk().strengths.save(whole(case_id, home=1, substances=2))
    section = opened(page, case_id, "plan")
    assert "no plan yet" in section.state.text()
    section.start_button.click()
    assert "A goal" in section.missing.text()
    section.goals_button.click()
    assert said[-1] == "2 goals were added."
    pane = section.pane
    for row in list(pane._lines):
        pane.show_record(row)
        typed(pane, "statement", "I want to work.")
        typed(pane, "strength", "clever hands")
        assert pane.save()
    for row in list(section.panes[GOALS]._lines):
        section.go_to_part(ACTIONS)
        section.pane.begin_new()
        section.pane.form.answers["goal"].show_value(row)
        typed(section.pane, "what", "Look for a master")
        typed(section.pane, "due_on", "30/11/2026")
        assert section.pane.save()
    assert section.missing.text() == "• The participant's signature"
    section.propose_button.click()
    assert section.propose_button.isHidden()
    assert section.approve_button.isHidden()
    managers = page_at(room.manager)
    managed = opened(managers, case_id, "plan")
    managed.approve_button.click()
    (version,) = room.desk().case_plans.versions(case_id)
    assert version.status is PlanStatus.ACTIVE
    assert cells(managed.versions)[1] == "Active"
    assert "Approved on 16/11/2026" in managed.state.text()


def test_an_approval_says_when_something_is_missing(page_at, room, qtbot):
    case_id = room.case()
    room.desk().case_plans.start(case_id)
    page = page_at(room.manager)
    section = opened(page, case_id, "plan")
    with qtbot.waitSignal(page.troubled):
        section.approve_button.click()
    assert section.presenter.plan.status is PlanStatus.DRAFT


def test_in_an_active_plan_only_the_end_of_a_goal_can_be_typed(page, room):
    case_id = room.case()
    approved(room, case_id)
    section = opened(page, case_id, "plan")
    answers = section.pane.form.answers
    assert not answers["statement"].isEnabled()
    assert section.pane.new_button.isHidden()
    answers["status"].show_value(GoalStatus.DROPPED)
    section.pane._edited()
    typed(section.pane, "why_dropped", "He changed his mind.")
    assert section.pane.save()
    (goal,) = section.presenter.goals
    assert (goal.form.status, goal.form.why_dropped) == (GoalStatus.DROPPED, "He changed his mind.")


def test_an_action_is_closed_with_its_day_result_and_cost(page, room):
    case_id = room.case()
    plan_id = approved(room, case_id)
    section = opened(page, case_id, "plan")
    section.go_to_part(ACTIONS)
    pane = section.pane
    typed(pane, "done_on", "16/11/2026")
    typed(pane, "result", "found one")
    QTest.keyClicks(pane.form.answers["cost"].amount, "8000")
    assert pane.save()
    form = room.desk().case_plans.plan(plan_id).goals[0].actions[0].form
    assert (form.done_on, form.result, form.cost.amount) == (TODAY, "found one", 8000)
    assert form.what == FIND.what


def test_a_review_asks_for_each_goal_and_proposes_the_next_day(page, room):
    case_id = room.case()
    plan_id = approved(room, case_id)
    section = opened(page, case_id, "plan")
    section.go_to_part(REVIEWS)
    pane = section.pane
    pane.begin_new()
    goal_id = section.presenter.goals[0].id
    assert pane.form.values()["next_on"] == TODAY + timedelta(days=90)
    percent = pane.form.answers[f"percent_{goal_id}"]
    percent.setFocus()
    QTest.keyClick(percent, Key.Key_5)
    QTest.keyClick(pane.form.answers[f"level_{goal_id}"], Key.Key_3)
    typed(pane, "helped", "his mother")
    assert pane.save()
    (review,) = room.desk().case_plans.plan(plan_id).reviews
    assert [(each.goal_id, each.percent, each.level) for each in review.form.progress] == [(goal_id, 50, 3)]
    section.pane.begin_new()
    assert section.pane.form.fields[f"percent_{goal_id}"].note == f"{WORK.statement}; earlier: 50 %"


def test_a_review_knows_a_goal_that_was_worded_after_the_form_was_first_opened(page, room):
    case_id = room.case()
    plan_id = complete(room.desk(), case_id)
    section = opened(page, case_id, "plan")
    section.go_to_part(REVIEWS)
    section.go_to_part(GOALS)
    typed(section.pane, "statement", " and more")
    assert section.pane.save()
    room.manager.case_plans.approve(plan_id, 1)
    section = opened(page, case_id, "plan")
    section.go_to_part(REVIEWS)
    section.pane.begin_new()
    (goal,) = section.presenter.goals
    assert goal.form.statement != WORK.statement
    assert section.pane.form.fields[f"percent_{goal.id}"].note == goal.form.statement


def test_a_draft_is_not_reviewed(page, room):
    case_id = room.case()
    complete(room.desk(), case_id)
    section = opened(page, case_id, "plan")
    section.go_to_part(REVIEWS)
    assert section.pane.new_button.isHidden()


def test_a_thumbprint_is_noted_and_the_gap_closes(page, room):
    case_id = room.case()
    complete(room.desk(), case_id)
    section = opened(page, case_id, "plan")
    section.go_to_part(SIGNATURES)
    section.pane.begin_new()
    assert section.pane.form.values()["name"] == "ស៊ិន ពិសិដ្ឋ"
    QTest.keyClick(section.pane.form.answers["method"], Key.Key_2)
    assert section.pane.save()
    assert section.missing.text() == "Nothing is missing."
    assert cells(section.pane.table)[3] == "Thumbprint"


def test_a_new_version_begins_beside_the_active_one_and_the_older_one_can_be_looked_at(page, room, press):
    case_id = room.case()
    first = approved(room, case_id)
    section = opened(page, case_id, "plan")
    section.start_button.click()
    assert section.presenter.plan.number == 2
    section.versions.setFocus()
    press(Key.Key_Down)
    assert section.presenter.plan.id == first
    assert section.pane.form.answers["statement"].toPlainText() == WORK.statement


def test_alt_and_arrow_walk_through_the_parts_and_stop_at_what_is_typed(page, room, press, qtbot):
    case_id = room.case()
    complete(room.desk(), case_id)
    section = opened(page, case_id, "plan")
    section.pane.table.setFocus()
    for part in (ACTIONS, REVIEWS, SIGNATURES, PLAN):
        press(Key.Key_Right, ALT)
        assert section.tabs.currentIndex() == part
    typed(section.pane, "present", "mother")
    with qtbot.waitSignal(page.troubled):
        press(Key.Key_Left, ALT)
    assert section.tabs.currentIndex() == PLAN
    assert section.pane.save()
    assert section.presenter.plan.form.present == "mother"


def test_a_manager_is_told_of_protected_goals_and_opens_them_with_a_reason(page_at, room):
    case_id = room.case()
    plan_id = complete(room.desk(), case_id)
    room.desk().case_plans.save_goal(plan_id, PlanGoal(DRUGS))
    managers = page_at(room.manager)
    section = opened(managers, case_id, "plan")
    assert "1 protected goal is not shown" in section.state.text()
    assert len(section.pane._lines) == 1
    QTest.keyClick(section.pane.table, Key.Key_3)
    assert len(section.pane._lines) == 2
    assert ("break_glass", f"case_plan:{plan_id} reason:absence") in audited(room)


def test_a_draft_brings_back_the_part_of_the_plan_and_what_was_typed(page, page_at, room):
    case_id = room.case()
    plan_id = complete(room.desk(), case_id)
    goal = room.desk().case_plans.plan(plan_id).goals[0]
    room.desk().case_plans.save_action(goal.id, PlanAction(replace(FIND, what="second")))
    section = opened(page, case_id, "plan")
    section.go_to_part(ACTIONS)
    typed(section.pane, "result", "half")
    draft = json.loads(json.dumps(page.draft()))
    other = page_at(room.desk())
    other.take_draft(draft)
    assert other.case_pane.section.pane.form.answers["result"].toPlainText() == "half"
    assert other.draft() == draft
