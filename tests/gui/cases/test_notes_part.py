"""Notes in a case: by kind, locked after 72 hours, added to, protected, found."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import TODAY
from tlbb_desktop.domain.case_notes import CaseNote, ChangeStage, NoteForm, NoteKind
from tlbb_desktop.domain.case_tasks import TaskKind
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.read_reasons import ReadReason

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
TALK = NoteForm(NoteKind.INDIVIDUAL, "និយាយអំពីម្តាយ", 45)
DRUGS = NoteForm(
    NoteKind.COUNSELLING, "ចង់ឈប់", 30, stage=ChangeStage.THINKING, days_since_use=9, next_on=TODAY + timedelta(days=7)
)


@pytest.fixture
def write(room):
    """Store a note of somebody."""

    def keep(case_id, form, desk=None):
        return (desk or room.desk()).case_notes.save(CaseNote(None, case_id, TODAY, form))

    return keep


def notes_of(page, case_id):
    page.show_case(case_id, "notes")
    return page.case_pane.section


def test_a_note_is_written_by_keyboard_and_saved(page, room, press):
    case_id = room.case()
    section = notes_of(page, case_id)
    section.pane.begin_new()
    answers = section.pane.form.answers
    answers["summary"].setFocus()
    QTest.keyClicks(answers["summary"], "Spoke about the mother")
    answers["minutes"].setText("៤៥")
    press(Key.Key_S, CONTROL)
    (note,) = room.desk().case_notes.notes(case_id)
    assert note.form == NoteForm(NoteKind.INDIVIDUAL, "Spoke about the mother", 45)
    assert note.on_day == TODAY
    assert not section.pane.is_touched


def test_the_stages_are_asked_only_in_counselling_about_alcohol_and_drugs(page, room):
    case_id = room.case()
    section = notes_of(page, case_id)
    section.pane.begin_new()
    answers, card = section.pane.form.answers, section.pane.form.cards[1]
    assert card.isHidden()
    answers["kind"].show_value(NoteKind.COUNSELLING)
    answers["kind"].edited.emit()
    assert not card.isHidden()
    answers["stage"].show_value(ChangeStage.PREPARING)
    answers["summary"].show_value("x")
    assert section.pane.save()
    assert room.desk().case_notes.notes(case_id)[0].form.stage is ChangeStage.PREPARING
    answers["kind"].show_value(NoteKind.GROUP)
    answers["kind"].edited.emit()
    assert card.isHidden()
    assert section.pane.save()
    assert room.desk().case_notes.notes(case_id)[0].form.stage is None


def test_after_72_hours_a_note_is_only_added_to(page, room, write):
    case_id = room.case()
    write(case_id, TALK)
    section = notes_of(page, case_id)
    assert section.added.isHidden()
    assert section.pane.form.answers["summary"].isEnabled()
    room.clock.moment += timedelta(hours=72)
    page.show_case(case_id, "notes")
    assert not section.pane.form.answers["summary"].isEnabled()
    section.added.button.click()  # nothing is typed
    section.added.text.show_value("ម្តាយមកលេង")
    section.added.button.click()
    (note,) = room.desk().case_notes.notes(case_id)
    assert [each.text for each in note.addenda] == ["ម្តាយមកលេង"]
    assert "ម្តាយមកលេង" in section.added.added.text()
    assert section.added.text.value() == ""


def test_a_colleague_reads_of_counselling_only_attended_and_the_next_date(page_at, room, write):
    case_id = room.case()
    write(case_id, DRUGS)
    page = page_at(room.desk("colleague"))
    section = notes_of(page, case_id)
    assert all(card.isHidden() for card in section.pane.form.cards)
    assert section.added.isHidden()
    assert section.bar.isHidden()
    assert section.attended.text() == "Attended · Next time: 23/11/2026"
    model = section.pane.table.model()
    assert [model.index(0, number).data() for number in range(4)] == [
        "16/11/2026",
        "Protected",
        "worker",
        "Attended · Next time: 23/11/2026",
    ]
    assert "ចង់ឈប់" not in str([label.text() for label in page.findChildren(type(section.attended))])


def test_a_manager_reads_a_protected_note_with_a_reason_that_ends_with_the_case(page_at, room, write):
    case_id = room.case()
    other = room.case(room.person("SR-26-0900", names=Names("ចាន់", "រិទ្ធី", "CHAN", "RITHY")))
    for each in (case_id, other):
        write(each, DRUGS)
    page = page_at(room.manager)
    section = notes_of(page, case_id)
    assert section.bar.asks
    assert all(card.isHidden() for card in section.pane.form.cards)
    section.bar.buttons[ReadReason.SAFETY].click()
    assert section.pane.form.answers["summary"].value() == "ចង់ឈប់"
    assert not section.pane.form.answers["summary"].isEnabled()
    assert not section.bar.asks
    assert any(each.detail == "notes reason:safety" for each in room.manager.audit.events(3))
    page.show_case(other, "notes")
    assert all(card.isHidden() for card in section.pane.form.cards)
    assert section.bar.asks


def test_a_danger_that_was_seen_becomes_a_task(page, room):
    case_id = room.case()
    section = notes_of(page, case_id)
    section.pane.begin_new()
    section.pane.form.answers["summary"].show_value("x")
    section.pane.form.answers["risk_seen"].show_value(True)
    assert section.pane.save()
    (task,) = room.desk().case_tasks.open_tasks(case_id)
    assert task.form.kind is TaskKind.SAFETY


def test_notes_are_found_in_this_case_and_in_all(page, room, write, press, qtbot):
    case_id = room.case()
    other = room.case(room.person("SR-26-0900", names=Names("ចាន់", "រិទ្ធី", "CHAN", "RITHY")))
    here, there = write(case_id, TALK), write(other, TALK)
    section = notes_of(page, case_id)
    section.search.text.setFocus()
    section.search.text.setText("ម្ដាយ")  # the other spelling of the same sound
    press(Key.Key_Return)
    assert list(section.search._hits) == [here]
    press(Key.Key_Return)
    assert section.pane.row == here
    section.search.everywhere.setChecked(True)
    section.search.search()
    assert set(section.search._hits) == {here, there}
    section.search.table.go(there)
    with qtbot.waitSignal(page.go_to) as told:
        section.search.table.chosen.emit(there)
    page.open(told.args[1])
    assert page._presenter.case.id == other
    assert section.pane.row == there
    section.search.text.setText("xyz")
    section.search.search()
    assert section.search.count.text() == "No note holds this."
    section.search.text.clear()
    assert section.search.count.isHidden()


def test_what_is_to_be_added_is_not_lost(page, page_at, room, write, qtbot):
    case_id = room.case()
    row = write(case_id, TALK)
    room.clock.moment += timedelta(hours=80)
    section = notes_of(page, case_id)
    section.added.text.show_value("half")
    draft = json.loads(json.dumps(page.draft()))
    with qtbot.waitSignal(page.troubled):
        page.case_pane.next_section(-1)
    assert page.case_pane.section_name == "notes"
    other = page_at(room.desk())
    other.take_draft(draft)
    assert other.case_pane.section.pane.row == row
    assert other.case_pane.section.added.text.value() == "half"
    assert page.draft_compartment() == "counselling"


def test_no_word_is_cut_and_everything_has_a_name(language, page, page_at, room, write):
    case_id = room.case()
    write(case_id, TALK)
    write(case_id, DRUGS)
    room.clock.moment += timedelta(hours=80)
    room.desk().case_notes.add(1, "ថែម")
    for shown in (page, page_at(room.manager)):
        section = notes_of(shown, case_id)
        section.search.text.setText("x")
        section.search.search()
        for row in section.pane._lines:
            section.pane.show_record(row)
            assert cut_texts(shown) == []
            assert unnamed_controls(shown) == []
