"""What members of staff are, and how the login page names them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

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


class MemberTile(NamedTuple):
    """What the login page shows before anything is unlocked.

    Here and in what else the first paint loads, a named tuple: a dataclass takes 1.5 ms to make.
    """

    username: str
    name: str
    role: Role
