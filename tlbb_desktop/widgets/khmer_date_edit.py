"""Fields for a day and for a month, typed in Khmer or ASCII digits or with the month's name in either language."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from tlbb_desktop.domain.birth_text import read_birth
from tlbb_desktop.domain.births import Birth, BirthPrecision
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.months import Month
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_

#: Two digits mean a year of this century: a stay or a release lies near today.
CENTURY_END = date(2099, 12, 31)
STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


def _read(text: str) -> Birth:
    """A date with the precision that it has; raises Refused when it is none."""
    return read_birth(text, CENTURY_END)


class KhmerDateEdit(QLineEdit):
    """A day. Arrow up and down move it by one day.

    Args:
        parent: where it stands.
        empty: what an empty field means, marked.

    Signals:
        day_changed: a date or None, when the text becomes another readable day.
    """

    day_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, empty: str = N_("day/month/year")) -> None:
        super().__init__(parent)
        self._empty = empty
        self._day: date | None = None
        self.editingFinished.connect(self._finish)
        self._word()

    def day(self) -> date | None:
        """The day that is typed, or None for an empty field.

        Raises:
            Refused: the text is no day.
        """
        text = self.text().strip()
        if not text:
            return None
        try:
            read = _read(text)
        except Refused:
            read = Birth()
        if read.precision is not BirthPrecision.DAY:
            raise Refused(N_("The date {text} cannot be read. Write day, month and year."), text=text)
        return read.earliest

    def set_day(self, day: date | None) -> None:
        """Fill the field."""
        self._day = day
        self.setText(day_text(day) if day is not None else "")

    def _finish(self) -> None:
        try:
            day = self.day()
        except Refused:
            return
        if day != self._day:
            self.set_day(day)
            self.day_changed.emit(day)
        elif day is not None:
            self.setText(day_text(day))

    def _word(self) -> None:
        self.setPlaceholderText(_(self._empty))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step and self.text().strip() and not self.isReadOnly():
            try:
                day = self.day()
            except Refused:
                return
            if day is not None:
                self.set_day(day + timedelta(days=step))
                self.day_changed.emit(self._day)
                return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
            if self.text() and not self.isModified():
                self.set_day(self._day)
        super().changeEvent(event)


class MonthEdit(QLineEdit):
    """A month of a year; a whole date that is typed gives its month."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._finish)
        self._word()

    def month(self) -> Month | None:
        """The month that is typed, or None for an empty field.

        Raises:
            Refused: the text is no month.
        """
        text = self.text().strip()
        if not text:
            return None
        try:
            read = _read(text)
        except Refused:
            read = Birth()
        if not read.month:
            raise Refused(N_("The month {text} cannot be read. Write month and year."), text=text)
        return Month(read.year, read.month)

    def set_month(self, month: Month | None) -> None:
        """Fill the field."""
        self.setText(digits(f"{month.number:02d}/{month.year}") if month is not None else "")

    def _finish(self) -> None:
        try:
            self.set_month(self.month())
        except Refused:
            return

    def _word(self) -> None:
        self.setPlaceholderText(_("month/year"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
