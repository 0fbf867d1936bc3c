"""Before an update the record is copied without anybody's passphrase, and the copy brings it back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programme import MANAGER, PASSPHRASE, Template
from tlbb_desktop import cli
from tlbb_desktop.data import backup, durable, engine
from tlbb_desktop.data.backup import read_content
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import StorageDamaged, StorageFull, StorageLocked
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.services import closed_copy
from tlbb_desktop.services.closed_copy import KEPT, copy_closed
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.window_lock import WindowLock
from tlbb_desktop.wiring import open_desk


def now():
    return SystemClock().now()


def set_late_minutes(home: Home, template: Template, minutes: int, *, closes: bool = True):
    """Change a setting of the record; leave it open where it must not be closed properly."""
    desk = open_desk(home, enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login"))
    desk.settings.put("late_minutes", minutes)
    if closes:
        desk.close()
    return desk


def late_minutes(home: Home, template: Template) -> object:
    desk = open_desk(home, enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login"))
    try:
        return desk.settings.get("late_minutes", None)
    finally:
        desk.close()


def test_a_closed_record_becomes_a_backup_that_the_program_brings_back(home, template, tmp_path):
    set_late_minutes(home, template, 25)
    made = copy_closed(home, now())
    assert made is not None
    assert made.as_backup
    new = Home(tmp_path / "new")
    restore(made.path, new, username=MANAGER, passphrase=PASSPHRASE)
    assert late_minutes(new, template) == 25


def test_a_copy_does_not_claim_a_schema_that_only_the_keys_could_tell(home):
    made = copy_closed(home, now())
    assert made is not None
    assert "schema" not in read_content(made.path).facts


def test_what_a_stopped_program_left_beside_the_record_is_copied_with_it(home, template, tmp_path):
    desk = set_late_minutes(home, template, 35, closes=False)
    stopped = Home(shutil.copytree(home.path, tmp_path / "stopped"))
    desk.close()
    made = copy_closed(stopped, now())
    assert made is not None
    assert not made.as_backup
    new = Home(tmp_path / "new")
    shutil.copytree(made.path, new.path)
    assert late_minutes(new, template) == 35


def test_an_open_window_is_asked_to_close_first(home):
    lock = WindowLock(home)
    lock.take()
    with pytest.raises(StorageLocked):
        copy_closed(home, now())
    lock.give_back()
    assert list(home.backups.iterdir()) == []


INSIDE = """
import sys
from pathlib import Path
from tests.programme import PASSPHRASE, MANAGER
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk
home = Home(Path(sys.argv[1]))
desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE))
print("inside", flush=True)
sys.stdin.readline()
desk.settings.put("late_minutes", 45)
desk.close()
"""


@pytest.fixture
def leaver(home):
    """A process that has given its window's lock back, but not closed the record: it writes once it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", INSIDE, str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout.readline() == "inside\n"
    yield process
    process.kill()
    process.communicate()


def test_a_copy_waits_for_the_process_that_makes_the_last_copy(home, template, tmp_path, leaver):
    def let_it_end() -> None:
        leaver.stdin.write("\n")
        leaver.stdin.flush()

    made = copy_closed(home, now(), let_it_end)
    assert made.as_backup
    new = Home(tmp_path / "new")
    restore(made.path, new, username=MANAGER, passphrase=PASSPHRASE)
    assert late_minutes(new, template) == 45


def test_somebody_who_stays_inside_is_told_and_nothing_is_copied(home, leaver, monkeypatch):
    monkeypatch.setattr(closed_copy, "WAIT_SECONDS", 0.2)
    with pytest.raises(StorageLocked, match="still being written"):
        copy_closed(home, now())
    assert list(home.backups.iterdir()) == []


def test_while_it_is_copied_nobody_comes_in(home, template, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    refused = []

    def come_in_between(*arguments):
        with pytest.raises(StorageLocked):
            set_late_minutes(home, template, 55)
        refused.append(True)
        return backup.pack(*arguments)

    monkeypatch.setattr(closed_copy, "pack", come_in_between)
    assert copy_closed(home, now()).as_backup
    assert refused
    set_late_minutes(home, template, 55)


def test_a_laptop_without_a_programme_has_nothing_to_copy(tmp_path):
    assert copy_closed(Home(tmp_path / "none"), now()) is None
    assert not (tmp_path / "none").exists()


def test_three_copies_of_before_updates_are_kept_and_no_other_file_is_touched(home, template):
    other = home.backups / "tlbb-backup-20260101-0800-abcd.tlbb"
    other.write_bytes(b"of another kind")
    made = []
    for minutes in range(KEPT + 2):
        set_late_minutes(home, template, minutes)
        made.append(copy_closed(home, now()).path)
    assert other.exists()
    assert made[-1].exists()
    assert len(list(home.backups.glob("before-update-*"))) == KEPT


def test_a_full_disk_leaves_no_half_copy(home, monkeypatch):
    def full(*_arguments: object) -> None:
        raise StorageFull

    monkeypatch.setattr(closed_copy, "pack", full)
    with pytest.raises(StorageFull):
        copy_closed(home, now())
    assert list(home.backups.iterdir()) == []


def test_what_a_power_cut_left_of_an_earlier_copy_is_swept(home):
    (home.backups / ".before-update-20260101-0800-abcd.part").mkdir()
    (home.backups / ".before-update-20260101-0800-abcd.part" / "programme.db").write_bytes(b"half of it")
    for name in ("before-update-20260101-0800-abcd.keyring", "before-update-20260101-0800-abcd.tlbb.part"):
        (home.backups / f".{name}").write_bytes(b"half of it")
    made = copy_closed(home, now())
    assert list(home.backups.iterdir()) == [made.path]


@pytest.mark.parametrize("closes", [True, False])
def test_an_update_that_is_tried_again_makes_no_second_copy_of_the_same_record(home, template, tmp_path, closes):
    desk = set_late_minutes(home, template, 35, closes=closes)
    if not closes:
        home, before = Home(shutil.copytree(home.path, tmp_path / "stopped")), desk
        before.close()
    first, again = copy_closed(home, now()), copy_closed(home, now())
    assert again == first
    assert list(home.backups.iterdir()) == [first.path]
    hurt = first.path if closes else first.path / "programme.db"
    hurt.write_bytes(hurt.read_bytes()[:-1] + b"?")
    assert copy_closed(home, now()).path != first.path, "a copy that is damaged is none"


def test_on_a_full_disk_the_older_copies_make_room_for_the_new_one(home, template, monkeypatch):
    made = []
    for minutes in range(KEPT):
        set_late_minutes(home, template, minutes)
        made.append(copy_closed(home, now()).path)
    set_late_minutes(home, template, 59)
    pack, tries = closed_copy.pack, []

    def room_for_two(*arguments):
        tries.append(arguments)
        if len(list(home.backups.glob("before-update-*"))) > 1:
            raise StorageFull
        return pack(*arguments)

    monkeypatch.setattr(closed_copy, "pack", room_for_two)
    newest = copy_closed(home, now()).path
    assert len(tries) == 2
    assert set(home.backups.iterdir()) == {made[-1], newest}


def test_where_the_copies_would_keep_the_new_program_from_taking_anything_in_only_the_newest_stays(
    home, template, monkeypatch
):
    copy_closed(home, now())
    set_late_minutes(home, template, 59)
    monkeypatch.setattr(closed_copy, "free_bytes", lambda _path: closed_copy.ENTRY_BYTES - 1)
    made = copy_closed(home, now())
    assert list(home.backups.iterdir()) == [made.path]


def test_a_disk_that_gives_back_something_else_is_told(home, template, tmp_path, monkeypatch):
    desk = set_late_minutes(home, template, 35, closes=False)
    stopped = Home(shutil.copytree(home.path, tmp_path / "stopped"))
    desk.close()

    def hurt(path: Path) -> None:
        durable.sync_file(path)
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    monkeypatch.setattr(closed_copy, "sync_file", hurt)
    with pytest.raises(StorageDamaged):
        copy_closed(stopped, now())
    assert list(stopped.backups.iterdir()) == []


def test_the_command_needs_no_passphrase(home, capsys):
    assert cli.main(["--home", str(home.path), "--lang", "en", "backup", "copy"]) == 0
    made = next(home.backups.glob("before-update-*.tlbb"))
    assert str(made) in capsys.readouterr().out
    assert cli.main(["--home", str(home.path / "none"), "--lang", "en", "backup", "copy"]) == 0
    assert "nothing to copy" in capsys.readouterr().out
