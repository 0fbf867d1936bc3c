"""Who acts, and who else works here."""

from __future__ import annotations

from dataclasses import dataclass

from tlbb_desktop.domain.staff import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the member of staff whose keys are open.

    Args:
        staff_id: row of the member of staff.
        username: short login name.
        role: their work.
        admin_duty: whether they also keep users, keys and backups.
        prisons: ids of the prisons that are theirs today.
    """

    staff_id: int
    username: str
    role: Role
    admin_duty: bool
    prisons: frozenset[int]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A line of the staff page."""

    id: int
    username: str
    name: str
    role: Role
    admin_duty: bool
    active: bool
    prisons: tuple[str, ...]
    version: int
