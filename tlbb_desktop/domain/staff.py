"""Members of staff and what they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tlbb_desktop.i18n.marks import Np_


class Role(StrEnum):
    """The work that a member of staff does; it decides which keys they hold."""

    TRAINER = "trainer"
    SOCIAL_WORKER = "social_worker"
    LIAISON = "liaison"
    MANAGER = "manager"


ROLE_NAMES = {
    Role.TRAINER: Np_("role", "Trainer"),
    Role.SOCIAL_WORKER: Np_("role", "Social worker"),
    Role.LIAISON: Np_("role", "Prison liaison"),
    Role.MANAGER: Np_("role", "Manager"),
}


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


@dataclass(frozen=True, slots=True)
class MemberTile:
    """What the login page shows before anything is unlocked."""

    username: str
    name: str
    role: Role
