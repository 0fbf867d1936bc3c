from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tlbb_desktop.domain.errors import Refused, StorageDamaged
from tlbb_desktop.security import kdf
from tlbb_desktop.security.kdf import FLOOR, SALT_LENGTH, KdfCost, calibrate, derive


def timer(floor_seconds: float):
    moments = iter([100.0, 100.0 + floor_seconds])
    return lambda: next(moments)


def test_the_floor_is_64_mib_three_passes_one_lane():
    assert KdfCost(64 * 1024, 3, 1) == FLOOR


@pytest.mark.parametrize("cost", [(1024, 3, 1), (64 * 1024 - 1, 3, 1), (1024 * 1024 + 1, 3, 1), (65536, 0, 1),
                                  (65536, 11, 1), (65536, 3, 0), (65536, 3, 5), (-1, 3, 1)])  # fmt: skip
def test_a_cost_outside_its_bounds_is_never_run(cost):
    with pytest.raises(StorageDamaged):
        KdfCost(*cost)


def test_a_slow_laptop_gets_the_floor():
    assert calibrate(1.5, timer(3.0)) == FLOOR


@pytest.mark.parametrize("floor_seconds", [0.05, 0.2, 0.5, 0.8])
def test_a_fast_laptop_gets_the_dearest_cost_within_the_limit(floor_seconds):
    cost = calibrate(1.5, timer(floor_seconds))
    work = cost.memory_kib * cost.passes / (FLOOR.memory_kib * FLOOR.passes)
    assert floor_seconds * work <= 1.5
    assert cost.memory_kib >= FLOOR.memory_kib
    assert cost.passes >= FLOOR.passes
    assert work > 1 or floor_seconds > 0.75


def test_too_little_memory_is_said_in_a_sentence(monkeypatch):
    def no_memory(*_arguments):
        raise MemoryError

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", no_memory)
    with pytest.raises(Refused, match="memory"):
        derive(b"secret", bytes(16), FLOOR)


def test_the_key_depends_on_secret_salt_and_cost():
    first = derive(b"secret", bytes(16), FLOOR)
    assert len(first) == kdf.KEY_LENGTH
    assert first != derive(b"secreT", bytes(16), FLOOR)
    assert first != derive(b"secret", bytes(15) + b"1", FLOOR)
    assert first != derive(b"secret", bytes(16), KdfCost(FLOOR.memory_kib, 4, 1))


def test_other_threads_go_on_while_a_key_is_derived():
    begun = Event()

    def derive_in_the_background() -> bytes:
        begun.set()
        return derive(b"secret", bytes(SALT_LENGTH), FLOOR)

    with ThreadPoolExecutor(1) as background:
        key = background.submit(derive_in_the_background)
        begun.wait()
        turns = 0
        while not key.done():
            turns += 1
    assert turns > 100  # one or two if the derivation kept Python for itself
