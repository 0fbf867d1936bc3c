"""The words of the releases page."""

from __future__ import annotations

from datetime import date
from typing import Final

from tlbb_desktop.domain.case_plans import Doer, PlanStatus
from tlbb_desktop.domain.plan_words import DOER_NAMES
from tlbb_desktop.domain.release_plan_rules import GAP_NAMES, ReleaseGap
from tlbb_desktop.domain.release_plans import (
    ItemForm,
    ItemStatus,
    LeavingLine,
    Light,
    Readiness,
    ReleaseItem,
    ReleasePlan,
)
from tlbb_desktop.domain.release_words import GROUP_NAMES, ITEM_NAMES, ITEM_STATUS_NAMES, LIGHT_NAMES
from tlbb_desktop.i18n.catalog import _, _n, _p
from tlbb_desktop.i18n.days import day_in_words, day_text, digits
from tlbb_desktop.i18n.marks import N_, Np_
from tlbb_desktop.i18n.punctuation import labelled
from tlbb_desktop.qt.icons import IconRole
from tlbb_desktop.qt.paged_table import Column
from tlbb_desktop.screens.releases.presenter import STATUSES, GroupLine

BETWEEN: Final = " · "
RELEASE_KEYS: Final = (
    ("Enter", N_("Open the release plan")),
    ("1 … 5", N_("Set the status of an item")),
    ("F2", N_("Change owner, due day and note of an item")),
    ("N", N_("Add an item of one's own")),
    ("L", N_("Record that somebody left today")),
    ("Alt+↑ Alt+↓", N_("Go to the group before or after")),
    ("Ctrl+P", N_("Print plan, checklist or the plan to carry along")),
    ("Ctrl+Z", N_("Take back the last change")),
    ("Esc", N_("Back to the list")),
)
#: Shapes: colour alone never says how ready somebody is, or how an item stands.
LIGHT_MARKS: Final = {Light.RED: "■", Light.AMBER: "▲", Light.GREEN: "●", Light.EARLY: "○"}
LIGHT_SIGNS: Final[dict[Light, tuple[str, IconRole]]] = {
    Light.RED: ("triangle-alert", "danger"),
    Light.AMBER: ("triangle-alert", "warning"),
    Light.GREEN: ("circle-check", "success"),
    Light.EARLY: ("clock", "muted"),
}
STATUS_MARKS: Final = {
    ItemStatus.NOT_STARTED: "·",
    ItemStatus.IN_PROGRESS: "…",
    ItemStatus.DONE: "✓",
    ItemStatus.NOT_POSSIBLE: "×",
    ItemStatus.NOT_APPLICABLE: "—",
}


def within_words(days: int) -> str:
    """Such as ``Within 90 days``."""
    return _("Within {n} days").format(n=digits(days))


def count_words(count: int) -> str:
    """Such as ``12 people``."""
    return _n("{n} person", "{n} people", count).format(n=digits(count))


def days_words(days: int) -> str:
    """How long it is until a day, or how long it is over."""
    if days == 0:
        return _("today")
    if days > 0:
        return _n("in {n} day", "in {n} days", days).format(n=digits(days))
    return _n("{n} day ago", "{n} days ago", -days).format(n=digits(-days))


def counts_words(counts: Readiness) -> str:
    """Such as ``● 5/11 · 18/44 = 41 %``: critical items, then all of them."""
    if counts.percent is None:
        return "—"
    critical = digits(f"{counts.critical_done}/{counts.critical}")
    return f"● {critical}{BETWEEN}{digits(f'{counts.done}/{counts.items} = {counts.percent} %')}"


def light_words(light: Light) -> str:
    """The light with its shape."""
    return f"{LIGHT_MARKS[light]} {_(LIGHT_NAMES[light])}"


def ready_words(counts: Readiness, light: Light) -> str:
    """The light with the counts."""
    return f"{light_words(light)}   {counts_words(counts)}"


LEAVING_COLUMNS: Final[tuple[Column[LeavingLine], ...]] = (
    Column("name", N_("Name"), lambda line: line.shown_name or line.code),
    Column("code", Np_("of a person", "Code"), lambda line: line.code),
    Column("prison", N_("Prison"), lambda line: line.prison),
    Column("day", Np_("of a release", "Leaves on"), lambda line: day_text(line.planned_on)),
    Column("left", Np_("of a release", "When"), lambda line: days_words(line.days_left)),
    Column("light", Np_("of a release", "Readiness"), lambda line: light_words(line.light)),
    Column("counts", Np_("of a release", "Done"), lambda line: counts_words(line.readiness)),
    Column("worker", Np_("of a case", "Responsible"), lambda line: line.worker or "—"),
)


def leaving_sign(line: LeavingLine) -> tuple[str, IconRole] | None:
    """The sign before somebody who leaves."""
    return LIGHT_SIGNS[line.light]


def item_title(form: ItemForm) -> str:
    """What an item is called; an added one in the words that were typed."""
    name = ITEM_NAMES.get(form.key)
    return f"{'●' if form.critical else '○'} {_(name) if name else form.title}"


def status_words(status: ItemStatus) -> str:
    """A status with its mark."""
    return f"{STATUS_MARKS[status]} {_(ITEM_STATUS_NAMES[status])}"


def owner_words(form: ItemForm) -> str:
    """Who does it, by name where one is noted."""
    doer = _(DOER_NAMES[form.owner])
    return f"{doer}{BETWEEN}{form.owner_name}" if form.owner_name else doer


def due_words(form: ItemForm, today: date) -> str:
    """When it is due or was done, and by how much it is late."""
    if form.status is ItemStatus.DONE and form.done_on is not None:
        return day_text(form.done_on)
    if form.due_on is None:
        return "—"
    late = (today - form.due_on).days
    if late <= 0 or not form.is_open:
        return day_text(form.due_on)
    overdue = _n("overdue {n} day", "overdue {n} days", late).format(n=digits(late))
    return f"{day_text(form.due_on)}{BETWEEN}{overdue}"


def item_columns(today: date) -> tuple[Column[ReleaseItem], ...]:
    """The columns of a checklist; *today* tells what is late."""
    return (
        Column("item", Np_("of a release plan", "Item"), lambda item: item_title(item.form)),
        Column("status", N_("Status"), lambda item: status_words(item.form.status)),
        Column("owner", Np_("of an item", "Who"), lambda item: owner_words(item.form)),
        Column("due", Np_("of an item", "Due"), lambda item: due_words(item.form, today)),
        Column("note", Np_("of an item", "Note"), lambda item: short_note(item.form.note)),
    )


NOTE_LETTERS: Final = 18


def short_note(note: str) -> str:
    """The beginning of a note in one line."""
    line = " ".join(note.split())
    return line if len(line) <= NOTE_LETTERS else f"{line[:NOTE_LETTERS]}…"


def item_sign(item: ReleaseItem) -> tuple[str, IconRole] | None:
    """A warning before a critical item that is open, a tick before what is done."""
    if item.form.status is ItemStatus.DONE:
        return "check", "success"
    return ("triangle-alert", "warning") if item.form.critical and item.form.is_open else None


def group_words(line: GroupLine) -> str:
    """A group with its number and how far it is."""
    name = f"{digits(int(line.group))}  {_(GROUP_NAMES[line.group])}"
    if line.hidden:
        return name
    return f"{name}  {digits(f'{line.done}/{line.items}')}"


def group_icon(line: GroupLine) -> tuple[str, IconRole]:
    """The sign of a group: closed to the reader, all done, something critical open, something open."""
    if line.hidden:
        return "lock", "muted"
    if line.critical_open:
        return "triangle-alert", "warning"
    return ("circle-check", "success") if line.done == line.items else ("list-checks", "muted")


def release_day_words(plan: ReleasePlan, today: date) -> str:
    """The official day, the working day that is planned, and how long that is."""
    if plan.official_on is None or plan.planned_on is None:
        return _("No release day is on record.")
    days = days_words((plan.planned_on - today).days)
    planned = day_in_words(plan.planned_on)
    if plan.official_on == plan.planned_on:
        return labelled(_("Leaves on"), f"{planned}{BETWEEN}{days}")
    return labelled(_("Leaves on"), f"{day_in_words(plan.official_on)} → {planned}{BETWEEN}{days}")


def version_words(plan: ReleasePlan) -> str:
    """Which version it is and where it stands."""
    if plan.status is PlanStatus.DRAFT:
        state = _p("release plan", "waits for approval") if plan.proposed_at else _p("release plan", "draft")
    elif plan.approved_at is not None:
        state = _("approved on {day} by {name}").format(day=day_text(plan.approved_at.date()), name=plan.approved_by)
    else:
        state = _p("release plan", "superseded")
    version = _("Version {n}").format(n=digits(plan.number))
    return f"{version}{BETWEEN}{state}"


def gaps_words(gaps: tuple[ReleaseGap, ...]) -> str:
    """What is missing, in one line; ``""`` for nothing."""
    if not gaps:
        return ""
    return labelled(_("Still missing"), BETWEEN.join(_(GAP_NAMES[gap]) for gap in gaps))


def status_keys_words() -> str:
    """The legend of the keys 1 to 5."""
    return "   ".join(f"[{digits(number)}] {status_words(status)}" for number, status in enumerate(STATUSES, 1))


def doers() -> tuple[tuple[object, str], ...]:
    """Who may do an item."""
    return tuple((doer, _(DOER_NAMES[doer])) for doer in Doer)
