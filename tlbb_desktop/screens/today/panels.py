"""The three questions that Today asks: what day it is, whether somebody is gone, who a guest is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidgetItem, QWidget
from typing_extensions import override

from tlbb_desktop.domain.people import PersonRow
from tlbb_desktop.domain.questions import GuestRow, OpenQuestion
from tlbb_desktop.domain.today import ClockDoubt
from tlbb_desktop.forms.ui_today_answer import Ui_TodayAnswerForm
from tlbb_desktop.forms.ui_today_clock import Ui_TodayClockForm
from tlbb_desktop.forms.ui_today_join import Ui_TodayJoinForm
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_in_words, moment_text
from tlbb_desktop.screens.today.words import guest_words, question_words

PERSON_ROLE = Qt.ItemDataRole.UserRole


class ClockPanel(QFrame):
    """Asks once what day it is, because the laptop's clock cannot be right.

    Signals:
        answered: the working day.
    """

    answered = Signal(object)

    def __init__(self, doubt: ClockDoubt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doubt = doubt
        self._form = Ui_TodayClockForm()
        self._form.setupUi(self)
        form = self._form
        form.headingLabel.setText(_("What day is it today?"))
        form.explainLabel.setText(
            _("The laptop says {laptop}, but the last mark was entered on {mark}. Nothing is lost.").format(
                laptop=day_in_words(doubt.laptop_day), mark=moment_text(doubt.last_mark_at)
            )
        )
        form.laptopButton.setText(_("The laptop is right"))
        form.dayEdit.show_day(doubt.proposed)
        form.keepButton.clicked.connect(self._keep)
        form.laptopButton.clicked.connect(self._trust_laptop)
        self.first = form.keepButton

    def _keep(self) -> None:
        self.answered.emit(self._form.dayEdit.day())

    def _trust_laptop(self) -> None:
        self.answered.emit(self._doubt.laptop_day)


class AnswerPanel(QFrame):
    """Answers "is he gone?" with the last day in the class, or with "still here".

    Signals:
        kept: (row of the question, answer, last day or None).
        closed: it stays open.
    """

    kept = Signal(int, str, object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: OpenQuestion | None = None
        self._form = Ui_TodayAnswerForm()
        self._form.setupUi(self)
        self._form.keepButton.clicked.connect(self._keep)
        self._form.noteEdit.returnPressed.connect(self._keep)
        self._form.closeButton.clicked.connect(self.closed)
        self._form.goneButton.toggled.connect(self._form.dayEdit.setEnabled)

    def ask(self, question: OpenQuestion, day: date) -> None:
        """Show *question*; *day* is proposed as the last one."""
        self._question = question
        self._form.goneButton.setChecked(True)
        self._form.dayEdit.show_day(day)
        self._form.noteEdit.clear()
        self._word()
        self._form.goneButton.setFocus()

    def _keep(self) -> None:
        if self._question is not None:
            left_on = self._form.dayEdit.day() if self._form.goneButton.isChecked() else None
            self.kept.emit(self._question.id, self._form.noteEdit.text(), left_on)

    def _word(self) -> None:
        if self._question is not None:
            self._form.aboutLabel.setText(question_words(self._question))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)


class JoinPanel(QFrame):
    """Finds the record that a guest belongs to.

    Args:
        find: gives people by what is typed.

    Signals:
        kept: (row of the guest, row of the person).
        new_wanted: the person is on no record yet.
        closed: the guest stays a guest.
    """

    kept = Signal(int, int)
    new_wanted = Signal()
    closed = Signal()

    def __init__(self, find: Callable[[str], list[PersonRow]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._guest: GuestRow | None = None
        self._form = Ui_TodayJoinForm()
        self._form.setupUi(self)
        form = self._form
        form.findEdit.textChanged.connect(self._show_found)
        form.findEdit.returnPressed.connect(self._keep)
        form.peopleList.itemActivated.connect(self._keep)
        form.keepButton.clicked.connect(self._keep)
        form.newButton.clicked.connect(self.new_wanted)
        form.closeButton.clicked.connect(self.closed)

    def ask(self, guest: GuestRow) -> None:
        """Look for *guest* by the name that the trainer wrote."""
        self._guest = guest
        self._word()
        self._form.findEdit.setText(guest.shown_name)
        self._form.findEdit.selectAll()
        self._form.findEdit.setFocus()

    def _show_found(self, text: str) -> None:
        form = self._form
        form.peopleList.clear()
        found = self._find(text)
        for person in found:
            names = " · ".join(part for part in (person.names.khmer, person.names.latin, person.code) if part)
            item = QListWidgetItem(names)
            item.setData(PERSON_ROLE, person.id)
            form.peopleList.addItem(item)
        form.keepButton.setEnabled(bool(found))
        if found:
            form.peopleList.setCurrentRow(0)
        else:
            nobody = QListWidgetItem(_("Nobody found"), form.peopleList)
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)

    def _keep(self) -> None:
        item = self._form.peopleList.currentItem()
        if self._guest is not None and item is not None:
            self.kept.emit(self._guest.person_id, int(item.data(PERSON_ROLE)))

    def _word(self) -> None:
        if self._guest is not None:
            self._form.aboutLabel.setText(guest_words(self._guest))
            if not self._form.keepButton.isEnabled():  # the list says in words that nobody was found
                self._show_found(self._form.findEdit.text())

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
