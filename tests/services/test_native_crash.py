"""Crashes outside of Python: each process has a file of its own; what one left goes into the log at the next start."""

from __future__ import annotations

import faulthandler
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tlbb_desktop.services.fault_log import noted_faults, take_in_native_crashes, untold_fault
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.native_crash import COMMAND, WINDOW, NativeLog
from tlbb_desktop.services.start_record import StartRecord

ROOT = Path(__file__).resolve().parents[2]
CANARY = "Zwqcanary"
PROCESS = """
import ctypes, os, signal, sys
from pathlib import Path
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.native_crash import NativeLog
log = NativeLog(Home(Path({home!r})), {kind!r})
log.begin()
print("begun", flush=True)
def Zwqfalling():
    {end}
sys.stdin.readline()
Zwqfalling()
"""
CRASH, KILLED, WELL = "ctypes.string_at(0)", "os.kill(os.getpid(), signal.SIGKILL)", "log.end()"


@pytest.fixture
def place(tmp_path) -> Home:
    return Home(tmp_path / "home" / CANARY)


@pytest.fixture
def begin(place, tmp_path):
    """Begin a process of the program that ends so once it is told to."""
    place.path.mkdir(parents=True, exist_ok=True)
    begun: list[subprocess.Popen[str]] = []

    def start(end: str, kind: str = WINDOW) -> subprocess.Popen[str]:
        script = tmp_path / CANARY / "falling.py"
        script.parent.mkdir(exist_ok=True)
        script.write_text(PROCESS.format(home=str(place.path), kind=kind, end=end), encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        begun.append(process)
        assert process.stdout.readline() == "begun\n"
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> int:
    process.communicate("\n")
    return process.returncode


def native_files(place: Home) -> list[Path]:
    return sorted(place.logs.glob("native*"))


def test_a_crash_is_taken_in_once_with_its_own_time_and_without_its_folders(place, begin):
    assert ended(begin(CRASH)) != 0
    (left,) = native_files(place)
    assert CANARY in left.read_text(encoding="utf-8")
    os.utime(left, (1_790_000_000, 1_790_000_000))
    take_in_native_crashes(place)
    text = noted_faults(place)
    assert "native.Segmentation_fault" in text or "native.access_violation" in text
    assert "falling.py" in text
    assert CANARY not in text
    assert untold_fault(place) == datetime.fromtimestamp(1_790_000_000, UTC)
    take_in_native_crashes(place)
    assert noted_faults(place) == text
    assert native_files(place) == []


def test_a_process_that_ends_puts_away_its_own_file_and_no_other(place, begin):
    """As after a lock: the one that held the keys ends when the new one has begun."""
    before = begin(WELL)
    after = begin(CRASH)
    assert ended(before) == 0
    assert ended(after) != 0
    take_in_native_crashes(place)
    assert "falling.py" in noted_faults(place)


def test_the_file_of_a_process_that_lives_is_left_alone(place, begin):
    living = begin(CRASH)
    take_in_native_crashes(place)
    assert StartRecord(place).crashes() == 0
    assert ended(living) != 0
    assert StartRecord(place).crashes() == 1


def test_two_windows_that_crashed_are_a_row_which_a_kill_does_not_break_and_work_ends(place, begin):
    ended(begin(CRASH))
    assert StartRecord(place).crashes() == 1
    ended(begin(KILLED))
    assert StartRecord(place).crashes() == 1
    ended(begin(CRASH))
    assert StartRecord(place).crashes() == 2
    take_in_native_crashes(place)
    assert StartRecord(place).crashes() == 2
    assert noted_faults(place).count("falling.py") == 4
    StartRecord(place).worked()
    assert StartRecord(place).crashes() == 0
    assert native_files(place) == []


def test_a_command_that_crashed_is_logged_but_is_no_window(place, begin):
    (place.path / "keyring.A.json").touch()
    ended(begin(CRASH, COMMAND))
    assert StartRecord(place).crashes() == 0
    take_in_native_crashes(place)
    assert "falling.py" in noted_faults(place)


def test_a_folder_that_is_no_home_takes_no_file_of_a_command(place, begin):
    assert ended(begin(WELL, COMMAND)) == 0
    assert list(place.path.iterdir()) == []


def test_what_tells_of_no_crash_is_no_fault(place):
    place.logs.mkdir(parents=True)
    for content in ("", "nonsense", "Current thread 0x01 (most recent call first):\n"):
        (place.logs / "native-window-00000000.log").write_text(content)
        assert StartRecord(place).crashes() == 0
        take_in_native_crashes(place)
    assert untold_fault(place) is None
    assert native_files(place) == []


def test_where_somebody_else_writes_crashes_down_already_that_stays(place):
    place.path.mkdir(parents=True)
    assert faulthandler.is_enabled()  # pytest's own
    log = NativeLog(place, WINDOW)
    log.begin()
    log.end()
    assert faulthandler.is_enabled()
    assert not place.logs.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_no_other_account_reads_the_file(place, begin):
    ended(begin(KILLED))
    assert {path.stat().st_mode & 0o077 for path in (place.logs, *native_files(place))} == {0}
