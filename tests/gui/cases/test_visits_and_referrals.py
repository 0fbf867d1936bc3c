"""Visits and referrals in a case, what the overview says of them, and tasks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import TODAY
from tlbb_desktop.domain.case_notes import CaseNote, NoteForm, NoteKind
from tlbb_desktop.domain.consents import ConsentForm, ConsentPurpose
from tlbb_desktop.domain.legal_files import LegalFile
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.referrals import LegalNeed, ReferralEvent, ReferralForm, ReferralKind, ReferralOutcome, Urgency
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.domain.visits import VisitForm, VisitKind, Visitor, VisitOutcome

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LEGAL = ReferralForm(ReferralKind.LEGAL, need=LegalNeed.NO_LAWYER, urgency=Urgency.WEEK)


def part(page, case_id, name):
    page.show_case(case_id, name)
    return page.case_pane.section


def cells(section, row=0):
    model = section.pane.table.model()
    return [model.index(row, number).data() for number in range(model.columnCount())]


def share(room, case_id, agency="LICADHO"):
    """Record consent 3."""
    person = room.manager.cases.file(case_id).person_id
    form = ConsentForm(ConsentPurpose.SHARE, True, TODAY, agency=agency)
    return room.manager.consents.record(person, form)


# visits -------------------------------------------------------------------------------------------------------------


def test_a_visit_is_entered_with_visitors_costs_and_what_came_of_it(page, room, press):
    case_id = room.case()
    section = part(page, case_id, "visits")
    section.pane.begin_new()
    answers = section.pane.form.answers
    for name, adult, age in (("ស៊ិន សុខា", True, ""), ("ស៊ិន តូច", False, "៧")):
        answers["visitors"].add_line()
        line = answers["visitors"].lines[-1]
        line["name"].setText(name)
        line["adult"].show_value(adult)
        line["age"].setText(age)
    answers["transport"].amount.setText("២០,០០០")
    answers["food"].show_value(Money(250, Currency.USD, 4100))
    answers["outcomes"].boxes[VisitOutcome.RECONCILED].click()
    answers["outcomes"].boxes[VisitOutcome.AGREED_TO_RECEIVE].click()
    answers["place"].setFocus()
    press(Key.Key_S, CONTROL)
    (visit,) = room.desk().visits.of_case(case_id)
    assert visit.form.visitors == (Visitor("ស៊ិន សុខា"), Visitor("ស៊ិន តូច", adult=False, age=7))
    assert (visit.form.transport, visit.form.food) == (Money(20_000), Money(250, Currency.USD, 4100))
    assert visit.form.outcomes == {VisitOutcome.RECONCILED, VisitOutcome.AGREED_TO_RECEIVE}
    assert cells(section) == [
        "16/11/2026",
        "Family visits the prison",
        "ស៊ិន សុខា; ស៊ិន តូច",
        "20,000 riel; 2.50 US dollars",
        "Reconciled; Agreed to receive",
    ]


def test_a_visit_is_corrected(page, room):
    case_id = room.case()
    room.desk().visits.add(case_id, VisitKind.HOME_VISIT, TODAY, VisitForm((Visitor("x"),), minutes=20))
    section = part(page, case_id, "visits")
    section.pane.form.answers["visitors"]._lines[0].remove.click()
    section.pane.form.answers["kind"].show_value(VisitKind.COMMUNITY)
    assert section.pane.save()
    (visit,) = room.desk().visits.of_case(case_id)
    assert (visit.kind, visit.form) == (VisitKind.COMMUNITY, VisitForm(minutes=20))


def test_a_child_who_is_not_named_is_missed_at_the_field(page, room):
    section = part(page, room.case(), "visits")
    section.pane.begin_new()
    answers = section.pane.form.answers
    answers["kind"].show_value(VisitKind.CHILD_TO_PARENT)
    answers["visitors"].add_line()
    answers["visitors"].lines[0]["name"].setText("x")
    assert not section.pane.save()
    assert "names the child" in section.pane.form.fields["visitors"].problem_text


def test_a_liaison_sees_the_day_and_the_kind_only(page_at, room):
    case_id = room.case()
    form = VisitForm((Visitor("ស៊ិន សុខា"),), transport=Money(20_000))
    room.desk().visits.add(case_id, VisitKind.FAMILY_TO_PRISON, TODAY, form)
    page = page_at(room.desk("liaison", Role.LIAISON))
    section = part(page, case_id, "visits")
    assert cells(section) == ["16/11/2026", "Family visits the prison", "—", "—", "—"]
    assert all(card.isHidden() for card in section.pane.form.cards)
    assert section.pane.new_button.isHidden()
    assert section.pane.save_button.isHidden()


def test_a_family_out_of_touch_for_30_days_stands_on_the_overview_until_it_comes(page, room, qtbot):
    case_id = room.case()
    overview = part(page, case_id, "overview")
    assert "No contact with the family for 315 days" in overview.gap.text
    with qtbot.waitSignal(page.go_to) as told:
        overview.gap.acted.emit()
    page.open(told.args[1])
    assert page.case_pane.section_name == "visits"
    room.desk().visits.add(case_id, VisitKind.FAMILY_TO_PRISON, TODAY - timedelta(days=30), VisitForm())
    assert part(page, case_id, "overview").gap.isHidden()
    room.clock.go_to(TODAY + timedelta(days=1))
    assert "Last contact: 17/10/2026" in part(page, case_id, "overview").gap.text


# referrals ----------------------------------------------------------------------------------------------------------


def test_a_referral_is_saved_first_and_sent_when_consent_3_is_there(page, room):
    case_id = room.case()
    section = part(page, case_id, "referrals")
    section.pane.begin_new()
    answers = section.pane.form.answers
    answers["kind"].show_value(ReferralKind.LEGAL)
    answers["kind"].edited.emit()
    answers["agency"].setText("LICADHO")
    assert section.pane.save()
    assert "Still missing" in section.pane.form.fields["consent_id"].problem_text
    answers["sent_on"].show_value(TODAY)
    assert not section.pane.save()
    assert "Consent 3" in section.pane.form.fields["consent_id"].problem_text
    consent = share(room, case_id)
    answers["sent_on"].show_value(None)
    section.pane._touched = False
    page.show_case(case_id, "referrals")
    answers["consent_id"].show_value(consent)
    assert answers["consent_id"].currentText() == "16/11/2026: LICADHO"
    answers["sent_on"].show_value(TODAY)
    assert section.pane.save()
    (referral,) = room.desk().referrals.of_case(case_id)
    assert (referral.form.consent_id, referral.form.sent_on) == (consent, TODAY)
    assert cells(section)[3] == "Sent, answer by: 23/11/2026"


@pytest.mark.parametrize("typed", ["Emergency foster", "ថែទាំបណ្តោះអាសន្ន", "care_emergency"])
def test_a_service_is_found_as_one_types_in_either_script_or_by_the_code_that_is_shared(page, room, typed):
    case_id = room.case()
    section = part(page, case_id, "referrals")
    section.pane.begin_new()
    answers = section.pane.form.answers
    line = answers["service"]
    line.setText(typed)
    line.textEdited.emit(typed)
    offers = line.completer().completionModel()
    assert offers.rowCount() == 1
    line.completer().activated[QModelIndex].emit(offers.index(0, 0))
    assert section.pane.save()
    (referral,) = room.desk().referrals.of_case(case_id)
    assert referral.form.service == "family_based_care_emergency_foster"
    assert answers["service"].text() == (
        "Emergency foster care · ការថែទាំបណ្តោះអាសន្នក្នុងគ្រួសារធម៌ · family_based_care_emergency_foster"
    )


def test_what_is_no_service_of_the_list_is_refused_at_the_field(page, room):
    section = part(page, room.case(), "referrals")
    section.pane.begin_new()
    section.pane.form.answers["service"].setText("xyz")
    assert not section.pane.save()
    assert "not in the list" in section.pane.form.fields["service"].problem_text
    section.pane.form.answers["service"].setText("")
    assert not section.pane.save()
    assert "Choose a service" in section.pane.form.fields["service"].problem_text


def test_legal_aid_asks_why_and_another_service_does_not(page, room):
    section = part(page, room.case(), "referrals")
    section.pane.begin_new()
    answers, need = section.pane.form.answers, section.pane.form.fields["need"]
    assert need.isHidden()
    answers["kind"].show_value(ReferralKind.LEGAL)
    answers["kind"].edited.emit()
    assert not need.isHidden()


def test_an_answer_what_happened_and_the_outcome_follow(page, room):
    case_id = room.case()
    consent = share(room, case_id)
    room.desk().referrals.add(case_id, LEGAL)
    section = part(page, case_id, "referrals")
    answers = section.pane.form.answers
    answers["agency"].setText("LICADHO")
    answers["consent_id"].show_value(consent)
    for name in ("sent_on", "accepted_on"):
        answers[name].show_value(TODAY)
    answers["events"].add_line()
    assert not section.pane.save()
    assert "day of each event" in section.pane.form.fields["events"].problem_text
    answers["events"].lines[0]["on"].show_value(TODAY)
    answers["events"].lines[0]["what"].setText("Lawyer met him")
    assert section.pane.save()
    assert cells(section)[3] == "Accepted: 16/11/2026"
    answers["outcome"].show_value(ReferralOutcome.LAWYER_APPOINTED)
    answers["closed_on"].show_value(TODAY)
    assert section.pane.save()
    (referral,) = room.desk().referrals.of_case(case_id)
    assert referral.form.events == (ReferralEvent(TODAY, "Lawyer met him"),)
    assert cells(section) == ["Legal aid", "No lawyer", "LICADHO", "Lawyer appointed: 16/11/2026"]


def test_a_manager_reads_a_referral_for_health_with_a_reason(page_at, room):
    case_id = room.case()
    code = next(each.code for each in room.manager.referrals.services() if each.group == "medical")
    room.desk().referrals.add(case_id, ReferralForm(ReferralKind.SERVICE, code))
    page = page_at(room.manager)
    section = part(page, case_id, "referrals")
    assert section.pane.table.model().rowCount() == 0
    section.bar.buttons[ReadReason.COMPLAINT].click()
    assert section.pane.table.model().rowCount() == 1
    assert not section.bar.asks
    assert any(each.detail == "referrals reason:complaint" for each in room.manager.audit.events(3))
    colleague = page_at(room.desk("colleague"))
    assert not part(colleague, case_id, "referrals").bar.asks


# tasks --------------------------------------------------------------------------------------------------------------


def test_a_task_is_closed_by_saying_what_was_done(page, room, press):
    case_id = room.case()
    note = NoteForm(NoteKind.CRISIS, "x", risk_seen=True)
    room.desk().case_notes.save(CaseNote(None, case_id, TODAY, note))
    person = room.manager.cases.file(case_id).person_id
    room.desk().legal_files.save(person, LegalFile(offence_on=date(2023, 1, 5)), 0)
    overview = part(page, case_id, "overview")
    assert len(overview.tasks.lines) == 2
    row, line = next(iter(overview.tasks.lines.items()))
    line.button.click()
    assert "Say what was done" in line._trouble.text()
    line.what.setFocus()
    QTest.keyClicks(line.what, "moved to another cell")
    press(Key.Key_Return)
    assert list(overview.tasks.lines) != [row]
    (left,) = room.desk().case_tasks.open_tasks(case_id)
    assert list(overview.tasks.lines) == [left.id]


def test_what_was_done_is_not_lost_half_typed(page, page_at, room, qtbot):
    case_id = room.case()
    room.desk().case_notes.save(CaseNote(None, case_id, TODAY, NoteForm(NoteKind.CRISIS, "x", risk_seen=True)))
    overview = part(page, case_id, "overview")
    line = next(iter(overview.tasks.lines.values()))
    line.what.setText("half")
    draft = page.draft()
    with qtbot.waitSignal(page.troubled):
        page.case_pane.next_section(1)
    assert page.case_pane.section_name == "overview"
    other = page_at(room.desk())
    other.take_draft(draft)
    assert next(iter(other.case_pane.section.tasks.lines.values())).what.text() == "half"


def test_a_liaison_sees_the_legal_task_and_closes_none(page_at, room):
    case_id = room.case()
    room.desk().case_notes.save(CaseNote(None, case_id, TODAY, NoteForm(NoteKind.CRISIS, "x", risk_seen=True)))
    person = room.manager.cases.file(case_id).person_id
    room.desk().legal_files.save(person, LegalFile(offence_on=date(2023, 1, 5)), 0)
    page = page_at(room.desk("liaison", Role.LIAISON))
    overview = part(page, case_id, "overview")
    (line,) = overview.tasks.lines.values()
    assert "Urgent legal referral" in line._words.text()
    assert line.button.isHidden()
    assert page.draft_compartment() == "db"  # the lock keeps the place of who holds no key of the part


def test_no_word_is_cut_and_everything_has_a_name(language, page, page_at, room):
    case_id = room.case()
    share(room, case_id)
    desk = room.desk()
    desk.case_notes.save(CaseNote(None, case_id, TODAY, NoteForm(NoteKind.CRISIS, "x", risk_seen=True)))
    visitors = (Visitor("ស៊ិន សុខា", "ម្តាយ"), Visitor("ស៊ិន តូច", adult=False, age=7))
    desk.visits.add(case_id, VisitKind.HOME_VISIT, TODAY, VisitForm(visitors, transport=Money(20_000)))
    desk.referrals.add(case_id, LEGAL)
    for shown in (page, page_at(room.manager)):
        for name in ("overview", "visits", "referrals"):
            part(shown, case_id, name)
            assert cut_texts(shown) == []
            assert unnamed_controls(shown) == []
