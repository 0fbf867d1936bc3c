"""What the recovery key alone brings back: every row and every protected field; and the drill that shows it in time."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from tests.faults.record import contents, digest
from tests.services.gate_world import home, world
from tlbb_desktop import cli
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import NotFound, StorageDamaged, WrongPassphrase
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.recovery import new_code, parse_code
from tlbb_desktop.services import drills
from tlbb_desktop.services.closed_copy import copy_closed
from tlbb_desktop.services.entering import open_store
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import Word, restore

__all__ = ["home", "world"]  # fixtures


@pytest.fixture
def made(desk, world, tmp_path):
    """A copy of a record with a class, people, cases, releases and certificates."""
    (tmp_path / "stick").mkdir()
    return desk.backups.create(tmp_path / "stick")


def said_by(store, keys) -> dict[str, list]:
    """Every row with its protected fields opened; without what a restore begins anew."""
    with store.read() as connection:
        rows = contents(connection, FieldCipher(keys))
    return {name: lines for name, lines in rows.items() if name not in drills.STARTED_ANEW}


def test_from_a_clean_home_the_recovery_key_alone_brings_everything_back(
    desk, unlocked, made, recovery_key, tmp_path
) -> None:
    new = Home(tmp_path / "new")
    restore(made.path, new, recovery_key=recovery_key)
    keys = KeyringFile(new.path).load().unlock_with_recovery(parse_code(recovery_key))
    store, fitting = open_store(new, keys)
    before, after = said_by(desk.office.store, unlocked.record_keys), said_by(store, fitting)
    store.close()
    assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
    assert digest(after) == digest(before)
    assert sum(len(rows) for rows in after.values()) > 100


def test_the_drill_says_how_much_came_back_notes_its_day_and_leaves_nothing(desk, home, made, recovery_key) -> None:
    assert desk.drills.last() is None
    files = {path.name for path in home.backups.iterdir()}
    done = desk.drills.drill(None, recovery_key)
    assert done.copy.path == made.path
    assert done.rows > 100
    assert done.fields > 10
    assert desk.drills.last() is not None
    assert desk.audit.mine(1)[0].kind == "drill"
    assert {path.name for path in home.backups.iterdir()} == files
    assert not desk.today.page().restored


def test_the_drill_takes_the_newest_copy_that_is_there(desk, made, recovery_key, tmp_path) -> None:
    desk.backups.create(tmp_path).path.unlink()
    assert desk.drills.drill(None, recovery_key).copy.path == made.path


def test_a_drill_with_another_code_or_without_a_copy_is_refused_and_notes_nothing(desk, recovery_key, tmp_path) -> None:
    with pytest.raises(NotFound):
        desk.drills.drill(None, recovery_key)
    desk.backups.create(tmp_path)
    with pytest.raises(WrongPassphrase):
        desk.drills.drill(None, str(new_code()))
    assert desk.drills.last() is None


def test_a_drill_in_which_a_row_is_another_fails(desk, made, recovery_key, monkeypatch) -> None:
    said = drills.record_said

    def another_row(database, *args, **kept):
        found = said(database, *args, **kept)
        return found if "trial" in str(database) else drills.RecordSaid(found.counts, "0" * 64, found.head)

    monkeypatch.setattr(drills, "record_said", another_row)
    with pytest.raises(StorageDamaged):
        desk.drills.drill(made.path, recovery_key)
    assert desk.drills.last() is None


@pytest.mark.parametrize("hurt", [False, True])
def test_a_copy_of_before_an_update_is_compared_though_it_names_no_schema(
    desk, home, made, recovery_key, monkeypatch, hurt
) -> None:
    desk.close()
    copy = copy_closed(home, SystemClock().now())
    assert copy is not None
    said, asked = drills.record_said, []

    def another_row(database, *args, **kept):
        asked.append(database)
        found = said(database, *args, **kept)
        return found if "trial" in str(database) or not hurt else drills.RecordSaid(found.counts, "0" * 64, found.head)

    monkeypatch.setattr(drills, "record_said", another_row)
    with pytest.raises(StorageDamaged) if hurt else nullcontext():
        drills.drill(copy.path, home, Word(recovery_key=recovery_key), SystemClock())
    assert len(asked) == 2


def test_the_office_does_it_by_one_command_on_any_laptop(made, recovery_key, tmp_path, capsys) -> None:
    code = tmp_path / "recovery.txt"
    code.write_text(recovery_key, encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    given = ["--home", str(elsewhere), "--lang", "en", "backup", "drill", str(made.path)]
    assert cli.main([*given, "--recovery-file", str(code)]) == 0
    assert "came back whole" in capsys.readouterr().out
    assert list((elsewhere / "backups").iterdir()) == []
