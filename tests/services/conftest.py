"""What tests of several services share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.own_process import OwnProcesses


@pytest.fixture
def own_processes(home, template) -> Iterator[OwnProcesses]:
    """Processes beside this one that work in the same home; none outlives the test."""
    processes = OwnProcesses(home, template.keys)
    yield processes
    processes.end()
