"""The release dates of many at once: tick, preview, apply, one undo."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import BORN, RELEASED
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.people import CustodyStay, Identity, Names
from tlbb_desktop.domain.release_dates import DateBatch, DateCause

Key = Qt.Key


@pytest.fixture
def people(room):
    first = room.person()
    second = room.person("SR-26-0900", names=Names("ចាន់", "រិទ្ធី", "CHAN", "RITHY"))
    nobody = room.person("SR-26-0901", names=Names("អ៊ុក", "វិចិត្រ", "UK", "VICHET"), identity=Identity(Birth.on(BORN)))
    return first, second, nobody


@pytest.fixture
def dates(page, people):
    page.open()
    page.list_pane.form.datesButton.click()
    assert page.shown is page.dates_page
    return page.dates_page


def column(dates, number):
    model = dates.table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def official(room, person):
    return room.manager.release_dates.story(person).official_on


def test_a_reduction_is_previewed_applied_and_taken_back_by_one_undo(page, dates, people, room, qtbot):
    first = people[0]
    dates.all_button.click()
    dates.form.answers["source"].setText("ព្រះរាជក្រឹត្យ")
    dates.form.answers["months"].setText("៦")
    dates.preview_button.click()
    assert sorted(column(dates, 4)) == ["24/07/2026", "24/07/2026", "—"]
    assert "2" in dates.apply_button.text()
    with qtbot.waitSignal(page.said) as told:
        dates.apply_button.click()
    assert "2 release dates" in told.args[0]
    assert (dates.table.ticked_ids, dates.form.values()["months"]) == ((), None)
    assert [official(room, each) for each in people] == [date(2026, 7, 24), date(2026, 7, 24), None]
    page.undo()
    assert [official(room, each) for each in people] == [RELEASED, RELEASED, None]
    page.undo()  # there is no second one
    assert official(room, first) == RELEASED
    assert not dates.undo_button.isEnabled()


def test_it_all_goes_by_keyboard(page, people, room, press):
    page.open()
    page.list_pane.form.table.setFocus()
    press(Key.Key_D)
    dates = page.dates_page
    press(Key.Key_Space)
    assert len(dates.table.ticked_ids) == 1
    source = dates.form.answers["source"]
    source.setFocus()
    QTest.keyClicks(source, "decree 12")
    dates.form.answers["months"].setFocus()
    QTest.keyClicks(dates.form.answers["months"], "3")
    press(Key.Key_Return)
    chosen = dates.table.ticked_ids[0]
    press(Key.Key_Return)
    assert official(room, chosen) in (date(2026, 10, 24), None)
    assert page.go_back()
    assert page.shown is page.list_pane


def test_a_preview_holds_only_for_what_was_previewed(dates):
    dates.all_button.click()
    dates.form.answers["source"].setText("decree")
    dates.form.answers["months"].setText("6")
    dates.preview_button.click()
    assert dates.apply_button.isEnabled()
    QTest.keyClicks(dates.form.answers["months"], "0")
    assert not dates.apply_button.isEnabled()
    assert set(column(dates, 4)) == {"—"}


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ({"months": "6"}, "source", "which paper"),
        ({"source": "decree"}, "months", "either by how many months"),
        ({"source": "decree", "months": "6", "day": "01/12/2026"}, "months", "either by how many months"),
        ({"source": "decree", "months": "abc"}, "months", "whole number"),
    ],
)
def test_what_is_missing_stands_at_its_field(dates, typed, place, said):
    dates.all_button.click()
    for name, text in typed.items():
        dates.form.answers[name].setText(text)
    dates.preview_button.click()
    assert said in dates.form.fields[place].problem_text
    assert not dates.apply_button.isEnabled()


def test_only_the_people_of_a_prison_are_listed(page_at, room, people):
    away = room.person("PP-26-0001", stays=(CustodyStay(room.other, date(2026, 1, 5)),))
    page = page_at(room.manager)
    page.change_dates()
    dates = page.dates_page
    assert set(dates._presenter.lines()) == set(people)
    for prison, listed in ((0, {*people, away}), (room.other, {away})):
        dates.prison_box.setCurrentIndex(dates.prison_box.findData(prison))
        dates.prison_box.activated.emit(dates.prison_box.currentIndex())
        assert set(dates._presenter.lines()) == listed
    dates.all_button.click()
    assert dates.table.ticked_ids == (away,)


def test_an_earlier_change_is_taken_back_and_tells_whose_date_stays(page, people, room, qtbot):
    first, second, _nobody = people
    release = room.manager.release_dates
    batch = DateBatch(DateCause.REDUCTION, "decree", months=6)
    release.apply(batch, release.preview(batch, (first, second)))
    release.set_date(second, date(2026, 12, 1), DateCause.APPEAL, "court", date(2026, 7, 24))
    page.change_dates()
    dates = page.dates_page
    assert "6 months earlier" in dates.batches.model().index(0, 2).data()
    with qtbot.waitSignal(page.said) as told:
        dates.undo_button.click()
    assert "SR-26-0900" in told.args[0]
    assert (official(room, first), official(room, second)) == (RELEASED, date(2026, 12, 1))
    assert not dates.undo_button.isEnabled()


def test_a_date_that_moved_since_the_preview_changes_nobody(dates, people, room, page, qtbot):
    dates.all_button.click()
    dates.form.answers["source"].setText("decree")
    dates.form.answers["months"].setText("6")
    dates.preview_button.click()
    room.manager.release_dates.set_date(people[0], date(2026, 12, 1), DateCause.APPEAL, "court", RELEASED)
    with qtbot.waitSignal(page.troubled):
        dates.apply_button.click()
    assert official(room, people[1]) == RELEASED
    assert not dates.apply_button.isEnabled()


def test_no_word_is_cut_and_everything_has_a_name(language, page, people, room):
    release = room.manager.release_dates
    batch = DateBatch(DateCause.REDUCTION, "decree", months=6)
    release.apply(batch, release.preview(batch, people))
    page.change_dates()
    dates = page.dates_page
    dates.all_button.click()
    dates.form.answers["source"].setText("decree")
    dates.form.answers["months"].setText("6")
    dates.preview_button.click()
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
