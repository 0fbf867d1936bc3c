"""Every part of a case, in the order in which they stand; each is built when it is first opened."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.qt.tasks import TaskRunner
from tlbb_desktop.screens.cases.assessments import AssessmentRecords
from tlbb_desktop.screens.cases.case_pane import Entry
from tlbb_desktop.screens.cases.consents import ConsentRecords
from tlbb_desktop.screens.cases.law import LawSection
from tlbb_desktop.screens.cases.notes_section import NotesSection
from tlbb_desktop.screens.cases.overview import OverviewSection
from tlbb_desktop.screens.cases.plan_section import PlanSection
from tlbb_desktop.screens.cases.protected import ProtectedReader, ProtectedSection, SealReader
from tlbb_desktop.screens.cases.referrals_section import ReferralsSection
from tlbb_desktop.screens.cases.scores import ScoreRecords
from tlbb_desktop.screens.cases.section import CaseSection, RecordsSection
from tlbb_desktop.screens.cases.visits import VisitRecords
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.wiring import Desk


def _overview(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return OverviewSection(desk)


def _consents(desk: Desk, tasks: TaskRunner) -> CaseSection:
    return RecordsSection(ConsentRecords(desk), N_("Consents"), tasks, "db")


def _law(desk: Desk, _tasks: TaskRunner) -> CaseSection:
    return LawSection(desk)


def _notes(desk: Desk, tasks: TaskRunner) -> CaseSection:
    return NotesSection(desk, tasks)


def _visits(desk: Desk, tasks: TaskRunner) -> CaseSection:
    reader = SealReader(desk)
    return ProtectedSection(VisitRecords(desk, reader), reader, N_("Visits"), tasks, compartment="family")


def _referrals(desk: Desk, tasks: TaskRunner) -> CaseSection:
    return ReferralsSection(desk, tasks)


def _assessments(desk: Desk, tasks: TaskRunner) -> CaseSection:
    reader = ProtectedReader(desk)
    return ProtectedSection(AssessmentRecords(desk, reader), reader, N_("Assessments"), tasks)


def _scores(desk: Desk, tasks: TaskRunner) -> CaseSection:
    reader = ProtectedReader(desk)
    return ProtectedSection(ScoreRecords(desk, reader), reader, N_("Scores"), tasks)


def _plan(desk: Desk, tasks: TaskRunner) -> CaseSection:
    return PlanSection(desk, tasks)


ENTRIES: Final = (
    Entry("overview", Np_("part of a case", "Overview"), "info", Action.CASE_READ, _overview),
    Entry("consents", N_("Consents"), "handshake", Action.CONSENT_READ, _consents),
    Entry("law", N_("Law and release date"), "shield", Action.LEGAL_READ, _law),
    Entry("assessments", N_("Assessments"), "clipboard-list", Action.CARE_READ, _assessments),
    Entry("scores", N_("Scores"), "chart-column", Action.CARE_READ, _scores),
    Entry("plan", N_("Case plan"), "list-checks", Action.CARE_READ, _plan),
    Entry("notes", N_("Notes"), "pencil", Action.CARE_READ, _notes),
    Entry("visits", N_("Visits"), "users", Action.VISIT_DAYS_READ, _visits),
    Entry("referrals", N_("Referrals"), "link", Action.CARE_READ, _referrals),
)
