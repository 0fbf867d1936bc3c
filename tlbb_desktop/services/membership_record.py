"""Keeps the table of staff in step with the keyring, which alone decides who may enter."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tlbb_desktop.data.models import Staff, StaffPrison
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.slots import Slot


def agree_with_keyring(session: Session, keyring: Keyring, at: datetime) -> None:
    """Repair what a stop between keyring and record left: add, correct or deactivate rows of the staff table."""
    rows = {row.uuid: row for row in session.scalars(select(Staff))}
    slots = {UUID(slot.user).bytes: slot for slot in keyring.slots}
    for uuid, slot in slots.items():
        row = rows.get(uuid)
        if row is None:
            session.add(_row(uuid, slot, at))
        elif _facts(row) != _wanted(slot):
            row.name, row.role, row.admin_duty, row.active = _wanted(slot)
            _count_up(row, at)
    for uuid, row in rows.items():
        if uuid not in slots and row.active:
            row.active = False
            _count_up(row, at)
    session.flush()


def _row(uuid: bytes, slot: Slot, at: datetime) -> Staff:
    name, role, duty, active = _wanted(slot)
    return Staff(
        uuid=uuid,
        username=slot.username,
        name=name,
        role=role,
        admin_duty=duty,
        active=active,
        created_at=at,
        changed_at=at,
    )


def _facts(row: Staff) -> tuple[str, str, bool, bool]:
    return row.name, row.role, row.admin_duty, row.active


def _wanted(slot: Slot) -> tuple[str, str, bool, bool]:
    return slot.display_name, slot.role.value, slot.admin_duty, True


def _count_up(row: Staff, at: datetime) -> None:
    row.version += 1
    row.changed_at = at


def prisons_of(session: Session, staff_id: int, day: date) -> frozenset[int]:
    """Ids of the prisons that are a member's own on *day*."""
    return frozenset(
        session.scalars(
            select(StaffPrison.prison_id).where(
                StaffPrison.staff_id == staff_id,
                StaffPrison.starts_on <= day,
                or_(StaffPrison.ends_on.is_(None), StaffPrison.ends_on >= day),
            )
        )
    )
