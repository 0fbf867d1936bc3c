"""The job of a process that opens one home of before after the other, to be recorded, killed, or given a failing disk.

Its output is one line of JSON for each home: that it begins, why it was refused, and that it is open.
"""

from __future__ import annotations

from pathlib import Path

from tests.faults.old_homes import MANAGER, PASSPHRASE
from tests.faults.own_process import TRIES, in_haste, tell
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock


def open_at_last(home: Home) -> bool:
    """Log in, however often it takes; whether it came about."""
    for _ in range(TRIES):
        try:
            unlock(home, MANAGER, PASSPHRASE).store.close()
        except TlbbError as error:
            tell(refused=home.path.name, why=type(error).__name__)
        else:
            return True
    return False


def open_all(folder: Path) -> None:
    """Open the homes in *folder*."""
    in_haste()
    for path in sorted(folder.iterdir()):
        tell(begins=path.name)
        if open_at_last(Home(path)):
            tell(opened=path.name)
    tell(ended=True)
