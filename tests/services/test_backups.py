"""Backups: what is read back, what is refused, and the home that comes out of one."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.data import backup as backup_file
from tlbb_desktop.data.engine import connect
from tlbb_desktop.domain.errors import BadFile, NotPermitted, Refused, StorageDamaged, StorageFull, WrongPassphrase
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import backup_contents, founding
from tlbb_desktop.services.backups import verify
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.removable_media import removable_media
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import HomeState, home_state, unlock
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory, read_memory
from tlbb_desktop.wiring import open_desk

NEXT = "orange ladder quiet seven"


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def made(desk, stick):
    return desk.backups.create(stick)


def everything(desk) -> dict[str, list[tuple]]:
    """Every row of every table that people fill."""
    with desk.office.store.read() as connection:
        names = [
            name
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
            if name not in {"setting", "audit_event"}
        ]
        return {name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr) for name in names}


def test_a_backup_brings_back_equal_lists(desk, made, tmp_path):
    before = everything(desk)
    restore(made.path, Home(tmp_path / "new"), username=MANAGER, passphrase=PASSPHRASE)
    again = open_desk(Home(tmp_path / "new"), unlock(Home(tmp_path / "new"), MANAGER, PASSPHRASE))
    assert everything(again) == before
    assert again.audit.first_broken() is None
    again.close()


def test_a_restored_laptop_has_its_own_series_and_says_where_it_comes_from(desk, made, tmp_path):
    new = Home(tmp_path / "new")
    restore(made.path, new, username=MANAGER, passphrase=PASSPHRASE)
    again = open_desk(new, unlock(new, MANAGER, PASSPHRASE))
    assert again.settings.get("series") != desk.settings.get("series")
    assert again.settings.get("sender") != desk.settings.get("sender")
    assert again.settings.get("restored_from")["made_at"] == made.made_at.isoformat()
    assert again.audit.events(limit=2)[1].kind == "restored"
    assert again.today.page().restored
    again.backups.entered_again()
    assert not again.today.page().restored
    again.close()


def test_a_restored_laptop_speaks_the_language_of_the_programme_or_the_one_chosen_there(desk, made, tmp_path, stick):
    spoken = {}
    desk.settings.put("language", "en")
    english = desk.backups.create(stick)
    for name, memory in (("fresh", None), ("chosen", WindowMemory(language="km"))):
        new = Home(tmp_path / name)
        if memory:
            keep_memory(new, memory)
        restore(english.path, new, username=MANAGER, passphrase=PASSPHRASE)
        spoken[name] = read_memory(new).language
    assert spoken == {"fresh": "en", "chosen": "km"}


def test_a_backup_that_somebody_asked_for_deletes_no_other(home, desk, stick):
    (home.backups / "by-hand.tlbb").write_bytes(b"")
    made = [desk.backups.create() for _ in range(3)]
    desk.backups.create(stick)
    assert {path.name for path in home.backups.iterdir()} == {"by-hand.tlbb", *(info.path.name for info in made)}


def test_a_record_that_says_something_else_than_when_it_was_copied_is_not_taken_back(
    desk, stick, tmp_path, monkeypatch
):
    said = backup_contents.record_said
    monkeypatch.setattr(backup_contents, "record_said", lambda *args: replace(said(*args), digest="0" * 64))
    made = desk.backups.create(stick)
    with pytest.raises(StorageDamaged):
        restore(made.path, Home(tmp_path / "new"), username=MANAGER, passphrase=PASSPHRASE)
    assert home_state(Home(tmp_path / "new")) is HomeState.EMPTY


def test_the_recovery_key_restores_and_sets_a_new_passphrase(made, recovery_key, tmp_path):
    new = Home(tmp_path / "new")
    restore(made.path, new, username=MANAGER, passphrase=NEXT, recovery_key=recovery_key.lower())
    unlock(new, MANAGER, NEXT).store.close()


def test_a_wrong_passphrase_leaves_the_new_home_empty(made, tmp_path):
    new = Home(tmp_path / "new")
    with pytest.raises(WrongPassphrase):
        restore(made.path, new, username=MANAGER, passphrase=NEXT)
    assert home_state(new) is HomeState.EMPTY
    assert not new.database.exists()


def test_a_trainer_makes_backups_but_restores_none(desk, desk_as, stick, tmp_path):
    desk.staff.add(NewMember("dara", "", Role.TRAINER, NEXT))
    made = desk_as(Role.TRAINER).backups.create(stick)
    with pytest.raises(NotPermitted):
        restore(made.path, Home(tmp_path / "new"), username="dara", passphrase=NEXT)


def test_a_backup_is_not_restored_over_a_programme(home, made):
    content = home.database.read_bytes()
    with pytest.raises(Refused):
        restore(made.path, home, username=MANAGER, passphrase=PASSPHRASE)
    assert home.database.read_bytes() == content


def test_the_last_good_backup_is_remembered(desk, made):
    assert desk.backups.last() == made
    assert [line.kind for line in desk.audit.mine(1)] == ["backup"]


def test_a_backup_of_before_is_still_known_whole_after_the_keys_changed(desk, made):
    desk.staff.add(NewMember("dara", "", Role.TRAINER, NEXT))
    assert desk.backups.verify(made.path).opened
    desk.staff.deactivate("dara")
    assert not desk.backups.verify(made.path).opened
    assert desk.backups.verify(desk.backups.create().path).opened


@pytest.mark.parametrize("place", [0.0, 0.01, 0.1, 0.5, 0.9, 0.999])
def test_one_wrong_byte_anywhere_is_found_without_a_key(made, place):
    content = bytearray(made.path.read_bytes())
    content[max(len(backup_file.MAGIC), int(len(content) * place))] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(StorageDamaged):
        verify(made.path)


def test_a_backup_that_was_cut_short_is_damaged(made, tmp_path):
    made.path.write_bytes(made.path.read_bytes()[:-1])
    with pytest.raises(StorageDamaged):
        restore(made.path, Home(tmp_path / "new"), username=MANAGER, passphrase=PASSPHRASE)
    assert home_state(Home(tmp_path / "new")) is HomeState.EMPTY


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(100)])
def test_another_file_is_not_a_backup(tmp_path, content):
    file = tmp_path / "holiday.tlbb"
    file.write_bytes(content)
    with pytest.raises(BadFile, match="not a backup"):
        verify(file)


def test_a_missing_file_is_told_in_a_sentence(tmp_path):
    with pytest.raises(BadFile, match="cannot be read"):
        verify(tmp_path / "none.tlbb")


def test_a_full_stick_keeps_the_older_backup(desk, made, monkeypatch):
    older = made.path.read_bytes()

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup_file, "sync_file", full)
    with pytest.raises((StorageFull, OSError)):
        desk.backups.create(made.path)
    assert made.path.read_bytes() == older
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]


def test_a_damaged_record_is_not_worth_a_backup(home, desk, made, stick):
    desk.close()
    content = bytearray(home.database.read_bytes())
    content[len(content) // 2] ^= 1
    home.database.write_bytes(content)
    with pytest.raises(StorageDamaged):
        desk.backups.create(stick)
    assert len(list(stick.iterdir())) == 1


def test_a_stick_shows_the_backups_on_it(made, stick):
    shutil.copy(made.path, stick / "copy.tlbb")
    (stick / "notes.tlbb").write_text("no backup")
    (medium,) = removable_media([stick])
    assert {found.path.name for found in medium.backups} == {made.path.name, "copy.tlbb"}
    assert medium.free > 0


def test_the_name_and_the_first_line_tell_nothing_about_anybody(made, desk):
    head = made.path.read_bytes()[:1000].split(b"\n")[1]
    assert b"SR" not in made.path.name.encode() + head
    assert MANAGER.encode() not in head


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_stop_between_the_renames_of_a_restore_leaves_an_empty_home(made, tmp_path, monkeypatch, step):
    new = Home(tmp_path / "new")

    class PowerCut(BaseException):
        pass

    moves = []

    def move(source, target):
        moves.append(source.name)
        if len(moves) == step:
            raise PowerCut
        source.replace(target)

    with monkeypatch.context() as patched:
        patched.setattr(founding, "move", move)
        patched.setattr(founding, "clear_unfinished", lambda home: None)
        patched.setattr(founding.shutil, "rmtree", lambda *_a, **_k: None)
        with pytest.raises(PowerCut):
            restore(made.path, new, username=MANAGER, passphrase=PASSPHRASE)
    if step == 3:
        assert home_state(new) is HomeState.READY
    else:
        assert home_state(new) is HomeState.EMPTY
        restore(made.path, new, username=MANAGER, passphrase=PASSPHRASE)
    unlock(new, MANAGER, PASSPHRASE).store.close()


def test_a_copy_beside_a_writer_holds_what_was_committed(home, desk, unlocked, tmp_path):
    keys = unlocked.record_keys
    with desk.office.act(Action.SETTINGS_WRITE) as act:
        act.session.execute(text("DELETE FROM setting"))
        backup_file.snapshot(home.database, keys.db_key, keys.db_salt, tmp_path / "copy.db")
    copy = connect(tmp_path / "copy.db", keys.db_key, keys.db_salt)
    assert copy.execute("SELECT count(*) FROM setting").fetchone()[0] > 0
    copy.close()
