"""The words of the work list."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeVar

from tlbb_desktop.domain.case_tasks import TaskKind
from tlbb_desktop.domain.case_words import PUNCTUALITY_NAMES, TASK_NAMES, WORK_KIND_NAMES
from tlbb_desktop.domain.follow_ups import FollowUpKind
from tlbb_desktop.domain.outcome_words import contact_name
from tlbb_desktop.domain.plan_words import SIGNED_PAPER_NAMES
from tlbb_desktop.domain.release_plans import LeavingLine, Light
from tlbb_desktop.domain.release_words import ITEM_NAMES, LIGHT_NAMES
from tlbb_desktop.domain.today import PlanApproval
from tlbb_desktop.domain.work_list import DoneLine, Punctuality, WorkKind, WorkLine
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import WEEKDAY_NAMES, day_text, digits
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole

Sign = tuple[str, IconRole]
Line = TypeVar("Line")
_TASKS: Final = {kind.value for kind in TaskKind}
_CONTACTS: Final = {kind.value for kind in FollowUpKind}
BETWEEN: Final = " · "
_ICONS: Final = {
    WorkKind.TASK: "triangle-alert",
    WorkKind.CONSENTS: "handshake",
    WorkKind.REVIEW: "list-checks",
    WorkKind.PLAN_MISSING: "list-checks",
    WorkKind.PLAN_STARTS: "list-checks",
    WorkKind.ACTION: "circle-check",
    WorkKind.RELEASE_ITEM: "door-open",
    WorkKind.RELEASE: "door-open",
    WorkKind.FIRST_CONTACT: "house",
    WorkKind.FOLLOW_UP: "house",
    WorkKind.REFERRAL: "link",
    WorkKind.VISIT_GAP: "users",
    WorkKind.WORKER_LEFT: "user-x",
}
_LIGHT_SIGNS: Final[dict[Light, Sign]] = {
    Light.RED: ("triangle-alert", "danger"),
    Light.AMBER: ("triangle-alert", "warning"),
    Light.GREEN: ("circle-check", "success"),
    Light.EARLY: ("clock", "muted"),
}


def work_sign(line: WorkLine, today: date) -> Sign:
    """The sign of what it is about, in the colour of how urgent it is; the words say both."""
    late: IconRole = "danger" if line.kind is WorkKind.TASK else "warning"
    return _ICONS[line.kind], late if line.due_on < today else "accent"


def work_words(line: WorkLine) -> str:
    """Whose it is and what is to be done."""
    return labelled(line.shown_name or line.code, _what(line))


def work_caption(line: WorkLine, today: date, *, with_worker: bool = False) -> str:
    """Code, prison and when it is due; by how many days it is late."""
    worker = line.worker if with_worker else ""
    return BETWEEN.join(part for part in (_when(line.due_on, today), line.code, line.prison, worker) if part)


def _what(line: WorkLine) -> str:
    kind, title = _(WORK_KIND_NAMES[line.kind]), line.title
    if line.kind is WorkKind.TASK and title in _TASKS:
        return kind if title == TaskKind.SAFETY else _(TASK_NAMES[TaskKind(title)])
    if line.kind is WorkKind.FOLLOW_UP and title in _CONTACTS:
        name, n = contact_name(FollowUpKind(title))
        return labelled(kind, _(name).format(n=digits(n)))
    if line.kind is WorkKind.RELEASE_ITEM and title in ITEM_NAMES:
        return labelled(kind, _(ITEM_NAMES[title]))
    return labelled(kind, title) if title else kind


def _when(due_on: date, today: date) -> str:
    late = (today - due_on).days
    if late > 0:
        overdue = _n("overdue {n} day", "overdue {n} days", late).format(n=digits(late))
        return f"{overdue} ({day_text(due_on)})"
    if late == 0:
        return _("today")
    return f"{_(WEEKDAY_NAMES[due_on.weekday()])} {day_text(due_on)}"


def done_words(line: DoneLine) -> str:
    """Whose it was and what was done."""
    return labelled(line.shown_name or line.code, _(WORK_KIND_NAMES[line.kind]))


def done_caption(line: DoneLine) -> str:
    """Whether it was in time, the day when it happened, and the day when it was typed in."""
    parts = [_(PUNCTUALITY_NAMES[line.punctuality]), _("done on {day}").format(day=day_text(line.done_on))]
    if line.entered_on != line.done_on:
        parts.append(_("entered on {day}").format(day=day_text(line.entered_on)))
    return BETWEEN.join(parts)


def done_sign(line: DoneLine) -> Sign:
    """A tick for what was done in time."""
    return ("clock", "warning") if line.punctuality is Punctuality.LATE else ("check", "success")


def leaving_sign(line: LeavingLine) -> Sign:
    """The sign of the light."""
    return _LIGHT_SIGNS[line.light]


def leaving_words(line: LeavingLine) -> str:
    """Who leaves, and when."""
    name, days = line.shown_name or line.code, line.days_left
    if days < 0:
        when = _n("overdue {n} day", "overdue {n} days", -days).format(n=digits(-days))
    else:
        when = _n("in {n} day", "in {n} days", days).format(n=digits(days)) if days else _("today")
    return labelled(name, f"{day_text(line.planned_on)}{BETWEEN}{when}")


def leaving_caption(line: LeavingLine) -> str:
    """What is missing, as counts: never the title of an item."""
    parts = [line.code, line.prison]
    if line.plan_id is None:
        parts.append(_("There is no release plan yet."))
    else:
        counts, missing = line.readiness, line.readiness.items - line.readiness.done
        critical = counts.critical - counts.critical_done
        parts.append(_(LIGHT_NAMES[line.light]))
        parts.append(_n("{n} item is open", "{n} items are open", missing).format(n=digits(missing)))
        parts.append(_n("{n} critical", "{n} critical", critical).format(n=digits(critical)))
    own = len(line.own_items)
    if own:
        parts.append(_n("{n} of them is yours", "{n} of them are yours", own).format(n=digits(own)))
    return BETWEEN.join(part for part in parts if part)


def plan_words(line: PlanApproval) -> str:
    """Which plan of whom waits."""
    plan = _(SIGNED_PAPER_NAMES[line.paper])
    waits = _p("plan to approve", "{plan} waits, version {n}").format(plan=plan, n=digits(line.number))
    return labelled(line.code, waits)


def plan_caption(line: PlanApproval) -> str:
    """Since when."""
    return _("handed in on {day}").format(day=day_text(line.proposed_at.date()))
