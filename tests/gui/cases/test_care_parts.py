"""Assessments, scores and the plan of a case, filled in by keyboard over a real record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import TODAY
from tests.services.cases.test_case_plans import DRUGS, FIND, WORK, approved, complete
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.domain.case_plans import GoalStatus, PlanAction, PlanGoal, PlanStatus
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.scores import Instrument, ScoreForm, ScoreRecord
from tlbb_desktop.domain.strengths import RiskAnswer, SafetyRisk, StrengthDomain, Substance
from tlbb_desktop.screens.cases.assessment_questions import RESTRICTED_NAMES, SSI_SA_NAMES, WHO5_NAMES
from tlbb_desktop.screens.cases.plan_section import ACTIONS, GOALS, PLAN, REVIEWS, SIGNATURES, TAB_NAMES

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
D = StrengthDomain


def opened(page, case_id, part):
    """The section of a case, shown."""
    page.show_case(case_id, part)
    return page.case_pane.section


def typed(pane, name, text):
    pane.form.go_to(pane.form.answers[name])
    QTest.keyClicks(pane.form.answers[name], text)


def cells(table, row=0):
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def audited(room):
    return [(entry.kind, entry.detail) for entry in room.manager.audit.events()]


@pytest.fixture
def said(page):
    heard = []
    page.said.connect(heard.append)
    return heard


# assessments ---------------------------------------------------------------------------------------------------------


def test_twelve_levels_are_twelve_digits_and_eleven_arrows(page, room, press):
    case_id = room.case()
    pane = opened(page, case_id, "assessments").pane
    pane.begin_new()
    pane.form.go_to(pane.form.answers["level_home"])
    order = [domain for domain in D if f"level_{domain}" not in RESTRICTED_NAMES]
    order += [domain for domain in D if f"level_{domain}" in RESTRICTED_NAMES]
    for number in range(len(order)):
        press(Key(Key.Key_1 + number % 4))
        press(Key.Key_Down)
    press(Key.Key_S, CONTROL)
    (kept,) = room.desk().strengths.assessments(case_id)
    assert [kept.ratings[domain].level for domain in order] == [1, 2, 3, 4] * 3
    assert (kept.total, kept.stable) == (30, 6)
    assert cells(pane.table)[2:4] == ["30 / 48", "6"]


def test_a_need_is_missing_at_levels_one_and_two_only(page, room):
    pane = opened(page, room.case(), "assessments").pane
    pane.begin_new()
    for name, level in (("home", 1), ("food", 2), ("work", 3)):
        pane.form.answers[f"level_{name}"].show_value(level)
    typed(pane, "need_food", "bread")
    assert pane.save()
    lacking = {name for name, field in pane.form.fields.items() if field.problem_text == "Still missing"}
    assert "need_home" in lacking
    assert not lacking & {"need_food", "need_work", "level_home", "strength_home"}
    assert {"level_papers", "good_at", "risk_self_harm", "overall"} <= lacking
    assert cells(pane.table)[4].endswith("missing")


def test_an_assessment_without_a_gap_is_called_complete(page, room):
    case_id = room.case()
    room.desk().strengths.save(whole(case_id, home=1))
    assert cells(opened(page, case_id, "assessments").pane.table)[4] == "Complete"


def test_the_value_before_stands_beside_the_new_one(page, room):
    case_id = room.case()
    room.desk().strengths.save(whole(case_id, home=2))
    room.clock.go_to(TODAY + timedelta(days=180))
    room.desk().strengths.save(replace(whole(case_id, home=3), on_day=TODAY + timedelta(days=180)))
    pane = opened(page, case_id, "assessments").pane
    fields = pane.form.fields
    assert fields["level_home"].note == "earlier: 2 (16/11/2026)"
    assert fields["overall"].note == "earlier: Medium (16/11/2026)"
    pane.begin_new()
    assert fields["level_home"].note == "earlier: 3 (15/05/2027)"
    pane.show_record(list(pane._lines)[-1])
    assert fields["level_home"].note == ""


def test_a_danger_of_now_says_that_its_task_was_opened(page, room, said):
    case_id = room.case()
    pane = opened(page, case_id, "assessments").pane
    pane.begin_new()
    pane.form.go_to(pane.form.answers["risk_self_harm"])
    QTest.keyClick(pane.form.answers["risk_self_harm"], Key.Key_3)
    assert pane.save()
    assert said[-1] == "Saved · 1 task for the next 24 hours was opened."
    assert [task.form.risk for task in room.desk().case_tasks.open_tasks(case_id)] == [SafetyRisk.SELF_HARM]
    pane.form.answers["place"].show_value("office")
    assert pane.save()
    assert said[-1] == "Saved"


def test_on_an_older_paper_what_was_done_since_is_asked_and_no_task_is_opened(page, room, said):
    case_id = room.case()
    pane = opened(page, case_id, "assessments").pane
    pane.begin_new()
    form = pane.form
    assert form.fields["done_since"].isHidden()
    form.answers["risk_debt"].show_value(RiskAnswer.NOW)
    typed(pane, "from_paper_on", "01/10/2026")
    assert not form.fields["done_since"].isHidden()
    typed(pane, "done_since", "The lender was paid.")
    assert pane.save()
    assert said[-1] == "Saved"
    assert room.desk().case_tasks.open_tasks(case_id) == ()
    (kept,) = room.desk().strengths.assessments(case_id)
    assert kept.restricted.done_since == "The lender was paid."


def test_the_sixteen_questions_and_the_five_numbers_say_what_they_mean(page, room, press):
    case_id = room.case()
    pane = opened(page, case_id, "assessments").pane
    pane.begin_new()
    pane.form.go_to(pane.form.answers[SSI_SA_NAMES[0]])
    for number in range(len(SSI_SA_NAMES)):
        press(Key.Key_1 if number < 5 else Key.Key_2)
        press(Key.Key_Down)
    assert QApplication.focusWidget() is pane.form.answers[WHO5_NAMES[0]]
    for _number in WHO5_NAMES:
        press(Key.Key_2)
        press(Key.Key_Down)
    assert pane.form.fields[SSI_SA_NAMES[-1]].note == "SSI-SA: 4 of 14: Refer"
    assert pane.form.fields[WHO5_NAMES[-1]].note == "WHO-5: 10 of 25, 40 %; low: look closer"
    assert pane.save()
    (kept,) = room.desk().strengths.assessments(case_id)
    assert kept.restricted.ssi_sa == (True,) * 5 + (False,) * 11
    assert kept.restricted.who5 == (2,) * 5


def test_what_was_saved_is_shown_again_whole(page, room):
    case_id = room.case()
    desk = room.desk()
    desk.strengths.save(
        with_risk(
            whole(case_id, home=1, mind=2),
            SafetyRisk.DEBT,
            substances=frozenset({Substance.GLUE}),
            first_used_age=14,
            last_used="2025",
            ssi_sa=(True, None, *(False,) * 14),
            who5=(0, None, 5, 1, 2),
        )
    )
    (before,) = desk.strengths.assessments(case_id)
    assert opened(page, case_id, "assessments").pane.save()
    (after,) = desk.strengths.assessments(case_id)
    assert replace(after, version=1, restricted_version=1) == before
    assert (after.version, after.restricted_version) == (2, 2)


def test_a_colleague_sees_the_open_part_and_leaves_the_protected_one_as_it_was(page_at, room):
    case_id = room.case(worker="colleague")
    room.desk("colleague").strengths.save(whole(case_id, home=1))
    page = page_at(room.desk())
    section = opened(page, case_id, "assessments")
    assert "colleague" in section.bar.sentence
    assert not section.bar.asks
    form = section.pane.form
    assert all(form.fields[name].isHidden() for name in RESTRICTED_NAMES)
    form.answers["level_home"].show_value(2)
    assert section.pane.save()
    (kept,) = room.desk("colleague").strengths.assessments(case_id)
    assert (kept.ratings[D.HOME].level, kept.ratings[D.MIND].level) == (2, 3)


def test_a_manager_opens_the_protected_part_by_one_key_and_it_is_written_down(page_at, room):
    case_id = room.case()
    room.desk().strengths.save(whole(case_id, mind=1))
    page = page_at(room.manager)
    section = opened(page, case_id, "assessments")
    assert section.bar.asks
    form = section.pane.form
    assert form.fields["level_mind"].isHidden()
    QTest.keyClick(section.pane.table, Key.Key_2)
    assert section.reader.reason is ReadReason.SAFETY
    assert not form.fields["level_mind"].isHidden()
    assert form.answers["level_mind"].value() == 1
    assert not form.answers["level_mind"].isEnabled()
    assert form.answers["level_home"].isEnabled()
    assert "Somebody's safety" in section.bar.sentence
    assert ("break_glass", "assessments reason:safety") in audited(room)


def test_a_reason_is_forgotten_with_its_case(page_at, room):
    first = room.case()
    second = room.case(room.person("SR-26-0900"))
    page = page_at(room.manager)
    section = opened(page, first, "assessments")
    section.give_reason(ReadReason.COMPLAINT)
    assert opened(page, second, "assessments").bar.asks


def test_a_sealed_case_shows_nothing_of_the_case_before_it_and_opens_to_a_manager_with_a_reason(page_at, room):
    first, sealed = room.case(), room.case(room.person("SR-26-0900"))
    for case_id in (first, sealed):
        room.desk().strengths.save(whole(case_id))
    with room.manager.office.own_act() as act:
        act.connection.exec_driver_sql("UPDATE case_file SET state = 'sealed' WHERE id = ?", (sealed,))
    for desk in (room.desk(), room.manager):
        page = page_at(desk)
        for name in page.case_pane.section_names:
            opened(page, first, name)
            opened(page, sealed, name)
        section = opened(page, first, "assessments")
        assert len(section.pane._lines) == 1
        section = opened(page, sealed, "assessments")
        assert section.pane._lines == {}
    assert section.bar.asks
    section.give_reason(ReadReason.COMPLAINT)
    assert len(section.pane._lines) == 1


# scores --------------------------------------------------------------------------------------------------------------


def test_the_instrument_comes_first_and_only_its_scales_are_asked(page, room):
    pane = opened(page, room.case(), "scores").pane
    pane.begin_new()
    assert not pane.form.fields["sdq_emotional"].isHidden()
    assert pane.form.fields["assist_alcohol"].isHidden()
    QTest.keyClick(pane.form.answers["instrument"], Key.Key_4)
    assert pane.form.fields["sdq_emotional"].isHidden()
    assert not pane.form.fields["assist_alcohol"].isHidden()


def test_the_band_stands_beside_each_score_as_it_is_typed(page, room):
    case_id = room.case()
    pane = opened(page, case_id, "scores").pane
    pane.begin_new()
    for name, value in (
        ("emotional", "7"),
        ("conduct", "4"),
        ("hyperactivity", "5"),
        ("peer", "2"),
        ("prosocial", "6"),
    ):
        typed(pane, f"sdq_{name}", value)
    notes = {name: field.note for name, field in pane.form.fields.items()}
    assert notes["sdq_emotional"] == "0–10 · Very high"
    assert notes["sdq_prosocial"] == "0–10 · Slightly lowered"
    assert notes["sdq_impact"] == "0–10"
    assert notes["instrument"] == "Total: 18 · High"
    assert pane.save()
    assert "Emotional problems: Very high" in cells(pane.table)[3]
    (kept,) = room.desk().scores.records(case_id)
    assert kept.form.values == {"emotional": 7, "conduct": 4, "hyperactivity": 5, "peer": 2, "prosocial": 6}


def test_a_score_out_of_range_is_refused_at_its_scale_by_its_name(page, room):
    pane = opened(page, room.case(), "scores").pane
    pane.begin_new()
    typed(pane, "sdq_peer", "11")
    assert not pane.save()
    assert pane.form.fields["sdq_peer"].problem_text == "Peer problems is between 0 and 10."


def test_scores_are_closed_to_a_colleague_and_open_to_a_manager_with_a_reason(page_at, room):
    case_id = room.case(worker="colleague")
    room.desk("colleague").scores.save(ScoreRecord(None, case_id, TODAY, ScoreForm(Instrument.CRAFFT, {"total": 3})))
    colleagues, managers = page_at(room.desk()), page_at(room.manager)
    section = opened(colleagues, case_id, "scores")
    assert section.pane._lines == {}
    assert section.pane.new_button.isHidden()
    managed = opened(managers, case_id, "scores")
    assert managed.pane._lines == {}
    QTest.keyClick(managers.case_pane.form.sectionList, Key.Key_1)
    assert len(managed.pane._lines) == 1
    assert managed.pane.save_button.isHidden()
    assert ("break_glass", "scores reason:supervision") in audited(room)


# the plan ------------------------------------------------------------------------------------------------------------


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


def test_no_word_is_cut_and_everything_has_a_name(language, page, page_at, room):
    case_id = room.case()
    desk = room.desk()
    desk.strengths.save(with_risk(whole(case_id, home=1), SafetyRisk.DEBT))
    desk.scores.save(ScoreRecord(None, case_id, TODAY, ScoreForm(Instrument.SCAS, {"panic": 3, "t_score": 61})))
    plan_id = approved(room, case_id)
    desk.case_plans.start(case_id)
    for name in ("assessments", "scores"):
        section = opened(page, case_id, name)
        section.pane.begin_new()
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
    for instrument in Instrument:
        section.pane.form.answers["instrument"].show_value(instrument)
        section.pane._edited()
        assert cut_texts(page) == []
    section.pane.forget()
    section = opened(page, case_id, "plan")
    section.show_record(plan_id)
    for part in range(len(TAB_NAMES)):
        section.go_to_part(part)
        section.pane.begin_new()
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
    managed = page_at(room.manager)
    opened(managed, case_id, "assessments")
    assert cut_texts(managed) == []
    assert unnamed_controls(managed) == []
