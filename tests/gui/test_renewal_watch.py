"""A window whose program was replaced by the system's packages says so, instead of failing where a part is missing."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from tlbb_desktop.bundle import soundness
from tlbb_desktop.bundle.listing import LISTING
from tlbb_desktop.bundle.soundness import ProgramFiles
from tlbb_desktop.domain.errors import ProgramRemoved, ProgramRenewed
from tlbb_desktop.qt.crash import CrashReporter
from tlbb_desktop.qt.renewal_watch import AGAIN_MILLISECONDS, RenewalWatch
from tlbb_desktop.screens.shell.successor import Successor
from tlbb_desktop.services.fault_log import noted_faults
from tlbb_desktop.services.home import Home


@pytest.fixture
def files(tmp_path) -> ProgramFiles:
    (tmp_path / LISTING).write_text("0.1.0", encoding="utf-8")
    files = ProgramFiles(tmp_path)
    files.begin()
    return files


def renew(folder: Path) -> None:
    """As dpkg does it: a new file, renamed over the old one."""
    new = folder / f"{LISTING}.dpkg-new"
    new.write_text("0.2.0", encoding="utf-8")
    new.replace(folder / LISTING)


def test_nothing_is_said_while_the_program_is_the_one_that_was_started(qapp, files):
    parent, heard = QObject(), []
    watch = RenewalWatch(files, parent)
    watch.renewed.connect(heard.append)
    watch.look()
    watch.look()
    assert heard == []


def test_a_renewed_program_is_told_once_and_again_after_a_while(qapp, files, tmp_path):
    parent, heard = QObject(), []
    watch = RenewalWatch(files, parent)
    watch.renewed.connect(heard.append)
    renew(tmp_path)
    watch.look()
    assert heard == [], "the other files may not be there yet"
    watch.look()
    assert [type(each) for each in heard] == [ProgramRenewed]
    assert watch._timer.interval() == AGAIN_MILLISECONDS


def test_a_program_that_is_gone_is_told_in_other_words(qapp, files, tmp_path):
    parent, heard = QObject(), []
    watch = RenewalWatch(files, parent)
    watch.renewed.connect(heard.append)
    (tmp_path / LISTING).unlink()
    watch.look()
    watch.look()
    assert [type(each) for each in heard] == [ProgramRemoved]
    assert "install TLBB Desktop again" in str(heard[0].default_message)


def test_a_window_that_kept_its_older_folder_is_followed_by_the_newest_program(qapp, tmp_path, monkeypatch):
    for name in ("program-older", "program-newer"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tlbb-desktop").touch()
    own = tmp_path / "program-older" / "tlbb-desktop"
    monkeypatch.setattr(sys, "executable", str(own))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    successor = Successor(tmp_path / "home", QObject())
    assert successor.command()[0] == str(own), "as on Windows and with the package, where there is no link"
    (tmp_path / "program").symlink_to("program-newer")
    assert successor.command()[0] == str(tmp_path / "program" / "tlbb-desktop")


def test_a_part_that_no_longer_fits_is_logged_and_told_as_the_renewal_that_it_is(qapp, files, tmp_path, monkeypatch):
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(soundness, "PROGRAM", files)
    home = Home(tmp_path / "home")
    home.make_folders()
    reporter, heard = CrashReporter(home), []
    reporter.troubled.connect(heard.append)
    renew(tmp_path)
    reporter.report(ImportError("incorrect header check"))
    qapp.processEvents()
    assert [type(each) for each in heard] == [ProgramRenewed]
    assert noted_faults(home)
    assert reporter._dialog is None
