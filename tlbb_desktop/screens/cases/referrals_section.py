"""The referrals of a case; the consents that they need are offered anew whenever the case is shown."""

from __future__ import annotations

from typing_extensions import override

from tlbb_desktop.domain.cases import CaseFile
from tlbb_desktop.domain.referrals import Referral
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.protected import ProtectedReader, ProtectedSection
from tlbb_desktop.screens.cases.referrals import ReferralRecords
from tlbb_desktop.wiring import Desk


class ReferralsSection(ProtectedSection[Referral]):
    """Referrals.

    Args:
        desk: the services.
        tasks: the queue of background work.
    """

    def __init__(self, desk: Desk, tasks: TaskRunner) -> None:
        reader = ProtectedReader(desk)
        self._referrals = ReferralRecords(desk, reader)
        super().__init__(self._referrals, reader, N_("Referrals"), tasks)

    @override
    def show_case(self, case: CaseFile) -> None:
        self._referrals.show_case(case)
        self.pane.form.offer_again()
        super().show_case(case)
