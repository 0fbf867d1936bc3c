"""Asks a manager why they read what only the responsible member of staff reads; the audit keeps the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.i18n.catalog import _
from tlbb_desktop.qt.stylesheet import GAP_SMALL
from tlbb_desktop.screens.cases.choices import choices_of
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.case_access import REASON_NAMES, ReadReason
from tlbb_desktop.widgets.answers import ChoiceAnswer
from tlbb_desktop.widgets.card import Card
from tlbb_desktop.wiring import Desk


def opens_with_reason(desk: Desk, case: CaseFile) -> bool:
    """Whether the reader opens the most protected parts of this case only by saying why."""
    mine = case.worker_id == desk.actor.staff_id
    return not mine and desk.office.may(Action.COUNSELLING_REASON, case.prison_id)


class ReasonPanel(Card):
    """One choice and one button; shown while a part is read without its protected entries.

    Args:
        hint: marked sentence that says what is protected here.
        parent: where it stands.

    Signals:
        given: the ReadReason that was chosen.
    """

    given = Signal(object)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__("", hint, parent)
        self.reason_box = ChoiceAnswer(choices_of(REASON_NAMES), self)
        self.read_button = QPushButton(self)
        self.read_button.setAutoDefault(False)
        self.read_button.clicked.connect(self._give)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self.reason_box, 1)
        row.addWidget(self.read_button)
        self.body.addLayout(row)
        self._word_choice()

    def _give(self) -> None:
        self.given.emit(ReadReason(self.reason_box.value()))

    def _word_choice(self) -> None:
        self.reason_box.setAccessibleName(_("Why it is read"))
        self.read_button.setText(_("Read with this reason"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word_choice()
        super().changeEvent(event)
