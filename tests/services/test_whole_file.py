"""Files that are handed out."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tlbb_desktop.domain.errors import Refused, StorageFull
from tlbb_desktop.services.whole_file import require_place, write_whole

linux = pytest.mark.skipif(os.name != "posix", reason="devices and links of Linux")


def test_a_file_handed_out_can_be_read_by_others(tmp_path):
    write_whole(tmp_path / "sheet.xlsx", b"new")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "sheet.xlsx").stat().st_mode) == 0o666 & ~mask


def test_a_full_disk_leaves_the_older_file_and_no_rubbish(tmp_path, monkeypatch):
    (tmp_path / "sheet.xlsx").write_bytes(b"old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        write_whole(tmp_path / "sheet.xlsx", b"new")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("sheet.xlsx", b"old")]


@linux
def test_a_device_is_never_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused):
        write_whole(tmp_path / "pipe", b"new")
    assert (tmp_path / "pipe").is_fifo()


@linux
def test_a_link_stays_a_link_to_the_new_content(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "there" / "file.csv")
    write_whole(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "there" / "file.csv").read_bytes() == b"new"


@pytest.mark.parametrize("place", [".", "missing/file.csv"])
def test_a_place_that_takes_no_file_is_told_before_the_work(tmp_path, place):
    with pytest.raises(Refused):
        require_place(tmp_path / place)


def test_asking_whether_a_place_takes_a_file_leaves_it_as_it_was(tmp_path: Path):
    (tmp_path / "file.csv").write_bytes(b"old")
    require_place(tmp_path / "file.csv")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("file.csv", b"old")]
