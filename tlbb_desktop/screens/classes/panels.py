"""The small questions under a class: whom to enrol, who leaves, who has which number, which session is added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QListWidgetItem, QWidget
from typing_extensions import override

from tlbb_desktop.domain.attendance import SessionRow
from tlbb_desktop.domain.classes import Enrolment
from tlbb_desktop.domain.people import PersonRow
from tlbb_desktop.forms.ui_class_session import Ui_ClassSessionForm
from tlbb_desktop.forms.ui_enrolment import Ui_EnrolmentForm
from tlbb_desktop.forms.ui_enrolment_end import Ui_EnrolmentEndForm
from tlbb_desktop.forms.ui_list_number import Ui_ListNumberForm
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import digits
from tlbb_desktop.screens.classes.words import missed_words, person_words
from tlbb_desktop.widgets.page import ENTER
from tlbb_desktop.widgets.reflow import let_wrap

PERSON_ROLE = Qt.ItemDataRole.UserRole


class EnrolPanel(QFrame):
    """Choose people by typing and ticking, or take all of them.

    Args:
        find: gives the people to enrol whom a text finds.

    Signals:
        wanted: (ids or None for all, first day).
        closed: nobody is to be enrolled.
    """

    wanted = Signal(object, object)
    closed = Signal()

    def __init__(self, find: Callable[[str], list[PersonRow]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._chosen: set[int] = set()
        self._everybody = 0
        self._form = Ui_EnrolmentForm()
        self._form.setupUi(self)
        for row in (self._form.head, self._form.foot):
            let_wrap(self._form.column, row)
        form = self._form
        form.findEdit.textChanged.connect(self._show_found)
        form.findEdit.returnPressed.connect(self._tick_first)
        form.peopleList.itemChanged.connect(self._ticked)
        form.enrolButton.clicked.connect(self._enrol_chosen)
        form.allButton.clicked.connect(self._enrol_all)
        form.cancelButton.clicked.connect(self.closed)

    def ask(self, first_day: date) -> None:
        """Start anew with nobody ticked."""
        self._chosen.clear()
        self._form.fromEdit.show_day(first_day)
        self._form.findEdit.clear()
        self._everybody = self._show_found("")
        self._word()
        self._form.findEdit.setFocus()

    def _show_found(self, text: str) -> int:
        people = self._find(text)
        box = self._form.peopleList
        box.blockSignals(True)
        box.clear()
        for person in people:
            item = QListWidgetItem(person_words(person))
            item.setData(PERSON_ROLE, person.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if person.id in self._chosen else Qt.CheckState.Unchecked)
            box.addItem(item)
        box.blockSignals(False)
        box.setCurrentRow(0)
        self._word()
        return len(people)

    def _tick_first(self) -> None:
        """Enter in the field: tick the one found, ready for the next name; with nothing typed, enrol the ticked."""
        if not self._form.findEdit.text().strip():
            self._enrol_chosen()
        elif (item := self._form.peopleList.currentItem()) is not None:
            item.setCheckState(Qt.CheckState.Checked)
            self._form.findEdit.clear()

    def _ticked(self, item: QListWidgetItem) -> None:
        person_id = int(item.data(PERSON_ROLE))
        if item.checkState() is Qt.CheckState.Checked:
            self._chosen.add(person_id)
        else:
            self._chosen.discard(person_id)
        self._word()

    def _enrol_chosen(self) -> None:
        if self._chosen:
            self.wanted.emit(sorted(self._chosen), self._form.fromEdit.day())

    def _enrol_all(self) -> None:
        self.wanted.emit(None, self._form.fromEdit.day())

    def _word(self) -> None:
        form, count = self._form, len(self._chosen)
        if self._everybody == 0 and not form.findEdit.text():
            form.countLabel.setText(_("Everybody of this prison is on the list already."))
        else:
            form.countLabel.setText(_n("{n} person ticked", "{n} people ticked", count).format(n=digits(count)))
        form.enrolButton.setText(_("Enrol the ticked"))
        form.enrolButton.setEnabled(count > 0)
        form.allButton.setText(_("Enrol all of the prison"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._form.findEdit.hasFocus():
            self._form.peopleList.setFocus()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)


class EndPanel(QFrame):
    """Asks for the last day of somebody in the class, and why.

    Signals:
        kept: (enrolment, last day, reason).
        closed: nothing is to be changed.
    """

    kept = Signal(int, object, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enrolment = 0
        self._form = Ui_EnrolmentEndForm()
        self._form.setupUi(self)
        self._form.keepButton.clicked.connect(self._keep)
        self._form.reasonEdit.returnPressed.connect(self._keep)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self, enrolment_id: int, name: str, day: date) -> None:
        """Ask about one enrolment."""
        self._enrolment = enrolment_id
        self._form.whoLabel.setText(name)
        self._form.dayEdit.show_day(day)
        self._form.reasonEdit.clear()
        self._form.dayEdit.setFocus()

    def _keep(self) -> None:
        self.kept.emit(self._enrolment, self._form.dayEdit.day(), self._form.reasonEdit.text())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)


class NumberPanel(QFrame):
    """Asks for the number that a learner has on the prison's list.

    Signals:
        kept: (enrolment, what is typed).
        closed: nothing is to be changed.
    """

    kept = Signal(int, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enrolment = 0
        self._form = Ui_ListNumberForm()
        self._form.setupUi(self)
        self._form.keepButton.clicked.connect(self._keep)
        self._form.numberEdit.returnPressed.connect(self._keep)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(self, enrolment: Enrolment) -> None:
        """Ask about one enrolment."""
        self._enrolment = enrolment.id
        self._form.whoLabel.setText(enrolment.shown_name)
        self._form.numberEdit.setText(digits(enrolment.list_number or ""))
        self._form.numberEdit.setFocus()
        self._form.numberEdit.selectAll()

    def _keep(self) -> None:
        self.kept.emit(self._enrolment, self._form.numberEdit.text())

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
        super().changeEvent(event)


class SessionPanel(QFrame):
    """Asks for the day and times of a session that is added by hand.

    Signals:
        kept: (day, start, end, missed session that it makes up for, or None).
        closed: nothing is to be added.
    """

    kept = Signal(object, object, object, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missed: tuple[SessionRow, ...] = ()
        self._form = Ui_ClassSessionForm()
        self._form.setupUi(self)
        let_wrap(self._form.page, self._form.line)
        self._form.keepButton.clicked.connect(self._keep)
        self._form.closeButton.clicked.connect(self.closed)

    def ask(
        self, likely: tuple[date, time, time], missed: Sequence[SessionRow], makes_up_for: int | None = None
    ) -> None:
        """Ask, with what is likely put in.

        Args:
            likely: day, start and end.
            missed: cancelled sessions that nothing makes up for yet.
            makes_up_for: the one among them that is proposed.
        """
        self._missed = tuple(missed)
        day, starts, ends = likely
        self._form.dayEdit.show_day(day)
        self._form.timesEdit.show_times(starts, ends)
        self._fill_missed(makes_up_for)
        self._form.dayEdit.setFocus()

    def _fill_missed(self, chosen: int | None) -> None:
        box = self._form.repairsBox
        box.clear()
        box.addItem(_p("a session", "Makes up for none"), None)
        for session in self._missed:
            box.addItem(missed_words(session), session.id)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setVisible(bool(self._missed))

    def _keep(self) -> None:
        form, times = self._form, self._form.timesEdit.times()
        if times is not None:
            self.kept.emit(form.dayEdit.day(), *times, form.repairsBox.currentData())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not isinstance(self.focusWidget(), QAbstractButton):
            self._keep()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            chosen = self._form.repairsBox.currentData()
            self._form.retranslateUi(self)
            self._fill_missed(chosen)
        super().changeEvent(event)
