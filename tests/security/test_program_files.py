"""The installed program knows its files, and waits for nobody's leave to find that one is wrong."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tlbb_desktop.bundle import soundness
from tlbb_desktop.bundle.listing import LISTING, Faults, faults, list_files
from tlbb_desktop.bundle.soundness import ProgramFiles
from tlbb_desktop.domain.errors import ProgramDamaged, ProgramRemoved, ProgramRenewed
from tlbb_desktop.i18n import catalog
from tlbb_desktop.i18n.sentences import explain


@pytest.fixture
def installed(tmp_path):
    """A small program, with the link that such bundles have, and its list."""
    folder = tmp_path / "program"
    library = folder / "_internal" / "Qt" / "lib" / "libQt6Core.so.6"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"a library")
    (folder / "tlbb-desktop").write_bytes(b"the program")
    (folder / "_internal" / "libQt6Core.so.6").symlink_to("Qt/lib/libQt6Core.so.6")
    (folder / LISTING).write_text(list_files(folder), encoding="utf-8")
    return folder


def test_an_untouched_program_is_sound(installed):
    assert not faults(installed)
    ProgramFiles(installed).require_sound()


def test_a_changed_file_is_found_though_its_size_is_the_same(installed):
    (installed / "tlbb-desktop").write_bytes(b"the proqram")
    assert faults(installed) == Faults(changed=("tlbb-desktop",))


def test_a_library_that_was_changed_is_found_by_each_of_its_names(installed):
    (installed / "_internal/Qt/lib/libQt6Core.so.6").write_bytes(b"another")
    assert faults(installed).changed == ("_internal/Qt/lib/libQt6Core.so.6", "_internal/libQt6Core.so.6")


def test_a_lost_file_and_one_that_was_added_are_found(installed):
    (installed / "_internal/libQt6Core.so.6").unlink()
    (installed / "_internal/Qt/plugins").mkdir()
    (installed / "_internal/Qt/plugins/libhelpful.so").write_bytes(b"x")
    assert faults(installed) == Faults(
        missing=("_internal/libQt6Core.so.6",), additional=("_internal/Qt/plugins/libhelpful.so",)
    )


def test_a_folder_that_is_a_link_is_an_added_file(installed, tmp_path):
    (installed / "_internal" / "platforms").symlink_to(tmp_path)
    assert faults(installed).additional == ("_internal/platforms",)


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"no list\n"])
def test_a_program_without_a_list_that_can_be_read_is_not_sound(installed, content):
    (installed / LISTING).unlink() if content is None else (installed / LISTING).write_bytes(content)
    assert LISTING in faults(installed).missing


def test_what_the_installer_puts_beside_the_program_is_not_looked_at(installed):
    (installed / "uninstall.exe").write_bytes(b"x")
    assert not faults(installed)


@pytest.mark.skipif(sys.platform != "linux", reason="coreutils")
def test_the_list_can_be_checked_with_the_systems_own_program(installed):
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", LISTING], cwd=installed, check=True)


def test_at_most_three_files_are_named_in_the_readers_language(installed, caplog):
    for name in ("a.so", "b.so", "c.so", "d.so"):
        (installed / name).write_bytes(b"x")
    files = ProgramFiles(installed)
    for _again in range(2):
        with pytest.raises(ProgramDamaged) as refused:
            files.require_sound()
    catalog.activate("km")
    try:
        sentence = explain(refused.value)
    finally:
        catalog.activate("en")
    assert "a.so, b.so, c.so, …" in sentence
    assert sentence != explain(refused.value)
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []  # a command would say it twice


def test_a_program_that_runs_from_its_source_has_no_list():
    ProgramFiles(None).require_sound()


def test_a_note_beside_the_program_keeps_nobody_out(installed):
    for name in ("desktop.ini", "scan report.txt"):
        (installed / name).write_text("harmless")
    assert not faults(installed)
    (installed / "version.DLL").write_bytes(b"loaded from beside the program")
    assert faults(installed).additional == ("version.DLL",)


def test_a_look_that_fails_leaves_the_program_shut(installed, monkeypatch):
    def fail(_folder: Path) -> Faults:
        raise PermissionError

    monkeypatch.setattr(soundness, "faults", fail)
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    with pytest.raises(ProgramDamaged):
        ProgramFiles(installed).require_sound()


def test_a_program_that_was_put_in_the_place_of_the_running_one_is_noticed(installed):
    files = ProgramFiles(installed)
    assert files.renewal() is None, "nothing is looked at before it is asked for"
    files.begin()
    assert files.renewal() is None
    new = installed / "files.new"
    new.write_bytes((installed / LISTING).read_bytes())
    new.replace(installed / LISTING)  # the same version, installed again
    assert type(files.renewal()) is ProgramRenewed
    (installed / LISTING).unlink()
    assert type(files.renewal()) is ProgramRemoved
    from_source = ProgramFiles(None)
    from_source.begin()
    assert from_source.renewal() is None
