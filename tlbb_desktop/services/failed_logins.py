"""Failed logins, kept beside the keyring until somebody can write them into the audit."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from tlbb_desktop.domain.clock import Clock
from tlbb_desktop.domain.errors import WrongPassphrase
from tlbb_desktop.security.tries import Tries
from tlbb_desktop.services.home import Home

_Opened = TypeVar("_Opened")

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


def guarded(home: Home, account: str, clock: Clock, attempt: Callable[[], _Opened]) -> _Opened:
    """Run *attempt* unless it comes too soon after wrong ones; count and queue a wrong one.

    Raises:
        TooManyTries: too soon after wrong ones.
        WrongPassphrase: as *attempt* raises it.
    """
    tries = Tries(home.tries, clock)
    tries.check(account)
    try:
        opened = attempt()
    except WrongPassphrase:
        tries.wrong(account)
        note_failure(home.failed_logins, FailedLogin(clock.now(), account))
        raise
    tries.right(account)
    return opened


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
