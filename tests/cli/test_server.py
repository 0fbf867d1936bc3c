"""The installed program from outside, over a real server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programme import MANAGER, PASSPHRASE, Template, make_template
from tlbb_desktop import __main__ as entry
from tlbb_desktop import cli
from tlbb_desktop.services.home import Home


@pytest.fixture
def on_server(server, tmp_path: Path) -> Template:
    return make_template(tmp_path / "first", server)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "words.txt"
    file.write_text(PASSPHRASE, encoding="utf-8")
    return file


def test_a_further_computer_joins_by_its_first_command_and_needs_no_address_afterwards(
    on_server: Template, words: Path, tmp_path: Path, capsys
) -> None:
    new, given = str(tmp_path / "new"), ["--lang", "en", "--user", MANAGER, "--passphrase-file", str(words)]
    assert cli.main(["--home", new, "--database", on_server.home.server, *given, "staff", "list"]) == 0
    assert cli.main(["--home", new, *given, "check"]) == 0
    said = capsys.readouterr().out
    assert MANAGER in said
    assert "✗" not in said


def test_what_is_wrong_about_an_address_is_said_in_one_sentence(tmp_path: Path, words: Path, capsys) -> None:
    new, lost = tmp_path / "new", f"postgresql://nobody@/nothing?host={tmp_path}"
    for address, sentence in (("postgresql://a:b@c/d", "must not hold a password"), (lost, "does not answer")):
        given = ["--home", str(new), "--lang", "en", "--database", address, "--passphrase-file", str(words)]
        assert cli.main([*given, "staff", "list"]) == 1
        told = capsys.readouterr()
        assert sentence in told.err
        assert "Traceback" not in told.out + told.err
        assert not (new / "server.txt").exists()


def test_an_account_is_given_by_command(on_server: Template, words: Path, server, capsys) -> None:
    with server.superuser() as connection:
        connection.execute("CREATE ROLE lina_by_command LOGIN")
    given = ["--home", str(on_server.home.path), "--lang", "en", "--user", MANAGER, "--passphrase-file", str(words)]
    assert cli.main([*given, "staff", "account", MANAGER, "lina_by_command"]) == 0
    assert cli.main([*given, "staff", "account", MANAGER, "nobody_by_command"]) == 1
    assert "no account nobody_by_command" in capsys.readouterr().err


def test_a_window_joins_before_it_looks_into_its_home(on_server: Template, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    entry._join_server(["--home", str(new.path), f"--database={on_server.home.server}"])
    assert new.server == on_server.home.server
    assert new.has_keyring
