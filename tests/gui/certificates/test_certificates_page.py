"""The certificates page: list, approvals, proposing, the steps that nothing takes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.certificates.conftest import Key, names, paper, press, states
from tests.gui.classroom import desk_of
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.widgets.destinations import OpenCertificates

State = CertificateState
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_an_empty_page_says_what_to_do_first(room, screen_at, desk_as):
    screen = screen_at(room.desk)
    assert screen._panes.currentWidget() is screen._empty
    screen._empty._action.click()
    assert screen._panes.currentWidget() is screen.propose_page
    reader = screen_at(desk_of(desk_as, Role.LIAISON))
    assert reader._empty._action.isHidden()


def test_a_manager_opens_the_page_on_what_waits_for_an_approval(room, proposed, screen_at):
    room.desk.certificates.approve(proposed[:1])
    screen = screen_at(room.desk)
    assert len(names(screen)) == 3
    assert screen.approvals_button.text() == "Approvals (3)"
    assert screen.list_pane.state_box.currentText() == "To approve (3)"


def test_todays_button_shows_what_waits_in_one_class_only(room, proposed, screen_at):
    screen = screen_at(room.desk)
    screen.list_pane.filter_by_state(State.ISSUED)
    code = room.desk.classes.row(room.class_id).code
    screen.open(OpenCertificates(State.PROPOSED, code))
    assert len(names(screen)) == 4
    assert screen.list_pane.group_box.currentText() == code
    screen.open(OpenCertificates(State.PROPOSED, "ANOTHER-CLASS"))
    assert names(screen) == []


def test_enter_approves_the_line_with_the_cursor(room, proposed, screen_at):
    screen = screen_at(room.desk)
    current = screen.list_pane.table.current_id()
    press(screen, Key.Key_Return)
    assert screen._presenter.rows[current].state is State.APPROVED
    assert states(screen) == ["approved", "proposed", "proposed", "proposed"]
    assert len(names(screen)) == 3


def test_space_ticks_and_goes_on_and_enter_approves_what_is_ticked(room, proposed, screen_at, qtbot):
    screen = screen_at(room.desk)
    press(screen, Key.Key_Space, Key.Key_Down, Key.Key_Space)
    assert screen.paper_pane.approve_button.text() == "Approve 2"
    with qtbot.waitSignal(screen.said) as said:
        press(screen, Key.Key_Return)
    assert said.args == ["2 certificates are approved."]
    assert states(screen) == ["approved", "approved", "proposed", "proposed"]


def test_ctrl_a_ticks_all_and_then_none(room, proposed, screen_at):
    screen = screen_at(room.desk)
    press(screen, Key.Key_A, modifier=CONTROL)
    assert len(screen.list_pane.table.ticked_ids) == 4
    press(screen, Key.Key_A, modifier=CONTROL)
    assert screen.list_pane.table.ticked_ids == ()


def test_a_click_on_the_box_ticks(room, proposed, screen_at):
    screen = screen_at(room.desk)
    table = screen.list_pane.table
    box = table.visualRect(table.model().index(1, 0))
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=box.topLeft() + QPoint(18, box.height() // 2),
    )
    assert len(table.ticked_ids) == 1


def test_the_draft_is_shown_before_the_approval(room, proposed, screen_at, qtbot):
    screen = screen_at(room.desk)
    said = paper(screen, qtbot, "DRAFT")
    assert screen._presenter.rows[screen.list_pane.table.current_id()].shown_name in said


def test_find_takes_either_script_and_the_code(room, proposed, screen_at, qtbot):
    screen = screen_at(room.desk)
    for text in ("rithy", "រិទ្ធី", "CHAN"):
        screen.start_find()
        screen.list_pane.find_edit.setText(text)
        qtbot.waitUntil(lambda: names(screen) == ["ចាន់ រិទ្ធី"])
    assert screen.go_back()
    assert len(names(screen)) == 4


def test_a_letter_in_the_list_begins_a_search(room, proposed, screen_at, qtbot):
    screen = screen_at(room.desk)
    screen.list_pane.table.setFocus()
    QTest.keyClicks(screen.list_pane.table, "v")
    assert screen.list_pane.find_edit.text() == "v"


def test_the_list_is_narrowed_to_a_class_or_a_course(room, proposed, screen_at):
    screen = screen_at(room.desk)
    box = screen.list_pane.group_box
    texts = [box.itemText(number) for number in range(box.count())]
    assert texts == ["All classes", "Course moto", "SR-MOTO-26"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert len(names(screen)) == 4
    assert box.currentText() == "SR-MOTO-26"


# proposing -----------------------------------------------------------------------------------------------------------


def test_whoever_has_earned_it_is_ticked_and_the_others_show_what_is_missing(room, screen_at):
    screen = screen_at(room.desk)
    screen.start_proposing()
    page = screen.propose_page
    assert page.table.ticked_ids == tuple(person for person in page.table._shown if person != room.people[4])
    rows = {page.table.model().index(row, 0).data(): page.table.model().index(row, 5).data() for row in range(5)}
    assert "80 % are needed" in rows["ស៊ិន ដារ៉ា"]
    assert rows["គឹម វណ្ណា"] == "Nothing is missing"
    assert page.reason.isHidden()
    assert page.propose_button.text() == "Propose 4"


def test_what_the_learner_with_the_cursor_lacks_stands_below_the_list_in_full(room, screen_at):
    room.desk.people.save(replace(room.desk.people.record(room.people[4]), names=Names("ស៊ិន", "ដារ៉ា", nickname="ខ្មៅ")))
    screen = screen_at(room.desk)
    screen.start_proposing()
    page = screen.propose_page
    page.table.go(room.people[4])
    said = page.about.text().splitlines()
    assert said[0].startswith("ស៊ិន ដារ៉ា")
    assert len(said) == 3
    assert "80 % are needed" in said[1]
    assert "name in Latin letters is missing" in said[2]
    page.table.go(room.people[0])
    assert page.about.text().endswith("Nothing is missing")


@pytest.mark.parametrize("typed", ["dara", "ដារ៉ា", "ខ្មៅ", "darra"])
def test_a_learner_is_found_while_proposing_by_any_name(room, screen_at, typed):
    record = room.desk.people.record(room.people[4])
    room.desk.people.save(replace(record, names=replace(record.names, nickname="ខ្មៅ")))
    screen = screen_at(room.desk)
    screen.start_proposing()
    page = screen.propose_page
    ticked = page.table.ticked_ids
    screen.start_find()
    page.find_edit.setText(typed)
    assert page.table.current_id() == room.people[4]
    assert page.table.model().index(page.table.currentIndex().row(), 1).data() == "ខ្មៅ"
    QTest.keyClick(page.find_edit, Key.Key_Down)
    assert page.table.ticked_ids == ticked
    QTest.keyClick(page.table, Key.Key_Space)
    assert room.people[4] in page.table.ticked_ids


def test_a_trainer_withdraws_an_own_proposal_with_a_reason(room, screen_at, desk_as, qtbot):
    trainer = desk_of(desk_as, Role.TRAINER)
    trainer.certificates.propose(room.class_id, room.people[:2])
    screen = screen_at(trainer)
    screen.paper_pane.withdraw_button.click()
    question = screen.steps.question
    assert not question.act_button.isEnabled()
    QTest.keyClicks(question.reason, "the wrong class")
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyClick(question.reason, Key.Key_Return)
    assert said.args == ["1 proposal withdrawn."]
    assert states(screen) == ["proposed"]
    manager = screen_at(room.desk)
    manager.list_pane.filter_by_state(State.WITHDRAWN)
    assert "the wrong class" in manager.paper_pane.about.text()
    qtbot.waitUntil(lambda: "was withdrawn" in manager.paper_pane.preview._trouble.text())
    assert manager.paper_pane.withdraw_button.isHidden()


def test_a_trainer_proposes_from_the_keyboard(room, screen_at, desk_as, qtbot):
    screen = screen_at(desk_of(desk_as, Role.TRAINER))
    assert screen.approvals_button.isHidden()
    QTest.keyClick(screen, Key.Key_N, CONTROL)
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyClick(screen.propose_page.table, Key.Key_Return)
    assert said.args == ["4 certificates proposed."]
    assert states(screen) == ["proposed"] * 4
    assert screen._panes.currentWidget() is screen._area
    assert screen.paper_pane.approve_button.isHidden()


def test_a_rule_that_is_not_met_wants_a_reason(room, screen_at):
    screen = screen_at(room.desk)
    screen.start_proposing()
    page = screen.propose_page
    page.table.tick(page.table._shown, on=False)
    page.table.tick([room.people[4]])
    assert not page.propose_button.isEnabled()
    assert page.reason.isVisible()
    QTest.keyClick(page.table, Key.Key_Return)
    QTest.keyClicks(page.reason, "was ill")
    QTest.keyClick(page.reason, Key.Key_Return)
    (row,) = screen._presenter.rows.values()
    assert row.despite == "was ill"


def test_who_has_one_already_is_shown_so_and_cannot_be_ticked(room, proposed, screen_at):
    screen = screen_at(room.desk)
    screen.start_proposing()
    page = screen.propose_page
    assert page.table.ticked_ids == ()
    page.table.tick([room.people[0]])
    assert page.table.ticked_ids == ()
    page.kind_box.setCurrentIndex(page.kind_box.findData(CertificateKind.PARTICIPATION.value))
    page.kind_box.activated.emit(page.kind_box.currentIndex())
    assert len(page.table.ticked_ids) == 5


def test_escape_leaves_the_proposing_first(room, proposed, screen_at):
    screen = screen_at(room.desk)
    screen.start_proposing()
    assert screen.go_back()
    assert screen._panes.currentWidget() is screen._area


def test_the_page_opens_on_the_class_that_was_asked_for(room, screen_at):
    screen = screen_at(room.desk, room.class_id)
    assert screen._panes.currentWidget() is screen.propose_page
    assert screen.propose_page.class_box.currentData() == room.class_id


# what cannot be taken back -------------------------------------------------------------------------------------------


def test_revoking_wants_a_reason_and_makes_the_number_invalid(room, issued, screen_at):
    screen = screen_at(room.desk)
    row = screen._presenter.rows[screen.list_pane.table.current_id()]
    screen.paper_pane.revoke_button.click()
    question = screen.steps.question
    assert not question.act_button.isEnabled()
    QTest.keyClicks(question.reason, "issued to the wrong person")
    QTest.keyClick(question.reason, Key.Key_Return)
    gone = screen._presenter.rows[row.id]
    assert (gone.state, gone.reason) == (State.REVOKED, "issued to the wrong person")
    screen.list_pane.table.go(row.id)
    assert "issued to the wrong person" in screen.paper_pane.about.text()
    assert screen.paper_pane.revoke_button.isHidden()


def test_a_revoked_certificate_shows_no_paper_that_could_be_taken_for_a_valid_one(room, issued, screen_at, qtbot):
    screen = screen_at(room.desk)
    number = screen._presenter.rows[issued[0]].number
    room.desk.certificates.revoke(number, "a mistake")
    screen.read_again()
    screen.list_pane.table.go(issued[0])
    qtbot.waitUntil(lambda: "not valid any more" in screen.paper_pane.preview._trouble.text())
    assert screen.paper_pane.preview.sheets.isHidden()


def test_thinking_better_of_it_changes_nothing(room, issued, screen_at):
    screen = screen_at(room.desk)
    screen.paper_pane.revoke_button.click()
    assert screen.go_back()
    assert screen.paper_pane.strip.shown is None
    assert states(screen) == ["issued"] * 4


def test_a_question_goes_when_the_cursor_goes_to_another_certificate(room, issued, screen_at):
    screen = screen_at(room.desk)
    screen.paper_pane.revoke_button.click()
    press(screen, Key.Key_Down)
    assert screen.paper_pane.strip.shown is None


def test_replacing_shows_the_successor(room, issued, screen_at, qtbot):
    screen = screen_at(room.desk)
    row = next(row for row in screen._presenter.rows.values() if row.shown_name == "គឹម វណ្ណា")
    record = room.desk.people.record(row.person_id)
    room.desk.people.save(replace(record, names=replace(record.names, given_latin="VANNAK")))
    screen.read_again()
    screen.list_pane.table.go(row.id)
    screen.paper_pane.replace_button.click()
    QTest.keyClicks(screen.steps.question.reason, "spelling")
    screen.steps.question.act_button.click()
    assert screen._presenter.rows[row.id].state is State.REPLACED
    new = screen._presenter.rows[screen.list_pane.table.current_id()]
    assert screen._presenter.rows[row.id].replaced_by == new.number
    assert new.prints == 0
    assert "DUPLICATE" not in paper(screen, qtbot, "KIM VANNAK")


def test_a_replacement_that_would_change_nothing_is_told_in_the_banner(room, issued, screen_at, qtbot):
    screen = screen_at(room.desk)
    screen.paper_pane.replace_button.click()
    QTest.keyClicks(screen.steps.question.reason, "spelling")
    with qtbot.waitSignal(screen.troubled):
        screen.steps.question.act_button.click()
    assert states(screen) == ["issued"] * 4


# who may what, and how it looks --------------------------------------------------------------------------------------


def test_a_reader_sees_papers_but_hands_out_nothing(room, issued, screen_at, desk_as, qtbot):
    screen = screen_at(desk_of(desk_as, Role.SOCIAL_WORKER))
    pane = screen.paper_pane
    assert "No. " in paper(screen, qtbot, "No. ")
    assert pane.preview._print.isHidden()
    assert pane.preview._save.isHidden()
    assert pane.revoke_button.isHidden()
    screen.print_paper()
    assert not screen.steps.is_busy


def test_a_trainer_is_told_that_the_issued_paper_is_not_for_them(room, issued, screen_at, desk_as, qtbot):
    screen = screen_at(desk_of(desk_as, Role.TRAINER))
    assert len(names(screen)) == 4
    qtbot.waitUntil(lambda: "role does not open" in screen.paper_pane.preview._trouble.text())


def test_the_paper_follows_its_language_box_which_is_remembered(room, proposed, screen_at, qtbot):
    screen = screen_at(room.desk)
    box = screen.paper_pane.language_box
    box.setCurrentIndex(box.findData("both"))
    box.activated.emit(box.currentIndex())
    said = paper(screen, qtbot, "Certificate of completion")
    assert "វិញ្ញាបនបត្រ" in said
    assert screen_at(room.desk).paper_pane.language == "both"


@pytest.mark.parametrize("state", ["proposed", "issued"])
def test_every_text_fits_and_every_control_has_a_name(room, screen_at, language, qtbot, request, state):
    request.getfixturevalue(state)
    screen = screen_at(room.desk)
    press(screen, Key.Key_Space)
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []
    if state == "issued":
        screen.list_pane.table.tick(screen.list_pane.table.ticked_ids, on=False)
        screen.paper_pane.revoke_button.click()
    else:
        screen.start_proposing()
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []


def test_the_page_follows_the_language_at_once(room, issued, screen_at, qapp, qtbot):
    screen = screen_at(room.desk)
    screen.paper_pane.revoke_button.click()
    try:
        switch_language(qapp, "km")
        qapp.processEvents()
        assert screen.steps.question.act_button.text() != "Revoke"
        assert screen.title() != "Certificates"
        paper(screen, qtbot, "វិញ្ញាបនបត្រ")
    finally:
        switch_language(qapp, "en")
