"""How many states and copies a test of faults goes through: some in `make test`, many in a night of `make soak`."""

from __future__ import annotations

import os

NIGHT = os.environ.get("TLBB_NIGHT") == "1"
SEED = int(os.environ.get("TLBB_SEED", "26"))


def at_gate(number: int, *, night: int) -> int:
    """*number* in `make test`, *night* in `make soak`."""
    return night if NIGHT else number
