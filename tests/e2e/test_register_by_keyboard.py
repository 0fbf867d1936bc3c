"""A trainer takes the register of thirty with four exceptions, by real key events in the real window."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tlbb_desktop.demonstration.build import TRAINER, build_demonstration, demo_login
from tlbb_desktop.demonstration.cast import DAY
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.months import Month
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

PATIENCE_SECONDS = 60
CLASS = "SR-MOTO-25"
pytestmark = pytest.mark.skipif(shutil.which("xdotool") is None, reason="real keys need xdotool")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("demonstration") / "home")
    build_demonstration(home)
    return home


@pytest.fixture
def window(demonstration: Home, screen_environment) -> Iterator[str]:
    """The id of the real window, opened as the trainer on the demonstration."""
    with suppress(FileNotFoundError):
        manager = subprocess.Popen(["openbox"], env=screen_environment, stderr=subprocess.DEVNULL)
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "tlbb_desktop", "--home", str(demonstration.path), "--user", TRAINER),
            *("--passphrase-file", str(demo_login(demonstration, TRAINER)), "--lang", "km"),
        ],
        env=screen_environment,
    )
    try:
        yield wait_for_window(program)
    finally:
        program.terminate()
        program.wait(timeout=20)
        manager.terminate()
        manager.wait(timeout=20)


def wait_for_window(program: subprocess.Popen[bytes]) -> str:
    found = tool("search", "--sync", "--onlyvisible", "--pid", str(program.pid), "--name", "TLBB")
    tool("windowactivate", "--sync", found.split()[0])
    return found.split()[0]


def tool(*arguments: str) -> str:
    done = subprocess.run(["xdotool", *arguments], check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    return done.stdout


def marks_of_today(home: Home) -> list[MarkCode | None]:
    desk = open_desk(home, unlock(home, TRAINER, demo_login(home, TRAINER).read_text(encoding="utf-8")))
    try:
        register = desk.attendance.register(desk.classes.class_named(CLASS), Month.of(DAY))
        session = next(session for session in register.sessions if session.day == DAY)
        there = [learner for learner in register.learners if learner.enrolled_on(DAY)]
        return [
            mark.code if (mark := register.marks.get((session.id, learner.person_id))) else None for learner in there
        ]
    finally:
        desk.close()


def wait_until(condition) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)  # another process works; there is no signal to wait for


def test_a_register_with_four_exceptions_takes_a_handful_of_keys(demonstration: Home, window: str) -> None:
    running = demonstration.running
    wait_until(running.exists)  # the workplace stands
    time.sleep(2.0)
    tool("key", "--window", window, "Return")  # Today's first card opens the register
    time.sleep(2.0)
    for key in ("p", "p", "a", "p", "e", "1", "p", "l", "2", "0", "p", "p", "i", "1"):
        tool("key", "--delay", "40", key)
    tool("key", "ctrl+Return")
    wait_until(lambda: None not in marks_of_today(demonstration))
    marks = marks_of_today(demonstration)
    assert marks[:10] == [
        *(MarkCode.PRESENT, MarkCode.PRESENT, MarkCode.ABSENT, MarkCode.PRESENT, MarkCode.EXCUSED),
        *(MarkCode.PRESENT, MarkCode.LATE, MarkCode.PRESENT, MarkCode.PRESENT, MarkCode.INSTITUTION),
    ]
    assert set(marks[10:]) == {MarkCode.PRESENT}


def test_no_picture_of_a_child_or_name_is_in_the_window_title(window: str) -> None:
    assert tool("getwindowname", window).strip() == "TLBB Desktop"


def test_the_demonstration_is_built_once_only(demonstration: Home, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in demonstration.path.rglob("*.db")}
    done = subprocess.run(
        [sys.executable, "-m", "tlbb_desktop", "--home", str(demonstration.path), "--lang", "en", "demo"],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert "here already" in done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in demonstration.path.rglob("*.db")}
