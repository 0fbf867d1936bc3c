"""The cases page of a social worker: find, open, begin a case; consents; nothing for who may not."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.consents import ConsentPurpose, ConsentStanding
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.screens.cases.presenter import CaseView
from tlbb_desktop.widgets.destinations import OpenCase

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def shown_codes(page):
    model = page.list_pane.form.table.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def test_a_social_worker_sees_own_cases_first_and_may_see_the_others(page, room):
    mine = room.case()
    other = room.case(room.person("SR-26-0900", names=Names("ចាន់", "រិទ្ធី", "CHAN", "RITHY")), worker="colleague")
    page.open()
    assert len(shown_codes(page)) == 1
    page.list_pane.form.viewBox.setCurrentIndex(list(CaseView).index(CaseView.OPEN))
    page.list_pane.form.viewBox.activated.emit(page.list_pane.form.viewBox.currentIndex())
    assert len(shown_codes(page)) == 2
    assert {mine, other} == set(page._presenter.lines())


@pytest.mark.parametrize("typed", ["ពិសិដ្ឋ", "piseth", "SIN"])
def test_a_case_is_found_as_one_types_and_enter_opens_it(page, room, press, typed):
    case_id = room.case()
    room.case(room.person("SR-26-0900", names=Names("ចាន់", "រិទ្ធី", "CHAN", "RITHY")))
    page.open()
    page.start_find()
    page.list_pane.form.findEdit.setText(typed)
    assert list(page._presenter.lines(typed)) == [case_id]
    press(Key.Key_Return)
    assert page.shown is page.case_pane
    assert page.case_pane.form.nameLabel.text() == "ស៊ិន ពិសិដ្ឋ"


def test_n_opens_a_case_for_somebody_found_by_name_all_by_keyboard(page, room, press):
    room.person()
    page.open()
    page.list_pane.form.table.setFocus()
    press(Key.Key_N)
    QTest.keyClicks(page.list_pane.begin._form.findEdit, "piseth")
    press(Key.Key_Return)
    assert page.shown is page.case_pane
    (case,) = page._presenter._desk.cases.list()
    assert (case.state, case.worker) == (CaseState.OPEN, "worker")
    assert "to be recorded by" in page.case_pane.form.warningLabel.text()


def test_somebody_is_put_on_the_waiting_list_and_what_speaks_for_them_stands_below(page, room):
    person = room.person()
    page._begin(person, waiting=True)
    page.go_back()
    box = page.list_pane.form.viewBox
    box.setCurrentIndex(list(CaseView).index(CaseView.WAITING))
    box.activated.emit(box.currentIndex())
    assert len(shown_codes(page)) == 1
    assert "legal status not recorded" in page.list_pane.form.aboutLabel.text()


def test_the_consents_are_recorded_one_after_the_other(page, room, press):
    person = room.person()
    page._begin(person, waiting=False)
    page.case_pane.show_case(page._presenter.case, "consents")
    pane = page.case_pane.section.pane
    for purpose in (ConsentPurpose.SERVICE, ConsentPurpose.STORE_DATA):
        pane.begin_new()
        assert pane.form.values()["purpose"] is purpose
        press(Key.Key_S, CONTROL)
    assert page._presenter._desk.consents.standing(person) is ConsentStanding.GIVEN
    assert page.case_pane.form.warningLabel.isHidden()


def test_a_recorded_consent_is_withdrawn_and_not_changed(page, room, qtbot):
    case_id = room.case()
    page.show_case(case_id, "consents")
    section = page.case_pane.section
    section.pane.show_record(next(iter(section.pane._lines)))
    assert not section.pane.save()
    assert "not changed" in section.pane.form.fields["withdrawn_on"].problem_text
    section.pane.form.answers["withdrawn_on"].show_value(room.clock.today())
    assert section.pane.save()
    assert "Withdrawn" in section.pane.table.model().index(0, 1).data()


def test_a_manager_gives_a_case_to_somebody_else(page_at, room):
    case_id = room.case()
    page = page_at(room.manager)
    page.show_case(case_id)
    overview = page.case_pane.section
    overview.worker_box.setCurrentIndex(overview.worker_box.findText("colleague"))
    overview.assign_button.click()
    assert room.manager.cases.file(case_id).worker == "colleague"
    assert "colleague" in page.case_pane.form.factsLabel.text()


def test_alt_and_arrow_go_from_part_to_part_unless_something_typed_would_be_lost(page, room, press, qtbot):
    page.show_case(room.case())
    press(Key.Key_Down, ALT)
    assert page.case_pane.section_name == "consents"
    section = page.case_pane.section
    section.pane.begin_new()
    QTest.keyClicks(section.pane.form.answers["reason"], "not reached")
    with qtbot.waitSignal(page.troubled):
        page.case_pane.next_section(-1)
    assert page.case_pane.section_name == "consents"


def test_a_draft_brings_back_case_part_and_what_was_typed(page, page_at, room):
    page.show_case(room.case(), "consents")
    page.case_pane.section.pane.begin_new()
    page.case_pane.section.pane.form.answers["agency"].setFocus()
    QTest.keyClicks(page.case_pane.section.pane.form.answers["agency"], "half")
    draft = json.loads(json.dumps(page.draft()))
    other = page_at(room.desk())
    other.take_draft(draft)
    assert other.case_pane.section.pane.form.answers["agency"].text() == "half"
    assert other.draft() == draft


def test_a_liaison_sees_no_consents_and_opens_no_case(page_at, room):
    room.case()
    page = page_at(room.desk("liaison", Role.LIAISON))
    assert page.list_pane.form.newButton.isHidden()
    page.open(OpenCase(next(iter(page._presenter.lines()))))
    assert page.case_pane.form.warningLabel.isHidden()
    assert "consents" not in [entry.name for entry in page.case_pane._entries]


def test_esc_leads_back_to_the_list(page, room, press):
    page.show_case(room.case())
    assert page.go_back()
    assert page.shown is page.list_pane
    assert not page.go_back()


def test_no_word_is_cut_and_everything_has_a_name(language, page, room):
    page.open()
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    page.list_pane.ask_begin()
    assert cut_texts(page) == []
    page.show_case(room.case())
    for name in ("overview", "consents"):
        page.case_pane.show_case(page._presenter.case, name)
        assert cut_texts(page) == []
        assert unnamed_controls(page) == []
