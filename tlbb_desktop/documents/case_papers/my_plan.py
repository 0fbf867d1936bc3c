"""The plan that the young person carries: own words, own people, own days, and nothing that tells where it was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tlbb_desktop.documents.case_papers.texts import day, joined, said, typed
from tlbb_desktop.domain.case_papers import CaseOnPaper
from tlbb_desktop.domain.case_plans import Doer, GoalStatus, PlanAction, PlanGoal
from tlbb_desktop.domain.follow_ups import FollowUpForm
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanBlock,
    PlanDocument,
    PlanLines,
    PlanList,
    PlanParagraph,
    PlanParty,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.release_plans import ItemForm
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("my plan", "My plan")
I_AM: Final = Np_("my plan", "I")
MY_HELPER: Final = Np_("my plan", "Who accompanies me")
INTRODUCTION: Final = Np_(
    "my plan", "We made this plan together. It says what I want, what I can do, who helps me, and when."
)
GOALS: Final = Np_("my plan", "What I want")
GOOD_AT: Final = Np_("my plan", "What I am good at")
HELPED_BY: Final = Np_("my plan", "Who helps me")
STEPS: Final = Np_("my plan", "My steps")
WHAT: Final = Np_("my plan", "What")
WHO: Final = Np_("my plan", "Who")
WHEN: Final = Np_("my plan", "When")
ME: Final = Np_("my plan", "I")
MY_FAMILY: Final = Np_("my plan", "My family")
MEETINGS: Final = Np_("my plan", "When we meet")
FROM_TO: Final = Np_("my plan", "between {first} and {last}")
HARD: Final = Np_("my plan", "When it gets hard")
HARD_WORDS: Final = Np_("my plan", "I talk to somebody I trust before I do anything. I may call at any time.")
PEOPLE: Final = Np_("my plan", "Numbers that I call")
_SHARES: Final = (0.5, 0.27, 0.23)
_MEETINGS: Final = 6
#: It is carried and read by young people; a fuller one takes a second page.
_SMALLEST: Final = 0.8
_OWN_KEYS: Final = ("weekly_plan", "mentor", "next_step", "first_job")


def my_plan_paper(case: CaseOnPaper) -> PlanDocument:
    """ផែនការរបស់ខ្ញុំ. Its texts are looked through for signs of detention before it is handed out."""
    subject = case.subject
    me = PlanParty(said(I_AM), subject.names.khmer, subject.names.latin)
    helper = (PlanParty(said(MY_HELPER), subject.worker),) if subject.worker else ()
    return PlanDocument(
        title=said(TITLE),
        made_on=subject.made_on,
        parties=(me, *_family(case), *helper),
        introduction=said(INTRODUCTION),
        sections=tuple(_sections(case)),
        signers=(
            PlanSigner(said(I_AM), subject.names.khmer or subject.names.latin),
            PlanSigner(said(MY_HELPER), subject.worker),
        ),
        place=subject.place,
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
        one_page=True,
        smallest=_SMALLEST,
    )


def _family(case: CaseOnPaper) -> Iterator[PlanParty]:
    adult = case.release_plan.form.adult if case.release_plan else None
    if adult and adult.name:
        yield PlanParty(said(MY_FAMILY), adult.name, "", joined((typed(adult.relation), typed(adult.phone))))


def _sections(case: CaseOnPaper) -> Iterator[PlanSection]:
    newest = case.assessments[0].form if case.assessments else None
    goals = tuple(typed(goal.form.statement) for goal in _goals(case) if goal.form.statement)
    if newest and newest.want:
        goals = (typed(newest.want), *goals)
    yield PlanSection(said(GOALS), (_listed(goals, numbered=True),))
    yield PlanSection(said(GOOD_AT), (_paragraph(newest.good_at if newest else ""),))
    yield PlanSection(said(STEPS), (PlanTable((said(WHAT), said(WHO), said(WHEN)), _steps(case), _SHARES),))
    yield PlanSection(said(HELPED_BY), (_paragraph(newest.helped_by if newest else ""),))
    meetings = tuple(map(_meeting, _open_contacts(case)))
    yield PlanSection(said(MEETINGS), (_listed(meetings),))
    yield PlanSection(said(HARD), (PlanParagraph(said(HARD_WORDS)), PlanLines(1, said(PEOPLE))))


def _goals(case: CaseOnPaper) -> Iterator[PlanGoal]:
    """Those that are worked on and that nobody has to be ashamed of: health and substances stay off a carried paper."""
    for goal in case.plan.goals if case.plan else ():
        if goal.form.status is GoalStatus.OPEN and not goal.form.restricted:
            yield goal


def _steps(case: CaseOnPaper) -> tuple[tuple[PlanText, ...], ...]:
    rows = [
        _step(action)
        for goal in _goals(case)
        for action in goal.actions
        if action.form.done_on is None and action.form.doer in (Doer.PARTICIPANT, Doer.FAMILY, Doer.AGENCY)
    ]
    rows += [(typed(item.note), said(ME), NOTHING_SAID) for item in _own_items(case)]
    return tuple(rows) or ((NOTHING_SAID,) * 3,) * 3


def _step(action: PlanAction) -> tuple[PlanText, ...]:
    form = action.form
    who = {Doer.PARTICIPANT: said(ME), Doer.FAMILY: said(MY_FAMILY)}.get(form.doer, NOTHING_SAID)
    return typed(form.what), joined((who, typed(form.who))), day(form.due_on)


def _own_items(case: CaseOnPaper) -> Iterator[ItemForm]:
    items = (item.form for item in case.release_plan.items) if case.release_plan else ()
    for item in items:
        if item.key in _OWN_KEYS and item.note:
            yield item


def _open_contacts(case: CaseOnPaper) -> list[FollowUpForm]:
    waiting = [each.form for each in case.follow_ups if not each.done and each.form.late_after >= case.subject.made_on]
    return waiting[:_MEETINGS]


def _meeting(form: FollowUpForm) -> PlanText:
    return said(FROM_TO, first=day(form.due_on), last=day(form.late_after))


def _listed(points: tuple[PlanText, ...], *, numbered: bool = False) -> PlanBlock:
    return PlanList(points, numbered) if points else PlanLines(2)


def _paragraph(text: str) -> PlanBlock:
    return PlanParagraph(typed(text)) if text else PlanLines(1)
