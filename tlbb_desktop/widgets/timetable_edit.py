"""The lessons of a week, edited as people say them: these days, from then to then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.classes import TimetableSlot, Weekday
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import WEEKDAY_NAMES, WEEKDAYS_SHORT
from tlbb_desktop.qt.icons import set_icon
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.widgets.flow_layout import FlowLayout
from tlbb_desktop.widgets.times_edit import TimesEdit

MORNING = (time(8), time(11))
AFTERNOON = (time(14), time(16))


class TimetableEdit(QWidget):
    """One line per time of day, with a box for each weekday; most classes need one line.

    Signals:
        changed: a day or a time is another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(GAP_SMALL)
        self._more = QPushButton(self)
        self._more.setProperty("role", "quiet")
        set_icon(self._more, "plus")
        self._more.clicked.connect(self._add_afternoon)
        foot = QHBoxLayout()
        foot.addWidget(self._more)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP_SMALL)
        whole.addLayout(self._column)
        whole.addLayout(foot)
        self.show_slots(())
        self._word()

    def slots(self) -> tuple[TimetableSlot, ...]:
        """The lessons that stand there, Monday first."""
        found = {slot for line in self._lines for slot in line.slots()}
        return tuple(sorted(found, key=lambda slot: (slot.weekday, slot.starts, slot.ends)))

    def is_readable(self) -> bool:
        """Whether every time that is typed is one."""
        return all(line.times.is_readable() for line in self._lines)

    def demand_times(self) -> bool:
        """Say at the first field that holds no time that it cannot be read; False when there is one."""
        return all(line.times.times() is not None for line in self._lines)

    def show_slots(self, slots: Sequence[TimetableSlot]) -> None:
        """Put *slots* in, lessons of the same time on one line."""
        for line in tuple(self._lines):
            self._drop(line)
        times: dict[tuple[time, time], set[Weekday]] = {}
        for slot in slots:
            times.setdefault((slot.starts, slot.ends), set()).add(slot.weekday)
        for (starts, ends), days in times.items() or ((MORNING, set[Weekday]()),):
            self._add(days, starts, ends)

    def start(self) -> None:
        """Put the cursor on the first weekday."""
        self._lines[0].boxes[0].setFocus()

    def _add_afternoon(self) -> None:
        self._add(set(), *AFTERNOON).boxes[0].setFocus()
        self.changed.emit()

    def _add(self, days: set[Weekday], starts: time, ends: time) -> _Line:
        line = _Line(days, starts, ends, self)
        line.changed.connect(self.changed)
        line.gone.connect(self._line_gone)
        self._lines.append(line)
        self._column.addWidget(line)
        self._lines[0].allow_going(len(self._lines) > 1)
        return line

    def _line_gone(self) -> None:
        line = self.sender()
        if isinstance(line, _Line):
            self._drop(line)
            self._lines[0].allow_going(len(self._lines) > 1)
            self.start()
            self.changed.emit()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _word(self) -> None:
        self._more.setText(_("Another time of day"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


class _Line(QWidget):
    """The weekdays that have a lesson at one time of day."""

    changed = Signal()
    gone = Signal()

    def __init__(self, days: set[Weekday], starts: time, ends: time, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes = [QCheckBox(self) for _day in Weekday]
        self.times = TimesEdit(self)
        self._remove = QToolButton(self)
        self._remove.setProperty("role", "quiet")
        set_icon(self._remove, "x", "muted")
        row = FlowLayout(self, spacing=GAP_SMALL)
        for day, box in zip(Weekday, self.boxes, strict=True):
            box.setChecked(day in days)
            box.toggled.connect(self.changed)
            row.addWidget(box)
        row.addWidget(self.times)
        row.addWidget(self._remove)
        self.times.show_times(starts, ends)
        self.times.changed.connect(self.changed)
        self._remove.clicked.connect(self.gone)
        self._word()

    def slots(self) -> list[TimetableSlot]:
        """The lessons of this line."""
        times = self.times.last_times()
        return [TimetableSlot(day, *times) for day, box in zip(Weekday, self.boxes, strict=True) if box.isChecked()]

    def allow_going(self, allowed: bool) -> None:
        """Show the button that takes the line away only while another line stays."""
        self._remove.setVisible(allowed)

    def _word(self) -> None:
        for day, box in zip(Weekday, self.boxes, strict=True):
            box.setText(_(WEEKDAYS_SHORT[day]))
            box.setAccessibleName(_(WEEKDAY_NAMES[day]))
            box.setToolTip(_(WEEKDAY_NAMES[day]))
        self._remove.setAccessibleName(_("Take this time away"))
        self._remove.setToolTip(_("Take this time away"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
