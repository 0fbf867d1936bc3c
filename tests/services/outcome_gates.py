"""Papers, endings, reports and journeys with the action that each method asks for; see ``gates``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tlbb_desktop.data.models import IssuedReport
from tlbb_desktop.domain.case_papers import CasePaper, PrintReason
from tlbb_desktop.domain.cases import CloseReason, RetentionAct
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.form_code import road_code
from tlbb_desktop.domain.issued_reports import IssuedFigure, IssuedReportForm
from tlbb_desktop.domain.outcome_reports import EVERYBODY, OutcomeReport
from tlbb_desktop.domain.plan_papers import PlanText
from tlbb_desktop.domain.road_pack import RoadStop
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.road_packs import RoadPack, _stored
from tlbb_desktop.services.sealed_forms import ISSUED_REPORT
from tlbb_desktop.wiring import Desk

if TYPE_CHECKING:
    from tests.services.gate_world import World

Call = Callable[[Desk, Any], Any]
A = Action


def _pack(world: World) -> RoadPack:
    stop = RoadStop(world.follow_up_id, "0003", "", "", PlanText(""), FollowUpKind.HOURS_72, world.day)
    return RoadPack("111-12G", world.day, (stop,))


def _report(world: World) -> OutcomeReport:
    return OutcomeReport(world.day, EVERYBODY, (), {})


#: Method -> what it asks, a call, whether it refuses another prison.
OUTCOME_GATES: dict[str, tuple[Action, Call, bool]] = {
    "case_papers.paper": (
        A.CASE_PRINT,
        lambda d, w: d.case_papers.paper(w.cases.case_id, CasePaper.CHECKLIST, "km", PrintReason.PRISON),
        True,
    ),
    "case_papers.save": (
        A.CASE_PRINT,
        lambda d, w: d.case_papers.save(
            w.cases.case_id, CasePaper.CHECKLIST, "km", PrintReason.PRISON, w.folder / "checklist.pdf"
        ),
        True,
    ),
    "case_papers.case_with_code": (A.CASE_READ, lambda d, w: d.case_papers.case_with_code("0001"), True),
    "case_endings.gaps": (A.AFTERCARE_READ, lambda d, w: d.case_endings.gaps(w.cases.case_id), True),
    "case_endings.close": (
        A.CASE_CLOSE,
        lambda d, w: d.case_endings.close(w.cases.case_id, CloseReason.TRANSFERRED, 99),
        True,
    ),
    "case_endings.ask": (
        A.RETENTION,
        lambda d, w: d.case_endings.ask(w.cases.case_id, RetentionAct.SEAL, "a test"),
        True,
    ),
    "case_endings.requests": (A.RETENTION, lambda d, w: d.case_endings.requests(), False),
    "case_endings.decide": (A.RETENTION, lambda d, w: d.case_endings.decide(99, approved=True, seen=1), False),
    "outcome_reports.report": (A.OUTCOME_READ, lambda d, w: d.outcome_reports.report(w.day), False),
    "outcome_reports.issue": (A.OUTCOME_ISSUE, lambda d, w: d.outcome_reports.issue(_report(w)), False),
    "outcome_reports.paper": (A.OUTCOME_READ, lambda d, w: d.outcome_reports.paper(_report(w), "km"), False),
    "outcome_reports.as_issued": (A.OUTCOME_ISSUE, lambda d, w: d.outcome_reports.as_issued("-26-R001"), False),
    "outcome_reports.issued_paper": (
        A.OUTCOME_ISSUE,
        lambda d, w: d.outcome_reports.issued_paper("-26-R001", "km"),
        False,
    ),
    "outcome_reports.issued": (A.OUTCOME_ISSUE, lambda d, w: d.outcome_reports.issued(), False),
    "outcome_reports.changes": (A.OUTCOME_ISSUE, lambda d, w: d.outcome_reports.changes("-26-R001"), False),
    "road_packs.stops": (
        A.AFTERCARE_READ,
        lambda d, w: d.road_packs.stops("", w.day, w.day + timedelta(days=6)),
        False,
    ),
    "road_packs.take_back": (A.AFTERCARE_WRITE, lambda d, w: d.road_packs.take_back(_pack(w), 1), True),
    "road_packs.make": (A.AFTERCARE_WRITE, lambda d, w: d.road_packs.make(_pack(w).stops, w.day), False),
    "road_packs.paper": (A.AFTERCARE_READ, lambda d, w: d.road_packs.paper(_pack(w), "km"), False),
    "road_packs.save": (
        A.AFTERCARE_READ,
        lambda d, w: d.road_packs.save(_pack(w), "km", w.folder / "road.pdf"),
        False,
    ),
    "road_packs.with_code": (A.AFTERCARE_READ, lambda d, w: d.road_packs.with_code("111-12G"), False),
    "road_packs.enter": (A.AFTERCARE_WRITE, lambda d, w: d.road_packs.enter(_pack(w), 1, "1", w.day), True),
    "road_packs.not_met": (A.AFTERCARE_WRITE, lambda d, w: d.road_packs.not_met(_pack(w), 1, w.day), True),
}

_PAPER = {"care_read", "contact_read", "counselling_own", "identity_read", "legal_read", "people_read"}
#: What a method asks besides the action of its gate.
OUTCOME_BESIDES: dict[str, set[str]] = {
    "case_papers.paper": _PAPER,
    "case_papers.save": _PAPER,
    "case_papers.case_with_code": {"people_read"},
    "road_packs.enter": {"aftercare_read"},
    "road_packs.take_back": {"aftercare_read"},
}


def open_journey(desk: Desk, world: World) -> None:
    """Open a journey that is on record by the code of its paper."""
    stop = _pack(world).stops[0]
    form = IssuedReportForm("road_pack", figures=(IssuedFigure(str(stop.follow_up_id), _stored(stop)),))
    with desk.office.own_act() as act:
        made = act.connection.exec_driver_sql("SELECT count(*) FROM issued_report").scalar_one()
        code = road_code(made + 1)
        ISSUED_REPORT.add(act, desk.office.cipher, IssuedReport(kind="road_pack", number=code, as_of=world.day), form)
    desk.road_packs.with_code(code)


#: Calls that reach further.
OUTCOME_FURTHER: dict[str, tuple[Call, ...]] = {"road_packs.with_code": (open_journey,)}
