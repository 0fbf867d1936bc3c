"""The start and the end of a lesson, typed as people write a time of day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.timetables import read_time
from tlbb_desktop.i18n.catalog import _, _p
from tlbb_desktop.i18n.days import time_text
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.theme import set_role

STEPS = {Qt.Key.Key_Up: timedelta(minutes=5), Qt.Key.Key_Down: timedelta(minutes=-5)}
WIDEST = "00:00:00"
LONGEST = 8
GAP_PIXELS = 3


class ClockEdit(QLineEdit):
    """A time of day. Arrow up and down move it by five minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment = time()
        self.setMaxLength(LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    @property
    def last_moment(self) -> time:
        """The time that stands there, or the last one that did while the text is none."""
        try:
            return self.moment()
        except Refused:
            return self._moment

    def moment(self) -> time:
        """The time that stands there.

        Raises:
            Refused: the text is no time.
        """
        self._moment = read_time(self.text())
        return self._moment

    def show_moment(self, moment: time) -> None:
        """Put *moment* in."""
        self._moment = moment
        self.setText(time_text(moment))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.show_moment((datetime.combine(date.min + timedelta(days=1), self.last_moment) + step).time())

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(WIDEST) + 2 * GAP_SMALL, super().sizeHint().height())


class TimesEdit(QWidget):
    """From when to when; below the two fields stands what cannot be read in them.

    Signals:
        changed: another text stands there.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.starts, self.ends = ClockEdit(self), ClockEdit(self)
        self._from, self._to, self._sentence = QLabel(self), QLabel(self), QLabel(self)
        self._from.setBuddy(self.starts)
        self._to.setBuddy(self.ends)
        self._sentence.setProperty("role", "error")
        self._sentence.setWordWrap(True)
        self._problem: Refused | None = None
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        for widget in (self._from, self.starts, self._to, self.ends):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PIXELS)
        column.addLayout(row)
        column.addWidget(self._sentence)
        for edit in (self.starts, self.ends):
            edit.textChanged.connect(self.changed)
            edit.editingFinished.connect(self._finish)
        self._word()

    @property
    def problem_text(self) -> str:
        """What stands under the fields, or ``""``."""
        return self._sentence.text()

    def show_times(self, starts: time, ends: time) -> None:
        """Put the times in."""
        self.starts.show_moment(starts)
        self.ends.show_moment(ends)
        self._finish()

    def last_times(self) -> tuple[time, time]:
        """The times that stand there; of a field that cannot be read, the last one that could."""
        return self.starts.last_moment, self.ends.last_moment

    def times(self) -> tuple[time, time] | None:
        """The times, or None when a field cannot be read: it then says so and has the cursor."""
        wrong = self._finish()
        if wrong is not None:
            wrong.setFocus()
            wrong.selectAll()
            return None
        return self.last_times()

    def is_readable(self) -> bool:
        """Whether both texts are times."""
        return self._first_wrong() is None

    def _first_wrong(self) -> tuple[ClockEdit, Refused] | None:
        for edit in (self.starts, self.ends):
            try:
                edit.moment()
            except Refused as problem:
                return edit, problem
        return None

    def _finish(self) -> ClockEdit | None:
        """Write the readable times out and say what is wrong with the first other one, which is returned."""
        wrong, self._problem = self._first_wrong() or (None, None)
        for edit in (self.starts, self.ends):
            set_role(edit, "wrong" if edit is wrong else "")
            edit.setAccessibleDescription("")
        if wrong is None:
            for edit in (self.starts, self.ends):
                edit.show_moment(edit.last_moment)
        self._word_problem()
        if wrong is not None:
            wrong.setAccessibleDescription(self.problem_text)
        return wrong

    def _word_problem(self) -> None:
        self._sentence.setText(explain(self._problem) if self._problem is not None else "")
        self._sentence.setVisible(self._problem is not None)

    def _word(self) -> None:
        self._from.setText(_p("a time of day", "From"))
        self._to.setText(_p("a time of day", "to"))
        self.starts.setAccessibleName(_("Lesson starts"))
        self.ends.setAccessibleName(_("Lesson ends"))
        self._finish()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
