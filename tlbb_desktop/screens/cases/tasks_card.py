"""What has to be done in a case, most urgent first, each with a field for what was done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.assessment_words import SAFETY_RISK_NAMES
from tlbb_desktop.domain.case_tasks import CaseTask
from tlbb_desktop.domain.case_words import TASK_NAMES
from tlbb_desktop.domain.cases import CaseFile, CaseState
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import moment_text
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.i18n.sentences import explain
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.khmer_input import KhmerEdit
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.icon_label import IconLabel
from tlbb_desktop.wiring import Desk


class TaskLine(QWidget):
    """One task.

    Signals:
        done: what was done.
    """

    done = Signal(str)

    def __init__(self, task: CaseTask, *, late: bool, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task, self._late = task, late
        self._error: TlbbError | None = None
        role: IconRole = "danger" if late else "warning"
        self._icon = IconLabel("triangle-alert" if late else "clock", role, parent=self)
        self._words, self._trouble = WrappingLabel(self), WrappingLabel(self)
        self._trouble.setProperty("role", "error")
        self.what, self.button = KhmerEdit(self), QPushButton(self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._tell)
        self.what.returnPressed.connect(self._tell)
        head, row = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._words, 1)
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.what, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self._trouble)
        for shown in (self.what, self.button):
            shown.setVisible(editable)
        self._word()

    def show_trouble(self, error: TlbbError | None) -> None:
        """Say under the field what is wrong."""
        self._error = error
        self._word()

    def _tell(self) -> None:
        self.done.emit(self.what.stored_form(self.what.text()))

    def _word(self) -> None:
        form = self._task.form
        name = _(TASK_NAMES[form.kind])
        if form.risk is not None:
            name = labelled(name, _(SAFETY_RISK_NAMES[form.risk]))
        elif form.text:
            name = labelled(name, form.text)
        due = labelled(_("Overdue since") if self._late else _("Due"), moment_text(form.due_at))
        self._words.setText(f"{name} · {due}")
        self.what.setAccessibleName(labelled(_("What was done"), name))
        self.what.setPlaceholderText(_("What was done"))
        self.button.setText(_("Done"))
        self._trouble.setText(explain(self._error) if self._error is not None else "")
        self._trouble.setVisible(self._error is not None)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)


class TasksCard(Card):
    """The open tasks of a case; hidden where there are none.

    Args:
        desk: the services.
        parent: where it stands.

    Signals:
        finished: a task was closed.
        troubled: a TlbbError that belongs to no field.
    """

    finished = Signal()
    troubled = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(N_("To be done"), "", parent)
        self._desk = desk
        self._case: CaseFile | None = None
        self.lines: dict[int, TaskLine] = {}

    def show_case(self, case: CaseFile) -> None:
        """Show the tasks of *case*; what is typed stays while its task is open. May raise TlbbError."""
        self._case = case
        found = () if case.state is CaseState.SEALED else self._desk.case_tasks.open_tasks(case.id or 0)
        tasks = {task.id or 0: task for task in found}
        for row in set(self.lines) - set(tasks):
            line = self.lines.pop(row)
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        for row, task in tasks.items():
            if row not in self.lines:
                self._add(row, task)
        self.setVisible(bool(self.lines))

    @property
    def is_touched(self) -> bool:
        """Whether what was done is typed and not stored."""
        return any(line.what.text().strip() for line in self.lines.values())

    def draft(self) -> dict[str, object] | None:
        """What is half typed, by the row of its task."""
        typed: dict[str, object] = {str(row): text for row, line in self.lines.items() if (text := line.what.text())}
        return typed or None

    def take_draft(self, draft: dict[str, str]) -> None:
        """Put back what :meth:`draft` gave, where the task is still open."""
        for row, text in draft.items():
            if int(row) in self.lines:
                self.lines[int(row)].what.setText(text)

    def forget(self) -> None:
        """Drop what is typed."""
        for line in self.lines.values():
            line.what.clear()

    def _add(self, row: int, task: CaseTask) -> None:
        late = task.form.due_at < self._desk.office.clock.now()
        line = TaskLine(task, late=late, editable=self._desk.office.may(Action.CASE_WRITE), parent=self)
        line.done.connect(partial(self._done, task))
        self.lines[row] = line
        self.body.addWidget(line)

    def _done(self, task: CaseTask, what: str) -> None:
        line = self.lines[task.id or 0]
        try:
            self._desk.case_tasks.done(task.case_id, task.id or 0, what, task.version)
        except TlbbError as error:
            if error.place == "what":
                line.show_trouble(error)
                line.what.setFocus()
            else:
                self.troubled.emit(error)
            return
        self.finished.emit()
