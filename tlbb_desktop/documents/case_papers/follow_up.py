"""The sheet of contacts after the day of leaving: by code, as it lies on desks and travels in bags."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.documents.case_papers.plans import WORKER
from tlbb_desktop.documents.case_papers.texts import day, joined, parties, said, typed
from tlbb_desktop.domain.case_papers import CaseOnPaper
from tlbb_desktop.domain.follow_ups import FollowUp
from tlbb_desktop.domain.outcome_words import REACHED_NAMES, VIEW_NAMES, WORK_NAMES, contact_name
from tlbb_desktop.domain.plan_papers import (
    NOTHING_SAID,
    PlanDocument,
    PlanLines,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)
from tlbb_desktop.i18n.marks import Np_

TITLE: Final = Np_("case paper", "Follow-up")
CONTACTS: Final = Np_("case paper", "Contacts")
CONTACT: Final = Np_("case paper", "Contact")
FROM: Final = Np_("case paper", "From")
ON_TIME_UNTIL: Final = Np_("case paper", "On time until")
HELD: Final = Np_("case paper", "Held on")
WHO: Final = Np_("case paper", "Who was reached")
FOUND: Final = Np_("case paper", "What was found")
NOTES: Final = Np_("case paper", "Notes")
TRIES: Final = Np_("case paper", "tries: {n}")
MISSED: Final = Np_("case paper", "missed")
_SHARES: Final = (0.15, 0.15, 0.15, 0.15, 0.17, 0.23)


def follow_up_paper(case: CaseOnPaper) -> PlanDocument:
    """Every contact with what came of it; those to come are left free to write on."""
    subject = case.subject
    head = tuple(map(said, (CONTACT, FROM, ON_TIME_UNTIL, HELD, WHO, FOUND)))
    rows = tuple(map(_row, case.follow_ups)) or ((NOTHING_SAID,) * len(head),) * 12
    return PlanDocument(
        title=said(TITLE),
        made_on=subject.made_on,
        parties=parties(subject, named=False),
        sections=(
            PlanSection(said(CONTACTS), (PlanTable(head, rows, _SHARES),)),
            PlanSection(said(NOTES), (PlanLines(4),)),
        ),
        signers=(PlanSigner(said(WORKER), subject.worker),),
        issuer=(subject.issuer,),
        demonstration=subject.demonstration,
    )


def _row(contact: FollowUp) -> tuple[PlanText, ...]:
    form = contact.form
    name, n = contact_name(form.kind)
    tries = said(TRIES, n=len(contact.attempts)) if contact.attempts else NOTHING_SAID
    missed = said(MISSED) if contact.done else NOTHING_SAID
    reached = said(REACHED_NAMES[form.reached]) if form.reached else missed
    found = form.findings
    told = (
        said(WORK_NAMES[found.work]) if found and found.work else NOTHING_SAID,
        said(VIEW_NAMES[found.view]) if found and found.view else NOTHING_SAID,
        typed(found.note if found else ""),
    )
    return (
        said(name, n=n),
        day(form.due_on),
        day(form.late_after),
        day(form.held_on),
        joined((reached, tries)),
        joined(told),
    )
