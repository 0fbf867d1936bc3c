"""Every part of a case, in the order in which they stand; each is built when it is first opened."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.case_pane import Entry
from tlbb_desktop.screens.cases.consents import ConsentRecords
from tlbb_desktop.screens.cases.overview import OverviewSection
from tlbb_desktop.screens.cases.section import CaseSection, RecordsSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


def _overview(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return OverviewSection(desk)


def _consents(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return RecordsSection(ConsentRecords(desk), N_("Consents"), "db")


ENTRIES: Final = (
    Entry("overview", Np_("part of a case", "Overview"), "info", Action.CASE_READ, _overview),
    Entry("consents", N_("Consents"), "handshake", Action.CONSENT_READ, _consents),
)
