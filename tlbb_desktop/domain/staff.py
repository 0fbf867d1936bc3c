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


def name_in_scripts(name: str) -> tuple[str, str]:
    """The Khmer and the Latin part of a name that is written in both, such as *សុខ ដារ៉ា / Sok Dara*.

    Returns:
        Khmer, Latin; the whole name and ``""`` where it is written in one script only.
    """
    parts = [part.strip() for part in name.split("/")]
    khmer = [any("\u1780" <= letter <= "\u17ff" for letter in part) for part in parts]
    if len(parts) == 2 and sorted(khmer) == [False, True] and all(parts):
        return parts[khmer.index(True)], parts[khmer.index(False)]
    return (name, "") if any(khmer) else ("", name)


class MemberTile(NamedTuple):
    """What the login page shows before anything is unlocked.

    Here and in what else the first paint loads, a named tuple: a dataclass takes 1.5 ms to make.
    """

    username: str
    name: str
    role: Role
