"""A list of records with its long form, walked by keyboard; the records live in memory, the pane knows no service."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.widgets.record_pane import RecordPane
from tlbb_desktop.widgets.section_form import Question, Section


@dataclass(frozen=True)
class Visit:
    name: str
    note: str = ""
    locked: bool = False


class Visits:
    columns = (Column("name", N_("Name"), lambda row: row.name), Column("note", N_("Note"), lambda row: row.note))
    wide = 1
    sections = (Section(N_("Name"), (Question("name", N_("Name")), Question("note", N_("Note"), "text", wide=True))),)

    def __init__(self) -> None:
        self.kept = {2: Visit("second", "two"), 1: Visit("first", "", locked=True)}
        self.trouble: Exception | None = None

    def lines(self):
        return dict(self.kept)

    def sign(self, record):
        return ("lock", "muted") if record.locked else None

    def values_of(self, record):
        return {} if record is None else {"name": record.name, "note": record.note}

    def missing(self, record):
        return () if record.note else ("note",)

    def may_add(self):
        return True

    def may_change(self, record):
        return not record.locked

    def keep(self, record, values: dict[str, Any]):
        if self.trouble is not None:
            raise self.trouble
        row = next((row for row, each in self.kept.items() if each == record), max(self.kept) + 1)
        self.kept = {row: replace(record or Visit(""), **values), **{k: v for k, v in self.kept.items() if k != row}}
        return row


@pytest.fixture
def records():
    return Visits()


@pytest.fixture
def pane(qtbot, records):
    made = RecordPane(records, N_("Note"))
    qtbot.addWidget(made)
    made.resize(900, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.open()
    return made


def typed(pane, name, text):
    answer = pane.form.answers[name]
    answer.setFocus()
    QTest.keyClicks(answer, text)


def test_the_newest_record_stands_in_the_form_and_the_arrow_goes_to_the_next(pane):
    assert (pane.row, pane.form.values()["name"]) == (2, "second")
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Down)
    assert (pane.row, pane.form.values()["name"]) == (1, "first")


def test_a_locked_record_can_be_read_only_and_says_what_is_missing(pane):
    pane.show_record(1)
    assert not pane.form.answers["name"].isEnabled()
    assert pane.save_button.isHidden()
    assert pane.form.fields["note"].problem_text == "Still missing"


def test_n_begins_a_new_one_and_ctrl_s_stores_it_at_the_top(pane, records, qtbot):
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_N)
    assert pane.row is None
    typed(pane, "name", "third")
    with qtbot.waitSignals([pane.said, pane.kept]):
        QTest.keyClick(pane.form.answers["name"], Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert records.kept[3] == Visit("third")
    assert (pane.row, pane.table.current_id(), pane.is_touched) == (3, 3, False)


def test_a_refusal_stands_at_its_field_or_goes_to_the_page_and_nothing_typed_is_lost(pane, records, qtbot):
    typed(pane, "name", " more")
    records.trouble = Refused(N_("There is no name."), place="name")
    assert not pane.save()
    assert pane.form.fields["name"].problem_text == "There is no name."
    records.trouble = Refused(N_("There is no name."))
    with qtbot.waitSignal(pane.troubled):
        assert not pane.save()
    assert pane.form.values()["name"] == "second more"
    assert pane.is_touched


def test_somebody_else_was_quicker_and_their_record_is_shown(pane, records, qtbot):
    typed(pane, "name", " mine")
    records.trouble = ChangedMeanwhile()
    records.kept[2] = Visit("theirs", "two")
    with qtbot.waitSignal(pane.troubled):
        assert not pane.save()
    assert pane.form.values()["name"] == "theirs"


def test_what_is_typed_is_not_dropped_without_a_word(pane, qtbot):
    typed(pane, "name", " more")
    with qtbot.waitSignal(pane.troubled):
        pane.show_record(1)
    assert pane.row == 2
    pane.show_record(1)
    assert pane.row == 1


def test_reading_again_leaves_what_is_being_typed(pane, records):
    typed(pane, "name", " more")
    records.kept[9] = Visit("from elsewhere")
    pane.open()
    assert pane.form.values()["name"] == "second more"
    assert set(records.lines()) == {9, 2, 1}


def test_a_day_that_was_typed_last_is_stored_and_the_form_is_left_without_a_question(qtbot, records):
    records.sections = (Section(N_("Name"), (Question("name", N_("Name")), Question("note", N_("Note"), "day"))),)
    records.kept = {}
    records.keep = lambda record, values: 7  # the list is read again by its owner, after this
    pane = RecordPane(records, N_("Note"))
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    pane.open()
    pane.begin_new()
    typed(pane, "note", "30/11/2026")
    assert pane.save()
    assert not pane.is_touched


def test_a_draft_brings_back_the_record_and_what_was_typed(pane, qtbot, records):
    assert pane.draft() is None
    typed(pane, "note", " half")
    draft = json.loads(json.dumps(pane.draft()))
    other = RecordPane(records, N_("Note"))
    qtbot.addWidget(other)
    other.open()
    other.take_draft(draft)
    assert other.row == 2
    assert other.form.values()["note"] == pane.form.values()["note"]
    assert other.is_touched
    del records.kept[2]
    other.open()


def test_without_records_only_a_new_one_is_offered(qtbot):
    records = Visits()
    records.kept = {}
    pane = RecordPane(records, N_("Note"))
    qtbot.addWidget(pane)
    pane.show()
    pane.open()
    assert not pane.table.isVisible()
    assert not pane.form.isVisible()
    assert pane.new_button.isVisible()


def test_no_word_is_cut_and_everything_has_a_name(language, pane):
    typed(pane, "name", " more")
    assert cut_texts(pane) == []
    assert unnamed_controls(pane) == []
