"""Where due days lie sealed: tasks, plans, actions, items, referrals, contacts, release dates."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from tlbb_desktop.domain.case_plans import Doer
from tlbb_desktop.domain.work_list import WorkKind
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services import sealed_forms as forms
from tlbb_desktop.services.due_index import DueSource
from tlbb_desktop.services.person_seal import IDENTITY

_WANTED: Final = "IN (SELECT value FROM json_each(?))"


class Due(NamedTuple):
    """What is kept of a row: its case (or person, for release dates), due day or None, title, compartment, owner."""

    case_id: int
    due_on: date | None
    title: str = ""
    restricted: bool = False
    owner: Doer | None = None
    compartment: Compartment = Compartment.FAMILY


def _restricted(row: Any) -> bool:
    return bool(row.compartment == Compartment.COUNSELLING)


def _task(cipher: FieldCipher, row: Any) -> Due:
    form = forms.TASK.open(cipher, row)
    compartment = Compartment(row.compartment)
    return Due(row.case_id, form.due_at.date(), form.text or form.kind, _restricted(row), None, compartment)


def _plan(cipher: FieldCipher, row: Any) -> Due:
    form = forms.CASE_PLAN.open(cipher, row)
    return Due(row.case_id, form.review_due_on if row.status == "active" else form.starts_on)


def _action(cipher: FieldCipher, row: Any) -> Due:
    form = forms.ACTION.open(cipher, row)
    return Due(row.case_id, form.due_on, form.what, _restricted(row), form.doer)


def _item(cipher: FieldCipher, row: Any) -> Due:
    form = forms.RELEASE_ITEM.open(cipher, row)
    due = form.due_on if form.is_open else None
    return Due(row.case_id, due, form.title or form.key, _restricted(row), form.owner, Compartment(row.compartment))


def _referral(cipher: FieldCipher, row: Any) -> Due:
    form = forms.REFERRAL.open(cipher, row)
    days = [day for day in (form.answer_due_on, form.deadline_on, form.appointment_on) if day is not None]
    return Due(row.case_id, min(days, default=None), form.agency, _restricted(row))


def _follow_up(cipher: FieldCipher, row: Any) -> Due:
    form = forms.FOLLOW_UP.open(cipher, row)
    return Due(row.case_id, form.late_after, form.kind)


def _release(cipher: FieldCipher, row: Any) -> Due:
    form = forms.RELEASE.open(cipher, row)
    return Due(row.case_id, form.released_on if form.to_liberty else None)


def _release_date(cipher: FieldCipher, row: Any) -> Due:
    text = cipher.decrypt_text(Compartment.LEGAL, IDENTITY.name, row.uuid, "release_on", row.version, row.release_on)
    return Due(row.person_id, date.fromisoformat(text) if text else None)


#: The plan that counts: the active one, or the draft where there is no active one.
_STANDING_PLAN: Final = (
    "(p.status = 'active' OR p.status = 'draft' AND NOT EXISTS (SELECT 1 FROM release_plan a"
    " WHERE a.case_id = p.case_id AND a.status = 'active'))"
)

TASKS: Final = DueSource(
    "tasks",
    "SELECT id, version FROM case_task WHERE done_at IS NULL",
    f"SELECT id, uuid, version, content, compartment, case_id FROM case_task WHERE id {_WANTED}",
    _task,
)
PLANS: Final = DueSource(
    "plans",
    "SELECT id, version FROM case_plan WHERE status = 'active'",
    f"SELECT id, uuid, version, content, status, case_id FROM case_plan WHERE id {_WANTED}",
    _plan,
)
APPROVED_PLANS: Final = DueSource(
    "approved_plans",
    "SELECT id, version FROM case_plan WHERE status = 'approved'",
    f"SELECT id, uuid, version, content, status, case_id FROM case_plan WHERE id {_WANTED}",
    _plan,
)
ACTIONS: Final = DueSource(
    "actions",
    "SELECT a.id, a.version FROM plan_action a JOIN plan_goal g ON g.id = a.goal_id"
    " JOIN case_plan p ON p.id = g.plan_id WHERE NOT a.done AND NOT g.ended AND p.status = 'active'",
    "SELECT a.id, a.uuid, a.version, a.content, a.compartment, p.case_id FROM plan_action a"
    f" JOIN plan_goal g ON g.id = a.goal_id JOIN case_plan p ON p.id = g.plan_id WHERE a.id {_WANTED}",
    _action,
)
ITEMS: Final = DueSource(
    "items",
    "SELECT i.id, i.version FROM release_item i JOIN release_plan p ON p.id = i.plan_id"
    f" WHERE i.compartment <> 'counselling' AND {_STANDING_PLAN}",
    "SELECT i.id, i.uuid, i.version, i.content, i.compartment, p.case_id FROM release_item i"
    f" JOIN release_plan p ON p.id = i.plan_id WHERE i.id {_WANTED}",
    _item,
)
RESTRICTED_ITEMS: Final = DueSource(
    "restricted_items",
    "SELECT i.id, i.version FROM release_item i JOIN release_plan p ON p.id = i.plan_id"
    f" WHERE i.compartment = 'counselling' AND {_STANDING_PLAN}",
    ITEMS.rows,
    _item,
)
LIAISON_ITEMS: Final = DueSource(
    "liaison_items",
    "SELECT i.id, i.version FROM release_item i JOIN release_plan p ON p.id = i.plan_id"
    f" WHERE i.compartment IN ('legal', 'db') AND {_STANDING_PLAN}",
    ITEMS.rows,
    _item,
)
LEGAL_TASKS: Final = DueSource("legal_tasks", f"{TASKS.ids} AND compartment = 'legal'", TASKS.rows, _task)
REFERRALS: Final = DueSource(
    "referrals",
    "SELECT id, version FROM referral WHERE NOT closed",
    f"SELECT id, uuid, version, content, compartment, case_id FROM referral WHERE id {_WANTED}",
    _referral,
)
FOLLOW_UPS: Final = DueSource(
    "follow_ups",
    "SELECT f.id, f.version FROM follow_up f JOIN release r ON r.id = f.release_id"
    " WHERE NOT f.done AND NOT r.void AND r.case_id IS NOT NULL",
    "SELECT f.id, f.uuid, f.version, f.content, r.case_id FROM follow_up f JOIN release r ON r.id = f.release_id"
    f" WHERE f.id {_WANTED}",
    _follow_up,
)
#: Releases that a liaison noted: nobody with the key of what comes after has opened a contact yet.
FIRST_CONTACTS: Final = DueSource(
    "first_contacts",
    "SELECT id, version FROM release r WHERE NOT void AND NOT imported AND case_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.release_id = r.id)",
    f"SELECT id, uuid, version, content, case_id FROM release WHERE id {_WANTED}",
    _release,
)
RELEASE_DATES: Final = DueSource(
    "release_dates",
    "SELECT i.id, i.version FROM person_identity i JOIN person p ON p.id = i.person_id"
    " WHERE i.release_on IS NOT NULL AND p.merged_into_id IS NULL"
    " AND p.status NOT IN ('post_release', 'closed', 'withdrawn')",
    f"SELECT id, uuid, version, release_on, person_id FROM person_identity WHERE id {_WANTED}",
    _release_date,
)
#: What everybody who looks after cases sees, by the kind of its lines.
SEALED_WORK: Final = (
    (WorkKind.TASK, TASKS),
    (WorkKind.REVIEW, PLANS),
    (WorkKind.PLAN_STARTS, APPROVED_PLANS),
    (WorkKind.ACTION, ACTIONS),
    (WorkKind.RELEASE_ITEM, ITEMS),
    (WorkKind.RELEASE_ITEM, RESTRICTED_ITEMS),
    (WorkKind.REFERRAL, REFERRALS),
    (WorkKind.FOLLOW_UP, FOLLOW_UPS),
)
