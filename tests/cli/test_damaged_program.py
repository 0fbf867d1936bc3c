"""A command of a program whose own files are not as they were installed."""

from __future__ import annotations

import pytest

from tests.programme import PASSPHRASE
from tlbb_desktop import cli
from tlbb_desktop.bundle import soundness
from tlbb_desktop.bundle.listing import LISTING, list_files


@pytest.fixture
def damaged_program(tmp_path, monkeypatch):
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "tlbb-desktop").write_bytes(b"the program")
    (folder / LISTING).write_text(list_files(folder), encoding="utf-8")
    (folder / "tlbb-desktop").write_bytes(b"another program")
    monkeypatch.setattr(soundness, "PROGRAM", soundness.ProgramFiles(folder))


def content_of(home):
    return {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        ("staff", "list"),
        ("backup", "create", "."),
        ("check",),
        ("attendance", "summary", "SR-MOTO", "--month", "2026-10"),
    ],
)
def test_it_ends_with_3_and_one_sentence_and_the_record_is_as_it_was(damaged_program, run, home, command):
    before = content_of(home)
    code, said, warned = run(*command)
    assert (code, said) == (3, "")
    assert "tlbb-desktop" in warned
    assert "Install TLBB Desktop again" in warned
    assert len(warned.splitlines()) == 1
    assert content_of(home) == before


def test_no_programme_is_made_and_none_is_brought_back(damaged_program, run, home, tmp_path):
    secret = tmp_path / "new.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    new, asked = tmp_path / "new", ["--lang", "en", "init", "--prison", "SR", "--manager", "sokha"]
    files = ["--passphrase-file", str(secret), "--recovery-file", str(tmp_path / "recovery.txt")]
    assert cli.main(["--home", str(new), *asked, *files]) == 3
    assert not new.exists() or not any(new.iterdir())
    assert not (tmp_path / "recovery.txt").exists()


def test_a_record_that_cannot_be_reached_says_nothing_about_the_program(damaged_program, tmp_path, capsys):
    record = tmp_path / "record"
    record.write_bytes(b"no folder")
    assert cli.main(["--home", str(record), "--lang", "en", "check", "--program"]) == 3
    (tmp_path / "program" / "tlbb-desktop").write_bytes(b"the program")
    assert cli.main(["--home", str(record), "--lang", "en", "check", "--program", str(tmp_path / "program")]) == 0


def test_a_program_from_its_source_does_not_claim_that_its_files_were_looked_at(tmp_path, capsys):
    assert cli.main(["--home", str(tmp_path), "--lang", "en", "check", "--program"]) == 1
    assert "no list of its files" in capsys.readouterr().err


def test_installers_ask_without_a_passphrase_whether_a_program_is_whole(damaged_program, tmp_path, capsys):
    before = ["--home", str(tmp_path / "none"), "--lang", "en", "check", "--program"]
    assert cli.main(before) == 3
    assert cli.main([*before, str(tmp_path / "program")]) == 3
    assert "tlbb-desktop" in capsys.readouterr().err
    (tmp_path / "program" / "tlbb-desktop").write_bytes(b"the program")
    assert cli.main([*before, str(tmp_path / "program")]) == 0
    assert "as it was made" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()
