"""The power fails at any step of a day's work: nothing that was acknowledged is lost, and the record opens."""

from __future__ import annotations

import sys
from concurrent.futures import Executor
from pathlib import Path

import pytest

from tests.faults import power_cuts, working_process
from tests.faults.disk import Fate
from tests.faults.old_homes import MANAGER, OLDER, PASSPHRASE, lay_out
from tests.faults.power_cuts import Recording
from tests.faults.recording import record, tracing_is_refused
from tests.faults.size import SEED, at_gate
from tlbb_desktop.services.upgrading import copy_before_upgrade
from tlbb_desktop.services.vault import unlock

STATES = at_gate(500, night=50_000)
RECORDINGS = 2

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="strace is a program of Linux"),
    pytest.mark.skipif(tracing_is_refused(), reason="this system refuses ptrace, by which strace sees system calls"),
    pytest.mark.timeout(0),
]


def day_of_work(folder: Path, memory: Path) -> Recording:
    """From the first start to the month's sheet."""
    made = Recording(folder / "trace", memory / "recorded")
    record(working_process.day_of_work, made.home, made.trace)
    return made


def days_of_casework(folder: Path, memory: Path) -> Recording:
    """From a backup of an older program to certificates and what is known after a release."""
    old = lay_out(OLDER[-1], folder / "old")
    unlock(old, MANAGER, PASSPHRASE).store.close()
    made = Recording(folder / "trace", memory / "recorded")
    record(working_process.days_of_casework, made.home, made.trace, copy_before_upgrade(old))
    return made


@pytest.fixture(scope="module", params=[day_of_work, days_of_casework], ids=lambda made: made.__name__)
def recording(request, memory, tmp_path_factory) -> Recording:
    name = request.param.__name__
    return request.param(tmp_path_factory.mktemp(name), memory / name)


def test_the_recording_tells_all_that_happened_to_the_files(recording, apart: Executor) -> None:
    told = apart.submit(power_cuts.what_was_told, recording).result()
    real = {path: path.read_bytes() if path.is_file() else None for path in recording.home.rglob("*")}
    assert told == {recording.home: None, **real}


@pytest.mark.parametrize("fate", Fate)
def test_a_power_cut_loses_nothing_that_was_acknowledged(recording, memory, tmp_path, apart: Executor, fate) -> None:
    states = STATES // len(Fate) // RECORDINGS
    job = (recording, fate, states, SEED, memory, tmp_path / "home")
    assert apart.submit(power_cuts.reopen_after_cuts, *job).result() > states // 2
