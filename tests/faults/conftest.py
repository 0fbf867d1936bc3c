"""A process of its own for what reopens many homes: it may die without taking the tests along. And where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.own_process import in_haste
from tests.process_server import SERVER


@pytest.fixture(scope="session")
def apart() -> Iterator[Executor]:
    """Runs one thing after the other in another process."""
    with ProcessPoolExecutor(1, mp_context=SERVER, initializer=in_haste) as executor:
        yield executor


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory: what asks for an fsync there need not wait for a disk."""
    place = Path("/dev/shm")
    with TemporaryDirectory(prefix="tlbb-faults-", dir=place if place.is_dir() else None) as folder:
        yield Path(folder)
