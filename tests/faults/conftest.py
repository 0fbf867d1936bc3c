"""A process of its own for what reopens many homes: it may die without taking the tests along."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.faults.record import in_haste


@pytest.fixture(scope="module")
def apart() -> Iterator[Executor]:
    """Runs one thing after the other in another process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=in_haste) as executor:
        yield executor
