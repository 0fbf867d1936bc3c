"""Scores of a case, filled in by keyboard over a real record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.cases.case_parts import audited, cells, opened, typed
from tests.services.cases.conftest import TODAY
from tlbb_desktop.domain.scores import Instrument, ScoreForm, ScoreRecord

Key = Qt.Key


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
