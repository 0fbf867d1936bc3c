from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk

ROOT = Path(__file__).resolve().parents[2]
LETTERS = tuple(product("កខគឃងចឆជ", "ដឋណតថ"))
#: Names that nothing but these tests has.
FAMILY_KM, FAMILY_LATIN, GIVEN_LATIN = "ហ្វីនហ្សូ", "ZWQCANARYFIN", "Zwqcanaryzo"


@pytest.fixture
def class_id(desk: Desk) -> int:
    """A class of forty whose register opens on today's session, with every cell unmarked."""
    prison, today = desk.prisons.own(), desk.office.clock.today()
    for number, letters in enumerate(LETTERS):
        desk.people.save(
            PersonRecord(
                id=None,
                code=f"SR-{number:03d}",
                names=Names(FAMILY_KM, "".join(letters), FAMILY_LATIN, GIVEN_LATIN),
                sex=Sex.MALE,
                kind=PersonKind.PARTICIPANT,
                status=PersonStatus.IN_TRAINING,
                stays=(CustodyStay(prison.id, today),),
            )
        )
    course = desk.classes.courses()[0]
    tomorrow = today + timedelta(days=1)
    timetable = (TimetableSlot(Weekday(tomorrow.weekday()), time(8), time(11)),)
    group = TrainingClass(None, "SR-TEST", course.id or 0, prison.id, None, today, tomorrow, timetable)
    made = desk.classes.save(group)
    desk.classes.add_session(made, today, time(8), time(11))
    desk.classes.enrol(made)
    return made


class WindowProcess:
    """A window in a process of its own; see ``window_process``."""

    def __init__(self, job: str, home: Home, folder: Path) -> None:
        self.folder = folder
        for name in ("tmp", "home", "config", "cache", "data", "state", "pictures"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        places = {
            "TMPDIR": "tmp",
            "HOME": "home",
            "XDG_CONFIG_HOME": "config",
            "XDG_CACHE_HOME": "cache",
            "XDG_DATA_HOME": "data",
            "XDG_STATE_HOME": "state",
        }
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        environment |= {name: str(folder / place) for name, place in places.items()}
        self._errors = (folder / f"{job}.stderr").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.window_process", job, str(home.path), MANAGER, str(folder / "pictures")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            cwd=folder,
            env=environment,
        )

    def tell(self, line: str = "") -> None:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next thing that the window says."""
        line = self._process.stdout.readline()
        assert line, self.errors()
        return json.loads(line)

    def errors(self) -> str:
        self._errors.seek(0)
        return "".join(line for line in self._errors if "This plugin does not support" not in line)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> int:
        """Wait for the process to end by itself."""
        return self._process.wait(timeout=60)

    def close(self) -> None:
        self.kill()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            stream.close()


@pytest.fixture
def window_process(home: Home, tmp_path: Path) -> Iterator[Callable[..., WindowProcess]]:
    """Starts a window on the home of this test, and tells it the manager's passphrase if asked."""
    started: list[WindowProcess] = []

    def start(job: str, *, log_in: bool = True) -> WindowProcess:
        process = WindowProcess(job, home, tmp_path / "laptop")
        started.append(process)
        if log_in:
            process.tell(PASSPHRASE)
            assert process.hear() == {"seated": True}
        return process

    yield start
    for process in started:
        process.close()
