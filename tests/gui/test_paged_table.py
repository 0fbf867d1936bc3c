from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from tlbb_desktop.qt.paged_table import ALL_ROWS, PAGE_ROWS, TRAILING, Column, IdRole, PagedTableModel
from tlbb_desktop.qt.translator import switch_language


class FakeSource:
    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[int] = []
        self.limits: list[int] = []
        self.gone: set[int] = set()

    def ids(self, *, sort: str, descending: bool, search: str, limit: int) -> Sequence[int]:
        self.limits.append(limit)
        found = [number for number in range(self.count) if search in str(number)]
        ordered = found[::-1] if descending else found
        return ordered if limit == ALL_ROWS else ordered[:limit]

    def rows(self, ids: Sequence[int]) -> dict[int, str]:
        self.asked.append(len(ids))
        return {number: f"row {number}" for number in ids if number not in self.gone}


@pytest.fixture
def columns():
    return [Column("name", "Copy", str), Column("length", "Length", lambda row: str(len(row)), TRAILING)]


def test_a_table_of_200_000_fetches_only_what_is_painted(qtbot, columns):
    source, view = FakeSource(200_000), QTableView()
    qtbot.addWidget(view)
    model = PagedTableModel(source, columns, view)
    model.reload()
    view.setModel(model)
    with qtbot.waitExposed(view):
        view.show()
    view.scrollToBottom()
    qtbot.waitUntil(lambda: len(source.asked) == 2)
    assert source.asked == [PAGE_ROWS, PAGE_ROWS]


def test_the_model_obeys_the_rules_of_qt(qtbot, columns):
    model = PagedTableModel(FakeSource(250), columns)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.reload()
    model.search("24")
    assert model.rowCount() == 13
    assert tester.model() is model


def test_sorting_asks_the_source_again(qtbot, columns):
    model = PagedTableModel(FakeSource(250), columns)
    model.reload()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data() == "row 249"
    assert model.index(0, 0).data(IdRole) == 249


def test_a_search_shows_its_first_page_and_the_rest_follows(qtbot, columns):
    source = FakeSource(250)
    model = PagedTableModel(source, columns)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.search_first("1")
    first = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert len(first) == PAGE_ROWS
    assert not model.is_complete
    model.complete()
    assert model.is_complete
    assert model.rowCount() == sum("1" in str(number) for number in range(250))
    assert [model.index(row, 0).data() for row in range(PAGE_ROWS)] == first
    assert source.limits == [PAGE_ROWS + 1, ALL_ROWS]
    assert source.asked == [PAGE_ROWS]
    assert tester.model() is model


@pytest.mark.parametrize("count", [0, 7, PAGE_ROWS])
def test_what_fits_one_page_is_asked_for_once(qtbot, columns, count):
    source = FakeSource(count)
    model = PagedTableModel(source, columns)
    model.search_first("")
    assert model.is_complete
    model.complete()
    assert model.rowCount() == count
    assert len(source.limits) == 1


@pytest.mark.parametrize("left", [3, PAGE_ROWS, 100])
def test_rows_that_changed_before_the_rest_came_are_shown_as_they_are(qtbot, columns, left):
    model = PagedTableModel(FakeSource(250), columns)
    model.search_first("")
    fewer = FakeSource(left)
    fewer.gone = {0}
    model._source = fewer
    model.complete()
    assert model.is_complete
    assert model.rowCount() == left


def test_a_row_that_was_deleted_meanwhile_is_empty_and_breaks_nothing(qtbot, columns):
    source = FakeSource(3)
    source.gone = {1}
    model = PagedTableModel(source, columns)
    model.reload()
    assert model.index(1, 0).data() is None
    assert model.number_of(7) is None


def test_numbers_stand_at_the_trailing_edge_and_so_does_their_title(qtbot, columns):
    model = PagedTableModel(FakeSource(1), columns)
    model.reload()
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.index(0, 1).data(role) == TRAILING
    assert model.headerData(1, Qt.Orientation.Horizontal, role) == TRAILING


def test_titles_follow_the_language_of_an_open_view(qapp, qtbot, columns):
    view = QTableView()
    qtbot.addWidget(view)
    model = PagedTableModel(FakeSource(3), columns, view)
    model.reload()
    view.setModel(model)
    with qtbot.waitExposed(view):
        view.show()
    try:
        with qtbot.waitSignals([model.headerDataChanged, model.dataChanged]):
            switch_language(qapp, "km")
        assert model.headerData(0, Qt.Orientation.Horizontal) == "ចម្លង"
    finally:
        switch_language(qapp, "en")
