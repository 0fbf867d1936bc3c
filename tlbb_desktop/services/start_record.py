"""Whether the window gets as far as its first page, and what its last start was like."""

from __future__ import annotations

import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from tlbb_desktop.services.home import Home
from tlbb_desktop.services.native_crash import count_window_crashes

#: After so many starts in a row without a first page, or windows in a row that crashed, safe mode is offered.
OFFERED_AFTER = 2
LAST_START = "last-start.json"
#: In the folder of logs; how many windows in a row crashed, wherever they were.
IN_A_ROW = "crashes-in-a-row"


class SafeModeReason(StrEnum):
    """Why safe mode is offered."""

    WISHED = "wished"
    NOT_STARTED = "not_started"
    CRASHED = "crashed"


class StartRecord:
    """Counts starts that never came to their first page, and windows that crashed.

    Args:
        home: whose window starts; where there is none yet nothing is counted.
    """

    def __init__(self, home: Home) -> None:
        self._home = home

    def begin(self) -> int:
        """A start begins; gives how many before it ended without a first page. A broken count is none."""
        failed = _number_in(self._home.starting)
        with suppress(OSError):
            self._home.starting.write_text(str(failed + 1), encoding="ascii")
        return failed

    def painted(self) -> None:
        """The first page stands."""
        with suppress(OSError):
            self._home.starting.unlink(missing_ok=True)

    def crashes(self) -> int:
        """How many windows in a row crashed before this one; a kill and a power cut are none, and break no row."""
        place = self._home.logs / IN_A_ROW
        found, new = _number_in(place), count_window_crashes(self._home)
        if new:
            with suppress(OSError):
                place.touch(mode=0o600)
                place.write_text(str(found + new), encoding="ascii")
        return found + new

    def worked(self) -> None:
        """Somebody worked at the window and left it as one should."""
        with suppress(OSError):
            (self._home.logs / IN_A_ROW).unlink(missing_ok=True)

    def keep(self, facts: dict[str, Any]) -> None:
        """Keep what the start was like, for a diagnosis; see :func:`last_start`."""
        with suppress(OSError):
            if self._home.path.is_dir():
                self._home.logs.mkdir(mode=0o700, exist_ok=True)
                place = self._home.logs / LAST_START
                place.touch(mode=0o600)
                place.write_text(json.dumps(facts), encoding="utf-8")


def last_start(home: Home) -> dict[str, float]:
    """The numbers of the last start: ``processor_seconds`` to the first page, whether it was ``safe`` (1 or 0)."""
    try:
        found = json.loads((home.logs / LAST_START).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    known = ("processor_seconds", "safe")
    return {name: float(found[name]) for name in known if isinstance(found, dict) and _is_number(found.get(name))}


def _number_in(place: Path) -> int:
    with suppress(OSError, ValueError):
        return min(int(place.read_text(encoding="ascii")), 99)
    return 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
