"""Every part of a case, in the order in which they stand; each is built when it is first opened."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.case_pane import Entry
from tlbb_desktop.screens.cases.consents import ConsentRecords
from tlbb_desktop.screens.cases.law import LawSection
from tlbb_desktop.screens.cases.notes_section import NotesSection
from tlbb_desktop.screens.cases.overview import OverviewSection
from tlbb_desktop.screens.cases.referrals_section import ReferralsSection
from tlbb_desktop.screens.cases.section import CaseSection, RecordsSection
from tlbb_desktop.screens.cases.visits import VisitsSection
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


def _overview(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return OverviewSection(desk)


def _consents(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return RecordsSection(ConsentRecords(desk), N_("Consents"), "db")


def _law(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return LawSection(desk)


def _notes(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return NotesSection(desk)


def _visits(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return VisitsSection(desk)


def _referrals(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return ReferralsSection(desk)


ENTRIES: Final = (
    Entry("overview", Np_("part of a case", "Overview"), "info", Action.CASE_READ, _overview),
    Entry("consents", N_("Consents"), "handshake", Action.CONSENT_READ, _consents),
    Entry("law", N_("Law and release date"), "shield", Action.LEGAL_READ, _law),
    Entry("notes", N_("Notes"), "pencil", Action.CARE_READ, _notes),
    Entry("visits", N_("Visits"), "users", Action.VISIT_DAYS_READ, _visits),
    Entry("referrals", N_("Referrals"), "link", Action.CARE_READ, _referrals),
)
