"""A record that moved to another laptop: here it is read and printed, and nothing is entered any more.

The row in the record decides. The file beside it only lets the login page and commands say so before anybody has opened
anything. Loaded before the first paint.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.home import Home

if TYPE_CHECKING:
    from datetime import date

MOVED: Final = "moved"
#: What every page and command says.
MOVED_AWAY: Final = N_("This record moved to another laptop on {day}. Here it is read and printed, and not changed.")
_STANDING: Final = "SELECT value FROM setting WHERE name = 'moved'"


def moved_day(home: Home) -> date | None:
    """The day on which the record of *home* moved away, as the file beside it says, or None."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        text = json.loads(home.moved.read_bytes())["on"]
        from datetime import date  # not before the first paint

        return date.fromisoformat(text)
    return None


def closed_since(driver: Any) -> date | None:
    """The day on which the record under a driver connection moved away, or None. Asked in each act that enters."""
    row = driver.execute(_STANDING).fetchone()
    if row is None:
        return None
    from datetime import date

    kept = json.loads(row[0])
    return None if not kept else date.fromisoformat(kept["at"][:10])


def mark_home(home: Home, day: date | None) -> None:
    """Let the file beside the record say what the record says; a full disk costs the file and nothing else."""
    if day == moved_day(home):
        return
    from tlbb_desktop.domain.errors import StorageFull
    from tlbb_desktop.security.atomic_file import write_atomically

    with suppress(OSError, StorageFull):
        if day is None:
            home.moved.unlink(missing_ok=True)
        else:
            write_atomically(home.moved, json.dumps({"on": day.isoformat()}).encode("ascii"))
