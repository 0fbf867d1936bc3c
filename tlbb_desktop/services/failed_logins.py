"""Failed logins, kept beside the keyring until somebody can write them into the audit."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_MOST_KEPT = 1000
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class FailedLogin:
    """A login that failed.

    Args:
        at: when.
        account: stable id of the member of staff, or ``unknown``; never what was typed.
    """

    at: datetime
    account: str


def note_failure(path: Path, failure: FailedLogin) -> None:
    """Add a line; a full disk or a full queue loses it, because logging in must go on."""
    with suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST_KEPT * _LONGEST_LINE:
            return
        with path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([failure.at.isoformat(), failure.account]) + "\n")
            stream.flush()
            os.fsync(stream.fileno())


def waiting_failures(path: Path) -> tuple[FailedLogin, ...]:
    """The failures that nobody has written down yet; a line that was cut short is left out."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ()
    found = (_read(line) for line in lines[:_MOST_KEPT])
    return tuple(failure for failure in found if failure is not None)


def forget_failures(path: Path) -> None:
    """Empty the queue after its lines are in the audit."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _read(line: str) -> FailedLogin | None:
    try:
        at, account = json.loads(line)
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return None
    return FailedLogin(moment, str(account)[:_LONGEST_LINE]) if moment.tzinfo else None
