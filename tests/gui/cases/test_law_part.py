"""The legal file and the release date in a case: one form, a warning under 14, the story of the date."""

from __future__ import annotations

import json
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import RELEASED
from tlbb_desktop.domain.legal_files import LegalFile, LegalStatus, OffenceCategory, Sentence, StatusChange
from tlbb_desktop.domain.release_dates import DateCause
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.widgets.destinations import OpenCase

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
UNDER_14 = date(2023, 1, 5)


def law_of(page, room, case_id=None):
    page.show_case(case_id or room.case(), "law")
    return page.case_pane.section


def test_the_legal_file_is_filled_in_and_saved_by_key(page, room, press):
    section = law_of(page, room)
    answers = section.file.form.answers
    statuses = answers["statuses"]
    for status, since in ((LegalStatus.PRE_TRIAL, date(2026, 1, 5)), (LegalStatus.CONVICTED, date(2026, 6, 1))):
        statuses.add_line()
        statuses.lines[-1]["status"].show_value(status)
        statuses.lines[-1]["since"].show_value(since)
    answers["category"].show_value(OffenceCategory.THEFT)
    answers["offence_on"].show_value(date(2025, 12, 20))
    answers["years"].setText("២")
    answers["lawyer"].setFocus()
    QTest.keyClicks(answers["lawyer"], "Mr Sok")
    press(Key.Key_S, CONTROL)
    file = room.desk().legal_files.read(page._presenter.case.person_id).file
    assert file.statuses == (
        StatusChange(LegalStatus.PRE_TRIAL, date(2026, 1, 5)),
        StatusChange(LegalStatus.CONVICTED, date(2026, 6, 1)),
    )
    assert (file.category, file.sentence, file.lawyer) == (OffenceCategory.THEFT, Sentence(years=2), "Mr Sok")
    assert "16" in section.age.text()
    assert section.flag.isHidden()


def test_a_status_without_its_day_is_refused_at_the_field(page, room):
    section = law_of(page, room)
    section.file.form.answers["statuses"].add_line()
    assert not section.file.save()
    assert "since when" in section.file.form.fields["statuses"].problem_text


def test_a_line_of_the_status_is_taken_away_again(page, room):
    section = law_of(page, room)
    statuses = section.file.form.answers["statuses"]
    statuses.add_line()
    statuses._lines[0].remove.click()
    assert statuses.value() == ()
    assert section.file.save()


def test_under_14_at_the_offence_raises_a_flag_that_leads_to_the_referrals(page, room, qtbot):
    section = law_of(page, room)
    section.file.form.answers["offence_on"].show_value(UNDER_14)
    assert section.file.save()
    assert "urgent legal referral" in section.flag.text
    assert "13" in section.age.text()
    with qtbot.waitSignal(page.go_to) as told:
        section.flag.acted.emit()
    page.open(told.args[1])
    assert page.case_pane.section_name == "referrals"


def test_the_release_date_tells_its_planned_day_and_is_moved_with_cause_and_source(page, room):
    section = law_of(page, room)
    card = section.dates
    assert "22 January 2027" in card.standing.text()  # the 24th is a Sunday
    form = card.change.form
    form.answers["official_on"].show_value(date(2026, 12, 1))
    form.answers["cause"].show_value(DateCause.REDUCTION)
    assert not card.change.save()
    assert "which paper" in form.fields["source"].problem_text
    form.answers["source"].setText("ព្រះរាជក្រឹត្យ ១២")
    assert card.change.save()
    (new, *_before) = room.desk().release_dates.story(page._presenter.case.person_id).lines
    assert (new.official_on, new.before_on, new.cause) == (date(2026, 12, 1), RELEASED, DateCause.REDUCTION)
    model = card.table.model()
    assert model.index(0, 0).data() == "01/12/2026"
    assert form.answers["source"].text() == ""


def test_a_date_that_a_colleague_moved_meanwhile_is_shown_first(page, room, qtbot):
    section = law_of(page, room)
    person = page._presenter.case.person_id
    room.manager.release_dates.set_date(person, date(2026, 12, 9), DateCause.PARDON, "letter", RELEASED)
    form = section.dates.change.form
    form.answers["official_on"].show_value(date(2026, 12, 1))
    form.answers["source"].setText("decree")
    with qtbot.waitSignal(page.troubled):
        assert not section.dates.change.save()
    assert "9 December 2026" in section.dates.standing.text()


def test_what_is_half_typed_comes_back_and_is_not_left_unseen(page, page_at, room, qtbot):
    section = law_of(page, room)
    section.file.form.answers["statuses"].add_line()
    section.file.form.answers["charge"].setFocus()
    QTest.keyClicks(section.file.form.answers["charge"], "half")
    draft = json.loads(json.dumps(page.draft()))
    other = page_at(room.desk())
    other.take_draft(draft)
    assert other.case_pane.section.file.form.answers["charge"].text() == "half"
    assert other.draft() == draft
    assert page.draft_compartment() == "legal"
    with qtbot.waitSignal(page.troubled):
        page.case_pane.next_section(-1)
    assert page.case_pane.section_name == "law"
    page.case_pane.next_section(-1)
    assert page.case_pane.section_name == "consents"


def test_a_liaison_keeps_the_legal_file_and_the_date_and_sees_no_referrals(page_at, room):
    case_id = room.case()
    person = room.manager.cases.file(case_id).person_id
    room.manager.legal_files.save(person, LegalFile(offence_on=UNDER_14), 0)
    page = page_at(room.desk("liaison", Role.LIAISON))
    page.open(OpenCase(case_id, "law"))
    section = page.case_pane.section
    assert page.case_pane.section_name == "law"
    assert "urgent legal referral" in section.flag.text
    assert section.flag._action.isHidden()
    section.file.form.answers["court"].setText("សៀមរាប")
    assert section.file.save()
    assert [entry.name for entry in page.case_pane._entries] == ["overview", "law", "visits"]


def test_no_word_is_cut_and_everything_has_a_name(language, page, room):
    case_id = room.case()
    person = page._presenter._desk.cases.file(case_id).person_id
    file = LegalFile((StatusChange(LegalStatus.PRE_TRIAL, date(2026, 1, 5)),), offence_on=UNDER_14)
    room.manager.legal_files.save(person, file, 0)
    page.open(OpenCase(case_id, "law"))
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
