"""Locking ends the process that holds the keys, while the next login page stands already."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.domain.errors import StorageLocked
from tlbb_desktop.services.backups import verify
from tlbb_desktop.services.fault_log import noted_faults
from tlbb_desktop.services.window_lock import WindowLock

SIT_DOWN_AND = """
import os, signal
from PySide6.QtCore import QTimer
from tlbb_desktop import app
application = app.make_application()
program = app.WindowProgram(application, app.read_options({arguments!r}))
program.start()
def when_seated():
    if program._sitting is None or not program._sitting.workplace.place:
        QTimer.singleShot(50, when_seated)
    else:
        work(program, program._sitting)
def work(program, sitting):
    {work}
QTimer.singleShot(50, when_seated)
code = application.exec()
program.close()
print("code", code)
"""
LOCK = """sitting.workplace.go("people")
    from PySide6.QtGui import QGuiApplication
    QGuiApplication.clipboard().setText("somebody")
    program.lock()
    print("copied", QGuiApplication.clipboard().text())
    print("covered", program.window.covered)
    print("successor", program.successor.process_id, flush=True)"""
RENEW_AND_LOCK = """def gone(*_any):
        raise ImportError("incorrect header check")
    sitting.keep_for_lock = sitting.end = gone
    program.lock()
    print("covered", program.window.covered)
    print("successor", program.successor.process_id, flush=True)"""
LEAVE = """sitting.workplace.restore_wanted.emit()
    print("covered", program.window.covered)
    print("command", " ".join(program.successor.command()))
    print("successor", program.successor.process_id, flush=True)"""
LOCK_AND_DIE_COPYING = """from tlbb_desktop.data import backup
    def die(unfinished):
        print("lock", "free" if not program._lock._lock.is_locked else "held", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    backup._proven = die
    program.lock()
    print("successor", program.successor.process_id, flush=True)"""
LOCK_FOR_A_LOGIN = """from tlbb_desktop.screens.shell.successor import Successor
    command = Successor.command
    Successor.command = lambda successor: [*command(successor), *{login}]
    program.lock()
    print("successor", program.successor.process_id, flush=True)"""
LOOK = """print("place", sitting.workplace.place)
    print("banner", sitting.workplace.banner.text)
    sitting.end()
    program._app.quit()"""
CLOSE_OVER_A_HUNG_JOB = """import threading
    from tlbb_desktop import main_window
    main_window.LONGEST_STAY_SECONDS = 1.0
    program._tasks.submit(lambda _progress: threading.Event().wait(), program, print)
    print("closed", program.window.close())
    print("covered", program.window.covered, flush=True)"""
KILL = """os.kill(os.getpid(), signal.SIGKILL)"""


@pytest.fixture
def login(tmp_path) -> list[str]:
    """What makes a window take the manager in by itself."""
    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    return ["--user", MANAGER, "--passphrase-file", str(passphrase)]


@pytest.fixture
def seated(home, login, run_script):
    """Run a statement in a program of its own, at whose window the manager sits."""
    arguments = ["--home", str(home.path), *login, "--lang", "en"]

    def run(work: str) -> dict[str, str]:
        done = run_script(SIT_DOWN_AND.format(arguments=arguments, work=work))
        lines = [line.partition(" ") for line in done.stdout.splitlines()]
        return {name: value for name, _space, value in lines} | {"exit": str(done.returncode)}

    return run


def wait_for_lock(home, taken, seconds=30):
    """Wait until somebody else holds the window's lock, or nobody does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        lock = WindowLock(home)
        try:
            lock.take(wait_seconds=0.1)
        except StorageLocked:
            if taken:
                return True
        else:
            lock.give_back()
            if not taken:
                return True
    return False


def test_a_lock_hands_over_to_a_new_process_and_the_page_returns(home, seated):
    locked = seated(LOCK)
    successor = int(locked["successor"])
    try:
        assert (locked["covered"], locked["exit"], locked["code"]) == ("True", "0", "0")
        assert locked["copied"] == ""
        assert not home.running.exists()
        assert wait_for_lock(home, taken=True), "the new window has not taken the home"
        (copy,) = home.backups.glob("*.tlbb")
        assert verify(copy).size == copy.stat().st_size
    finally:
        os.kill(successor, signal.SIGKILL)
    assert wait_for_lock(home, taken=False)
    assert seated(LOOK)["place"] == "people"
    assert list(home.backups.glob("*.tlbb")) == [copy], "nothing was entered, and yet there is another copy"


def test_a_program_that_was_renewed_gives_the_keys_away_though_a_part_is_missing(home, seated):
    locked = seated(RENEW_AND_LOCK)
    try:
        assert (locked["covered"], locked["exit"], locked["code"]) == ("True", "0", "0")
        assert wait_for_lock(home, taken=True), "the new window has not taken the home"
    finally:
        os.kill(int(locked["successor"]), signal.SIGKILL)
    assert "ImportError" in noted_faults(home)


def test_the_new_window_does_not_wait_for_the_last_copy_and_a_kill_in_it_leaves_nothing_half(home, seated):
    locked = seated(LOCK_AND_DIE_COPYING)
    try:
        assert locked["exit"] == str(-signal.SIGKILL)
        assert locked["lock"] == "free"
        assert list(home.backups.glob("*.tlbb")) == []
    finally:
        os.kill(int(locked["successor"]), signal.SIGKILL)


OFFERED = """
from PySide6.QtCore import QTimer
from tlbb_desktop import app
application = app.make_application()
program = app.WindowProgram(application, app.read_options({arguments!r}))
program.start()
def look():
    if type(program.window.content).__name__ == "DamagedPage":
        print("offered", program.window.content.restore.isVisible(), flush=True)
        application.quit()
    else:
        QTimer.singleShot(50, look)
QTimer.singleShot(50, look)
application.exec()
program.close()
"""


def test_who_leaves_a_damaged_record_for_a_backup_is_offered_one_by_a_new_process(home, seated, run_script):
    left = seated(LEAVE)
    try:
        assert (left["covered"], left["code"]) == ("True", "0")
        assert left["command"].endswith("--painted --damaged")
        assert wait_for_lock(home, taken=True), "the new window has not taken the home"
    finally:
        os.kill(int(left["successor"]), signal.SIGKILL)
    assert wait_for_lock(home, taken=False)
    done = run_script(OFFERED.format(arguments=["--home", str(home.path), "--damaged", "--lang", "en"]))
    assert done.stdout.strip() == "offered True", done.stderr


def test_a_kill_is_noticed_at_the_next_start(home, seated):
    assert seated(KILL)["exit"] == str(-signal.SIGKILL)
    assert home.running.exists()
    assert seated(LOOK)["place"] == "today"
    assert not home.running.exists()


def wait_until(happened: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_crash_after_a_lock_and_a_new_login_is_logged_and_told(home, seated, login):
    """The process that held the keys before has put away what it had open, and only that."""
    locked = seated(LOCK_FOR_A_LOGIN.format(login=login))
    wait_until(home.running.exists)  # somebody sits at the new window
    os.kill(int(locked["successor"]), signal.SIGSEGV)
    assert wait_for_lock(home, taken=False)
    assert seated(LOOK)["banner"].startswith("The program failed on ")
    assert "native.Segmentation_fault" in noted_faults(home)


def test_a_job_that_hangs_keeps_neither_the_window_nor_the_keys(home, desk, seated):
    desk.settings.put("late_minutes", 20)
    closed = seated(CLOSE_OVER_A_HUNG_JOB)
    assert (closed["closed"], closed["covered"], closed["exit"]) == ("False", "True", "0")
    assert "code" not in closed  # it ended from within, as its thread would have kept it
    assert wait_for_lock(home, taken=False)
    assert len(list(home.backups.glob("*.tlbb"))) == 1
    assert not home.running.exists()
