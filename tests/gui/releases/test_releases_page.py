"""The releases page: who leaves, a plan by keyboard, undo, approval, and what a liaison and a manager see."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.case_plans import Signer, SignMethod
from tlbb_desktop.domain.people import PersonStatus
from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plans import ItemStatus, ReceivingAdult, ReleasePlanForm
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.screens.releases.presenter import WITHIN

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def statuses(page) -> list[str]:
    model = page.plan_pane.items.form.table.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def codes(page) -> list[str]:
    model = page.list_pane.form.table.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


# -- the list --------------------------------------------------------------------------------------------------------


def test_the_list_says_who_leaves_and_enter_opens_the_plan(page, press) -> None:
    page.list_pane.form.table.setFocus()
    press(Key.Key_Return)
    assert page.shown is page.plan_pane
    assert page.plan_pane.form.nameLabel.text() == "ស៊ិន ពិសិដ្ឋ"
    assert not page.plan_pane.form.beginButton.isHidden()
    assert page.go_back()
    assert page.shown is page.list_pane


def test_how_far_ahead_is_kept_for_the_next_time(page, page_at, room) -> None:
    box = page.list_pane.form.withinBox
    assert codes(page)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert codes(page) == []
    assert "Nobody" in page.list_pane.form.aboutLabel.text()
    assert page_at(room.desk())._presenter.within == WITHIN[0]


def test_l_records_that_somebody_left_and_ctrl_z_takes_it_back(page, press, room) -> None:
    (person,) = page._presenter.lines()
    page.list_pane.form.table.setFocus()
    press(Key.Key_L)
    assert room.manager.people.record(person).status is PersonStatus.POST_RELEASE
    assert codes(page) == []
    page.undo()
    assert room.manager.people.record(person).status is PersonStatus.IN_TRAINING
    assert len(codes(page)) == 1


def test_who_left_unplanned_gets_the_one_page_that_is_carried(page_at, room, press, qtbot, tmp_path) -> None:
    case_id = room.case()
    page = page_at(room.desk())
    page.list_pane.form.table.setFocus()
    with qtbot.waitSignal(page.said) as told:
        press(Key.Key_L)
    pane = page.paper_pane
    assert page.shown is pane
    assert "Ctrl+P" in told.args[0]
    qtbot.waitUntil(lambda: pane.preview.is_calm, timeout=60_000)
    finished = room.desk().case_papers.paper(case_id, CasePaper.MY_PLAN, "km", PrintReason.OWN_FILE)
    assert finished.pages == 1
    assert page.go_back()
    assert page.shown is page.list_pane


def test_a_liaison_who_records_it_hears_when_the_first_contact_opens(page_at, press, room, qtbot) -> None:
    room.case()
    for desk, said in ((room.desk("liaison", Role.LIAISON), True), (room.desk(), False)):
        page = page_at(desk)
        page.list_pane.form.table.setFocus()
        with qtbot.waitSignal(page.said) as told:
            press(Key.Key_L)
        assert ("when a social worker or a manager logs in" in told.args[0]) == said
        page.undo()


def test_somebody_without_a_case_has_no_plan_to_open(page_at, room) -> None:
    room.person("0009")
    page = page_at(room.desk())
    assert "no case" in page.list_pane.form.aboutLabel.text()
    page.list_pane.open_current()
    assert page.plan_pane.form.beginButton.isHidden()


# -- a plan by keyboard ----------------------------------------------------------------------------------------------


def test_a_plan_opens_on_its_first_group_with_critical_items_first(plan) -> None:
    assert plan.plan_pane.group is ItemGroup.HOME
    model = plan.plan_pane.items.form.table.model()
    assert [model.index(row, 0).data()[0] for row in range(model.rowCount())] == ["●", "●", "○", "○", "○"]
    assert "0/46 = 0 %" in plan.plan_pane.form.readyLabel.text()
    assert "24 January 2027" in plan.plan_pane.form.dayLabel.text()
    assert "22 January 2027" in plan.plan_pane.form.dayLabel.text()


@pytest.mark.parametrize(
    ("key", "status"), list(zip((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5), ItemStatus, strict=True))
)
def test_keys_1_to_5_set_the_status_of_the_item_with_the_cursor(plan, press, room, case_id, key, status) -> None:
    press(Key.Key_2)
    press(key)
    item = plan.plan_pane.items.current()
    assert item.form.status is status
    stored = room.desk().release_plans.plan(case_id)
    assert next(each for each in stored.items if each.id == item.id).form == item.form
    assert plan.plan_pane.items.form.table.hasFocus()


def test_done_counts_at_once_and_ctrl_z_takes_one_change_back_after_the_other(plan, press) -> None:
    press(Key.Key_3)
    press(Key.Key_Down)
    press(Key.Key_3)
    assert [words[0] for words in statuses(plan)] == ["✓", "✓", "·", "·", "·"]
    assert "2/46" in plan.plan_pane.form.readyLabel.text()
    plan.undo()
    assert [words[0] for words in statuses(plan)] == ["✓", "·", "·", "·", "·"]
    plan.undo()
    assert [words[0] for words in statuses(plan)] == ["·"] * 5
    assert "0/46" in plan.plan_pane.form.readyLabel.text()
    assert not plan._presenter.undo()


def test_alt_and_arrow_go_from_group_to_group(plan, press) -> None:
    press(Key.Key_Down, ALT)
    assert plan.plan_pane.group is ItemGroup.PAPERS
    press(Key.Key_Up, ALT)
    press(Key.Key_Up, ALT)
    assert plan.plan_pane.group is None


def test_f2_changes_owner_and_note_and_a_wrong_day_stands_at_its_field(plan, press) -> None:
    press(Key.Key_F2)
    panel = plan.plan_pane.items.panel
    panel.form.answers["note"].setPlainText("ផ្ទះជីដូន")
    panel.form.answers["due_on"].setText("31/02/2027")
    panel.save()
    assert panel.form.fields["due_on"].problem_text
    panel.form.answers["due_on"].setText("20/12/2026")
    press(Key.Key_S, CONTROL)
    form = plan.plan_pane.items.current().form
    assert (form.note, form.due_on) == ("ផ្ទះជីដូន", date(2026, 12, 20))
    assert plan.plan_pane.items.form.strip.shown is None


def test_n_adds_an_item_of_ones_own_and_undo_strikes_it(plan, press) -> None:
    press(Key.Key_N)
    QTest.keyClicks(plan.plan_pane.items.panel.form.answers["title"], "Paint the room")
    press(Key.Key_S, CONTROL)
    assert len(statuses(plan)) == 6
    plan.undo()
    assert len(statuses(plan)) == 5


def test_esc_closes_the_question_first_and_then_the_plan(plan, press) -> None:
    press(Key.Key_F2)
    assert plan.go_back()
    assert plan.shown is plan.plan_pane
    assert plan.go_back()
    assert plan.shown is plan.list_pane


# -- the plan itself, approval ---------------------------------------------------------------------------------------


def fill_form(page) -> None:
    page.plan_pane.form.groupList.setCurrentRow(0)
    answers = page.plan_pane.plan_form.form.answers
    for name, value in (("place_text", "Village 3"), ("adult_name", "Sophea"), ("contact", "Visit")):
        answers[name].setText(value)
    answers["contact_on"].show_value(date(2027, 1, 25))
    page.plan_pane.plan_form.save()


def test_what_is_missing_stands_above_until_it_is_entered(plan) -> None:
    assert "The adult who receives" in plan.plan_pane.form.missingLabel.text()
    fill_form(plan)
    assert "The adult who receives" not in plan.plan_pane.form.missingLabel.text()
    assert plan._presenter.plan.form.adult == ReceivingAdult("Sophea")


def test_a_plan_is_handed_in_and_approved_and_then_only_read(plan, page_at, room) -> None:
    fill_form(plan)
    plan.plan_pane.form.proposeButton.click()
    assert "waits for approval" in plan.plan_pane.form.factsLabel.text()
    assert plan.plan_pane.form.proposeButton.isHidden()
    assert plan.plan_pane.form.approveButton.isHidden()
    manager = page_at(room.manager)
    manager.show_person(next(iter(manager._presenter.lines())))
    manager.plan_pane.form.approveButton.click()
    assert "approved on" in manager.plan_pane.form.factsLabel.text()
    assert not manager.plan_pane.plan_form.form.answers["contact"].isEnabled()
    manager.plan_pane.form.versionButton.click()
    assert "Version 2" in manager.plan_pane.form.factsLabel.text()
    assert manager.plan_pane.plan_form.form.answers["contact"].isEnabled()


def test_a_draft_brings_back_what_was_typed_of_the_plan(plan, page_at, room) -> None:
    plan.plan_pane.form.groupList.setCurrentRow(0)
    QTest.keyClicks(plan.plan_pane.plan_form.form.answers["transport"], "by moto")
    draft = json.loads(json.dumps(plan.draft()))
    other = page_at(room.desk())
    other.take_draft(draft)
    assert other.plan_pane.plan_form.form.answers["transport"].text() == "by moto"
    assert other.draft() == draft


def test_a_manager_sees_that_health_items_are_closed_to_others(plan, page_at, room) -> None:
    manager = page_at(room.manager)
    manager.show_person(next(iter(manager._presenter.lines())))
    manager.plan_pane.form.groupList.setCurrentRow(int(ItemGroup.HEALTH))
    assert not manager.plan_pane.items.form.hiddenLabel.isHidden()
    assert manager.plan_pane.items.form.table.isHidden()


def test_a_liaison_sets_the_own_items_on_the_list_and_opens_no_plan(plan, page_at, room, press, case_id) -> None:
    page = page_at(room.desk("liaison", Role.LIAISON))
    assert page.list_pane.form.openButton.isHidden()
    page.list_pane.open_current()
    assert page.shown is page.list_pane
    own = page.list_pane.form.ownTable
    titles = [own.model().index(row, 0).data() for row in range(own.model().rowCount())]
    assert len(titles) == 3
    own.setFocus()
    press(Key.Key_3)
    stored = room.desk().release_plans.plan(case_id)
    assert [each.form.key for each in stored.items if not each.form.is_open] == ["release_paper"]
    page.undo()
    assert room.desk().release_plans.plan(case_id).readiness.done == 0


def test_no_word_is_cut_and_everything_has_a_name(language, page_at, room, case_id) -> None:
    worker = room.desk()
    worker.release_plans.open(case_id)
    page = page_at(worker)
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    page.show_person(next(iter(page._presenter.lines())))
    for row in range(3):
        page.plan_pane.form.groupList.setCurrentRow(row)
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
    page.plan_pane.items.edit()
    assert cut_texts(page) == []


def test_an_empty_form_is_kept_as_it_is(plan) -> None:
    before = plan._presenter.plan
    plan._keep_form(ReleasePlanForm())
    assert plan._presenter.plan is before


def test_ctrl_p_shows_the_paper_and_the_reason_that_was_given_last_is_proposed(plan, page_at, room, qtbot) -> None:
    plan.print_paper()
    pane = plan.paper_pane
    assert plan.shown is pane
    qtbot.waitUntil(lambda: pane.preview.is_calm, timeout=60_000)
    pane.reason_box.setCurrentIndex(1)
    pane.paper_box.setCurrentIndex(2)
    pane.reason_box.activated.emit(1)
    qtbot.waitUntil(lambda: room.desk().case_papers.last_reason() is PrintReason.FAMILY, timeout=60_000)
    qtbot.waitUntil(lambda: pane.preview.is_calm, timeout=60_000)
    assert "SR" not in pane._paper().name
    assert plan.go_back()
    assert plan.shown is plan.plan_pane
    plan.print_paper()
    assert pane.reason_box.currentIndex() == 1
    qtbot.waitUntil(lambda: pane.preview.is_calm, timeout=60_000)


def test_a_colleague_at_the_prison_reads_the_plan_and_is_offered_no_print(plan, page_at, room) -> None:
    assert plan.plan_pane.form.printButton.isVisibleTo(plan.plan_pane)
    page = page_at(room.desk("colleague"))
    page.show_person(next(iter(page._presenter.lines())))
    assert not page.plan_pane.form.printButton.isVisibleTo(page.plan_pane)
    page.print_paper()
    assert page.shown is page.plan_pane


# -- the list for the gate ---------------------------------------------------------------------------------------------


def test_a_liaison_prints_the_names_for_the_gate_by_ctrl_p(page_at, room, case_id, press, qtbot, tmp_path) -> None:
    page = page_at(room.desk("liaison", Role.LIAISON))
    page.list_pane.form.table.setFocus()
    page.print_paper()
    pane = page.paper_pane
    assert page.shown is pane
    assert not pane.reason_box.isVisible()
    pane.days_box.setCurrentIndex(2)
    pane.days_box.activated.emit(2)
    qtbot.waitUntil(lambda: pane.preview.is_calm, timeout=60_000)
    pane._gate_list().save(tmp_path / "gate.pdf")
    assert (tmp_path / "gate.pdf").read_bytes().startswith(b"%PDF")
    assert page.go_back()
    assert page.shown is page.list_pane


# -- signed papers -----------------------------------------------------------------------------------------------------


def test_a_thumbprint_under_the_release_plan_takes_the_last_of_what_is_missing_away(plan, room, case_id) -> None:
    pane = plan.plan_pane
    pane.form.groupList.setCurrentRow(0)
    assert "signature" in pane.form.missingLabel.text().lower()
    trail = pane.trail
    trail.signatures.begin_new()
    trail.signatures.form.answers["method"].show_value(SignMethod.THUMBPRINT)
    assert trail.signatures.save()
    assert "signature" not in pane.form.missingLabel.text().lower()
    assert [each.method for each in room.desk().release_plans.plan(case_id).signatures] == [SignMethod.THUMBPRINT]


def test_a_half_typed_signature_under_a_release_plan_survives_a_lock(plan, page_at, room) -> None:
    plan.plan_pane.form.groupList.setCurrentRow(0)
    plan.plan_pane.trail.signatures.begin_new()
    QTest.keyClicks(plan.plan_pane.trail.signatures.form.answers["name"], "!")
    again = page_at(room.desk())
    again.take_draft(json.loads(json.dumps(plan.draft())))
    assert again.plan_pane.trail.signatures.form.answers["name"].value().endswith("!")


def test_a_release_plan_is_signed_for_the_prison_too(plan) -> None:
    trail = plan._presenter.trail()
    assert trail.may_sign()
    assert trail.signers[-2] is Signer.PRISON
