"""Fills the form of a class, as act one and act three of the tour do."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDateEdit

from tlbb_desktop.tour.hand import Hand
from tlbb_desktop.widgets.timetable_edit import TimetableEdit

Key = Qt.Key


def fill_class_form(hand: Hand, course: str, first_day: date, last_day: date, days_a_week: int) -> None:
    """Choose the course, type the days and tick the weekdays from Monday on; the form is not saved yet.

    Args:
        hand: at the open form.
        course: part of the title of the course as the window shows it.
        first_day: of the class.
        last_day: of the class.
        days_a_week: 1 to 7.
    """
    box = hand.named(QComboBox, "courseBox")
    wanted = next(row for row in range(box.count()) if course in box.itemText(row))
    hand.pick(box, box.itemData(wanted))
    type_day(hand, "startsEdit", first_day)
    type_day(hand, "endsEdit", last_day)
    hand.find(TimetableEdit).start()
    for _day in range(days_a_week):
        hand.key(Key.Key_Space, Key.Key_Tab)


def type_day(hand: Hand, name: str, day: date) -> None:
    """Type *day* into the field with an object name."""
    field = hand.named(QDateEdit, name)
    hand.reach(field)
    hand.write(f"{day:%d%m%Y}")
    hand.wait_for(lambda: field.date().toPython() == day, f"{name} {day}")
