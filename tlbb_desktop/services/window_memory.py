"""What the window knows before anybody has logged in, and whether it ended as it should.

Nothing here is secret: language, look, and who sat here last (whose name the keyring shows anyway).
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import NamedTuple

from tlbb_desktop.domain.errors import StorageFull
from tlbb_desktop.domain.staff import MemberTile, Role
from tlbb_desktop.i18n.catalog import LANGUAGES
from tlbb_desktop.services.home import Home

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
THEMES = ("light", "dark", "system")


class WindowMemory(NamedTuple):
    """The look of the login page.

    Args:
        language: ``km`` or ``en``.
        theme: ``light``, ``dark`` or ``system``.
        scale: text size, 1.0 to 2.0.
        khmer_digits: whether screens in Khmer write Khmer digits.
        last_member: login name of who was here last, or ``""``.
        members: the staff as the keyring names them, so that the first paint need not open it.
        geometry: where the window stood, as Qt writes it, in hexadecimal.
    """

    language: str = "km"
    theme: str = "system"
    scale: float = 1.0
    khmer_digits: bool = False
    last_member: str = ""
    members: tuple[MemberTile, ...] = ()
    geometry: str = ""


def read_memory(home: Home) -> WindowMemory:
    """Read the home's memory; what is missing or damaged falls back to its default."""
    try:
        found = json.loads(home.window_memory.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return WindowMemory()
    if not isinstance(found, dict):
        return WindowMemory()
    blank = WindowMemory()
    kept = {name: found[name] for name, usual in blank._asdict().items() if type(found.get(name)) is type(usual)}
    memory = WindowMemory(**kept, members=_members(found.get("members")))
    sound = memory.theme in THEMES and 1.0 <= memory.scale <= 2.0 and memory.language in LANGUAGES
    return memory if sound else WindowMemory()


def _members(found: object) -> tuple[MemberTile, ...]:
    try:
        rows = [(str(username), str(name), Role(role)) for username, name, role in list(found or ())]  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return ()
    return tuple(MemberTile(*row) for row in rows)


def keep_memory(home: Home, memory: WindowMemory) -> None:
    """Write the home's memory; a full disk costs the look and nothing else."""
    from tlbb_desktop.security.atomic_file import write_atomically  # not before the first paint

    with suppress(OSError, StorageFull):
        home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = memory._asdict()
        kept["members"] = [(member.username, member.name, member.role) for member in memory.members]
        write_atomically(home.window_memory, json.dumps(kept).encode())


class RunFlag:
    """A file that lies in the home while somebody works, so that a power cut is noticed at the next start.

    Args:
        home: whose window it is.
    """

    def __init__(self, home: Home) -> None:
        self._file = home.running

    def put_up(self) -> bool:
        """Say that somebody works now; tells whether the work before this one stopped unexpectedly."""
        stopped = self._file.exists()
        with suppress(OSError):
            self._file.touch()
        return stopped

    def take_down(self) -> None:
        """Say that the work ended as it should."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
