"""A person's form: what is typed is kept, refused at its field, compared, and survives a lock."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.people import add_person
from tests.gui.people_form import form_of, press_save, screen, screen_at
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.consents import ConsentPurpose
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Contact, PersonStatus, Sex
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.people.screen import PeopleScreen

__all__ = ["screen", "screen_at"]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")


def fill(
    screen: PeopleScreen, family: str = "សុខ", given: str = "ដារ៉ា", birth: str = "២០០៩", sex: Sex = Sex.MALE
) -> None:
    form = form_of(screen)
    form.familyKmEdit.setText(family)
    form.givenKmEdit.setText(given)
    form.sexBox.setCurrentIndex(form.sexBox.findData(sex.value))
    form.birthEdit.line.setText(birth)


def test_a_new_person_is_saved_whole_and_gets_a_code(screen, desk):
    QTest.keyClick(screen, Key.Key_N, CONTROL)
    form = form_of(screen)
    fill(screen, birth="១៦/១០/២០០៩")
    form.familyLatinEdit.setText("Sok")
    form.givenLatinEdit.setText("Dara")
    form.nicknameEdit.setText("តូច")
    form.placeEdit.set_code("17040305")
    form.placeTextEdit.setText("near the pagoda")
    form.phonesEdit.setText("012 345 678")
    form.nationalIdEdit.setText("010203")
    form.oscarEdit.setText("OS-7")
    form.releaseEdit.setText("5/3/2027")
    form.noteEdit.setPlainText("first\nsecond")
    press_save(screen)
    [person_id] = desk.people.ids()
    record = desk.people.record(person_id)
    assert (record.names.khmer, record.names.latin, record.names.nickname) == ("សុខ ដារ៉ា", "SOK DARA", "តូច")
    assert record.code.startswith("SR-")
    assert record.identity.birth == Birth.on(date(2009, 10, 16))
    assert record.identity.release_on == date(2027, 3, 5)
    assert record.release_month == Month(2027, 3)
    assert record.identity.id_numbers == {"national_id": "010203"}
    assert record.identity.external_ids == {"oscar": "OS-7"}
    assert record.province_code == "17"
    assert record.contact == Contact("17040305", "near the pagoda", "012 345 678")
    assert record.note == "first\nsecond"
    assert record.stays[0].prison_id == desk.prisons.own().id
    assert form.codeLabel.text() == record.code


def test_tab_reaches_every_field_from_the_top_and_is_caught_by_none(screen, qapp, qtbot):
    screen.start_new()
    form = form_of(screen)
    stay = form.stayList._lines[0]
    qtbot.waitUntil(stay.prison.isVisible)
    reached = [qapp.focusWidget()]
    while len(reached) < 60:
        QTest.keyClick(qapp.focusWidget(), Key.Key_Tab)
        reached.append(qapp.focusWidget())
    places = form.placeEdit.lines
    wanted = [form.sexBox, form.birthEdit.line, stay.prison, stay.ends, form.releaseEdit]
    wanted += [places[2], places[8], form.noteEdit, form.statusBox, form.saveButton]
    assert [reached.index(each) for each in wanted] == sorted(reached.index(each) for each in wanted)


def test_opening_and_saving_changes_nothing(screen, desk):
    person_id = add_person(desk, "សុខ", "ដារ៉ា", ("SOK", "DARA"), province_code="17", release_month=Month(2027, 3))
    before = desk.people.record(person_id)
    screen.open_person(person_id)
    assert not screen.form_page.is_touched
    press_save(screen)
    after = desk.people.record(person_id)
    assert replace(after, version=before.version) == before


def test_what_is_missing_is_said_at_its_field_and_nothing_is_saved(screen, desk):
    screen.start_new()
    press_save(screen)
    assert form_of(screen).familyKmField.problem_text == "There is no name."
    assert screen.form_page.banner.isVisible()
    assert list(desk.people.ids()) == []
    fill(screen)
    press_save(screen)
    assert form_of(screen).familyKmField.problem_text == ""
    assert not screen.form_page.banner.isVisible()
    assert len(desk.people.ids()) == 1


def test_every_field_that_cannot_be_read_is_named_at_once(screen, desk):
    screen.start_new()
    fill(screen, birth="30/02/2009")
    form = form_of(screen)
    form.releaseEdit.setText("some day")
    form.placeEdit.lines[2].setText("Atlantis")
    press_save(screen)
    assert "30/02/2009" in form.birthField.problem_text
    assert "some day" in form.releaseOnField.problem_text
    assert "Atlantis" in form.placeField.problem_text
    assert list(desk.people.ids()) == []


def test_a_birth_date_in_the_future_is_refused_at_its_field(screen, desk):
    screen.start_new()
    fill(screen, birth="01/01/2031")
    press_save(screen)
    assert form_of(screen).birthField.problem_text == "The birth date lies in the future."


def test_somebody_who_looks_the_same_is_shown_beside_the_new_one(screen, desk):
    known = add_person(desk, "សុខ", "ដារ៉ា")
    screen.start_new()
    fill(screen, birth="2009")
    press_save(screen)
    assert screen._pages.currentWidget() is screen.likely_page
    assert len(desk.people.ids()) == 1
    texts = screen.likely_page._form.facts.texts()
    assert "03/02/2009" in texts
    assert "2009" in texts
    screen.likely_page._form.sameButton.click()
    assert screen._form_presenter.record.id == known


def test_another_person_of_the_same_name_is_saved_after_a_person_said_so(screen, desk):
    known = add_person(desk, "សុខ", "ដារ៉ា")
    screen.start_new()
    fill(screen, birth="2009")
    press_save(screen)
    screen.likely_page._form.otherButton.click()
    assert len(desk.people.ids()) == 2
    assert screen._pages.currentWidget() is screen.form_page
    assert screen._form_presenter.record.id != known


def test_escape_from_the_comparison_leads_back_to_what_was_typed(screen, desk):
    add_person(desk, "សុខ", "ដារ៉ា")
    screen.start_new()
    fill(screen, birth="2009")
    press_save(screen)
    assert screen.go_back()
    assert form_of(screen).familyKmEdit.text() == "សុខ"
    assert len(desk.people.ids()) == 1


def test_saving_over_somebody_else_is_refused_and_the_newest_version_is_a_click_away(screen, desk):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    screen.open_person(person_id)
    desk.people.save(replace(desk.people.record(person_id), status=PersonStatus.CLOSED))
    form_of(screen).nicknameEdit.setText("តូច")
    press_save(screen)
    assert screen.form_page.banner.isVisible()
    assert desk.people.record(person_id).names.nickname == ""
    assert form_of(screen).nicknameEdit.text() == "តូច"
    screen.form_page.banner.acted.emit()
    assert form_of(screen).statusBox.currentData() == PersonStatus.CLOSED.value
    assert form_of(screen).nicknameEdit.text() == ""


def test_a_half_typed_form_is_left_only_when_one_asks_twice(screen, desk):
    screen.open_person(add_person(desk, "សុខ", "ដារ៉ា"))
    form_of(screen).nicknameEdit.setText("តូច")
    assert screen.go_back()
    assert screen._pages.currentWidget() is screen.form_page
    assert screen.form_page.banner.isVisible()
    assert screen.go_back()
    assert screen._pages.currentWidget() is screen.list_page


def test_finding_somebody_else_does_not_throw_away_what_is_half_typed(screen, desk):
    first, second = add_person(desk, "សុខ", "ដារ៉ា"), add_person(desk, "គឹម", "វណ្ណា")
    screen.open_person(first)
    form_of(screen).nicknameEdit.setText("តូច")
    screen.open(second)
    assert screen._form_presenter.record.id == first
    assert form_of(screen).nicknameEdit.text() == "តូច"


def test_a_half_typed_form_survives_a_lock(screen, screen_at, desk):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    screen.open_person(person_id)
    assert screen.draft() is None
    form = form_of(screen)
    form.nicknameEdit.setText("តូច")
    form.birthEdit.line.setText("10/20")
    form.placeEdit.set_code("1704")
    form.placeEdit.lines[6].setText("Kamp")
    form.stayList.move_on()
    draft = json.loads(json.dumps(screen.draft()))
    assert screen.draft_compartment() == "family"
    again = screen_at(desk)
    again.take_draft(draft)
    assert again.form_page.typed() == screen.form_page.typed()
    assert again.draft() == draft


def test_a_draft_never_overwrites_what_was_saved_meanwhile(screen, screen_at, desk):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    screen.open_person(person_id)
    form_of(screen).nicknameEdit.setText("តូច")
    draft = screen.draft()
    desk.people.save(replace(desk.people.record(person_id), status=PersonStatus.CLOSED))
    again = screen_at(desk)
    again.take_draft(draft)
    press_save(again)
    assert desk.people.record(person_id).names.nickname == ""
    assert again.form_page.banner.isVisible()


def test_the_draft_of_a_new_person_comes_back_as_a_new_person(screen, screen_at, desk):
    screen.start_new()
    fill(screen)
    again = screen_at(desk)
    again.take_draft(screen.draft())
    press_save(again)
    assert [row.names.khmer for row in desk.people.rows(desk.people.ids()).values()] == ["សុខ ដារ៉ា"]


def test_switching_the_language_is_no_typing_and_loses_none(screen, desk, qapp, qtbot):
    screen.open_person(add_person(desk, "សុខ", "ដារ៉ា", province_code="17"))
    assert form_of(screen).placeEdit.lines[2].text() == "Siem Reap"
    switch_language(qapp, "km")
    try:
        qtbot.waitUntil(lambda: form_of(screen).placeEdit.lines[2].text() == "សៀមរាប")
        assert not screen.form_page.is_touched
        form_of(screen).nicknameEdit.setText("តូច")
    finally:
        switch_language(qapp, "en")
    qtbot.waitUntil(lambda: form_of(screen).placeEdit.lines[2].text() == "Siem Reap")
    assert form_of(screen).nicknameEdit.text() == "តូច"


def test_a_photo_is_kept_with_the_form(screen, desk):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    screen.open_person(person_id)
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    form_of(screen).photoFrame.paste()
    assert screen.form_page.is_touched
    assert desk.people.photo(person_id) is None
    press_save(screen)
    assert QImage.fromData(desk.people.photo(person_id)).width() == 600
    assert not screen.form_page.is_touched


def test_the_agreement_to_the_photo_on_papers_is_kept_with_the_form(screen, desk):
    person_id = add_person(desk, "សុខ", "ដារ៉ា")
    screen.open_person(person_id)
    box = form_of(screen).photoConsentBox
    assert not box.isChecked()
    box.click()
    assert screen.form_page.is_touched
    press_save(screen)
    assert desk.consents.holds(person_id, ConsentPurpose.PHOTO_ON_PAPERS)
    assert not screen.form_page.is_touched
    box.click()
    press_save(screen)
    assert not desk.consents.holds(person_id, ConsentPurpose.PHOTO_ON_PAPERS)


def test_two_records_of_one_person_are_joined_by_a_person(screen, desk):
    kept = add_person(desk, "សុខ", "ដារ៉ា")
    add_person(desk, "សុក", "ដារ៉ា")
    screen.open()
    screen.list_page._form.table.selectAll()
    screen.list_page._form.compareButton.click()
    page = screen.merge_page
    assert screen._pages.currentWidget() is page
    assert not page._form.sameButton.isEnabled()
    left = page._records[0].id
    (page._form.keepLeftButton if left == kept else page._form.keepRightButton).setChecked(True)
    page._form.reasonEdit.setText("the same photo")
    page._form.sameButton.click()
    assert list(desk.people.ids()) == [kept]
    [story] = desk.people.merges(kept)
    assert story.merged_code != story.kept_code
    assert screen._form_presenter.record.id == kept
    assert "the same photo" in form_of(screen).historyLabel.text()
    assert form_of(screen).historyCard.isVisibleTo(form_of(screen).sheet)


def test_the_other_record_is_found_from_the_form_and_nothing_happens_without_a_decision(screen, desk):
    own, other = add_person(desk, "សុខ", "ដារ៉ា"), add_person(desk, "សុខ", "ដារិទ្ធ")
    screen.open_person(own)
    form_of(screen).sameButton.click()
    assert [each.target for each in screen._others_found("សុខ")] == [other]
    screen.others.chosen.emit(other)
    assert screen._pages.currentWidget() is screen.merge_page
    screen.merge_page._form.otherButton.click()
    assert len(desk.people.ids()) == 2


def test_no_text_of_the_form_is_cut_and_every_control_has_a_name(screen, desk, language):
    person_id = add_person(desk, "សុខ", "ដារ៉ា", ("SOK", "DARA"), province_code="17")
    screen.open_person(person_id)
    form_of(screen).familyKmEdit.clear()
    form_of(screen).familyLatinEdit.clear()
    form_of(screen).givenKmEdit.clear()
    form_of(screen).givenLatinEdit.clear()
    screen.save()
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []


def test_no_text_of_the_comparison_is_cut_and_every_control_has_a_name(screen, desk, language):
    screen.compare(add_person(desk, "សុខ", "ដារ៉ា"), add_person(desk, "សុក", "ដារ៉ា"))
    assert cut_texts(screen) == []
    assert unnamed_controls(screen) == []
