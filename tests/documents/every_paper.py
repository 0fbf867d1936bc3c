"""Every paper of the program with content of nobody, for tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from tests.documents.cases import CASE, DAY, ISSUED, LEAVING, REPORT, SITES, STOPS, SUBJECT
from tests.documents.certificates import CERTIFICATE, certificate_paper
from tests.documents.plans import PLAN
from tests.documents.sheets import NOVEMBER, draft_sheet, full_sheet
from tests.documents.training_records import RECORD
from tlbb_desktop.documents.attendance_pdf import attendance_pdf
from tlbb_desktop.documents.bench_sheet_pdf import bench_sheet_pdf
from tlbb_desktop.documents.blank_register_pdf import blank_register_pdf
from tlbb_desktop.documents.case_papers.making import case_paper_pdf, documents_of
from tlbb_desktop.documents.certificate_pdf import certificate_pdf
from tlbb_desktop.documents.code_pdf import code_pdf
from tlbb_desktop.documents.gate_list import gate_list
from tlbb_desktop.documents.outcome_report import outcome_report_paper
from tlbb_desktop.documents.plan_pdf import plan_pdf, plans_pdf
from tlbb_desktop.documents.prison_month_pdf import prison_month_pdf
from tlbb_desktop.documents.road_pack_papers import road_list, road_sheets
from tlbb_desktop.documents.roll_pdf import roll_pdf
from tlbb_desktop.documents.training_record_pdf import training_record_pdf
from tlbb_desktop.documents.typesetting import FinishedPaper, Heading, PaperLanguage
from tlbb_desktop.domain.assessment import CellState, EntryKind, Outcome
from tlbb_desktop.domain.bench_sheets import BenchSheet
from tlbb_desktop.domain.case_papers import CasePaper
from tlbb_desktop.domain.certificates import CertificateKind
from tlbb_desktop.domain.code_papers import CodeKind
from tlbb_desktop.domain.curricula import Basis, Criterion, Unit
from tlbb_desktop.domain.form_code import bench_code
from tlbb_desktop.domain.plan_papers import PlanSigner, PlanText
from tlbb_desktop.domain.register import MonthSheet, SheetState
from tlbb_desktop.domain.sheet_rules import PrisonMonth

Maker = Callable[[PaperLanguage], FinishedPaper]
KHMER, ENGLISH, BOTH = PaperLanguage.KHMER, PaperLanguage.ENGLISH, PaperLanguage.BOTH


def issued_sheet() -> MonthSheet:
    """The absence list as it is handed over."""
    return replace(full_sheet(), state=SheetState.ISSUED, number=1, code="9F3C21AB", series="K")


def prison_month() -> PrisonMonth:
    """A class that was issued and one that is not marked to the end."""
    life = draft_sheet()
    group = replace(life.register.group, code="SR-LIFE-26", course_km="បំណិនជីវិត", course_en="Life skills")
    other = replace(life, register=replace(life.register, group=group))
    return PrisonMonth(other.prison_names, NOVEMBER, (issued_sheet(), other), demonstration=True, made_on=NOVEMBER.last)


def bench_sheet() -> BenchSheet:
    """A unit with seven criteria, of a class of which some were competent before."""
    register = full_sheet().register
    criteria = tuple(
        Criterion(number, "លៃតម្រូវគម្លាតស៊ូប៉ាប់ក្នុងកម្រិត", "Sets the valve clearance within limits", number in {2, 6})
        for number in range(1, 8)
    )
    unit = Unit(5, "M05", "ថែទាំតាមកាលកំណត់", "Periodic service and adjustment", 64, criteria)
    reached = CellState(Outcome.COMPETENT, EntryKind.ATTEMPT, date(2026, 11, 3), 1, 0, 1)
    learners = register.learners
    before = {each.person_id: reached for each in learners[::3]}
    code = bench_code(register.group.id, 5)
    return BenchSheet(register.group, unit, Basis.COMPETENCE, date(2026, 11, 20), learners, before, code)


def _certificate(
    language: PaperLanguage,
    kind: CertificateKind = CertificateKind.COMPLETION,
    heading: Heading = Heading.NGO,
    units: int = 7,
    **more: bool,
) -> FinishedPaper:
    said = replace(CERTIFICATE, kind=kind, competences=CERTIFICATE.competences[:units])
    return certificate_pdf([certificate_paper(said, **more)], language, heading)


def _case_paper(language: PaperLanguage, paper: CasePaper) -> FinishedPaper:
    return case_paper_pdf(paper, documents_of(paper, CASE), language)


def _code(language: PaperLanguage) -> FinishedPaper:
    return code_pdf(CodeKind.RECOVERY, ("ABCDE", "FGH2J", "K7MNP", "QR3TV") * 2, DAY, language)


def _gate_list(language: PaperLanguage) -> FinishedPaper:
    handed_by = PlanSigner(PlanText("មន្ត្រីទំនាក់ទំនង", "Liaison"), SUBJECT.worker)
    return plan_pdf(gate_list(LEAVING, DAY, 30, SITES, handed_by, SUBJECT.issuer, demonstration=True), language)


def _road_sheets(language: PaperLanguage) -> FinishedPaper:
    sheets = road_sheets(STOPS[:2], "111-12G", DAY, demonstration=True)
    return plans_pdf(sheets, language, sheets[0].title, Heading.NONE)


#: Name of the paper -> what makes it.
PAPERS: Final[dict[str, Maker]] = {
    "attendance": lambda language: attendance_pdf(issued_sheet(), language),
    "attendance-draft": lambda language: attendance_pdf(draft_sheet(), language),
    "prison-month": lambda language: prison_month_pdf(prison_month(), language),
    "blank-register": lambda language: blank_register_pdf(full_sheet(), language),
    "bench-sheet": lambda language: bench_sheet_pdf(bench_sheet(), language),
    "roll": lambda language: roll_pdf(full_sheet(), date(2026, 11, 20), language),
    "certificate": _certificate,
    "certificate-state": partial(_certificate, heading=Heading.STATE),
    "certificate-joint": partial(_certificate, heading=Heading.JOINT, duplicate=True),
    "certificate-without-units": partial(_certificate, units=0, demonstration=True),
    "partial-statement": partial(_certificate, kind=CertificateKind.PARTIAL, units=3),
    "participation": partial(_certificate, kind=CertificateKind.PARTICIPATION, units=0),
    "training-record": lambda language: training_record_pdf(RECORD, language),
    "training-record-state": lambda language: training_record_pdf(RECORD, language, Heading.STATE),
    "plan": lambda language: plan_pdf(PLAN, language),
    "plan-joint": lambda language: plan_pdf(replace(PLAN, draft=True), language, Heading.JOINT),
    **{f"case-{paper.value}": partial(_case_paper, paper=paper) for paper in CasePaper},
    "road-list": lambda language: plan_pdf(road_list(STOPS, "111-12G", DAY), language, Heading.NONE),
    "road-sheets": _road_sheets,
    "recovery-key": _code,
    "outcomes": lambda language: plan_pdf(outcome_report_paper(REPORT, issued=ISSUED), language),
    "gate-list": _gate_list,
}
#: Papers of which one language is enough for a picture.
ONCE: Final = {
    "bench-sheet": BOTH,
    "attendance-draft": KHMER,
    "prison-month": KHMER,
    "certificate-state": BOTH,
    "certificate-joint": BOTH,
    "certificate-without-units": KHMER,
    "participation": ENGLISH,
    "training-record-state": KHMER,
    "plan-joint": ENGLISH,
    **{f"case-{paper.value}": KHMER for paper in CasePaper},
    "case-checklist": BOTH,
    "case-release": BOTH,
    "road-list": KHMER,
    "road-sheets": BOTH,
    "outcomes": KHMER,
    "gate-list": BOTH,
    "recovery-key": BOTH,
}


def pictured() -> Iterator[tuple[str, PaperLanguage]]:
    """The papers of which there is a golden picture."""
    for name in PAPERS:
        for language in [ONCE[name]] if name in ONCE else PaperLanguage:
            yield name, language
