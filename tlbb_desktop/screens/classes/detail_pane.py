"""One class: its learners, its sessions of a month, and the way to its register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from tlbb_desktop.domain.attendance import SessionRow, SessionState
from tlbb_desktop.domain.classes import Enrolment
from tlbb_desktop.domain.errors import ChangedMeanwhile, TlbbError
from tlbb_desktop.forms.ui_class_detail import Ui_ClassDetailForm
from tlbb_desktop.i18n.catalog import _, _n
from tlbb_desktop.i18n.days import digits, month_in_words
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.classes.panels import EndPanel, EnrolPanel, NumberPanel, SessionPanel
from tlbb_desktop.screens.classes.presenter import ClassPresenter
from tlbb_desktop.screens.classes.words import (
    LEARNER_COLUMNS,
    NAME_COLUMN,
    STATE_SIGNS,
    course_words,
    headcount,
    session_day,
    session_words,
    span,
    times,
    unit_now_words,
    week_words,
)
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.destinations import OpenRegister
from tlbb_desktop.widgets.reflow import StackedWhenNarrow, let_wrap

STATE_COLUMN = 2
STACKED_LINES = 7


class ClassDetailPane(QWidget):
    """Shows a class; who may not change it only reads.

    Signals:
        left: back to the list.
        edit_wanted: the row of the class whose form is to be opened.
        go_to: as a page's.
        said: as a page's.
        troubled: as a page's.
    """

    left = Signal()
    edit_wanted = Signal(int)
    go_to = Signal(str, object)
    said = Signal(str)
    troubled = Signal(object)

    def __init__(self, presenter: ClassPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._form = Ui_ClassDetailForm()
        self._form.setupUi(self)
        let_wrap(self._form.page, self._form.head)
        self._form.learnersTable.set_columns(LEARNER_COLUMNS, NAME_COLUMN)
        self._form.sessionsTable.set_columns(self._session_columns(), STATE_COLUMN, self._session_sign)
        self._enrol_panel = EnrolPanel(presenter.people_to_enrol, self)
        self._end_panel, self._session_panel = EndPanel(self), SessionPanel(self)
        self._number_panel = NumberPanel(self)
        self._panels: tuple[EnrolPanel | EndPanel | NumberPanel | SessionPanel, ...] = (
            self._enrol_panel,
            self._end_panel,
            self._number_panel,
            self._session_panel,
        )
        for panel in self._panels:
            self._form.strip.add(panel)
            panel.closed.connect(self.close_panel)
        self._wire()

    def reflow_in(self, area: QScrollArea) -> None:
        """Put sessions under learners where *area* is too narrow for both."""
        self._columns = StackedWhenNarrow(area, self._form.columns, self._needed_width)
        self._columns.stacked.connect(self._set_stacked)

    def _needed_width(self) -> int:
        margins = self._form.page.contentsMargins()
        columns = (self._form.learnersColumn.minimumSize().width(), self._form.sessionsColumn.minimumSize().width())
        return sum(columns) + self._form.columns.spacing() + margins.left() + margins.right()

    def _set_stacked(self, stacked: bool) -> None:
        for table in (self._form.learnersTable, self._form.sessionsTable):
            table.keep_lines_in_sight(STACKED_LINES if stacked else 0)

    @property
    def class_id(self) -> int | None:
        """The class that is shown."""
        return self._presenter.row.id if self._presenter.row is not None else None

    def show_class(self, class_id: int) -> None:
        """Read a class and show it."""
        self._presenter.load(class_id)
        self.close_panel()
        self._show()
        self._form.sessionsTable.go(self._presenter.nearest_session())
        self._form.registerButton.setFocus()

    def reload(self) -> None:
        """Read the class that is shown again."""
        row = self._presenter.row
        if row is not None:
            self._presenter.load(row.id, self._presenter.month)
            self._show()

    def has_learners(self) -> bool:
        """Whether anybody is or was enrolled."""
        return bool(self._presenter.enrolments)

    def ask_enrol(self) -> None:
        """Open the panel that enrols people."""
        self._open(self._enrol_panel)
        self._enrol_panel.ask(self._presenter.first_day())

    def close_panel(self) -> bool:
        """Close the panel that is open; False when none is."""
        was_open = self._form.strip.close_panel()
        self._form.tables.show()
        if was_open:
            self._form.learnersTable.setFocus()
        return was_open

    def _wire(self) -> None:
        form = self._form
        form.backButton.clicked.connect(self.left)
        form.registerButton.clicked.connect(self._open_register)
        form.sheetButton.clicked.connect(self.open_sheet)
        form.editButton.clicked.connect(self._edit)
        form.enrolButton.clicked.connect(self.ask_enrol)
        form.endButton.clicked.connect(self._ask_end)
        form.numberButton.clicked.connect(self._ask_number)
        form.learnersTable.chosen.connect(self._ask_number)
        form.addButton.clicked.connect(self._ask_session)
        form.earlierButton.setShortcut(QKeySequence("Alt+Left"))
        form.laterButton.setShortcut(QKeySequence("Alt+Right"))
        form.earlierButton.clicked.connect(self._earlier)
        form.laterButton.clicked.connect(self._later)
        form.sessionsTable.chosen.connect(self._open_session)
        form.learnersTable.moved.connect(self._learner_moved)
        self._enrol_panel.wanted.connect(self._enrol)
        self._end_panel.kept.connect(self._end)
        self._number_panel.kept.connect(self._set_number)
        self._session_panel.kept.connect(self._add_session)

    def _session_columns(self) -> tuple[Column[SessionRow], ...]:
        presenter = self._presenter
        return (
            Column("day", N_("Day"), session_day),
            Column("time", N_("Time"), lambda one: times(one.real_starts or one.starts, one.real_ends or one.ends)),
            Column("state", N_("State"), lambda one: session_words(one, presenter.reasons, presenter.repaired)),
        )

    @staticmethod
    def _session_sign(session: SessionRow) -> tuple[str, IconRole]:
        return STATE_SIGNS[session.state]

    # what is shown -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        form, presenter = self._form, self._presenter
        form.learnersTable.show_lines({one.id: one for one in presenter.enrolments})
        form.sessionsTable.show_lines({one.id: one for one in presenter.sessions})
        form.editButton.setVisible(presenter.may(Action.CLASS_WRITE))
        form.enrolButton.setVisible(presenter.may(Action.ENROL))
        form.endButton.setVisible(presenter.may(Action.ENROL))
        form.numberButton.setVisible(presenter.may(Action.ENROL))
        form.addButton.setVisible(presenter.may(Action.SESSION_WRITE))
        form.registerButton.setVisible(presenter.may(Action.MARK) or presenter.may(Action.SHEET_READ))
        form.sheetButton.setVisible(presenter.may(Action.SHEET_READ))
        self._learner_moved()
        self._word()

    def _word(self) -> None:
        row, group, form = self._presenter.row, self._presenter.group, self._form
        if row is None or group is None:
            return
        form.headingLabel.setText(course_words(row))
        form.badgeLabel.setText(row.code)
        now = self._presenter.unit_now()
        about = (
            row.prison,
            row.trainer,
            headcount(row),
            span(row.starts_on, row.ends_on),
            week_words(group.timetable),
            unit_now_words(*now) if now else "",
        )
        form.aboutLabel.setText("   ·   ".join(part for part in about if part))
        form.monthLabel.setText(month_in_words(self._presenter.month.first))

    def _learner_moved(self) -> None:
        enrolment = self._current_enrolment()
        self._form.endButton.setEnabled(enrolment is not None and enrolment.ends_on is None)
        self._form.numberButton.setEnabled(enrolment is not None)

    def _current_enrolment(self) -> Enrolment | None:
        wanted = self._form.learnersTable.current_id()
        return next((one for one in self._presenter.enrolments if one.id == wanted), None)

    # going on ------------------------------------------------------------------------------------------------------

    def _open_register(self) -> None:
        if self._presenter.row is not None:
            self.go_to.emit("register", OpenRegister(self._presenter.row.id, self._presenter.month))

    def _open_session(self, session_id: int) -> None:
        if self._presenter.row is not None:
            self.go_to.emit("register", OpenRegister(self._presenter.row.id, self._presenter.month, session_id))

    def open_sheet(self) -> None:
        """Go to the sheet of the month that is shown."""
        if self._presenter.row is not None:
            self.go_to.emit("sheets", (self._presenter.row.id, self._presenter.month))

    def _edit(self) -> None:
        if self._presenter.row is not None:
            self.edit_wanted.emit(self._presenter.row.id)

    def _earlier(self) -> None:
        self._show_month(-1)

    def _later(self) -> None:
        self._show_month(1)

    def _show_month(self, months: int) -> None:
        self._presenter.show_month(self._presenter.month.shift(months))
        self._show()

    # panels --------------------------------------------------------------------------------------------------------

    def _open(self, panel: QWidget) -> None:
        self._form.strip.ask(panel)
        self._form.tables.setVisible(panel is not self._enrol_panel)  # the list of people needs the room

    def _ask_end(self) -> None:
        enrolment = self._current_enrolment()
        if enrolment is not None:
            self._open(self._end_panel)
            self._end_panel.ask(enrolment.id, enrolment.shown_name, self._presenter.first_day())

    def _ask_number(self) -> None:
        enrolment = self._current_enrolment()
        if enrolment is not None and self._presenter.may(Action.ENROL):
            self._open(self._number_panel)
            self._number_panel.ask(enrolment)

    def _set_number(self, enrolment_id: int, text: str) -> None:
        """Keep the number and ask for that of the learner below."""
        try:
            self._presenter.set_list_number(enrolment_id, text)
        except ChangedMeanwhile as error:
            self._ask_number_anew(enrolment_id)
            self.troubled.emit(error)
            return
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self._show()
        self.said.emit(_("Saved"))
        below = self._presenter.enrolment_after(enrolment_id)
        if below is None:
            self.close_panel()
        else:
            self._form.learnersTable.go(below.id)
            self._number_panel.ask(below)

    def _ask_number_anew(self, enrolment_id: int) -> None:
        """Read the list again, and ask with the number that somebody else gave."""
        self.reload()
        self._form.learnersTable.go(enrolment_id)
        enrolment = self._current_enrolment()
        if enrolment is None:
            self.close_panel()
        else:
            self._number_panel.ask(enrolment)

    def _ask_session(self) -> None:
        wanted = self._form.sessionsTable.current_id()
        here = next((one for one in self._presenter.sessions if one.id == wanted), None)
        cancelled = here is not None and here.state is SessionState.CANCELLED
        self._open(self._session_panel)
        self._session_panel.ask(
            self._presenter.likely_session(), self._presenter.missed_sessions(), here.id if here and cancelled else None
        )

    def _enrol(self, person_ids: Sequence[int] | None, first_day: date) -> None:
        def enrol() -> str:
            count = self._presenter.enrol(person_ids, first_day)
            return _n("{n} person enrolled", "{n} people enrolled", count).format(n=digits(count))

        self._carry_out(enrol)

    def _end(self, enrolment_id: int, day: date, reason: str) -> None:
        def end() -> str:
            self._presenter.end_enrolment(enrolment_id, day, reason)
            return _("The enrolment ends with this day.")

        self._carry_out(end)

    def _add_session(self, day: date, starts: time, ends: time, repairs: int | None) -> None:
        def add() -> str:
            self._presenter.add_session(day, starts, ends, repairs)
            return _("Session added")

        self._carry_out(add)

    def _carry_out(self, act: Callable[[], str]) -> None:
        """Do *act* and say what it returns; trouble leaves the panel open."""
        try:
            said = act()
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.close_panel()
        self.reload()
        self.said.emit(said)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._form.retranslateUi(self)
            self._word()
        super().changeEvent(event)
