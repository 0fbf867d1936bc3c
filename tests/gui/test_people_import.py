"""Taking in a list through the page: from a file or the clipboard to people on record and a file of the rest."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from tests.gui.accessible import unnamed_controls
from tests.gui.people import SAMPLE, add_person
from tests.gui.text_fits import cut_texts
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.people import Sex
from tlbb_desktop.domain.people_import import ImportField, ImportOutcome, LineDecision
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.people.screen import PeopleScreen

PASTED = """បញ្ជីសិក្ខាកាម
ល.រ\tគោត្តនាម និងនាម\tឈ្មោះឡាតាំង\tភេទ\tអាយុ
១\tសុខ ដារ៉ា\tSok Dara\tប\t១៦
២\tគឹម វណ្ណា\tKim Vanna\tស\t១៧
៣\tនូ បូរី\tNou Borey\t?\t១៧
"""


@pytest.fixture
def screen(qtbot, tasks, desk) -> PeopleScreen:
    screen = PeopleScreen(desk, tasks, ChangeSignal())
    qtbot.addWidget(screen)
    screen.resize(1166, 660)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.open("import")
    return screen


@pytest.fixture
def page(screen):
    return screen.import_page


@pytest.fixture
def arrive(qtbot, page):
    def wait_for(step):
        qtbot.waitUntil(lambda: page._form.steps.currentWidget() is step, timeout=20_000)

    return wait_for


def lines_shown(page, column: int = 1) -> list[str]:
    model = page._model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def paste(page, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    page._form.pasteButton.click()


def test_the_sites_list_is_taken_in_as_it_is_kept(page, arrive, desk):
    expected = json.loads((SAMPLE.parent / "expected.json").read_text(encoding="utf-8"))
    form = page._form
    page.take_file(SAMPLE)
    arrive(form.columnsStep)
    assert form.headingBox.value() == 5
    form.nextButton.click()
    arrive(form.previewStep)
    outcomes = page._presenter.counts()
    form.nextButton.click()
    arrive(form.resultStep)
    assert len(desk.people.ids()) == outcomes[ImportOutcome.ADD]
    assert form.takenLabel.text() == f"{outcomes[ImportOutcome.ADD]} people taken in"
    assert {row["code"] for row in expected["accepted"]} == {row.code for row in desk.people.listing()}


def test_rows_are_pasted_from_a_spreadsheet(page, arrive, desk):
    form = page._form
    form.asOfEdit.setText("01/06/2026")
    paste(page, PASTED)
    arrive(form.columnsStep)
    assert [box.currentData() for box in form.meanings.boxes] == ["", "name_km", "name_latin", "sex", "age"]
    form.nextButton.click()
    arrive(form.previewStep)
    assert lines_shown(page) == ["សុខ ដារ៉ា", "គឹម វណ្ណា", "នូ បូរី"]
    form.refusedButton.click()
    assert lines_shown(page) == ["នូ បូរី"]
    assert "?" in lines_shown(page, 3)[0]
    form.nextButton.click()
    arrive(form.resultStep)
    births = {listing.names.khmer: listing.birth for listing in desk.people.listing()}
    assert births == {
        "សុខ ដារ៉ា": Birth.of_age(16, date(2026, 6, 1)),
        "គឹម វណ្ណា": Birth.of_age(17, date(2026, 6, 1)),
    }


def test_an_empty_clipboard_says_what_to_do(page, arrive, qtbot):
    paste(page, " ")
    qtbot.waitUntil(page.banner.isVisible)
    assert page._form.steps.currentWidget() is page._form.sourceStep


def test_a_file_that_is_no_spreadsheet_leads_back_with_one_sentence(page, qtbot, tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing else")
    page.take_file(path)
    qtbot.waitUntil(page.banner.isVisible, timeout=10_000)
    assert page._form.steps.currentWidget() is page._form.sourceStep


def test_without_a_column_of_names_nobody_can_be_taken_in(page, arrive):
    form = page._form
    paste(page, "ភេទ\tអាយុ\nប\t16\n")
    arrive(form.columnsStep)
    assert not form.nextButton.isEnabled()
    assert form.footLabel.text()


def test_a_person_says_what_a_column_holds(page, arrive):
    form = page._form
    paste(page, "who\tsex\nសុខ ដារ៉ា\tM\n")
    arrive(form.columnsStep)
    form.headingBox.setValue(1)
    box = form.meanings.boxes[0]
    box.setCurrentIndex(box.findData(ImportField.NAME_KM.value))
    box.activated.emit(box.currentIndex())
    assert form.nextButton.isEnabled()
    form.nextButton.click()
    arrive(form.previewStep)
    assert lines_shown(page) == ["សុខ ដារ៉ា"]


def test_a_possible_duplicate_is_shown_side_by_side_and_waits_for_a_person(page, arrive, desk):
    form = page._form
    known = add_person(desk, "សុខ", "ដារ៉ា", ("SOK", "DARA"))
    paste(page, "គោត្តនាម និងនាម\tភេទ\tឆ្នាំកំណើត\nសុខ ដារ៉ា\tប\t2009\nគឹម វណ្ណា\tស\t2010\n")
    arrive(form.columnsStep)
    form.nextButton.click()
    arrive(form.previewStep)
    assert form.likelyButton.isChecked()
    assert lines_shown(page) == ["សុខ ដារ៉ា"]
    assert {"2009", "03/02/2009"} <= set(form.facts.texts())
    assert form.nextButton.text() == "Take in 1 person"
    form.anotherButton.click()
    assert form.nextButton.text() == "Take in 2 people"
    form.sameButton.click()
    assert page._presenter.decisions == {2: LineDecision.SKIP}
    assert form.nextButton.text() == "Take in 1 person"
    form.nextButton.click()
    arrive(form.resultStep)
    assert {row.names.khmer for row in desk.people.rows(desk.people.ids()).values()} == {"សុខ ដារ៉ា", "គឹម វណ្ណា"}
    assert known in desk.people.ids()
    assert len(desk.people.ids()) == 2


def test_another_person_of_the_same_name_is_taken_in_once_a_person_said_so(page, arrive, desk):
    form = page._form
    add_person(desk, "សុខ", "ដារ៉ា")
    paste(page, "គោត្តនាម និងនាម\tភេទ\nសុខ ដារ៉ា\tប\n")
    arrive(form.columnsStep)
    form.nextButton.click()
    arrive(form.previewStep)
    assert not form.nextButton.isEnabled()
    form.anotherButton.click()
    form.nextButton.click()
    arrive(form.resultStep)
    assert len(desk.people.ids()) == 2


def test_the_lines_left_out_are_written_with_their_reason(page, arrive, tmp_path):
    form = page._form
    paste(page, PASTED)
    arrive(form.columnsStep)
    form.nextButton.click()
    arrive(form.previewStep)
    form.nextButton.click()
    arrive(form.resultStep)
    path = tmp_path / "left out.csv"
    page.write_left_out(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert any("នូ បូរី" in row for row in rows)
    assert len(rows) == 2


def test_a_stopped_import_takes_in_nobody(page, arrive, desk, qtbot, monkeypatch):
    form = page._form
    paste(page, PASTED)
    arrive(form.columnsStep)
    form.nextButton.click()
    arrive(form.previewStep)
    take = desk.people_import.take
    seen = []

    def slow(lines, decisions, progress):
        def report(done, total):
            page._task.progress.cancel()
            seen.append(done)
            progress(done, total)

        return take(lines, decisions, report)

    monkeypatch.setattr(type(desk.people_import), "take", lambda _service, *given: slow(*given))
    form.nextButton.click()
    qtbot.waitUntil(lambda: bool(seen))
    page.step_back()
    arrive(form.previewStep)
    page._tasks.close()
    assert list(desk.people.ids()) == []


def test_escape_goes_back_a_step_at_a_time_and_then_to_the_list(screen, page, arrive):
    paste(page, PASTED)
    arrive(page._form.columnsStep)
    assert screen.go_back()
    assert page._form.steps.currentWidget() is page._form.sourceStep
    assert screen.go_back()
    assert screen._pages.currentWidget() is screen.list_page


def test_a_file_can_be_dropped(page, arrive):
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(SAMPLE))])
    left, nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, files, left, nothing))
    arrive(page._form.columnsStep)


def test_a_trainer_is_not_led_to_the_import(qtbot, tasks, desk_as):
    screen = PeopleScreen(desk_as(Role.TRAINER), tasks, ChangeSignal())
    qtbot.addWidget(screen)
    screen.open("import")
    assert screen._pages.currentWidget() is screen.list_page


def test_decisions_survive_a_switch_of_the_language(page, arrive, desk, qapp, qtbot):
    form = page._form
    add_person(desk, "សុខ", "ដារ៉ា", sex=Sex.MALE)
    paste(page, "គោត្តនាម និងនាម\tភេទ\nសុខ ដារ៉ា\tប\n")
    arrive(form.columnsStep)
    form.nextButton.click()
    arrive(form.previewStep)
    form.anotherButton.click()
    switch_language(qapp, "km")
    try:
        qtbot.waitUntil(lambda: form.nextButton.text() == "នាំចូល 1 នាក់")
        assert form.anotherButton.isChecked()
    finally:
        switch_language(qapp, "en")


def test_no_text_is_cut_on_any_step_and_every_control_has_a_name(page, arrive, language):
    form = page._form
    faults = {"source": cut_texts(page) + unnamed_controls(page)}
    page.take_file(SAMPLE)
    arrive(form.columnsStep)
    faults["columns"] = cut_texts(page) + unnamed_controls(page)
    form.nextButton.click()
    arrive(form.previewStep)
    faults["lines"] = cut_texts(page) + unnamed_controls(page)
    form.nextButton.click()
    arrive(form.resultStep)
    faults["result"] = cut_texts(page) + unnamed_controls(page)
    assert faults == {"source": [], "columns": [], "lines": [], "result": []}
