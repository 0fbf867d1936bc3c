"""Where a home may lie, and the one window that it has."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tlbb_desktop.domain.errors import Refused, StorageLocked
from tlbb_desktop.services import home as home_module
from tlbb_desktop.services.home import Home, file_system_of, is_unsafe
from tlbb_desktop.services.window_lock import WindowLock


@pytest.mark.parametrize("folder", ["OneDrive - Office", "Dropbox", "Google Drive", "iCloud Drive"])
def test_a_folder_that_a_cloud_copies_is_refused(tmp_path, folder):
    with pytest.raises(Refused, match="cloud"):
        Home(tmp_path / folder / "TLBB").require_safe_place()


@pytest.mark.parametrize("name", ["vfat", "exfat", "FAT32", "nfs4", "cifs", "fuse.sshfs", "fuse.rclone"])
def test_a_stick_or_a_network_drive_is_refused(tmp_path, monkeypatch, name):
    assert is_unsafe(name)
    monkeypatch.setattr(home_module, "file_system_of", lambda place: name)
    with pytest.raises(Refused, match="own disk"):
        Home(tmp_path / "TLBB").require_safe_place()


@pytest.mark.parametrize("name", ["ext4", "btrfs", "NTFS", "fuseblk", "overlay", "apfs", ""])
def test_a_disk_of_the_laptop_is_taken(name):
    assert not is_unsafe(name)


@pytest.mark.skipif(sys.platform == "win32", reason="mounts are listed so on Linux")
def test_the_innermost_mount_decides(tmp_path):
    mounts = tmp_path / "mounts"
    stick = os.path.realpath(tmp_path / "my stick")
    escaped = stick.replace(" ", "\\040")
    mounts.write_text(f"/dev/a / ext4 rw 0 0\n/dev/b {escaped} vfat rw 0 0\n/dev/c {escaped}er ext4 rw 0 0\n")
    assert file_system_of(Path(stick) / "home", mounts) == "vfat"
    assert file_system_of(Path(stick + "er") / "home", mounts) == "ext4"
    assert file_system_of(tmp_path / "elsewhere", mounts) == "ext4"
    assert file_system_of(tmp_path, tmp_path / "none") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows protects folders otherwise")
def test_a_home_is_closed_to_other_accounts(tmp_path):
    home = Home(tmp_path / "deep" / "home")
    home.make_folders()
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700


def test_a_file_is_no_home_and_a_folder_that_cannot_be_made_is_told(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("hello")
    with pytest.raises(Refused):
        Home(file).require_empty()
    with pytest.raises(Refused, match="cannot be made"):
        Home(file / "home").make_folders()
    assert file.read_text() == "hello"


def test_only_one_window_opens(home):
    with WindowLock(home), pytest.raises(StorageLocked, match="already open"):
        WindowLock(home).take()
    WindowLock(home).take()


@pytest.mark.parametrize("content", [b"", b"4711", b"\x00" * 100, "ចាក់សោ".encode()])
def test_a_lock_file_that_was_left_behind_keeps_nobody_out(home, content):
    home.window_lock.write_bytes(content)
    with WindowLock(home):
        assert home.window_lock.exists()


def test_the_lock_ends_with_the_process_that_holds_it(home):
    holds = (
        "import sys, os; from pathlib import Path; from tlbb_desktop.services.home import Home;"
        "from tlbb_desktop.services.window_lock import WindowLock;"
        "lock = WindowLock(Home(Path(sys.argv[1]))); lock.take(); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holds, str(home.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline().strip() == "held"
        with pytest.raises(StorageLocked):
            WindowLock(home).take()
        other.kill()
        other.wait(timeout=10)
        with WindowLock(home):
            pass
