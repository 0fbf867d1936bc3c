"""The words of the cases page."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.case_plans import CasePlan
from tlbb_desktop.domain.case_words import STATE_NAMES
from tlbb_desktop.domain.cases import CaseFile, WaitingLine
from tlbb_desktop.domain.consents import ConsentStanding
from tlbb_desktop.domain.people import STATUS_NAMES
from tlbb_desktop.domain.visits import ContactGap
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.cases.presenter import CaseView

CASE_KEYS: Final = (
    ("Enter", N_("Open the case")),
    ("N", N_("Open a new case, or begin a new entry")),
    ("D", N_("Change the release dates of many")),
    ("Ctrl+S", N_("Save what is typed")),
    ("Alt+↑ Alt+↓", N_("Go to the section before or after")),
    ("Alt+← Alt+→", N_("Go to the part of the plan before or after")),
    ("1 2 3 4", N_("Set a level, or answer a question")),
    ("↓ ↑", N_("Go to the next question that a digit answers")),
    ("Esc", N_("Back to the list")),
    ("/", N_("Find a case")),
)
VIEW_NAMES: Final = {
    CaseView.MINE: Np_("cases", "My cases"),
    CaseView.OPEN: Np_("cases", "All open cases"),
    CaseView.WAITING: Np_("cases", "Waiting list"),
    CaseView.CLOSED: Np_("cases", "Closed cases"),
}


def state_words(case: CaseFile) -> str:
    """How a case stands, and since when."""
    since = case.closed_on or (case.opened_on if case.is_open else case.waiting_since)
    state = _(STATE_NAMES[case.state])
    return labelled(state, day_text(since)) if since is not None else state


CASE_COLUMNS: Final[tuple[Column[CaseFile], ...]] = (
    Column("name", N_("Name"), lambda case: case.names.shown or case.code),
    Column("code", Np_("of a person", "Code"), lambda case: case.code),
    Column("prison", N_("Prison"), lambda case: case.prison),
    Column("status", N_("Status"), lambda case: _(STATUS_NAMES[case.person_status])),
    Column("worker", Np_("of a case", "Responsible"), lambda case: case.worker or "—"),
    Column("state", Np_("of a case", "State"), state_words),
)
NAME_COLUMN: Final = 0
BETWEEN: Final = " · "


def case_sign(case: CaseFile) -> tuple[str, IconRole] | None:
    """A warning before a case that nobody works on, or whose consents are still to be recorded."""
    if case.is_open and (case.worker_id is None or not case.worker_active):
        return "user-x", "danger"
    if case.consents_due_on is not None:
        return "triangle-alert", "warning"
    return None


def case_words(case: CaseFile) -> str:
    """Code, prison and status in a line; the name stands above it."""
    parts = (case.code, case.prison, _(STATUS_NAMES[case.person_status]), state_words(case))
    return BETWEEN.join(part for part in parts if part)


def worker_words(case: CaseFile) -> str:
    """Who is responsible, and that they have left where they have."""
    if case.worker_id is None:
        return _("Nobody is responsible yet.")
    if not case.worker_active:
        return _("{name} no longer works here. Give the case to somebody else.").format(name=case.worker)
    return labelled(_p("of a case", "Responsible"), case.worker)


def consent_words(standing: ConsentStanding, case: CaseFile) -> str:
    """What is still to be done about the consents; ``""`` where they are given."""
    if standing is ConsentStanding.TO_BE_RECORDED and case.consents_due_on is not None:
        return _("Consents 1 and 2 are to be recorded by {day}.").format(day=day_text(case.consents_due_on))
    if standing is ConsentStanding.MISSING:
        return _("Consents 1 and 2 are missing. Until they are recorded, nothing is added to the case.")
    if standing is ConsentStanding.REFUSED:
        return _("The person does not agree to be served or to have data kept.")
    return ""


def waiting_words(line: WaitingLine) -> str:
    """What speaks for and against taking somebody from the waiting list."""
    fit = line.eligibility
    parts = [
        {True: _("convicted"), False: _("not convicted yet"), None: _("legal status not recorded")}[fit.convicted],
        {True: _("juvenile at the offence"), False: _("not a juvenile at the offence"), None: ""}[fit.juvenile],
        _("no release day on record") if fit.months_left is None else months_words(fit.months_left),
    ]
    return BETWEEN.join(part for part in parts if part)


def months_words(months: int) -> str:
    """Such as ``14 months left``."""
    return _n("{n} month left", "{n} months left", months).format(n=digits(months))


def cases_words(count: int) -> str:
    """Such as ``12 cases``."""
    return _n("{n} case", "{n} cases", count).format(n=digits(count))


def gap_words(gap: ContactGap) -> str:
    """That the family has not been in touch, and since when."""
    days = _n("No contact with the family for {n} day", "No contact with the family for {n} days", gap.days)
    last = _("No contact is on record.")
    if gap.last_on is not None:
        last = labelled(_("Last contact"), day_text(gap.last_on))
    return BETWEEN.join((days.format(n=digits(gap.days)), last))


def plan_state_words(plan: CasePlan | None) -> str:
    """How a version of a plan stands, its next review, and that goals are not shown."""
    if plan is None:
        return _("There is no plan yet.")
    parts = []
    if plan.approved_at is not None:
        parts.append(
            _("Approved on {day} by {name}").format(day=day_text(plan.approved_at.date()), name=plan.approved_by)
        )
    elif plan.proposed_at is not None:
        parts.append(_("Handed in on {day}, waits for approval").format(day=day_text(plan.proposed_at.date())))
    parts.append(_("Next review on {day}").format(day=day_text(plan.form.review_due_on)))
    if plan.goals_hidden:
        count = plan.goals_hidden
        hidden = _n("{n} protected goal is not shown", "{n} protected goals are not shown", count)
        parts.append(hidden.format(n=digits(count)))
    return " · ".join(parts)
