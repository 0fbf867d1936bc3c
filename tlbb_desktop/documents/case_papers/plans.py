"""The case plan and its review sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tlbb_desktop.documents.case_papers.texts import day, joined, money, number, parties, said, typed
from tlbb_desktop.domain.assessment_words import DOMAIN_NAMES, LEVEL_NAMES
from tlbb_desktop.domain.case_papers import CaseOnPaper, CaseSubject
from tlbb_desktop.domain.case_plans import CasePlan, GoalStatus, PlanAction, PlanGoal, PlanStatus
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanBlock,
    PlanDocument,
    PlanLines,
    PlanParagraph,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.plan_words import DOER_NAMES, GOAL_STAGE_NAMES, GOAL_STATUS_NAMES
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("case paper", "Case plan")
VERSION: Final = Np_("case paper", "Version {n}, from {start}. Next review: {review}.")
NOT_APPROVED: Final = Np_("case paper", "Not yet approved.")
APPROVED: Final = Np_("case paper", "Approved on {day} by {name}.")
NO_PLAN: Final = Np_("case paper", "There is no plan on record yet. It is written here by hand.")
STRENGTH: Final = Np_("case paper", "Strength that is used: {text}")
LEVELS: Final = Np_("case paper", "From “{now}” to “{then}” by {day}")
HIDDEN: Final = Np_("case paper", "Goals of health and substances stand in the protected part: {n}.")
WHAT: Final = Np_("case paper", "What is done")
WHO: Final = Np_("case paper", "Who")
BY: Final = Np_("case paper", "By")
DONE: Final = Np_("case paper", "Done")
RESULT: Final = Np_("case paper", "Result and cost")
PARTICIPANT: Final = Np_("case paper", "Participant")
GUARDIAN: Final = Np_("case paper", "Parent or guardian")
WORKER: Final = Np_("case paper", "Case worker")
MANAGER: Final = Np_("case paper", "Manager")
REVIEW: Final = Np_("case paper", "Review of the case plan")
REVIEWED_ON: Final = Np_("case paper", "Day of the review: {day}. Present: {present}")
GOAL: Final = Np_("case paper", "Goal")
PROGRESS: Final = Np_("case paper", "Progress (0, 25, 50, 75, 100)")
NEW_LEVEL: Final = Np_("case paper", "New level (1 to 4)")
GOALS: Final = Np_("case paper", "Goals")
HELPED: Final = Np_("case paper", "What helped")
OBSTACLES: Final = Np_("case paper", "What stood in the way")
CHANGES: Final = Np_("case paper", "What changes in the plan")
NEXT: Final = Np_("case paper", "Next review")
_ACTION_SHARES: Final = (0.31, 0.19, 0.15, 0.15, 0.2)
_REVIEW_SHARES: Final = (0.5, 0.28, 0.22)
_FREE_ROWS: Final = 4


def plan_paper(case: CaseOnPaper) -> PlanDocument:
    """The newest version of the case plan, or a sheet to write one on."""
    subject, plan = case.subject, case.plan
    return PlanDocument(
        title=said(TITLE),
        made_on=subject.made_on,
        parties=parties(subject, named=True),
        introduction=_introduction(plan),
        sections=tuple(_sections(plan)),
        signers=signers(subject),
        place=subject.place,
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
    )


def review_paper(case: CaseOnPaper) -> PlanDocument:
    """The last review of the plan, or a sheet to write one on."""
    subject, plan = case.subject, case.plan
    review = plan.reviews[0] if plan and plan.reviews else None
    done = {each.goal_id: each for each in review.form.progress} if review else {}
    rows = []
    for goal in plan.goals if plan else ():
        found = done.get(goal.id or 0)
        cells = (number(found.percent if found else None), number(found.level if found else None))
        rows.append((typed(goal.form.statement), *cells))
    rows += [(NOTHING_SAID,) * 3] * (0 if rows else _FREE_ROWS)
    head = (said(GOAL), said(PROGRESS), said(NEW_LEVEL))
    form = review.form if review else None
    return PlanDocument(
        title=said(REVIEW),
        made_on=subject.made_on,
        parties=parties(subject, named=True),
        introduction=said(
            REVIEWED_ON, day=day(review.on_day) if review else "…………", present=(form.present if form else "") or "…………"
        ),
        sections=(
            PlanSection(said(GOALS), (PlanTable(head, tuple(rows), _REVIEW_SHARES, centred=frozenset({1, 2})),)),
            _told(HELPED, form.helped if form else ""),
            _told(OBSTACLES, form.obstacles if form else ""),
            _told(CHANGES, form.changes if form else ""),
            PlanSection(said(NEXT), (PlanParagraph(day(form.next_on)) if form else PlanLines(1),)),
        ),
        signers=signers(subject),
        place=subject.place,
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
    )


def signers(subject: CaseSubject) -> tuple[PlanSigner, ...]:
    """Who signs a plan: participant and guardian by thumbprint, the case worker, the manager."""
    return (
        PlanSigner(said(PARTICIPANT), subject.names.khmer or subject.names.latin, thumbprint=True),
        PlanSigner(said(GUARDIAN), thumbprint=True),
        PlanSigner(said(WORKER), subject.worker),
        PlanSigner(said(MANAGER)),
    )


def standing(status: PlanStatus, approved_on: PlanText, by: str) -> PlanText:
    """Whether a plan is approved: printing never waits for it."""
    if status is PlanStatus.DRAFT or not by:
        return said(NOT_APPROVED)
    return said(APPROVED, day=approved_on, name=by)


def _introduction(plan: CasePlan | None) -> PlanText:
    if plan is None:
        return said(NO_PLAN)
    version = said(VERSION, n=plan.number, start=day(plan.form.starts_on), review=day(plan.form.review_due_on))
    approved = day(plan.approved_at.date() if plan.approved_at else None)
    return joined((version, standing(plan.status, approved, plan.approved_by)), " ")


def _sections(plan: CasePlan | None) -> Iterator[PlanSection]:
    for goal in plan.goals if plan else ():
        yield PlanSection(_goal_title(goal), tuple(_goal(goal)))
    if plan is None:
        yield PlanSection(said(GOALS), (PlanLines(_FREE_ROWS),))
    elif plan.goals_hidden:
        yield PlanSection(said(GOALS), (PlanParagraph(said(HIDDEN, n=plan.goals_hidden)),))


def _goal_title(goal: PlanGoal) -> PlanText:
    parts = [said(DOMAIN_NAMES[goal.form.domain]), said(GOAL_STAGE_NAMES[goal.form.stage])]
    if goal.form.status is not GoalStatus.OPEN:
        parts.append(said(GOAL_STATUS_NAMES[goal.form.status]))
    return joined(parts)


def _goal(goal: PlanGoal) -> Iterator[PlanBlock]:
    form = goal.form
    if form.statement:
        yield PlanParagraph(typed(f"« {form.statement} »"))
    if form.strength:
        yield PlanParagraph(said(STRENGTH, text=form.strength))
    if form.baseline and form.target:
        levels = {"now": said(LEVEL_NAMES[form.baseline]), "then": said(LEVEL_NAMES[form.target])}
        yield PlanParagraph(said(LEVELS, **levels, day=day(form.target_on) if form.target_on else "…………"))
    rows = tuple(map(_action, goal.actions)) or ((NOTHING_SAID,) * 5,)
    yield PlanTable((said(WHAT), said(WHO), said(BY), said(DONE), said(RESULT)), rows, _ACTION_SHARES)


def _action(action: PlanAction) -> tuple[PlanText, ...]:
    form = action.form
    who = joined((said(DOER_NAMES[form.doer]), typed(form.who)))
    return (
        typed(form.what),
        who,
        day(form.due_on),
        day(form.done_on),
        joined((typed(form.result), money(form.cost))),
    )


def _told(title: str, text: str) -> PlanSection:
    return PlanSection(said(title), (PlanParagraph(typed(text)) if text else PlanLines(2),))
