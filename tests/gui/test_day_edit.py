"""A day is typed over another one as a whole, in either script."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tlbb_desktop.widgets.day_edit import DayEdit


@pytest.fixture
def field(qtbot) -> DayEdit:
    field = DayEdit()
    qtbot.addWidget(field)
    field.show_day(date(2027, 2, 28))
    field.show()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    return field


def write(field: DayEdit, text: str) -> None:
    for letter in text:
        QTest.sendKeyEvent(QTest.KeyAction.Click, field, Qt.Key.Key_unknown, letter, Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("typed", ["31102026", "31/10/2026", "31.10.2026", "៣១១០២០២៦", "31-10-2026"])
def test_a_whole_day_may_be_typed_over_a_shorter_month(field, typed):
    write(field, typed)
    assert field.day() == date(2026, 10, 31)


def test_single_digits_are_enough_between_signs(field):
    write(field, "1/3/2026")
    assert field.day() == date(2026, 3, 1)


def test_a_day_that_does_not_exist_is_not_bent_into_another(field):
    write(field, "31022026")
    assert field.day() not in {date(2026, 2, 28), date(2026, 3, 3)}
