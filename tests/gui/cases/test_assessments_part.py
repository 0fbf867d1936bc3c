"""Assessments of a case, filled in by keyboard over a real record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.cases.case_parts import audited, cells, opened, typed
from tests.services.cases.conftest import TODAY
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.strengths import RiskAnswer, SafetyRisk, StrengthDomain, Substance
from tlbb_desktop.screens.cases.assessment_questions import RESTRICTED_NAMES, SSI_SA_NAMES, WHO5_NAMES

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
D = StrengthDomain


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
