"""Back-off after wrong passphrases: longer each time, never for good.

Three wrong tries are free; from the fourth on each doubles the wait, up to 15 minutes. The count lies in a small file
beside the keyring and survives a restart. Whoever can delete that file can copy the keyring as well; what stands
against them is the cost of Argon2id.
"""

from __future__ import annotations

import contextlib
import json
import math
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tlbb_desktop.domain.clock import Clock
from tlbb_desktop.domain.errors import StorageFull, TooManyTries
from tlbb_desktop.security.atomic_file import write_atomically

FREE_TRIES = 3
FIRST_WAIT = 5
LONGEST_WAIT = 15 * 60
_MOST_COUNTED = 64


@dataclass(frozen=True, slots=True)
class _Account:
    """Wrong tries of one account: their number, and the second of the epoch before which no other is taken."""

    wrong: int = 0
    not_before: float = 0.0


class Tries:
    """The wrong tries of each account of a home.

    Args:
        path: the file that counts them, beside the keyring.
        clock: the laptop's clock.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        self._unsaved = False

    def check(self, account: str) -> None:
        """Refuse a try before its time; to be called before a passphrase is looked at.

        A clock that was set back cannot lengthen the wait beyond what this number of wrong tries costs.

        Args:
            account: ``Keyring.account`` of the login name.

        Raises:
            TooManyTries: with ``seconds`` (whole seconds to wait) and ``until`` (an aware moment).
        """
        self._accounts = self._merged()
        counted = self._accounts.get(account, _Account())
        now = self._now()
        longest = now + wait_after(counted.wrong)
        if counted.not_before > longest:
            counted = replace(counted, not_before=longest)
            self._keep(account, counted)
        if counted.not_before > now:
            until = datetime.fromtimestamp(counted.not_before, UTC)
            raise TooManyTries(seconds=math.ceil(counted.not_before - now), until=until)

    def wrong(self, account: str) -> None:
        """Count a wrong try."""
        self._accounts = self._merged()
        number = min(self._accounts.get(account, _Account()).wrong + 1, _MOST_COUNTED)
        self._keep(account, _Account(number, self._now() + wait_after(number)))

    def right(self, account: str) -> None:
        """Forget the wrong tries of an account after a right one."""
        self._accounts = self._merged()
        if account in self._accounts:
            self._keep(account, None)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _merged(self) -> dict[str, _Account]:
        """What is on disk, where another process may have counted; what is in memory while the disk takes nothing."""
        return self._accounts if self._unsaved else _read(self._path)

    def _keep(self, account: str, counted: _Account | None) -> None:
        self._accounts = {name: kept for name, kept in self._accounts.items() if name != account}
        if counted is not None:
            self._accounts[account] = counted
        content = json.dumps({name: asdict(kept) for name, kept in self._accounts.items()}).encode("ascii")
        self._unsaved = True
        with contextlib.suppress(OSError, StorageFull):  # logging in must work on a full disk, too
            write_atomically(self._path, content)
            self._unsaved = False


def wait_after(wrong: int) -> float:
    """Seconds to wait after that many wrong tries: 0, 0, 0, 5, 10, 20 … 900."""
    if wrong <= FREE_TRIES:
        return 0.0
    return float(min(FIRST_WAIT * 2 ** (wrong - FREE_TRIES - 1), LONGEST_WAIT))


def _read(path: Path) -> dict[str, _Account]:
    try:
        raw = json.loads(path.read_bytes())
        return {str(name): _account(kept) for name, kept in raw.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return {}


def _account(raw: dict[str, float]) -> _Account:
    not_before = float(raw["not_before"])
    if not math.isfinite(not_before):
        raise ValueError("no moment")
    return _Account(max(0, min(int(raw["wrong"]), _MOST_COUNTED)), not_before)
