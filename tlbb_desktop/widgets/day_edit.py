"""An edit for a day that takes Khmer digits as well."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QWidget
from typing_extensions import override

from tlbb_desktop.khmer import to_ascii_digits

EARLIEST = QDate(1900, 1, 1)
LATEST = QDate(2200, 12, 31)
DAY_SIGNS = "0123456789/.- "
_WHOLE_DAY = re.compile(r"(\d\d)(\d\d)(\d{4})|(\d\d?)[/. -](\d\d?)[/. -](\d{4})")


class DayEdit(QDateEdit):
    """A day as ``21/11/2026``, with a calendar.

    A whole day may be typed over another one, in digits alone or with signs between. Qt by itself reads part by part
    and makes 3 February of a 31 that is typed while February stands there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("dd/MM/yyyy")
        self.setCalendarPopup(True)
        self.setDateRange(EARLIEST, LATEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._typed = ""

    def day(self) -> date:
        """The day that stands there."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date) -> None:
        """Put *day* in."""
        self.setDate(QDate(day.year, day.month, day.day))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event = _with_ascii_digit(event)
        self._typed = self._typed + event.text() if event.text() and event.text() in DAY_SIGNS else ""
        whole = _WHOLE_DAY.fullmatch(self._typed)
        day, month, year = (int(part) for part in whole.groups() if part) if whole else (0, 0, 0)
        typed = QDate(year, month, day)
        if typed.isValid():
            self.setDate(typed)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._typed = ""
        super().focusInEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        _scroll_page_unless_focused(self, event) or super().wheelEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setLocale(QLocale())
        super().changeEvent(event)


def _scroll_page_unless_focused(edit: QDateEdit, event: QWheelEvent) -> bool:
    """Leave the wheel to the page while the cursor is elsewhere, so that scrolling changes no day."""
    if edit.hasFocus():
        return False
    event.ignore()
    return True


def _with_ascii_digit(event: QKeyEvent) -> QKeyEvent:
    """The key as an ASCII digit where the Khmer layout typed a Khmer one."""
    text = to_ascii_digits(event.text())
    if text == event.text() or not text.isdigit():
        return event
    return QKeyEvent(event.type(), Qt.Key(ord(text[0])), event.modifiers(), text)
