"""The disk is full or fails in the middle of work: what was acknowledged stays, and every older file stays whole.

`strace` lets system calls of the real program fail every so often: the program hears what the kernel would say.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.faults import record
from tests.faults.failing_process import work_while_failing
from tests.faults.power_cuts import Promises, Reopening, work_on
from tests.faults.recording import Note, tracing_is_refused
from tests.faults.sentences import is_khmer
from tests.faults.size import at_gate
from tests.faults.traced import run_traced
from tlbb_desktop.data import durable, rekey
from tlbb_desktop.domain.errors import StorageDamaged, StorageFailing
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services import backup_contents
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.wiring import open_desk

ROUNDS = at_gate(1, night=40)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="strace is a program of Linux"),
    pytest.mark.skipif(tracing_is_refused(), reason="this system refuses ptrace, by which strace sees system calls"),
]

#: A file grows, is made certain, takes the place of another. Each fails once in so many times, from so many on; never
#: at every other one where a login asks twice, or nobody would ever come in.
FAULTS = (
    ("pwrite64", "ENOSPC", "40+17"),
    ("pwrite64", "EIO", "40+23"),
    ("fsync,fdatasync", "EIO", "5+6"),
    ("write", "ENOSPC", "3+4"),
    ("rename", "EIO", "1+2"),
    ("ftruncate", "EIO", "1+3"),
)


@pytest.fixture(scope="module")
def filled(template, tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("filled") / "home")
    shutil.copytree(template.home.path, home.path)
    opened = enter(home, KeyringFile(home.path).load(), template.keys, record.CLOCK, "login")
    desk = open_desk(home, opened, record.CLOCK)
    record.import_people(desk)
    record.open_class(desk)
    desk.backups.create()
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
    assert [line for line in refused if not is_khmer(line["sentence"])] == []
    notes = [Note(line) for line in said if line.keys() & {"says", "done"}]
    Reopening().check(filled_home, Promises(notes).before(len(notes)))
    work_on(filled_home)


@pytest.mark.parametrize("step", ["sync_folder", "fsync"])
def test_a_disk_that_fails_after_the_record_moved_under_new_keys_denies_nothing(desk, monkeypatch, step) -> None:
    """The new file has its name by then: whoever went on with the old keys would read of a damaged record."""
    desk.staff.add(record.colleague("dara", Role.TRAINER))

    def fail(*_arguments: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        if step == "sync_folder":
            patched.setattr(durable, "sync_folder", fail)
        else:
            patched.setattr(rekey, "os", SimpleNamespace(urandom=os.urandom, fsync=fail))
        assert desk.staff.deactivate("dara")
    desk.settings.put("late_minutes", 9)
    assert [line.check for line in desk.integrity.check() if not line.sound] == []


def test_a_backup_on_a_failing_disk_does_not_call_the_record_damaged(desk, monkeypatch) -> None:
    real = backup_contents.check_file

    def only_the_copy(path: Path, key: bytes, salt: bytes) -> None:
        if path != desk.home.database:
            raise StorageDamaged
        real(path, key, salt)

    monkeypatch.setattr(backup_contents, "check_file", only_the_copy)
    with pytest.raises(StorageFailing):
        desk.backups.create()
