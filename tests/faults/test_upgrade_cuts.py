"""The power fails, the process is killed, or the disk is full in the middle of an upgrade: the home is old or new."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from concurrent.futures import Executor
from pathlib import Path

import pytest

from tests.faults import upgrade_cuts
from tests.faults.disk import Fate
from tests.faults.old_homes import OLDER, lay_out
from tests.faults.recording import record, tracing_is_refused
from tests.faults.size import NIGHT, SEED, at_gate
from tests.faults.traced import run_traced
from tests.faults.upgrade_cuts import UpgradeRecording
from tests.faults.upgrading_process import open_all
from tlbb_desktop.services.home import Home

STATES = at_gate(40, night=4_000)
INJURED = at_gate(2, night=60)
#: How a process is hurt: what its system calls give back, or that one of them is its last, and about how many it makes.
INJURIES = (
    ("pwrite64", "error=ENOSPC", 250),
    ("pwrite64", "signal=KILL", 250),
    ("fsync,fdatasync", "error=EIO", 12),
    ("fsync,fdatasync", "signal=KILL", 12),
    ("write", "error=ENOSPC", 12),
    ("rename", "signal=KILL", 3),
)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="strace is a program of Linux"),
    pytest.mark.skipif(tracing_is_refused(), reason="this system refuses ptrace, by which strace sees system calls"),
    pytest.mark.timeout(0),
]


@pytest.fixture(scope="module")
def recording(memory, tmp_path_factory) -> UpgradeRecording:
    made = UpgradeRecording(
        tmp_path_factory.mktemp("upgraded") / "trace", memory / "upgraded", memory / "before upgrading"
    )
    for revision in OLDER:
        lay_out(revision, made.homes / revision)
    shutil.copytree(made.homes, made.before)
    record(open_all, made.homes, made.trace)
    return made


@pytest.mark.parametrize("revision", OLDER)
def test_after_a_power_cut_a_home_is_old_or_new_and_opens(
    recording, memory, tmp_path, apart: Executor, revision: str
) -> None:
    """With everything kept that was asked for, in its order, it is what a killed process leaves."""
    states = STATES // len(OLDER) // len(Fate)
    new = 0
    for fate in Fate:
        job = (recording, revision, fate, states, SEED, memory, tmp_path / "home")
        new += apart.submit(upgrade_cuts.reopen_after_cuts, *job).result()
    assert 0 < new < states * len(Fate) or states < 10


@pytest.mark.parametrize("number", range(INJURED))
def test_a_home_is_old_or_new_and_opens_after_its_upgrade_was_hurt(tmp_path: Path, number: int) -> None:
    chance = random.Random(f"{SEED} {number}")
    revision = chance.choice(OLDER)
    calls, how, most = INJURIES[chance.randrange(len(INJURIES)) if NIGHT else number]
    home: Home = lay_out(revision, tmp_path / "homes" / revision)
    options = ["-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={calls}:{how}:when={chance.randint(1, most)}"]
    ended = run_traced(open_all, (home.path.parent,), options, tmp_path / "said")
    assert ended.code == (-signal.SIGKILL if "KILL" in how else 0), ended.errors
    opened = {"opened": revision} in ended.said
    upgrade_cuts.check(home, revision, acknowledged=opened)
    upgrade_cuts.log_in(home, revision)
