"""The referrals of a case, with the reason that a manager gives for the most protected ones."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.domain.referrals import Referral, ReferralKind
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.stylesheet import GAP
from tlbb_desktop.screens.cases.reason_panel import ReasonPanel, opens_with_reason
from tlbb_desktop.screens.cases.referrals import LEGAL_QUESTIONS, ReferralRecords
from tlbb_desktop.screens.cases.section import RecordsSection
from tlbb_desktop.services.case_access import ReadReason
from tlbb_desktop.wiring import Desk

PROTECTED: Final = N_(
    "Referrals for health, substances and abuse are read by the one who is responsible. Reading them is written down."
)


class ReferralsSection(RecordsSection[Referral]):
    """Referrals.

    Args:
        desk: the services.
    """

    def __init__(self, desk: Desk) -> None:
        self._referrals = ReferralRecords(desk)
        super().__init__(self._referrals, N_("Referrals"), "counselling")
        self._desk = desk
        self._case: CaseFile | None = None
        self.reason = ReasonPanel(PROTECTED, self)
        self.reason.given.connect(self._read_with)
        self.pane.filled.connect(self._show_legal)
        self.pane.form.edited.connect(self._show_legal)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - the section above made it
        column.setSpacing(GAP)
        column.insertWidget(0, self.reason)
        self._show_legal()

    @override
    def show_case(self, case: CaseFile) -> None:
        self._case = case
        self._referrals.show_case(case)
        self.pane.form.offer_again()
        super().show_case(case)
        self._show_reason()

    def _read_with(self, reason: ReadReason) -> None:
        self._referrals.reason = reason
        try:
            self.pane.open()
        except TlbbError as error:
            self._referrals.reason = None
            self.troubled.emit(error)
        self._show_reason()

    def _show_reason(self) -> None:
        asks = self._referrals.reason is None and self._case is not None and opens_with_reason(self._desk, self._case)
        self.reason.setVisible(asks)

    def _show_legal(self) -> None:
        legal = self.pane.form.answers["kind"].value() is ReferralKind.LEGAL
        for name in LEGAL_QUESTIONS:
            self.pane.form.fields[name].setVisible(legal)
