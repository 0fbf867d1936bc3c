"""A journey in the window: its papers, and the rows typed in by digits, Enter and X."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.follow_up.test_contacts_page import column
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.follow_ups import Reached
from tlbb_desktop.domain.staff import Role

Key = Qt.Key


@pytest.fixture
def journey(page, press):
    page.list_pane.form.table.setFocus()
    press(Key.Key_R)
    assert page.shown is page.road_pane
    return page.road_pane


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
