"""The disk is full or fails in the middle of work: what was acknowledged stays, and every older file stays whole.

`strace` lets system calls of the real program fail every so often: the program hears what the kernel would say.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.faults import record
from tests.faults.failing_process import work_while_failing
from tests.faults.power_cuts import Promises, Reopening, work_on
from tests.faults.recording import Note, tracing_is_refused
from tests.faults.size import at_gate
from tests.faults.traced import run_traced
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import open_desk

ROUNDS = at_gate(1, night=40)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="strace is a program of Linux"),
    pytest.mark.skipif(tracing_is_refused(), reason="this system refuses ptrace, by which strace sees system calls"),
]

#: A file grows, is made certain, takes the place of another. Each fails once in so many times, from so many on.
FAULTS = (
    ("pwrite64", "ENOSPC", "40+17"),
    ("pwrite64", "EIO", "40+23"),
    ("fsync,fdatasync", "EIO", "5+6"),
    ("write", "ENOSPC", "3+4"),
    ("rename", "EIO", "1+2"),
    ("ftruncate", "EIO", "1+2"),
)


@pytest.fixture(scope="module")
def filled(template, tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("filled") / "home")
    shutil.copytree(template.home.path, home.path)
    opened = enter(home, KeyringFile(home.path).load(), template.keys, record.CLOCK, "login")
    desk = open_desk(home, opened, record.CLOCK)
    record.import_people(desk)
    record.open_class(desk)
    desk.close()
    return home


@pytest.fixture
def filled_home(filled: Home, tmp_path: Path) -> Home:
    shutil.copytree(filled.path, tmp_path / "filled")
    return Home(tmp_path / "filled")


@pytest.mark.parametrize(("calls", "error", "when"), FAULTS)
def test_a_failing_disk_costs_only_what_was_refused(filled_home, tmp_path, calls, error, when) -> None:
    options = ["-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when={when}"]
    ended = run_traced(work_while_failing, (filled_home.path, ROUNDS), options, tmp_path / "said")
    assert ended.code == 0, ended.errors
    said = ended.said
    refused = [line for line in said if "refused" in line]
    assert said[-1] == {"ended": True}
    assert refused, "nothing failed, so nothing was proven"
    assert sum("done" in line for line in said) > ROUNDS
    notes = [Note(line) for line in said[:-1] if "refused" not in line]
    Reopening().check(filled_home, Promises(notes).before(len(notes)))
    work_on(filled_home)
