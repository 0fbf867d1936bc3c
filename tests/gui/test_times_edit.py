"""A time is typed as people write it, and what is no time is said at the field."""

from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tlbb_desktop.qt.translator import switch_language
from tlbb_desktop.widgets.times_edit import TimesEdit

Key = Qt.Key


@pytest.fixture
def field(qtbot) -> TimesEdit:
    field = TimesEdit()
    qtbot.addWidget(field)
    field.show_times(time(8), time(11))
    field.show()
    return field


def write_over(field: TimesEdit, text: str) -> None:
    QTest.keyClick(field.starts, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for letter in text:
        QTest.sendKeyEvent(QTest.KeyAction.Click, field.starts, Key.Key_unknown, letter, Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("typed", ["0830", "830", "8:30", "08.30", "8.30", "០៨៣០", "៨:៣០", "៨៖៣០", " 08:30 "])
def test_a_time_is_typed_over_the_whole_one_that_stands_there(field, typed):
    write_over(field, typed)
    assert field.times() == (time(8, 30), time(11))
    assert field.starts.text() == "08:30"
    assert field.problem_text == ""


@pytest.mark.parametrize("typed", ["8x", "2561", "8:7"])
def test_what_is_no_time_stays_and_is_said_under_the_field(field, typed):
    write_over(field, typed)
    assert field.times() is None
    assert field.starts.text() == typed
    assert field.problem_text == f"The time {typed} cannot be read. Write it like 08:30 or 0830."
    assert field.starts.accessibleDescription() == field.problem_text
    assert field.last_times() == (time(8), time(11))


def test_an_emptied_field_asks_for_a_time(field):
    field.starts.clear()
    assert field.times() is None
    assert field.problem_text.startswith("The time is missing.")


def test_the_sentence_goes_when_the_time_is_put_right_and_follows_the_language(field, qapp):
    write_over(field, "99")
    field.times()
    try:
        switch_language(qapp, "km")
        qapp.processEvents()
        assert "99" in field.problem_text
        assert "cannot" not in field.problem_text
    finally:
        switch_language(qapp, "en")
        qapp.processEvents()
    write_over(field, "9")
    assert field.times() == (time(9), time(11))
    assert not field._sentence.isVisible()


def test_the_arrows_move_the_time_by_five_minutes(field):
    QTest.keyClick(field.starts, Key.Key_Up)
    assert field.times() == (time(8, 5), time(11))
    QTest.keyClick(field.starts, Key.Key_Down)
    QTest.keyClick(field.starts, Key.Key_Down)
    assert field.times() == (time(7, 55), time(11))
