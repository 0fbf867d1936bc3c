"""From a passphrase to a key: Argon2id and what it may cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tlbb_desktop.domain.errors import Refused, StorageDamaged
from tlbb_desktop.i18n.marks import N_

KEY_LENGTH = 32
SALT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one Argon2id run costs.

    Args:
        memory_kib: memory in KiB, 64 MiB to 1 GiB.
        passes: passes over the memory, 1 to 10.
        lanes: parallel lanes, 1 to 4.

    Raises:
        StorageDamaged: a value is outside its bounds, so that an edited keyring can neither weaken nor exhaust us.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        bounded = (
            MIN_MEMORY_KIB <= self.memory_kib <= MAX_MEMORY_KIB and 1 <= self.passes <= 10 and 1 <= self.lanes <= 4
        )
        if not bounded:
            raise StorageDamaged(KEYRING_DAMAGED)


MIN_MEMORY_KIB = 64 * 1024
MAX_MEMORY_KIB = 1024 * 1024
KEYRING_DAMAGED = N_("The keyring is damaged. Nothing was changed. Restore the last good backup.")
FLOOR = KdfCost(memory_kib=MIN_MEMORY_KIB, passes=3, lanes=1)
"""The least that a new slot may cost (vault design)."""

_STEPS = tuple(KdfCost(memory_kib=mib * 1024, passes=passes, lanes=1) for mib in (256, 128, 64) for passes in (6, 4, 3))


def derive(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    """The 32-byte key of a canonical passphrase or a code's secret.

    Raises:
        Refused: the laptop has not enough free memory for *cost*.
    """
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_LENGTH, Type.ID)
    except (HashingError, MemoryError) as error:
        raise Refused(
            N_("There is not enough free memory to open the keyring. Close other programs and try again.")
        ) from error


def calibrate(max_seconds: float = 1.5, timer: Callable[[], float] = time.perf_counter) -> KdfCost:
    """The dearest cost that this laptop computes in at most *max_seconds*; the floor when none does.

    One run of the floor is timed and the rest reckoned, since time grows with memory times passes. 256 MiB is the most,
    because the laptops have 4 GB.

    Args:
        max_seconds: longest wait at the login page, in seconds.
        timer: seconds that only grow.
    """
    started = timer()
    derive(b"calibration", bytes(SALT_LENGTH), FLOOR)
    floor_seconds = timer() - started
    within = (step for step in _STEPS if floor_seconds * _work(step) / _work(FLOOR) <= max_seconds)
    return max(within, key=_work, default=FLOOR)


def _work(cost: KdfCost) -> int:
    return cost.memory_kib * cost.passes
