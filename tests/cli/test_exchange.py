"""Two homes, one programme, from the command line: invite, join, send, take in, decide."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.programme import MANAGER
from tests.services.exchange.conftest import add_person, note_of, set_note
from tlbb_desktop import cli
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

CODE = "SR-26-0001"


@pytest.fixture
def there(run, home, desk, tmp_path: Path, secret: Path, capsys):
    """The command on a further laptop that joined."""
    add_person(desk, CODE)
    file = tmp_path / "SR.tlbb-join"
    assert run("exchange", "invite", "SR", "--prison", "SR", "--out", file)[0] == 0
    who = ["--home", str(tmp_path / "further"), "--user", MANAGER, "--passphrase-file", str(secret), "--lang", "en"]

    def run_there(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([*who, *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    code, out, _err = run_there("exchange", "join", file)
    assert (code, "This laptop is SR now" in out) == (0, True)
    return run_there


def desk_there(tmp_path: Path, secret: Path):
    home = Home(tmp_path / "further")
    return open_desk(home, unlock(home, MANAGER, secret.read_text(encoding="utf-8").strip()))


def test_two_homes_exchange_bundles_and_a_conflict_is_decided(run, there, desk, tmp_path, secret):
    set_note(desk, CODE, "office")
    further = desk_there(tmp_path, secret)
    set_note(further, CODE, "site")
    further.close()
    bundle = tmp_path / "1.tlbb-bundle"
    assert there("exchange", "export", "--to", "HO", "--out", bundle)[0] == 0
    taken = json.loads(run("exchange", "import", bundle, "--json")[1])
    assert (taken["sender"], taken["number"], taken["conflicts"]) == ("SR", 1, 1)
    assert "taken in before. Nothing happened" in run("exchange", "import", bundle)[1]
    (conflict,) = json.loads(run("exchange", "conflicts", "--json")[1])
    assert (conflict["mine"]["value"], conflict["theirs"]["value"]) == ("office", "site")
    assert run("exchange", "decide", conflict["id"], "theirs")[0] == 0
    assert note_of(desk, CODE) == "site"
    assert run("exchange", "decide", conflict["id"], "mine")[0] == 1
    standings = json.loads(run("exchange", "status", "--json")[1])
    assert [(each["name"], each["received"], each["open_conflicts"]) for each in standings] == [
        ("HO", 0, 0),
        ("SR", 1, 0),
    ]


def test_what_is_refused_ends_with_one_and_a_sentence(run, there, tmp_path):
    bundle = tmp_path / "1.tlbb-bundle"
    code, _out, err = run("exchange", "export", "--to", "BMC", "--out", bundle)
    assert (code, err) == (1, "No other laptop is called BMC. Nothing was changed.\n")
    assert run("exchange", "export", "--to", "SR", "--out", bundle)[0] == 0
    code, _out, err = run("exchange", "import", bundle)
    assert code == 1
    assert "is for SR, not for this laptop" in err
    assert there("exchange", "import", bundle)[0] == 0
    code, _out, err = there("exchange", "join", bundle)
    assert (code, err.count("\n")) == (1, 1)
