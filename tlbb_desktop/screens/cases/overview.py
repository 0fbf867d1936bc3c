"""The first part of a case: who is responsible, what is to be done, what is missing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.i18n.days import day_text
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.stylesheet import GAP, GAP_SMALL
from tlbb_desktop.qt.wrapping_label import WrappingLabel
from tlbb_desktop.screens.cases.section import CaseSection
from tlbb_desktop.screens.cases.words import worker_words
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.wiring import Desk


class OverviewSection(CaseSection):
    """Facts of the case, and who is responsible."""

    compartment = "db"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: CaseFile | None = None
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
        column.addWidget(about)
        column.addWidget(days)
        column.addWidget(self.person_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._word()

    @override
    def show_case(self, case: CaseFile) -> None:
        self._case = case
        may_assign = self._desk.office.may(Action.CASE_ASSIGN)
        for shown in (self.worker_box, self.assign_button):
            shown.setVisible(may_assign)
        if may_assign:
            self.worker_box.clear()
            for worker_id, name in self._desk.cases.workers():
                self.worker_box.addItem(name, worker_id)
            self.worker_box.setCurrentIndex(max(0, self.worker_box.findData(case.worker_id)))
        self._word()

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
