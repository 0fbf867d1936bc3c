"""Forms 1 to 6 of the Ministry of Social Affairs, in the layout that its offices accept, filled from the record.

Source: programme facts, section 4 (the numbered forms as they are in use). What the record does not hold is left free.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tlbb_desktop.documents.case_papers.plans import GUARDIAN, MANAGER, WORKER
from tlbb_desktop.documents.case_papers.texts import day, joined, labelled_text, number, parties, said, typed
from tlbb_desktop.domain.assessment_words import DOMAIN_NAMES
from tlbb_desktop.domain.case_papers import CaseOnPaper
from tlbb_desktop.domain.case_plans import GoalStatus, PlanGoal
from tlbb_desktop.domain.outcome_words import REACHED_NAMES, VIEW_NAMES, contact_name
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanBlock,
    PlanCheck,
    PlanChecklist,
    PlanDocument,
    PlanLines,
    PlanParagraph,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.plan_words import DOER_NAMES
from tlbb_desktop.domain.strengths import Assessment, StrengthDomain
from tlbb_desktop.i18n.marks import Np_

FORM: Final = Np_("ministry form", "Form {n}: {title}")
TITLES: Final = (
    Np_("ministry form", "Basic information"),
    Np_("ministry form", "Assessment of case and family"),
    Np_("ministry form", "Service plan"),
    Np_("ministry form", "Placement of the child"),
    Np_("ministry form", "Monitoring and follow-up"),
    Np_("ministry form", "Final assessment"),
)
CHILD: Final = Np_("ministry form", "Child")
PLACE: Final = Np_("ministry form", "Place and day of the interview: {text}")
ADDRESS: Final = Np_("ministry form", "Address (village, commune, district, province): {text}")
INFORMANT: Final = Np_("ministry form", "Who gave the information")
INFORMANTS: Final = (
    Np_("ministry form", "The child"),
    Np_("ministry form", "Parents"),
    Np_("ministry form", "Guardian"),
    Np_("ministry form", "Carer"),
    Np_("ministry form", "Somebody else"),
)
KIND: Final = Np_("ministry form", "Kind of child")
IN_CONFLICT: Final = Np_("ministry form", "Child in conflict with the law")
OTHER_KIND: Final = Np_("ministry form", "Another kind")
VIEW_OF_CHILD: Final = Np_("ministry form", "View of the child or the guardian")
VIEW_OF_WORKER: Final = Np_("ministry form", "View of the case worker")
NEEDS: Final = Np_("ministry form", "Needs, the most urgent first")
STATUS: Final = Np_("ministry form", "Status of the child (1 weak, 2 middling, 3 good, 4 very good)")
ITEM: Final = Np_("ministry form", "Item")
RANK: Final = Np_("ministry form", "Rank")
COMMENT: Final = Np_("ministry form", "Comment")
BEFORE: Final = Np_("ministry form", "Before")
NOW: Final = Np_("ministry form", "Now")
CONSENT: Final = Np_("ministry form", "Before the questions")
CONSENT_POINTS: Final = (
    Np_("ministry form", "Consent was asked for"),
    Np_("ministry form", "Confidentiality was explained"),
    Np_("ministry form", "The place is safe"),
    Np_("ministry form", "Rights were explained"),
)
CONCLUSION: Final = Np_("ministry form", "Conclusion")
CONCLUSIONS: Final = (
    Np_("ministry form", "Can be reintegrated"),
    Np_("ministry form", "Cannot be reintegrated"),
    Np_("ministry form", "Continue"),
    Np_("ministry form", "Close"),
)
GOAL: Final = Np_("ministry form", "Goal")
ACTION: Final = Np_("ministry form", "Detailed action")
WHO: Final = Np_("ministry form", "Who")
WHEN: Final = Np_("ministry form", "When")
RESULT: Final = Np_("ministry form", "Result")
SERVICES: Final = Np_("ministry form", "Services for the child and the family")
CHOICE: Final = Np_("ministry form", "Choice of placement, in the order of the policy")
CHOICES: Final = (
    Np_("ministry form", "Birth family"),
    Np_("ministry form", "Relatives"),
    Np_("ministry form", "Foster family"),
    Np_("ministry form", "Community group care"),
    Np_("ministry form", "Pagoda or place of faith"),
    Np_("ministry form", "Residential care"),
)
AGREEMENTS: Final = Np_("ministry form", "Agreements of the child, the carer and the case worker")
LOG: Final = Np_("ministry form", "Services that were given")
DAY: Final = Np_("ministry form", "Day")
SERVICE: Final = Np_("ministry form", "Contact or service")
PRESENT: Final = Np_("ministry form", "Present status")
NEXT: Final = Np_("ministry form", "Next step")
CLOSURE: Final = Np_("ministry form", "Closing of the case")
CLOSURES: Final = (
    Np_("ministry form", "Close"),
    Np_("ministry form", "Continue"),
    Np_("ministry form", "The child died"),
    Np_("ministry form", "The family is absent"),
    Np_("ministry form", "Moved or not found"),
    Np_("ministry form", "Another reason"),
)
STORY: Final = Np_("ministry form", "Story from reintegration to closing")
RULE: Final = Np_(
    "ministry form",
    "Rule of the form: child at least 21 and no item under 2; family at least 30 and no item under 2; together at least"
    " 48. Sum of the twelve domains on record: {total}.",
)
LOCAL: Final = Np_("ministry form", "Commune or sangkat")
CARER: Final = Np_("ministry form", "Carer")
ALL: Final = Np_("ministry form", "Forms 1 to 6")
_NEEDY: Final = 2
_FREE_ROWS: Final = 3
_RANKS: Final = frozenset({1, 2})


def all_forms() -> PlanText:
    """The name of the six together."""
    return said(ALL)


def ministry_forms(case: CaseOnPaper) -> tuple[PlanDocument, ...]:
    """The six forms, each a paper of its own."""
    sections = (_basic, _assessment, _services, _placement, _monitoring, _final)
    return tuple(_form(case, place, tuple(made(case))) for place, made in enumerate(sections))


def _form(case: CaseOnPaper, place: int, sections: tuple[PlanSection, ...]) -> PlanDocument:
    subject = case.subject
    return PlanDocument(
        title=said(FORM, n=place + 1, title=said(TITLES[place])),
        made_on=subject.made_on,
        parties=parties(subject, named=True),
        sections=sections,
        signers=_signers(case, place),
        place=subject.place,
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
    )


def _signers(case: CaseOnPaper, place: int) -> tuple[PlanSigner, ...]:
    worker, local = PlanSigner(said(WORKER), case.subject.worker), PlanSigner(said(LOCAL))
    child = PlanSigner(said(CHILD), case.subject.names.khmer, thumbprint=True)
    guardian = PlanSigner(said(GUARDIAN), thumbprint=True)
    return (
        (local, worker),
        (child, guardian, worker),
        (worker, guardian, local),
        (child, PlanSigner(said(CARER), thumbprint=True), worker, local),
        (child, guardian, worker),
        (child, guardian, worker, PlanSigner(said(MANAGER))),
    )[place]


def _basic(case: CaseOnPaper) -> Iterator[PlanSection]:
    subject = case.subject
    newest = case.assessments[0] if case.assessments else None
    where = joined((typed(newest.form.place), day(newest.on_day))) if newest else NOTHING_SAID
    yield PlanSection(
        said(TITLES[0]),
        (
            PlanParagraph(said(PLACE, text=where if any(where) else "…………………………")),
            PlanParagraph(said(ADDRESS, text=subject.address if any(subject.address) else "…………………………")),
        ),
    )
    yield PlanSection(said(INFORMANT), (_ticks(INFORMANTS),))
    kinds = (PlanCheck(said(IN_CONFLICT), done=True), PlanCheck(said(OTHER_KIND)))
    yield PlanSection(said(KIND), (PlanChecklist(kinds, columns=2),))
    yield PlanSection(said(NEEDS), (_needs_table(case),))
    yield PlanSection(said(VIEW_OF_CHILD), (_text(newest.form.want if newest else ""),))
    yield PlanSection(said(VIEW_OF_WORKER), (PlanLines(1),))


def _assessment(case: CaseOnPaper) -> Iterator[PlanSection]:
    yield PlanSection(said(CONSENT), (_ticks(CONSENT_POINTS),))
    yield PlanSection(said(STATUS), (_ranks(case),))
    yield PlanSection(said(CONCLUSION), (_ticks(CONCLUSIONS),))


def _services(case: CaseOnPaper) -> Iterator[PlanSection]:
    rows = [row for goal in _open_goals(case) for row in _goal_rows(goal)]
    head = tuple(map(said, (GOAL, ACTION, WHO, WHEN, RESULT)))
    empty = ((NOTHING_SAID,) * len(head),) * _FREE_ROWS
    yield PlanSection(said(SERVICES), (PlanTable(head, tuple(rows) or empty, (0.24, 0.26, 0.18, 0.16, 0.16)),))


def _placement(case: CaseOnPaper) -> Iterator[PlanSection]:
    adult = case.release_plan.form.adult if case.release_plan else None
    yield PlanSection(said(CHOICE), (_ticks(CHOICES),))
    carer = joined((typed(adult.name), typed(adult.relation), typed(adult.phone))) if adult else NOTHING_SAID
    yield PlanSection(said(CARER), (PlanParagraph(carer) if any(carer) else PlanLines(2),))
    home = (PlanParagraph(said(ADDRESS, text=case.home)),) if any(case.home) else ()
    yield PlanSection(said(AGREEMENTS), (*home, PlanLines(3)))


def _monitoring(case: CaseOnPaper) -> Iterator[PlanSection]:
    head = tuple(map(said, (DAY, SERVICE, PRESENT, NEXT)))
    rows: list[tuple[PlanText, ...]] = []
    for contact in case.follow_ups:
        form = contact.form
        if form.held_on is None:
            continue
        name, n = contact_name(form.kind)
        view = form.findings.view if form.findings else None
        reached = said(REACHED_NAMES[form.reached]) if form.reached else NOTHING_SAID
        status = joined((reached, said(VIEW_NAMES[view]) if view else NOTHING_SAID))
        rows.append((day(form.held_on), said(name, n=n), status, day(form.next_on)))
    rows += [(NOTHING_SAID,) * len(head)] * max(0, _FREE_ROWS - len(rows))
    yield PlanSection(said(LOG), (PlanTable(head, tuple(rows), (0.16, 0.3, 0.34, 0.2)),))
    yield PlanSection(said(COMMENT), (PlanLines(2),))


def _final(case: CaseOnPaper) -> Iterator[PlanSection]:
    yield PlanSection(said(STATUS), (_ranks(case),))
    total = case.assessments[0].total if case.assessments else None
    yield PlanSection(said(CLOSURE), (PlanParagraph(said(RULE, total=_total(total))), _ticks(CLOSURES)))
    yield PlanSection(said(STORY), (PlanLines(3),))


def _total(total: int | None) -> PlanText:
    return typed("…………") if total is None else number(total)


def _ranks(case: CaseOnPaper) -> PlanTable:
    """The twelve domains with the rank of before and of now; a low one says what is needed."""
    now, before = ((each.ratings if each else {}) for each in _newest_two(case))
    rows = []
    for domain in StrengthDomain:
        new, old = now.get(domain), before.get(domain)
        ranks = (number(old.level if old else None), number(new.level if new else None))
        rows.append((said(DOMAIN_NAMES[domain]), *ranks, typed(new.need or new.strength if new else "")))
    return PlanTable(
        tuple(map(said, (ITEM, BEFORE, NOW, COMMENT))), tuple(rows), (0.34, 0.12, 0.12, 0.42), centred=_RANKS
    )


def _newest_two(case: CaseOnPaper) -> tuple[Assessment | None, Assessment | None]:
    first, second, *_older = (*case.assessments, None, None)
    return first, second


def _needs_table(case: CaseOnPaper) -> PlanTable:
    return PlanTable((said(ITEM), said(RANK), said(COMMENT)), _needs(case), (0.4, 0.15, 0.45), centred=frozenset({1}))


def _needs(case: CaseOnPaper) -> tuple[tuple[PlanText, ...], ...]:
    ratings = case.assessments[0].ratings if case.assessments else {}
    low = [(domain, rating) for domain, rating in ratings.items() if rating.level and rating.level <= _NEEDY]
    rows = [
        (said(DOMAIN_NAMES[domain]), number(place), typed(rating.need))
        for place, (domain, rating) in enumerate(sorted(low, key=lambda each: each[1].level or 0), 1)
    ]
    return tuple(rows) or ((NOTHING_SAID,) * 3,) * _FREE_ROWS


def _open_goals(case: CaseOnPaper) -> Iterator[PlanGoal]:
    for goal in case.plan.goals if case.plan else ():
        if goal.form.status is not GoalStatus.DROPPED:
            yield goal


def _goal_rows(goal: PlanGoal) -> Iterator[tuple[PlanText, ...]]:
    title = said(DOMAIN_NAMES[goal.form.domain])
    if goal.form.statement:
        title = labelled_text(title, typed(goal.form.statement))
    for place, action in enumerate(goal.actions):
        form = action.form
        who = joined((said(DOER_NAMES[form.doer]), typed(form.who)))
        yield (NOTHING_SAID if place else title), typed(form.what), who, day(form.due_on), typed(form.result)
    if not goal.actions:
        yield (title, *(NOTHING_SAID,) * 4)


def _ticks(words: tuple[str, ...]) -> PlanChecklist:
    return PlanChecklist(tuple(PlanCheck(said(word)) for word in words), columns=2)


def _text(text: str) -> PlanBlock:
    return PlanParagraph(typed(text)) if text else PlanLines(2)
