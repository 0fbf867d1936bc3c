"""What an unlocking gives."""

from __future__ import annotations

from dataclasses import dataclass

from tlbb_desktop.wiring import Desk


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """An open record.

    Args:
        desk: its services.
        slip: the reset slip that replaces a used one, to be printed; or ``""``.
    """

    desk: Desk
    slip: str = ""
