"""The follow-up page: what is due, a contact by its form, X where nobody was reached."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.due_contacts import When
from tlbb_desktop.domain.follow_ups import ContactMode, LawTrouble, Reached, WorkerView, WorkStatus

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def column(table, number: int) -> list[str]:
    model = table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def listed(page, number: int = 1) -> list[str]:
    return column(page.list_pane.form.table, number)


def opened(page, code: str, villages):
    page.show_release(villages.releases[code])
    return page.person_pane.part


def test_overdue_contacts_come_first_and_enter_opens_the_form(page, press, villages) -> None:
    assert listed(page, 2) == ["Overdue"] * 3 + ["Today"] * 3
    assert listed(page, 3)[:3] == ["72 hours"] * 3
    assert "Overdue: 3" in page.list_pane.form.countLabel.text()
    page.list_pane.form.table.setFocus()
    press(Key.Key_Down)
    line = page._presenter.lines()[page.list_pane.form.table.current_id()]
    press(Key.Key_Return)
    assert page.shown is page.person_pane
    assert page.person_pane.part.pane.row == line.follow_up_id
    assert page.person_pane.form.factsLabel.text().startswith(line.person.code)
    assert page.go_back()
    assert page.shown is page.list_pane


def test_what_is_typed_is_found_in_every_part_of_the_list(page) -> None:
    page.list_pane.form.findEdit.setText("0002")
    assert set(listed(page)) == {"SR-26-0002"}
    assert listed(page, 2) == ["Overdue", "Today", "Later"]


def test_x_keeps_a_try_and_proposes_the_next_day(page, press, villages, desk) -> None:
    said = []
    page.said.connect(said.append)
    part = opened(page, "SR-26-0001", villages)
    press(Key.Key_X)
    (tried,) = [each for each in desk.follow_ups.of_release(villages.releases["SR-26-0001"]) if each.attempts]
    assert [(each.on, each.reached) for each in tried.attempts] == [(date(2026, 11, 27), Reached.NOT_REACHED)]
    assert "28/11/2026" in said[-1]
    assert part.pane.table.hasFocus()
    assert "Not reached" in part.records.remarks(tried, {})["held_on"]


def fill(part, **values) -> None:
    answers = part.pane.form.answers
    for name, value in values.items():
        answers[name].show_value(value)
        answers[name].edited.emit()


def test_a_contact_is_entered_with_what_was_found_and_says_the_next_day(page, press, villages, desk) -> None:
    said = []
    page.said.connect(said.append)
    part = opened(page, "SR-26-0001", villages)
    fill(
        part, held_on=date(2026, 11, 23), mode=ContactMode.HOME_VISIT, reached=Reached.IN_PERSON, safe=3,
        view=WorkerView.ON_TRACK, work=WorkStatus.EMPLOYED, income=300_000, trouble=LawTrouble.NONE,
    )  # fmt: skip
    part.pane.save_button.setFocus()
    press(Key.Key_S, CONTROL)
    first = desk.follow_ups.of_release(villages.releases["SR-26-0001"])[0]
    assert (first.form.held_on, first.form.findings.income) == (date(2026, 11, 23), 300_000)
    assert "24/11/2026" in said[-1]
    assert column(part.pane.table, 3)[0] == "On time, entered later (27/11/2026)"


def test_a_form_that_says_nobody_was_reached_keeps_a_try_with_its_note(page, villages, desk) -> None:
    part = opened(page, "SR-26-0001", villages)
    fill(part, mode=ContactMode.PHONE, reached=Reached.MOVED, note="ទៅថៃ")
    assert part.pane.form.fields["work"].isHidden()
    assert part.pane.save()
    (tried,) = [each for each in desk.follow_ups.of_release(villages.releases["SR-26-0001"]) if each.attempts]
    assert [(each.mode, each.note) for each in tried.attempts] == [(ContactMode.PHONE, "ទៅថៃ")]


def test_trouble_with_the_law_opens_an_event_and_says_so_before_and_after(page, villages, desk) -> None:
    said = []
    page.said.connect(said.append)
    part = opened(page, "SR-26-0001", villages)
    assert part.pane.form.fields["event_on"].isHidden()
    fill(part, mode=ContactMode.HOME_VISIT, reached=Reached.IN_PERSON, trouble=LawTrouble.ARRESTED)
    assert "opens a re-offence event" in part.pane.form.fields["trouble"].note
    fill(part, event_on=date(2026, 11, 25))
    assert part.pane.save()
    assert "has opened an event" in said[-1]
    (event,) = desk.reoffences.of_person(villages.people["SR-26-0001"])
    assert event.form.event_on == date(2026, 11, 25)


def test_ctrl_z_takes_back_the_contact_that_was_entered_last_and_what_it_opened(page, press, villages, desk) -> None:
    said = []
    page.said.connect(said.append)
    part = opened(page, "SR-26-0001", villages)
    press(Key.Key_X)
    fill(part, mode=ContactMode.HOME_VISIT, reached=Reached.IN_PERSON, trouble=LawTrouble.ARRESTED)
    assert part.pane.save()
    page.undo()
    assert said[-1] == "Taken back."
    assert desk.reoffences.of_person(villages.people["SR-26-0001"]) == ()
    first = desk.follow_ups.of_release(villages.releases["SR-26-0001"])[0]
    assert (first.done, len(first.attempts)) == (False, 1)
    assert part.pane.table.hasFocus()
    assert part.pane.row == first.id
    page.undo()
    page.undo()
    assert said[-1] == "Nothing of today can be taken back here."
    assert not any(each.attempts for each in desk.follow_ups.of_release(villages.releases["SR-26-0001"]))


def test_ctrl_z_warns_before_it_throws_away_what_is_half_typed(page, press, villages, desk) -> None:
    troubles = []
    page.troubled.connect(troubles.append)
    part = opened(page, "SR-26-0001", villages)
    press(Key.Key_X)
    fill(part, note="ទៅ")
    page.undo()
    assert troubles
    assert any(each.attempts for each in desk.follow_ups.of_release(villages.releases["SR-26-0001"]))


def test_what_is_missing_stands_at_its_field(page, villages) -> None:
    part = opened(page, "SR-26-0001", villages)
    fill(part, reached=Reached.IN_PERSON)
    assert not part.pane.save()
    assert part.pane.form.fields["mode"].problem_text
    fill(part, mode=ContactMode.PHONE, held_on=date(2026, 11, 28))
    assert not part.pane.save()
    assert part.pane.form.fields["held_on"].problem_text


def test_half_typed_contacts_come_back_as_a_draft(page, page_at, desk, villages) -> None:
    part = opened(page, "SR-26-0002", villages)
    fill(part, employer="ជាងម៉ូតូ")
    assert page.draft_compartment() == "aftercare"
    draft = page.draft()
    other = page_at(desk)
    other.take_draft(draft)
    assert other.person_pane.part.pane.form.answers["employer"].value() == "ជាងម៉ូតូ"
    assert other.draft() == draft


def test_a_person_is_opened_at_the_first_contact_that_is_still_to_be_held(page, desk, villages) -> None:
    first, second, *_later = desk.follow_ups.of_release(villages.releases["SR-26-0002"])
    desk.follow_ups.give_up(first.id, first.version)
    page.open(villages.releases["SR-26-0002"])
    assert page.person_pane.part.pane.row == second.id


def test_whose_contacts_are_over_is_found_under_its_own_view(page, desk, villages) -> None:
    for each in desk.follow_ups.of_release(villages.releases["SR-26-0003"]):
        desk.follow_ups.give_up(each.id, each.version)
    page.show_list()
    box = page.list_pane.form.partBox
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert listed(page) == ["SR-26-0003"]
    assert page._presenter.counts()[When.OVER] == 1


def test_no_word_is_cut_and_everything_has_a_name(language, page, villages) -> None:
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    part = opened(page, "SR-26-0001", villages)
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    fill(part, reached=Reached.IN_PERSON, trouble=LawTrouble.ARRESTED, view=WorkerView.ON_TRACK)
    assert cut_texts(page) == []
