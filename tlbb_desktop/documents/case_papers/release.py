"""The release plan, its one-page checklist, and the plan that the young person carries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from tlbb_desktop.documents.case_papers.plans import WORKER, signers, standing
from tlbb_desktop.documents.case_papers.texts import day, joined, money, number, parties, said, typed
from tlbb_desktop.domain.case_papers import CaseOnPaper
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanBlock,
    PlanCheck,
    PlanChecklist,
    PlanDocument,
    PlanParagraph,
    PlanParty,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.domain.plan_words import DOER_NAMES
from tlbb_desktop.domain.release_items import STANDARD_ITEMS
from tlbb_desktop.domain.release_plans import ItemForm, ItemStatus, ReleasePlan
from tlbb_desktop.domain.release_words import (
    GROUP_NAMES,
    ITEM_NAMES,
    ITEM_STATUS_NAMES,
    LIGHT_NAMES,
    RELEASE_TYPE_NAMES,
)
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("case paper", "Release plan")
CHECKLIST: Final = Np_("case paper", "Readiness checklist")
LEAVES: Final = Np_("case paper", "Planned day: {planned} (official day {official}), {kind}.")
NO_DAY: Final = Np_("case paper", "The day is not known yet.")
READY: Final = Np_("case paper", "Ready: {percent} %, {light}. Critical items done: {done} of {all}.")
RECEIVES: Final = Np_("case paper", "Receiving adult")
AGREED: Final = Np_("case paper", "agreed {day}")
HOME: Final = Np_("case paper", "The way home")
ADDRESS: Final = Np_("case paper", "Address: {text}")
TRANSPORT: Final = Np_("case paper", "Transport: {text}")
FIRST_CONTACT: Final = Np_("case paper", "First contact within 72 hours: {text}")
ITEM: Final = Np_("case paper", "Item (• critical)")
IN_GROUPS: Final = Np_("case paper", "In twelve groups; in each of them the critical items come first.")
STATUS: Final = Np_("case paper", "Status")
WHO: Final = Np_("case paper", "Who")
BY: Final = Np_("case paper", "By")
NOTE: Final = Np_("case paper", "Note")
PROTECTED: Final = Np_("case paper", "Items of health and substances stand in the protected part.")
CRITICAL: Final = Np_("case paper", "Nobody leaves without these")
OTHERS: Final = Np_("case paper", "And these")
NO_PLAN: Final = Np_("case paper", "There is no release plan on record yet. Tick what is there.")
PRISON_SIGNS: Final = Np_("case paper", "For the prison")
FREE: Final = "…………………………"
_ITEM_SHARES: Final = (0.34, 0.15, 0.16, 0.15, 0.2)
_CRITICAL_MARK: Final = "• "


def release_paper(case: CaseOnPaper) -> PlanDocument:
    """The newest version of the release plan."""
    subject, plan = case.subject, case.release_plan
    others = (_adult(plan),) if plan and plan.form.adult.name else ()
    return PlanDocument(
        title=said(TITLE),
        made_on=subject.made_on,
        parties=parties(subject, named=True, others=others),
        introduction=_introduction(case),
        sections=(
            PlanSection(said(HOME), tuple(_way_home(case))),
            PlanSection(said(CHECKLIST), tuple(_items(plan))),
        ),
        signers=(*signers(subject), PlanSigner(said(PRISON_SIGNS))),
        place=subject.place,
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
    )


def checklist_paper(case: CaseOnPaper) -> PlanDocument:
    """One page to tick: what is critical first, then the rest in two columns; also where no plan was made."""
    subject, plan = case.subject, case.release_plan
    items = [item.form for item in plan.items] if plan else _standard_items()
    critical = [item for item in items if item.critical and item.counts]
    others = [item for item in items if not item.critical and item.counts]
    return PlanDocument(
        title=said(CHECKLIST),
        made_on=subject.made_on,
        parties=parties(subject, named=False),
        introduction=_introduction(case) if plan else said(NO_PLAN),
        sections=(
            PlanSection(said(CRITICAL), (_two_columns(critical),)),
            PlanSection(said(OTHERS), (_two_columns(others),)),
        ),
        signers=(PlanSigner(said(WORKER), subject.worker), PlanSigner(said(PRISON_SIGNS))),
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
        one_page=True,
    )


def item_title(item: ItemForm) -> PlanText:
    """What an item of the checklist is about."""
    return typed(item.title) if item.title or item.key not in ITEM_NAMES else said(ITEM_NAMES[item.key])


def _introduction(case: CaseOnPaper) -> PlanText:
    plan = case.release_plan
    if plan is None:
        return said(NO_PLAN)
    kind = said(RELEASE_TYPE_NAMES[plan.form.kind])
    leaves = (
        said(LEAVES, planned=day(plan.planned_on), official=day(plan.official_on), kind=kind)
        if plan.planned_on
        else said(NO_DAY)
    )
    counts = plan.readiness
    left = (plan.planned_on - case.subject.made_on).days if plan.planned_on else None
    ready = said(
        READY,
        percent=number(counts.percent or 0),
        light=said(LIGHT_NAMES[counts.light(left)]),
        done=counts.critical_done,
        all=counts.critical,
    )
    approved = day(plan.approved_at.date() if plan.approved_at else None)
    return joined((leaves, ready, standing(plan.status, approved, plan.approved_by)), " ")


def _adult(plan: ReleasePlan) -> PlanParty:
    adult = plan.form.adult
    agreed = said(AGREED, day=day(adult.agreed_on)) if adult.agreed_on else NOTHING_SAID
    details = joined((typed(adult.relation), typed(adult.phone), agreed))
    return PlanParty(said(RECEIVES), adult.name, "", details)


def _way_home(case: CaseOnPaper) -> Iterator[PlanBlock]:
    form = case.release_plan.form if case.release_plan else None
    yield PlanParagraph(said(ADDRESS, text=case.home if any(case.home) else FREE))
    transport = joined((typed(form.transport), money(form.transport_cost))) if form else NOTHING_SAID
    yield PlanParagraph(said(TRANSPORT, text=transport if any(transport) else FREE))
    contact = joined((day(form.contact_on), typed(form.contact))) if form else NOTHING_SAID
    yield PlanParagraph(said(FIRST_CONTACT, text=contact if any(contact) else FREE))
    if form and form.note:
        yield PlanParagraph(typed(form.note))


def _items(plan: ReleasePlan | None) -> Iterator[PlanBlock]:
    """One table: a row with the name of each group, then its items."""
    items = sorted((item.form for item in plan.items if item.form.counts), key=_by_group) if plan else _standard_items()
    rows: list[tuple[PlanText, ...]] = []
    titles: list[int] = []
    for group, members in groupby(items, key=lambda item: item.group):
        titles.append(len(rows))
        rows.append((joined((number(group.value), said(GROUP_NAMES[group])), ". "), *(NOTHING_SAID,) * 4))
        rows += map(_row, members)
    yield PlanParagraph(said(IN_GROUPS))
    head = tuple(map(said, (ITEM, STATUS, WHO, BY, NOTE)))
    yield PlanTable(head, tuple(rows), _ITEM_SHARES, titles=frozenset(titles), centred=frozenset({3}))
    if plan and plan.readiness.items > len(items):
        yield PlanParagraph(said(PROTECTED))


def _by_group(item: ItemForm) -> tuple[int, bool]:
    return item.group, not item.critical


def _row(item: ItemForm) -> tuple[PlanText, ...]:
    who = joined((said(DOER_NAMES[item.owner]), typed(item.owner_name)))
    status = said(ITEM_STATUS_NAMES[item.status])
    return _marked(item), status, who, day(item.done_on or item.due_on), typed(item.note)


def _marked(item: ItemForm) -> PlanText:
    title = item_title(item)
    if not item.critical:
        return title
    return PlanText(_CRITICAL_MARK + title.khmer, _CRITICAL_MARK + title.english if title.english else "")


def _standard_items() -> list[ItemForm]:
    return [ItemForm(item.key, item.group, critical=item.critical) for item in STANDARD_ITEMS]


def _two_columns(items: list[ItemForm]) -> PlanChecklist:
    checks = (PlanCheck(item_title(item), item.status is ItemStatus.DONE) for item in items)
    return PlanChecklist(tuple(checks), columns=2)
