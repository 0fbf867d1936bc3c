"""A plain list: how high it is, and what it says while there is nothing in it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTableView

from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.widgets.line_table import LineModel, LineTable


@pytest.fixture
def table(qtbot):
    made = LineTable()
    made.set_columns((Column("name", N_("Name"), str),), 0)
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def picture_of(table) -> QImage:
    return table.viewport().grab().toImage()


def test_a_list_that_follows_its_lines_gives_the_room_below_away(table):
    table.be_as_high_as_the_lines(5)
    table.show_lines({1: "a"})
    one = table.height()
    table.show_lines(dict.fromkeys(range(3), "a"))
    three = table.height()
    table.show_lines(dict.fromkeys(range(30), "a"))
    thirty = table.height()
    line = table.verticalHeader().defaultSectionSize()
    assert (three - one, thirty - one) == (2 * line, 4 * line)


def test_one_line_is_wholly_in_sight(table):
    table.be_as_high_as_the_lines(5)
    table.show_lines({1: "a"})
    assert table.viewport().height() >= table.rowHeight(0)


def test_an_empty_list_says_that_it_is_empty(table):
    table.show_lines({1: ""})
    table.show_lines({})
    empty = picture_of(table)
    colours = {empty.pixel(x, y) for x in range(empty.width()) for y in range(empty.height())}
    assert len(colours) > 1


@pytest.fixture
def wide_table(qtbot):
    made = LineTable()
    made.set_columns((Column("name", N_("Name"), str), Column("again", N_("Name"), str)), 0)
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def width_by_qt(table, column) -> int:
    return QTableView.sizeHintForColumn(table, column)


@pytest.mark.parametrize("texts", [[], [""], ["a", "abc", "ab"], ["i" * 9, "MMM"], ["កខ", "ជា សុភា", "ជា សុភា"]])
def test_a_column_is_as_wide_as_its_longest_text_needs(wide_table, texts):
    wide_table.show_lines(dict(enumerate(texts)))
    assert wide_table.sizeHintForColumn(1) == width_by_qt(wide_table, 1)


def test_other_lines_need_another_width(wide_table):
    wide_table.show_lines({1: "a"})
    narrow = wide_table.columnWidth(1)
    wide_table.show_lines({1: "a much longer text than before"})
    assert wide_table.columnWidth(1) > narrow
    wide_table.show_lines({1: "a"})
    assert wide_table.columnWidth(1) == narrow


def test_larger_text_needs_more_width(wide_table):
    wide_table.show_lines({1: "some text"})
    narrow = wide_table.sizeHintForColumn(1)
    font = wide_table.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    wide_table.setFont(font)
    assert wide_table.sizeHintForColumn(1) == width_by_qt(wide_table, 1) > narrow


def test_the_widths_of_a_long_list_ask_for_no_cell_of_each_line(table, qtbot, monkeypatch):
    """Of 8,000 lines that was most of the time until the list stood there."""
    asked = []
    original = LineModel.data

    def data(model, index, role=0):
        if index.column() == 1:
            asked.append(index.row())
        return original(model, index, role)

    monkeypatch.setattr(LineModel, "data", data)
    table.set_columns(tuple(Column(key, N_("Name"), str) for key in ("sign", "code", "name")), 2)
    lines = dict.fromkeys(range(3000), "a")
    table.show_lines(lines | {2900: "the longest of all of them"})
    qtbot.wait(10)
    assert len(set(asked)) < 60
    wide = table.columnWidth(1)
    table.show_lines(lines)
    qtbot.wait(10)
    assert table.columnWidth(1) < wide
