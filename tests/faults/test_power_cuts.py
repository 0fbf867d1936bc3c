"""The power fails at any step of a day's work: nothing that was acknowledged is lost, and the record opens."""

from __future__ import annotations

import sys
from concurrent.futures import Executor

import pytest

from tests.faults import power_cuts
from tests.faults.disk import Fate
from tests.faults.power_cuts import Recording
from tests.faults.recording import record, tracing_is_refused
from tests.faults.size import SEED, at_gate
from tests.faults.working_process import day_of_work

STATES = at_gate(500, night=50_000)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="strace is a program of Linux"),
    pytest.mark.skipif(tracing_is_refused(), reason="this system refuses ptrace, by which strace sees system calls"),
    pytest.mark.timeout(0),
]


@pytest.fixture(scope="module")
def recording(memory, tmp_path_factory) -> Recording:
    made = Recording(tmp_path_factory.mktemp("recorded") / "trace", memory / "recorded")
    record(day_of_work, made.home, made.trace)
    return made


def test_the_recording_tells_all_that_happened_to_the_files(recording, apart: Executor) -> None:
    told = apart.submit(power_cuts.what_was_told, recording).result()
    real = {path: path.read_bytes() if path.is_file() else None for path in recording.home.rglob("*")}
    assert told == {recording.home: None, **real}


@pytest.mark.parametrize("fate", Fate)
def test_a_power_cut_loses_nothing_that_was_acknowledged(recording, memory, tmp_path, apart: Executor, fate) -> None:
    states = STATES // len(Fate)
    job = (recording, fate, states, SEED, memory, tmp_path / "home")
    assert apart.submit(power_cuts.reopen_after_cuts, *job).result() > states // 2
