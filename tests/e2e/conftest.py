from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import time, timedelta
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.e2e.window_server import WindowServer
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.people import CustodyStay, Names, PersonKind, PersonRecord, PersonStatus, Sex
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import Desk

ROOT = Path(__file__).resolve().parents[2]
LETTERS = tuple(product("កខគឃងចឆជ", "ដឋណតថ"))
#: Names that nothing but these tests has.
FAMILY_KM, FAMILY_LATIN, GIVEN_LATIN = "ហ្វីនហ្សូ", "ZWQCANARYFIN", "Zwqcanaryzo"


def class_of_forty(desk: Desk) -> int:
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


@pytest.fixture
def class_id(desk: Desk) -> int:
    return class_of_forty(desk)


class WindowProcess:
    """A window in a process of its own; see ``window_process``.

    Args:
        job: what is done at it.
        home: whose window it is.
        folder: takes all that the process writes elsewhere.
        server: has the program loaded and forks the process.
    """

    def __init__(self, job: str, home: Home, folder: Path, server: WindowServer) -> None:
        self.folder, self._server = folder, server
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
        to_it, ours = os.pipe()
        heard, from_it = os.pipe()
        self._in, self._out = os.fdopen(ours, "w"), os.fdopen(heard, "r")
        with os.fdopen(to_it, "r") as its_input, os.fdopen(from_it, "w") as its_output:
            files = (its_input, its_output, self._errors)
            arguments = (job, str(home.path), MANAGER, str(folder / "pictures"))
            script = f"from tests.e2e.window_process import work\nwork(*{arguments})"
            self._process = server.start(script, folder, environment, files)
        self._code: int | None = None

    def tell(self, line: str = "") -> None:
        self._in.write(line + "\n")
        self._in.flush()

    def hear(self) -> dict[str, Any]:
        """The next thing that the window says."""
        line = self._out.readline()
        assert line, self.errors()
        return json.loads(line)

    def last_words(self) -> list[dict[str, Any]]:
        """What a window that has ended said, and nobody heard yet."""
        return [json.loads(line) for line in self._out]

    def errors(self) -> str:
        self._errors.seek(0)
        return "".join(line for line in self._errors if "This plugin does not support" not in line)

    def kill(self) -> None:
        if self._code is None:
            os.kill(self._process, signal.SIGKILL)
            self.end()

    def end(self) -> int:
        """Wait for the process to end by itself."""
        if self._code is None:
            self._code = self._server.ended(self._process, seconds=60)
        return self._code

    def close(self) -> None:
        self.kill()
        for stream in (self._in, self._out, self._errors):
            stream.close()


@pytest.fixture(scope="session")
def window_server() -> Iterator[WindowServer]:
    if sys.platform != "linux":
        pytest.skip("processes with Qt loaded are forked on Linux alone")
    server = WindowServer()
    yield server
    server.close()


class Ended(NamedTuple):
    """How a process ended, and all that it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run_script(window_server: WindowServer, tmp_path: Path) -> Callable[[str], Ended]:
    """Runs a script to its end in a process that has the program loaded."""
    places = [tmp_path / f"script.{name}" for name in ("input", "output", "errors")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}

    def run(script: str) -> Ended:
        with ExitStack() as stack:
            files = [stack.enter_context(place.open("w+", encoding="utf-8")) for place in places]
            process = window_server.start(script, tmp_path, environment, files)
            code = window_server.ended(process, seconds=90)
        return Ended(code, places[1].read_text(encoding="utf-8"), places[2].read_text(encoding="utf-8"))

    return run


@pytest.fixture
def window_process(home: Home, tmp_path: Path, window_server: WindowServer) -> Iterator[Callable[..., WindowProcess]]:
    """Starts a window on the home of this test or on *at*, and tells it the manager's passphrase if asked."""
    started: list[WindowProcess] = []

    def start(job: str, *, log_in: bool = True, at: Home = home) -> WindowProcess:
        folder = tmp_path / ("laptop" if at == home else f"laptop of {at.path.name}")
        process = WindowProcess(job, at, folder, window_server)
        started.append(process)
        if log_in:
            process.tell(PASSPHRASE)
            assert process.hear() == {"seated": True}
        return process

    yield start
    for process in started:
        process.close()
