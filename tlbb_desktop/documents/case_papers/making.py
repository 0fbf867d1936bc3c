"""From a case to the file of one of its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from tlbb_desktop.documents.case_papers.assessment import assessment_paper
from tlbb_desktop.documents.case_papers.follow_up import follow_up_paper
from tlbb_desktop.documents.case_papers.ministry_forms import all_forms, ministry_forms
from tlbb_desktop.documents.case_papers.my_plan import my_plan_paper
from tlbb_desktop.documents.case_papers.plans import plan_paper, review_paper
from tlbb_desktop.documents.case_papers.release import checklist_paper, release_paper
from tlbb_desktop.documents.plan_pdf import plan_pdf, plans_pdf
from tlbb_desktop.documents.typesetting import FinishedPaper, Heading, PaperLanguage
from tlbb_desktop.domain.case_papers import CaseOnPaper, CasePaper
from tlbb_desktop.domain.plan_papers import PlanDocument

_ALONE: Final[dict[CasePaper, Callable[[CaseOnPaper], PlanDocument]]] = {
    CasePaper.ASSESSMENT: assessment_paper,
    CasePaper.PLAN: plan_paper,
    CasePaper.REVIEW: review_paper,
    CasePaper.RELEASE: release_paper,
    CasePaper.CHECKLIST: checklist_paper,
    CasePaper.MY_PLAN: my_plan_paper,
    CasePaper.FOLLOW_UP: follow_up_paper,
}


def documents_of(paper: CasePaper, case: CaseOnPaper) -> tuple[PlanDocument, ...]:
    """What a paper says: one document, or the six forms of the Ministry."""
    return ministry_forms(case) if paper is CasePaper.FORMS else (_ALONE[paper](case),)


def case_paper_pdf(paper: CasePaper, documents: Iterable[PlanDocument], language: PaperLanguage) -> FinishedPaper:
    """The file. The Ministry's forms bear the Kingdom over the page, the others the organisation alone."""
    heading = Heading.STATE if paper is CasePaper.FORMS else Heading.NGO
    made = tuple(documents)
    return plans_pdf(made, language, all_forms(), heading) if len(made) > 1 else plan_pdf(made[0], language, heading)
