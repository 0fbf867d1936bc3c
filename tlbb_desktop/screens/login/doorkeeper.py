"""Opens the record for a member of staff; what that needs is loaded when it is needed, after the first paint."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from tlbb_desktop.services.home import Home

if TYPE_CHECKING:
    from tlbb_desktop.screens.login.opened import Opened
    from tlbb_desktop.services.vault import Unlocked
    from tlbb_desktop.wiring import Desk

HEAVY_MODULES = (
    "tlbb_desktop.services.vault",
    "tlbb_desktop.wiring",
    "tlbb_desktop.screens.shell.workplace",
    "tlbb_desktop.screens.today.screen",
)


class HomeDoorkeeper:
    """The way into one home; every method runs in a worker thread.

    Args:
        home: the home directory.
        publish: told what every finished act has changed.

    Attributes:
        safe_mode: whether whoever is let in works in safe mode.
    """

    def __init__(self, home: Home, publish: Callable[[str, frozenset[int]], None]) -> None:
        self._home, self._publish = home, publish
        self.safe_mode = False

    def prepare(self) -> None:
        """Load what unlocking and the first page need, while the person types."""
        for name in HEAVY_MODULES:
            import_module(name)
        from tlbb_desktop.domain.clock import SystemClock
        from tlbb_desktop.khmer import words
        from tlbb_desktop.services.calendar import load_holidays

        load_holidays(SystemClock().today().year)
        words("ថ្ងៃនេះ")

    def unlock(self, username: str, passphrase: str) -> Opened:
        """With a passphrase; see ``services.vault.unlock`` for what it raises."""
        from tlbb_desktop.services.vault import unlock

        return self._opened(unlock(self._home, username, passphrase))

    def unlock_with_recovery(self, code: str, username: str, passphrase: str) -> Opened:
        """With the recovery key; the member gets a new passphrase."""
        from tlbb_desktop.services.vault import unlock_with_recovery

        return self._opened(unlock_with_recovery(self._home, code, username, passphrase))

    def unlock_with_slip(self, code: str, username: str, passphrase: str) -> Opened:
        """With a reset slip; the member gets a new passphrase and a new slip."""
        from tlbb_desktop.services.vault import unlock_with_slip

        used = unlock_with_slip(self._home, username, code, passphrase)
        return self._opened(used.unlocked, used.slip)

    def _opened(self, unlocked: Unlocked, slip: str = "") -> Opened:
        from tlbb_desktop.screens.login.opened import Opened

        return Opened(self.open_desk(unlocked), slip)

    def open_desk(self, unlocked: Unlocked) -> Desk:
        """Build the services over an unlocked record."""
        from tlbb_desktop.wiring import open_desk

        return open_desk(self._home, unlocked, publish=self._publish, safe_mode=self.safe_mode)
