"""What a process of these tests begins with, and how it speaks: one line of JSON for each step, in one write."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import Any

from tlbb_desktop.data import engine
from tlbb_desktop.services import disk_room

TRIES = 20


def in_haste() -> None:
    """Let this process lock no keys into memory, and make a small reserve.

    Neither says anything about what is on the disk.
    """
    engine._PRAGMAS = tuple(pragma for pragma in engine._PRAGMAS if "memory_security" not in pragma)
    disk_room.BALLAST_BYTES = 4096


def tell(**facts: Any) -> None:
    """One line, in one write, so that it stands in a recording as one step."""
    write_at_last(1, json.dumps(facts).encode() + b"\n")


def write_at_last(descriptor: int, content: bytes) -> None:
    """Write, again where the write itself was made to fail."""
    for _ in range(TRIES):
        with suppress(OSError):
            os.write(descriptor, content)
            return
