"""Reads what was typed in as done: each with its due day, the day when it happened and that of the entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from tlbb_desktop.data.models.vocabulary import from_milliseconds, to_milliseconds
from tlbb_desktop.domain.clock import CAMBODIA
from tlbb_desktop.domain.work_list import WorkKind
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services import sealed_forms as forms

_TASKS: Final = (
    "SELECT uuid, version, content, compartment, case_id, changed_at, done_at FROM case_task WHERE done_at >= ?"
)
_ACTIONS: Final = (
    "SELECT a.uuid, a.version, a.content, a.compartment, p.case_id, a.changed_at FROM plan_action a"
    " JOIN plan_goal g ON g.id = a.goal_id JOIN case_plan p ON p.id = g.plan_id WHERE a.done AND a.changed_at >= ?"
)
_CONTACTS: Final = (
    "SELECT f.uuid, f.version, f.content, r.case_id, f.changed_at FROM follow_up f"
    " JOIN release r ON r.id = f.release_id WHERE f.done AND r.case_id IS NOT NULL AND f.changed_at >= ?"
)


class Done(NamedTuple):
    """Something that was done."""

    kind: WorkKind
    case_id: int
    due_on: date
    done_on: date
    entered_on: date


def done_since(connection: Connection, cipher: FieldCipher, since: date) -> Iterator[Done]:
    """What was typed in as done on *since* or later; whatever had no due day is left out."""
    from_then = (to_milliseconds(datetime.combine(since, time(), CAMBODIA)),)
    for row in connection.exec_driver_sql(_TASKS, from_then):
        form = forms.TASK.open(cipher, row)
        done_on = from_milliseconds(row.done_at).date()
        yield Done(WorkKind.TASK, row.case_id, form.due_at.date(), done_on, _entered(row))
    for row in connection.exec_driver_sql(_ACTIONS, from_then):
        action = forms.ACTION.open(cipher, row)
        if action.due_on is not None and action.done_on is not None:
            yield Done(WorkKind.ACTION, row.case_id, action.due_on, action.done_on, _entered(row))
    for row in connection.exec_driver_sql(_CONTACTS, from_then):
        contact = forms.FOLLOW_UP.open(cipher, row)
        if contact.held_on is not None:
            yield Done(WorkKind.FOLLOW_UP, row.case_id, contact.late_after, contact.held_on, _entered(row))


def _entered(row: Any) -> date:
    return from_milliseconds(row.changed_at).date()
