"""The reports page over a real record: twelve people of the history, released a year or more ago."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.gui.accessible import unnamed_controls
from tests.gui.text_fits import cut_texts
from tests.services.cases.conftest import CaseRoom, clock, room
from tlbb_desktop.documents.page_images import PaperPages
from tlbb_desktop.domain.history_import import HistoryLine
from tlbb_desktop.domain.reoffences import EvidenceLevel
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.catalog import SOURCE_LANGUAGE
from tlbb_desktop.qt.change_signal import ChangeSignal
from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.screens.reports.screen import ReportsScreen
from tlbb_desktop.screens.shell.places import PLACES
from tlbb_desktop.widgets.figure_row import FigureRow
from tlbb_desktop.widgets.survival_chart import SurvivalChart

__all__ = ["CaseRoom", "clock", "room"]

RELEASED = date(2025, 9, 1)
KNOWN = date(2026, 10, 1)


@pytest.fixture
def history(room) -> CaseRoom:
    """Twelve people: two with an event, seven known to be free of one, three of whom nothing is known."""
    lines = [
        HistoryLine(2, "H-01", RELEASED, True, date(2025, 12, 1), EvidenceLevel.ARREST),
        HistoryLine(3, "H-02", RELEASED, False, date(2026, 5, 1), EvidenceLevel.CONVICTION),
        *(HistoryLine(4 + n, f"H-{3 + n:02}", RELEASED, n < 5, known_until=KNOWN) for n in range(7)),
        *(HistoryLine(11 + n, f"H-{10 + n:02}", date(2024, 3, 1)) for n in range(3)),
    ]
    room.manager.case_history.take(lines)
    return room


@pytest.fixture
def page_at(qtbot, tasks):
    def build(desk) -> ReportsScreen:
        page = ReportsScreen(desk, tasks, ChangeSignal())
        qtbot.addWidget(page)
        page.resize(1166, 660)
        with qtbot.waitExposed(page):
            page.show()
        page.open()
        return page

    return build


@pytest.fixture
def page(history, page_at) -> ReportsScreen:
    return page_at(history.manager)


def row(page: ReportsScreen, title: str) -> FigureRow:
    rows = [each for card in page._cards for each in card.findChildren(FigureRow)]
    return next(each for each in rows if each._title == title)


def texts(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def choose(page: ReportsScreen, name: str, words: str) -> None:
    box = page.filter_bar.boxes[name]
    number = next(number for number in range(box.count()) if box.itemText(number) == words)
    box.setCurrentIndex(number)
    box.activated.emit(number)


def test_one_sentence_stands_above_the_three_figures_with_their_exact_interval(page) -> None:
    said = texts(row(page, "Within 6 months"))
    assert (
        "Of 12 released at least 6 months ago, 1 came into conflict with the law within 6 months; of 4 nothing is"
        " known."
    ) in said
    assert {"8.3 %", "0.2–38.5 %", "–", "41.7 %"} <= set(said)


def test_under_ten_people_there_is_no_percentage(page) -> None:
    choose(page, "completers", "completers only")
    few = row(page, "Within 6 months")
    assert "Fewer than ten people: no percentage is given." in texts(few)
    assert not any("%" in text for text in texts(few) if "interval" not in text)


def test_a_number_opens_its_people_by_code_and_esc_closes_them(page, qtbot) -> None:
    row(page, "Within 12 months").buttons["Yes"].click()
    assert page.people_panel.texts() == ["H-01", "H-02"]
    with qtbot.waitSignal(page.go_to) as went:
        QTest.keyClick(page.people_panel.list, Qt.Key.Key_Return)
    assert went.args[0] == "people"
    assert page.go_back()
    assert page.people_panel.isHidden()
    assert not page.go_back()


def test_evidence_year_and_day_count_otherwise(page) -> None:
    choose(page, "level", "Conviction or more")
    row(page, "Within 12 months").buttons["Yes"].click()
    assert page.people_panel.texts() == ["H-02"]
    choose(page, "year", "Released 2024")
    assert page.people_panel.isHidden()
    assert "Of 3 released at least 12 months ago" in " ".join(texts(row(page, "Within 12 months")))
    page.filter_bar.asked.emit("as_of", date(2024, 6, 1))
    assert row(page, "Within 6 months").buttons["Window not over"].text() == "3"


def test_a_day_to_come_is_refused_and_the_figures_stay(page, qtbot) -> None:
    with qtbot.waitSignal(page.troubled):
        page.filter_bar.asked.emit("as_of", date(2027, 1, 1))
    assert page._presenter.wish.as_of == page._presenter.today
    assert "Of 12 released" in " ".join(texts(row(page, "Within 6 months")))


def test_the_curve_says_its_values_to_a_reader_who_does_not_see_it(page) -> None:
    (chart,) = (each for card in page._cards for each in card.findChildren(SurvivalChart))
    assert chart.accessibleDescription().startswith("6 months: ")
    assert chart.grab().toImage().pixelColor(5, 5).isValid()


def test_an_event_on_the_day_of_release_is_listed_as_a_fault(history, page) -> None:
    history.manager.case_history.take([HistoryLine(2, "H-20", RELEASED, False, RELEASED, EvidenceLevel.ARREST)])
    page.open()
    assert "Faults in the data" in [text for card in page._cards for text in texts(card)]


def test_an_issued_report_stays_and_says_what_changed_since(history, page) -> None:
    page._issue("donor", "")
    number = page._presenter.issued_as
    assert number.endswith("-26-R001")
    page._tell_changes(number)
    assert page.people_panel.texts() == ["Everybody stands where they stood."]
    history.manager.case_history.take([HistoryLine(2, "H-30", RELEASED)])
    page._tell_changes(number)
    assert "H-30 · Re-offending within 6 months (arrest or more): not counted → Not known" in page.people_panel.texts()


def test_under_each_change_stands_why_and_what_was_entered(history, page) -> None:
    page._issue("donor", "")
    history.manager.case_history.take([HistoryLine(2, "H-30", RELEASED)])
    page._tell_changes(page._presenter.issued_as)
    texts_here = page.people_panel.texts()
    below = texts_here[
        texts_here.index("H-30 · Re-offending within 6 months (arrest or more): not counted → Not known") + 1
    ]
    assert below.startswith("↳ This person came into the record")
    assert "a release was entered or corrected on" in below


def test_an_issued_report_is_printed_again_as_it_was(history, page, qtbot, tmp_path) -> None:
    page._issue("donor", "")
    number = page._presenter.issued_as
    history.manager.case_history.take([HistoryLine(2, "H-30", RELEASED)])
    page.open()
    again = next(
        each for card in page._cards for each in card.findChildren(QPushButton) if each.text() == "Print again"
    )
    again.click()
    qtbot.waitUntil(lambda: page.paper_pane._acts._pdf is not None, timeout=30_000)
    said = PaperPages(page.paper_pane._acts._pdf).text(0)
    assert f"Report {number}" in said
    assert "Of 12 released at least 6 months ago" in " ".join(said.split())
    page.go_back()
    page.print_paper()
    qtbot.waitUntil(lambda: page.paper_pane.preview.is_calm, timeout=30_000)
    page._presenter.save_paper("en", tmp_path / "now.pdf")
    assert "Of 13 released" in " ".join(PaperPages((tmp_path / "now.pdf").read_bytes()).text(0).split())


def test_the_paper_counts_by_the_evidence_and_the_windows_that_are_shown(page, tmp_path) -> None:
    choose(page, "level", "Conviction or more")
    choose(page, "months", "3, 6, 12, 24 months")
    page._presenter.save_paper("en", tmp_path / "report.pdf")
    paper = PaperPages((tmp_path / "report.pdf").read_bytes())
    said = " ".join(" ".join(paper.text(number) for number in range(len(paper.sizes()))).split())
    for months in (3, 6, 12, 24):
        assert f"Re-offending within {months} months (level 4 or more: Conviction)" in said
    assert "arrest or more" not in said


def test_the_report_is_shown_as_it_will_be_printed(page, qtbot) -> None:
    page.print_paper()
    assert page._panes.currentWidget() is page.paper_pane
    qtbot.waitUntil(lambda: page.paper_pane._acts._pdf is not None, timeout=30_000)
    assert page.paper_pane._acts._pdf.startswith(b"%PDF")
    assert page.go_back()
    assert page._panes.currentWidget() is page.figures_pane


def test_a_social_worker_issues_nothing_and_a_trainer_has_no_such_place(history, page_at, room) -> None:
    page = page_at(room.desk())
    assert not any("Issued reports" in texts(card) for card in page._cards)
    place = next(each for each in PLACES if each.name == "reports")
    for role, may in ((Role.TRAINER, False), (Role.LIAISON, False), (Role.SOCIAL_WORKER, True)):
        desk = room.desk({Role.TRAINER: "trainer", Role.LIAISON: "liaison"}.get(role, "worker"), role)
        assert any(desk.office.may(action) for action in place.needed) is may


def test_without_anybody_released_every_figure_is_nought(page_at, room) -> None:
    page = page_at(room.manager)
    assert "Of 0 released at least 6 months ago" in " ".join(texts(row(page, "Within 6 months")))


def test_no_word_is_cut_and_everything_has_a_name(language, page) -> None:
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []
    row_here = next(each for card in page._cards for each in card.findChildren(FigureRow) if each.buttons)
    next(iter(row_here.buttons.values())).click()
    assert cut_texts(page) == []
    assert unnamed_controls(page) == []


def test_the_language_switches_live(page, qapp) -> None:
    try:
        switch_language(qapp, "km")
        qapp.processEvents()
        assert "Within 6 months" not in [text for card in page._cards for text in texts(card)]
    finally:
        switch_language(qapp, SOURCE_LANGUAGE)
    qapp.processEvents()
    assert "Within 6 months" in [text for card in page._cards for text in texts(card)]


def test_the_boxes_grow_with_the_words_of_the_other_language(history, page_at, qtbot, qapp) -> None:
    switch_language(qapp, "km")
    page = page_at(history.manager)
    box = page.filter_bar.boxes["sex"]
    in_khmer = box.width()
    switch_language(qapp, SOURCE_LANGUAGE)
    qtbot.waitUntil(lambda: in_khmer < box.width() == box.sizeHint().width())
