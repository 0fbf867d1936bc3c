"""A backup takes the place of a damaged record, which is kept; a sound record is never replaced."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.programme import MANAGER, PASSPHRASE, Template
from tlbb_desktop.domain.clock import SystemClock
from tlbb_desktop.domain.errors import BadFile, Refused, StorageDamaged, TooManyTries, WrongPassphrase
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.tries import FREE_TRIES
from tlbb_desktop.services import founding
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.failed_logins import waiting_failures
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.integrity import AUDIT, CHECK_NAMES, MARKS, CheckLine, needs_backup
from tlbb_desktop.services.restoring import restore_over_damaged
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

PAGE = 4096


@pytest.fixture
def backup(home: Home, template: Template, tmp_path: Path) -> Path:
    """A backup in which the minutes of a late arrival are 25; the home closed again."""
    desk = open_desk(home, enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login"))
    desk.settings.put("late_minutes", 25)
    (tmp_path / "stick").mkdir()
    made = desk.backups.create(tmp_path / "stick").path
    desk.settings.put("late_minutes", 30)
    desk.close()
    return made


def hurt_a_page(home: Home) -> None:
    content = bytearray(home.database.read_bytes())
    content[2 * PAGE + 100] ^= 1
    home.database.write_bytes(content)


def zero_the_head(home: Home) -> None:
    home.database.write_bytes(bytes(PAGE) + home.database.read_bytes()[PAGE:])


def lose_the_database(home: Home) -> None:
    home.database.unlink()


def hurt_the_keyring(home: Home) -> None:
    for path in home.path.glob("keyring*"):
        path.write_bytes(path.read_bytes()[:100])


def put_an_old_row_back(home: Home) -> None:
    """Each page is sound in itself; only the audit chain tells."""
    unlocked = unlock(home, MANAGER, PASSPHRASE)
    with unlocked.store.write() as session:
        session.execute(text("UPDATE audit_event SET subject = 'x' WHERE seq = 2"))
    unlocked.store.close()


DAMAGES = (hurt_a_page, zero_the_head, lose_the_database, hurt_the_keyring, put_an_old_row_back)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def of_the_record(folder: Path) -> dict[str, bytes]:
    """The database and both files of the keyring."""
    wanted = {"programme.db", "keyring.A.json", "keyring.B.json"}
    return {name: content for name, content in files_of(folder).items() if name in wanted}


def late_minutes(home: Home) -> int:
    desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE))
    try:
        assert [line.check for line in desk.integrity.check() if not line.sound] == []
        return desk.settings.get("late_minutes")
    finally:
        desk.close()


@pytest.mark.parametrize("hurt", DAMAGES)
def test_the_backup_comes_back_and_every_byte_of_the_damaged_record_is_kept(home, backup, hurt) -> None:
    hurt(home)
    damaged = of_the_record(home.path)
    _info, kept = restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)
    assert kept.parent == home.set_aside
    assert of_the_record(kept) == damaged
    assert late_minutes(home) == 25
    assert not home.replacing.exists()


def test_the_recovery_key_does_it_too(home, backup, recovery_key) -> None:
    hurt_a_page(home)
    restore_over_damaged(backup, home, recovery_key=recovery_key)
    assert late_minutes(home) == 25


def test_two_damaged_records_are_kept_each_in_its_folder(home, backup) -> None:
    folders = set()
    for _time in range(2):
        hurt_a_page(home)
        folders.add(restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)[1])
    assert len(folders) == 2
    assert all((folder / home.database.name).exists() for folder in folders)


def test_a_sound_record_is_not_replaced(home, backup) -> None:
    with pytest.raises(Refused, match="not damaged"):
        restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)
    assert late_minutes(home) == 30
    assert not home.set_aside.exists()


def test_single_marks_are_set_again_and_need_no_backup() -> None:
    found = [CheckLine(check, check != MARKS) for check in CHECK_NAMES]
    assert not needs_backup(found)
    assert needs_backup([*found, CheckLine(AUDIT, False)])


def test_words_that_do_not_open_the_record_cannot_tell_whether_it_is_damaged(home, backup) -> None:
    before = files_of(home.path)
    with pytest.raises(Refused, match="cannot be told"):
        restore_over_damaged(backup, home, username=MANAGER, passphrase="another five words of mine")
    counted = {home.tries.name, home.failed_logins.name}
    assert {name: content for name, content in files_of(home.path).items() if name not in counted} == before


def test_wrong_words_over_a_keyring_that_is_sound_are_counted_and_told_as_those_at_the_login_are(home, backup) -> None:
    manager = KeyringFile(home.path).load().account(MANAGER)
    for _try in range(FREE_TRIES + 1):
        with pytest.raises(Refused, match="cannot be told"):
            restore_over_damaged(backup, home, username=MANAGER, passphrase="another five words of mine")
    assert [each.account for each in waiting_failures(home.failed_logins)] == [manager] * (FREE_TRIES + 1)
    with pytest.raises(TooManyTries):
        restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)
    with pytest.raises(TooManyTries):
        unlock(home, MANAGER, PASSPHRASE)


def test_the_database_is_set_aside_before_what_it_has_not_taken_in_yet(home, backup, monkeypatch) -> None:
    hurt_the_keyring(home)
    not_taken_in = home.database.with_name(f"{home.database.name}-wal")
    not_taken_in.write_bytes(b"marks of the last minutes")
    moves, iterdir = [], Path.iterdir

    def move(source: Path, target: Path) -> None:
        moves.append(source.name)
        source.replace(target)

    monkeypatch.setattr(Path, "iterdir", lambda folder: iter(sorted(iterdir(folder), reverse=True)))
    monkeypatch.setattr(founding, "move", move)
    _info, kept = restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)
    assert moves[0] == home.database.name
    assert (kept / not_taken_in.name).read_bytes() == b"marks of the last minutes"


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda content: content[:-200], (StorageDamaged, BadFile)),
        (lambda _content: b"no backup", BadFile),
    ],
)
def test_a_bad_backup_leaves_the_damaged_record_where_it_is(home, backup, spoil, error) -> None:
    hurt_a_page(home)
    before = files_of(home.path)
    backup.write_bytes(spoil(backup.read_bytes()))
    with pytest.raises(error):
        restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)
    after = files_of(home.path)
    assert after[home.database.name] == before[home.database.name]
    assert not home.set_aside.exists()
    assert not home.replacing.exists()


def test_a_wrong_passphrase_over_a_broken_keyring_leaves_all_as_it_is(home, backup) -> None:
    hurt_the_keyring(home)
    before = files_of(home.path)
    with pytest.raises(WrongPassphrase):
        restore_over_damaged(backup, home, username=MANAGER, passphrase="another five words of mine")
    assert files_of(home.path) == before


@pytest.mark.parametrize("step", range(1, 7))
def test_a_stop_between_any_two_moves_loses_nothing_and_can_be_done_again(home, backup, monkeypatch, step) -> None:
    hurt_the_keyring(home)
    damaged = home.database.read_bytes()

    class PowerCut(BaseException):
        pass

    moves = []

    def move(source: Path, target: Path) -> None:
        moves.append(source.name)
        if len(moves) == step:
            raise PowerCut
        source.replace(target)

    with monkeypatch.context() as patched:
        patched.setattr(founding, "move", move)
        patched.setattr(founding.shutil, "rmtree", lambda *_a, **_k: None)
        with suppress(PowerCut):
            restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)
    if not home.has_keyring or (KeyringFile(home.path).exists() and not _opens(home)):
        restore_over_damaged(backup, home, username=MANAGER, passphrase=PASSPHRASE)
    kept = [folder / home.database.name for folder in home.set_aside.iterdir()]
    assert damaged in [path.read_bytes() for path in kept if path.exists()]
    shutil.rmtree(home.replacing, ignore_errors=True)
    assert late_minutes(home) == 25


def _opens(home: Home) -> bool:
    try:
        unlock(home, MANAGER, PASSPHRASE).store.close()
    except StorageDamaged:
        return False
    return True
