"""A journey in the window: its papers, and the rows typed in by digits, Enter and X."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.accessible import unnamed_controls
from tests.gui.follow_up.test_contacts_page import column
from tests.gui.text_fits import cut_texts
from tests.services.aftercare.conftest import release_of
from tests.services.test_people import newcomer
from tlbb_desktop.domain.follow_ups import Reached
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.people import Contact, Names
from tlbb_desktop.domain.staff import Role

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def journey(page, press):
    page.list_pane.form.table.setFocus()
    press(Key.Key_R)
    assert page.shown is page.road_pane
    return page.road_pane


@pytest.fixture
def people_of_eight(desk) -> None:
    """Eight who left on 20 November, in five villages."""
    places = ("17100104", "01020101", "17100101", "17100102", "17100103")
    for number in range(8):
        names = Names("សុខ", "ដារ៉ា", "SOK", "DARA", "តូច")
        code, place = f"SR-26-{number + 1:04}", Contact(place_code=places[number % len(places)])
        person = desk.people.save(newcomer(desk.prisons.own().id, code=code, names=names, contact=place))
        desk.case_history.take([HistoryLine(2, code, date(2026, 11, 20))])
        desk.follow_ups.plan(release_of(desk, person))


@pytest.fixture
def typing(page, journey, qtbot):
    """The pane with the rows of the paper that was just made."""
    journey.make()
    qtbot.waitUntil(lambda: journey.preview.is_calm, timeout=60_000)
    journey.typing_button.click()
    page.typing_pane.take_up()
    return page.typing_pane


def test_whom_to_see_comes_in_the_order_of_the_way_and_by_district(journey) -> None:
    assert column(journey.table, 0) == ["SR-26-0002", "SR-26-0003", "SR-26-0001"]
    assert journey.first_edit.day() == date(2026, 11, 23)
    journey.district_box.setCurrentIndex(journey.district_box.findData("1710"))
    journey.district_box.activated.emit(1)
    assert column(journey.table, 0) == ["SR-26-0003", "SR-26-0001"]
    assert journey._count.text() == "2 visits"
    journey.first_edit.set_day(date(2026, 11, 2))
    journey.first_edit.day_changed.emit(date(2026, 11, 2))
    assert column(journey.table, 0) == []
    assert not journey.make_button.isEnabled()


def test_the_papers_are_shown_with_their_code_and_saved(page, journey, qtbot, tmp_path) -> None:
    journey.paper_box.setCurrentIndex(1)
    journey.make()
    qtbot.waitUntil(lambda: journey.preview.is_calm, timeout=60_000)
    pack = journey._presenter.pack
    assert pack.code in journey._about.text()
    place = tmp_path / "visits.pdf"
    journey._paper(pack).save(place)
    assert place.read_bytes().startswith(b"%PDF")
    assert page.go_back()
    assert page.shown is journey
    assert page.go_back()
    assert page.shown is page.list_pane


def test_digits_enter_and_x_type_in_a_paper_row_after_row(typing, villages, desk, press) -> None:
    assert column(typing.table, 1) == ["SR-26-0002", "SR-26-0003", "SR-26-0001"]
    assert typing.digits_edit.hasFocus()
    QTest.keyClicks(typing.digits_edit, "113")
    assert "Lives with: Parents" in typing.said_label.text()
    assert typing.question_label.text().startswith("4  Work")
    QTest.keyClicks(typing.digits_edit, "11201411")
    assert "full" in typing.question_label.text()
    press(Key.Key_Return)
    press(Key.Key_X)
    QTest.keyClicks(typing.digits_edit, "1")
    press(Key.Key_Return)
    states = column(typing.table, 4)
    assert [state.split(" →")[0] for state in states] == ["Entered", "Not reached", "Entered"]
    held = [each for each in desk.follow_ups.of_release(villages.releases["SR-26-0002"]) if each.form.held_on]
    assert [each.form.reached for each in held] == [Reached.IN_PERSON]
    assert any(each.attempts for each in desk.follow_ups.of_release(villages.releases["SR-26-0003"]))


def test_a_wrong_digit_keeps_the_row_and_says_why(page, typing, press) -> None:
    troubles = []
    page.troubled.connect(troubles.append)
    QTest.keyClicks(typing.digits_edit, "9")
    assert "no such answer" in typing.said_label.text()
    press(Key.Key_Return)
    assert troubles
    assert typing.digits_edit.text() == "9"
    assert typing.table.current_id() == 1


def test_khmer_digits_are_digits(typing, press, villages, desk) -> None:
    typing.digits_edit.setText("១១៣")
    press(Key.Key_Return)
    held = [each for each in desk.follow_ups.of_release(villages.releases["SR-26-0002"]) if each.form.held_on]
    assert held[0].form.findings.safe == 3


def test_ctrl_z_takes_the_row_before_back_and_then_the_one_before_it(typing, villages, desk, press) -> None:
    QTest.keyClicks(typing.digits_edit, "113")
    press(Key.Key_Return)
    press(Key.Key_X)
    QTest.keyClicks(typing.digits_edit, "9")
    press(Key.Key_Z, CONTROL)
    assert typing.digits_edit.text() == ""  # the letters first
    press(Key.Key_Z, CONTROL)
    assert typing.table.current_id() == 2
    assert not any(each.attempts for each in desk.follow_ups.of_release(villages.releases["SR-26-0003"]))
    press(Key.Key_Z, CONTROL)
    assert typing.table.current_id() == 1
    assert typing.digits_edit.isEnabled()
    assert not any(each.form.held_on for each in desk.follow_ups.of_release(villages.releases["SR-26-0002"]))
    assert [row.is_open for row in typing._presenter.rows.values()] == [True] * 3
    said = []
    typing._page.said.connect(said.append)
    press(Key.Key_Z, CONTROL)
    assert said == ["Nothing of today can be taken back here."]


def test_digits_that_were_not_kept_yet_survive_a_lock_in_their_row(page, typing, page_at, desk, press) -> None:
    assert page.draft() is None
    press(Key.Key_X)
    typing.day_edit.set_day(date(2026, 11, 26))
    QTest.keyClicks(typing.digits_edit, "113")
    draft = json.loads(json.dumps(page.draft()))
    assert page.draft_compartment() == "aftercare"
    again = page_at(desk)
    again.take_draft(draft)
    assert again.shown is again.typing_pane
    assert (again.typing_pane.table.current_id(), again.typing_pane.digits_edit.text()) == (2, "113")
    assert again.typing_pane.day_edit.day() == date(2026, 11, 26)
    assert column(again.typing_pane.table, 4)[0].split(" →")[0] == "Not reached"
    assert again.typing_pane.digits_edit.hasFocus()
    press(Key.Key_Return)
    assert [row.done for row in again.typing_pane._presenter.rows.values()] == [False, True, False]


def test_eight_visits_are_typed_in_from_their_paper_by_keyboard_alone(page_at, desk, people_of_eight, press) -> None:
    packs, monday = desk.road_packs, date(2026, 11, 23)
    pack = packs.make(packs.stops("", monday, date(2026, 11, 29)), monday)
    page = page_at(desk)
    page.list_pane.form.table.setFocus()
    press(Key.Key_T)
    QTest.keyClicks(QApplication.focusWidget(), pack.code)
    press(Key.Key_Return)
    keys = 2 + len(pack.code)
    rows = ["11341201411", "11311201411", "x", "113", "21322200312", "11411201411", "x", "11301201411"]
    for typed in rows:
        QTest.keyClicks(QApplication.focusWidget(), typed)
        keys += len(typed)
        if typed != "x":
            press(Key.Key_Return)
            keys += 1
    states = column(page.typing_pane.table, 4)
    assert [state.split(" →")[0] for state in states] == [
        "Not reached" if typed == "x" else "Entered" for typed in rows
    ]
    assert all("→" in state for state in states), "each row proposes the next day"
    assert page.typing_pane._presenter.next_open(0) is None
    assert keys <= 8 * 10
    assert page.go_back()
    assert page.shown is page.list_pane


def test_an_unknown_code_is_said_and_nothing_is_shown(page) -> None:
    troubles = []
    page.troubled.connect(troubles.append)
    page.type_in()
    page.typing_pane.code_edit.setText("ABC")
    page.typing_pane.take_up()
    assert troubles
    assert page.typing_pane.table.isHidden()


def test_a_social_worker_plans_a_journey_of_the_own_prison(page_at, desk, desk_as, villages) -> None:
    page = page_at(desk_as(Role.SOCIAL_WORKER, prisons=frozenset({desk.prisons.own().id})))
    page.plan_journey()
    assert column(page.road_pane.table, 0) == ["SR-26-0002", "SR-26-0003", "SR-26-0001"]


def test_no_word_is_cut_and_everything_has_a_name(language, page, qtbot) -> None:
    page.plan_journey()
    pane = page.road_pane
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    pane.make()
    qtbot.waitUntil(lambda: pane.preview.is_calm, timeout=60_000)
    assert cut_texts(page) == []
    page.type_in()
    assert cut_texts(page) == []
    page.typing_pane.take_up()
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []


def test_ctrl_z_goes_on_past_a_row_that_was_taken_back_elsewhere(page, typing, desk) -> None:
    presenter = typing._presenter
    pack = presenter.typed_pack
    presenter.enter(1, "113", date(2026, 11, 27))
    presenter.enter(2, "113", date(2026, 11, 27))
    desk.road_packs.take_back(pack, 2)
    assert presenter.take_back(None) == 1
    assert presenter.take_back(None) is None
