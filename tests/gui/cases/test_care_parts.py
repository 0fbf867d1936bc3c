"""Assessments, scores and the plan of a case can be read in every language."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.accessible import unnamed_controls
from tests.gui.cases.case_parts import opened
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import TODAY
from tests.services.cases.test_case_plans import approved
from tests.services.cases.test_strengths import whole, with_risk
from tlbb_desktop.domain.scores import Instrument, ScoreForm, ScoreRecord
from tlbb_desktop.domain.strengths import SafetyRisk, StrengthDomain
from tlbb_desktop.screens.cases.plan_section import TAB_NAMES

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
D = StrengthDomain


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
