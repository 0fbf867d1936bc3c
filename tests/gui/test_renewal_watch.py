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
from tlbb_desktop.domain.errors import ProgramRenewed
from tlbb_desktop.qt.crash import CrashReporter
from tlbb_desktop.qt.renewal_watch import AGAIN_MILLISECONDS, RenewalWatch
from tlbb_desktop.services.fault_log import noted_faults
from tlbb_desktop.services.home import Home


@pytest.fixture
def files(tmp_path) -> ProgramFiles:
    (tmp_path / LISTING).write_text("0.1.0", encoding="utf-8")
    return ProgramFiles(tmp_path)


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
    assert heard == []


def test_a_renewed_program_is_told_once_and_again_after_a_while(qapp, files, tmp_path):
    parent, heard = QObject(), []
    watch = RenewalWatch(files, parent)
    watch.renewed.connect(heard.append)
    renew(tmp_path)
    watch.look()
    assert [type(each) for each in heard] == [ProgramRenewed]
    assert watch._timer.interval() == AGAIN_MILLISECONDS


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
