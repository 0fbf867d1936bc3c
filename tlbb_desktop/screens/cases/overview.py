"""The first part of a case: who is responsible, what is to be done, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import Refused, TlbbError
from tlbb_desktop.domain.visits import ContactGap
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.section import CaseSection
from tlbb_desktop.screens.cases.tasks_card import TasksCard
from tlbb_desktop.screens.cases.words import gap_words, worker_words
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.banner import Banner
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.widgets.destinations import OpenCase
from tlbb_desktop.widgets.record_pane import NOT_SAVED
from tlbb_desktop.wiring import Desk


class OverviewSection(CaseSection):
    """Facts of the case, and who is responsible."""

    compartment = "counselling"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: CaseFile | None = None
        self._gap: ContactGap | None = None
        self._warned = False
        self.gap = Banner(self, closable=False)
        self.gap.acted.connect(self._go_to_visits)
        self.tasks = TasksCard(desk, self)
        self.tasks.finished.connect(self._task_done)
        self.tasks.troubled.connect(self.troubled)
        about = Card(Np_("of a case", "Responsible"), "", self)
        self.worker = WrappingLabel(about)
        self.worker_box, self.assign_button = QComboBox(about), QPushButton(about)
        self.assign_button.clicked.connect(self._assign)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.worker_box, 1)
        row.addWidget(self.assign_button)
        about.body.addWidget(self.worker)
        about.body.addLayout(row)
        days = Card(N_("Days"), "", self)
        self.days = QLabel(days)
        days.body.addWidget(self.days)
        self.person_button = QPushButton(self)
        self.person_button.clicked.connect(self._go_to_person)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.tasks)
        column.addWidget(self.gap)
        column.addWidget(about)
        column.addWidget(days)
        column.addWidget(self.person_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._word()

    @override
    def show_case(self, case: CaseFile) -> None:
        if self._case is not None and case.id != self._case.id:
            self.tasks.forget()
        self._case = case
        self.tasks.show_case(case)
        self._gap = next(iter(self._desk.visits.gaps(case.id)), None)
        may_assign = self._desk.office.may(Action.CASE_ASSIGN)
        for shown in (self.worker_box, self.assign_button):
            shown.setVisible(may_assign)
        if may_assign:
            self.worker_box.clear()
            for worker_id, name in self._desk.cases.workers():
                self.worker_box.addItem(name, worker_id)
            self.worker_box.setCurrentIndex(max(0, self.worker_box.findData(case.worker_id)))
        self._word()

    @override
    def may_be_left(self) -> bool:
        if self.tasks.is_touched and not self._warned:
            self._warned = True
            self.troubled.emit(Refused(NOT_SAVED))
            return False
        self._warned = False
        self.tasks.forget()
        return True

    @override
    def draft(self) -> dict[str, object] | None:
        return self.tasks.draft()

    @override
    def take_draft(self, draft: Mapping[str, Any]) -> None:
        self.tasks.take_draft(dict(draft))

    def _task_done(self) -> None:
        self.said.emit(_("Saved"))
        self.case_changed.emit()

    def _go_to_visits(self) -> None:
        if self._case is not None and self._case.id is not None:
            self.go_to.emit("cases", OpenCase(self._case.id, "visits"))

    def _assign(self) -> None:
        case, worker_id = self._case, self.worker_box.currentData()
        if case is None or case.id is None or worker_id is None or worker_id == case.worker_id:
            return
        try:
            self._desk.cases.assign(case.id, worker_id, case.version)
        except TlbbError as error:
            self.troubled.emit(error)
            return
        self.said.emit(_("Saved"))
        self.case_changed.emit()

    def _go_to_person(self) -> None:
        if self._case is not None:
            self.go_to.emit("people", self._case.person_id)

    def _word(self) -> None:
        self.assign_button.setText(_("Give the case to this person"))
        self.worker_box.setAccessibleName(_("Who becomes responsible"))
        self.person_button.setText(_("Open the person's record"))
        case = self._case
        if case is None:
            return
        self.worker.setText(worker_words(case))
        if self._gap is None:
            self.gap.clear()
        else:
            self.gap.show_text("warning", gap_words(self._gap), _("Go to the visits"))
        days = (
            (_("On the waiting list since"), case.waiting_since),
            (_("Opened on"), case.opened_on),
            (_("Consents to be recorded by"), case.consents_due_on),
            (_("Closed on"), case.closed_on),
        )
        self.days.setText("\n".join(labelled(label, day_text(day)) for label, day in days if day is not None))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word()
        super().changeEvent(event)
