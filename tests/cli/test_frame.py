"""The command line as scripts use it: exit codes, one sentence, nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop import cli
from tlbb_desktop.__main__ import main, place_of_command
from tlbb_desktop.cli import vault as vault_commands
from tlbb_desktop.domain.errors import StorageLocked
from tlbb_desktop.security import kdf
from tlbb_desktop.services.integrity import CHECK_NAMES
from tlbb_desktop.services.window_lock import WindowLock

NEXT = "orange ladder quiet seven"


def test_init_makes_a_programme_that_its_manager_opens(tmp_path, secret, capsys, monkeypatch):
    monkeypatch.setattr(kdf, "calibrate", lambda: kdf.FLOOR)
    at = ["--home", str(tmp_path / "new")]
    recovery = tmp_path / "recovery.txt"
    wishes = ["--prison", "sr", "--manager", MANAGER, "--passphrase-file", str(secret)]
    assert cli.main([*at, "init", *wishes, "--recovery-file", str(recovery)]) == 0
    assert len(recovery.read_text().strip().split("-")) == 8
    capsys.readouterr()
    assert cli.main([*at, "--user", MANAGER, "--passphrase-file", str(secret), "staff", "list", "--json"]) == 0
    (manager,) = json.loads(capsys.readouterr().out)
    assert manager == {
        "username": MANAGER,
        "name": MANAGER,
        "role": "manager",
        "admin_duty": True,
        "active": True,
        "prisons": ["SR"],
    }


@pytest.mark.parametrize(
    ("prison", "manager", "passphrase"),
    [("XX", MANAGER, PASSPHRASE), ("SR", "", PASSPHRASE), ("SR", MANAGER, "1234")],
)
def test_an_init_that_is_refused_leaves_nothing(tmp_path, capsys, monkeypatch, prison, manager, passphrase):
    monkeypatch.setattr(kdf, "calibrate", lambda: kdf.FLOOR)
    secret, recovery, new = tmp_path / "s.txt", tmp_path / "recovery.txt", tmp_path / "new"
    secret.write_text(passphrase)
    wishes = ["--prison", prison, "--manager", manager, "--passphrase-file", str(secret)]
    assert cli.main(["--home", str(new), "init", *wishes, "--recovery-file", str(recovery)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not recovery.exists()
    assert not list(new.glob("*.db"))


def test_init_leaves_a_programme_that_is_there_alone(run, home, tmp_path, secret):
    before = home.database.read_bytes()
    wishes = ["--prison", "SR", "--manager", "vanna", "--passphrase-file", str(secret)]
    code, _, said = run("init", *wishes, "--recovery-file", str(tmp_path / "r.txt"))
    assert (code, home.database.read_bytes()) == (1, before)
    assert "Nothing was changed" in said


def test_staff_is_added_and_listed(run, tmp_path):
    theirs = tmp_path / "theirs.txt"
    theirs.write_text(NEXT)
    slip = tmp_path / "slip.txt"
    given = ["--role", "social-worker", "--passphrase-file", theirs, "--slip-file", slip]
    code, _, said = run("staff", "add", "sophea", "--name", "សុភា", *given)
    assert (code, said) == (0, "")
    assert len(slip.read_text().strip().split("-")) == 4
    code, output, _ = run("staff", "list")
    assert "sophea\tសុភា\tSocial worker\tSR" in output


def test_nobody_is_added_when_the_slip_cannot_be_written(run, tmp_path):
    theirs = tmp_path / "theirs.txt"
    theirs.write_text(NEXT)
    given = ["--role", "trainer", "--passphrase-file", theirs, "--slip-file", tmp_path / "missing" / "slip.txt"]
    assert run("staff", "add", "sophea", *given)[0] == 1
    assert "sophea" not in run("staff", "list")[1]


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
def test_secrets_are_written_for_their_owner_only(run, tmp_path):
    theirs, slip = tmp_path / "theirs.txt", tmp_path / "slip.txt"
    theirs.write_text(NEXT)
    run("staff", "add", "sophea", "--role", "trainer", "--passphrase-file", theirs, "--slip-file", slip)
    assert slip.stat().st_mode & 0o077 == 0


def test_a_backup_is_made_verified_and_restored(run, home, tmp_path, secret, capsys):
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run("backup", "create", stick)[0] == 0
    (made,) = stick.iterdir()
    code, output, _ = run("backup", "verify", made)
    assert (code, "passed its checks" in output) == (0, True)
    assert cli.main(["--lang", "en", "backup", "verify", str(made)]) == 0
    new = ["--home", str(tmp_path / "new"), "--user", MANAGER, "--passphrase-file", str(secret)]
    assert cli.main([*new, "backup", "restore", str(made)]) == 0
    assert cli.main([*new, "check"]) == 0
    assert run("backup", "restore", made)[0] == 1


def test_the_recovery_key_restores_too(run, tmp_path, recovery_key):
    made = tmp_path / "made.tlbb"
    assert run("backup", "create", made)[0] == 0
    code_file = tmp_path / "recovery.txt"
    code_file.write_text(recovery_key.lower().replace("-", " "))
    new = ["--home", str(tmp_path / "new")]
    assert cli.main([*new, "backup", "restore", str(made), "--recovery-file", str(code_file)]) == 0


def test_a_damaged_record_is_not_replaced_while_a_window_is_open_over_it(run, home, tmp_path):
    made = tmp_path / "made.tlbb"
    assert run("backup", "create", made)[0] == 0
    damaged = bytes(4096) + home.database.read_bytes()[4096:]
    home.database.write_bytes(damaged)
    with WindowLock(home):
        code, _, said = run("backup", "restore", made, "--over-damaged")
        assert code == StorageLocked.exit_code
        assert "already open" in said
        assert home.database.read_bytes() == damaged
        assert not home.set_aside.exists()
    assert run("backup", "restore", made, "--over-damaged")[0] == 0
    assert run("check")[0] == 0


def test_a_damaged_backup_ends_with_3_and_another_file_with_1(run, tmp_path):
    made = tmp_path / "made.tlbb"
    run("backup", "create", made)
    content = bytearray(made.read_bytes())
    content[-100] ^= 1
    made.write_bytes(content)
    assert run("backup", "verify", made)[0] == 3
    (tmp_path / "letter.txt").write_text("hello")
    assert run("backup", "verify", tmp_path / "letter.txt")[0] == 1
    assert run("backup", "verify", tmp_path / "none.tlbb")[0] == 1


def test_a_sound_record_passes_every_check(run):
    code, output, _ = run("check", "--json")
    assert code == 0
    assert set(json.loads(output).values()) == {True}
    assert json.loads(output).keys() == CHECK_NAMES.keys()


def test_a_damaged_record_ends_with_3(run, home):
    content = bytearray(home.database.read_bytes())
    content[len(content) * 3 // 4] ^= 1
    home.database.write_bytes(content)
    code, _, said = run("check")
    assert code == 3
    assert "backup" in said


def test_a_wrong_passphrase_ends_with_4_and_so_does_the_wait_after_it(run, tmp_path):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(NEXT)
    assert [run("staff", "list", file=wrong)[0] for _ in range(4)] == [4, 4, 4, 4]
    code, _, said = run("staff", "list")
    assert code == 4
    assert "Wait" in said


def test_trouble_is_one_sentence_in_the_language_that_was_asked_for(home, secret, capsys, tmp_path):
    missing = str(tmp_path / "none.tlbb")
    cli.main(["--home", str(home.path), "--lang", "en", "backup", "verify", missing])
    english = capsys.readouterr().err
    assert english.count("\n") == 1
    assert "cannot be read" in english


def test_an_empty_home_says_how_to_begin(tmp_path, secret, capsys):
    at = ["--home", str(tmp_path / "new"), "--user", MANAGER, "--passphrase-file", str(secret), "--lang", "en"]
    assert cli.main([*at, "check"]) == 1
    assert "no programme" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_passphrase_file_that_is_missing_or_no_text_is_told(run, tmp_path):
    assert run("check", file=tmp_path / "none.txt")[0] == 1
    (tmp_path / "picture.txt").write_bytes(b"\xff\xfe\x00\x81")
    assert run("check", file=tmp_path / "picture.txt")[0] == 1


def test_a_fault_of_the_program_becomes_a_log_and_one_sentence(run, home, monkeypatch):
    def fail(*_args):
        raise ZeroDivisionError("name of a child")

    monkeypatch.setattr(vault_commands.CommandSession, "desk", fail)
    code, output, said = run("check")
    assert (code, output) == (1, "")
    assert "Traceback" not in said
    log = (home.logs / "faults.log").read_text()
    assert "ZeroDivisionError" in log
    assert "child" not in log + said


@pytest.mark.parametrize("wrong", [["dance"], ["--lang", "xx", "check"], ["staff"], []])
def test_a_command_line_that_nobody_understands_ends_with_2(wrong, capsys):
    assert cli.main(wrong) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--help" in said


def test_what_is_wrong_with_a_command_line_is_told_in_the_readers_language(capsys):
    assert cli.main(["--lang=km", "class", "add"]) == 2
    assert "ពាក្យបញ្ជា" in capsys.readouterr().err


def test_help_is_no_trouble(capsys):
    assert cli.main(["backup", "--help"]) == 0
    assert "restore" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_is_refused_in_one_sentence(home, monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--home", str(home.path), "--lang", "en"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_commands_load_no_qt():
    listing = "[name for name in sys.modules if 'PySide' in name or 'alchemy' in name]"
    loaded = f"import sys, tlbb_desktop.cli; print({listing})"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ([], None),
        (["--home", "check", "--lang=km"], None),
        (["--home", "somewhere", "check"], 2),
        (["--painted"], None),
        (["--today", "2026-11-21", "attendance"], 2),
        (["--user", "sokha", "--help"], 2),
        (["tour", "--out", "x"], 0),
    ],
)
def test_without_a_command_the_window_opens(arguments, place):
    assert place_of_command(arguments) == place


@pytest.mark.parametrize("command", [("check",), ("people", "list"), ("diagnose", "--out", "bundle.zip")])
def test_a_command_on_a_folder_that_cannot_be_opened_says_one_sentence(tmp_path, capsys, command):
    blocked = tmp_path / "file"
    blocked.touch()
    for place in (blocked, tmp_path / ("a" * 300)):
        assert cli.main(["--home", str(place), "--lang", "en", *command]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert "cannot be used" in said.err
        assert said.err.count("\n") == 1


def test_the_diagnosis_is_made_with_the_record_and_without(run, home, tmp_path, capsys):
    code, said, _trouble = run("diagnose", "--out", tmp_path / "whole.zip")
    assert code == 0
    assert str(tmp_path / "whole.zip") in said
    assert cli.main(["--home", str(home.path), "--lang", "en", "diagnose", "--out", str(tmp_path / "bare.zip")]) == 0
    sizes = [(tmp_path / name).stat().st_size for name in ("whole.zip", "bare.zip")]
    assert sizes[0] > sizes[1] > 0


def test_over_a_record_that_does_not_open_the_diagnosis_says_so_and_is_made(run, home, tmp_path):
    home.database.write_bytes(bytes(8192))
    code, _said, trouble = run("diagnose", "--out", tmp_path)
    assert code == 0
    assert trouble.count("\n") == 1
    assert len(list(tmp_path.glob("tlbb-diagnosis-*.zip"))) == 1


def test_a_diagnosis_that_has_no_place_is_refused(run, tmp_path):
    code, said, trouble = run("diagnose", "--out", tmp_path / "none" / "bundle.zip")
    assert (code, said) == (1, "")
    assert "could not be written" in trouble
