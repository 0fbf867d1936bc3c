"""Homes of every schema that ever stood: the program's own door brings them up, and everything in them still reads."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.faults import record
from tests.faults.old_homes import (
    FOLDER,
    MANAGER,
    OLDER,
    PASSPHRASE,
    REVISIONS,
    TRAINER,
    TRAINERS_PASSPHRASE,
    changed_tables,
    lay_out,
)
from tests.faults.size import NIGHT
from tlbb_desktop.data import backup as backup_file
from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.schema import HEAD, migrate, schema_revision
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.errors import StorageDamaged, StorageFull
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.membership import remove_member
from tlbb_desktop.services.entering import open_store
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.restoring import restore
from tlbb_desktop.services.upgrading import copy_before_upgrade
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import Desk, open_desk


def test_every_revision_of_before_has_a_home() -> None:
    assert [f"{number:04d}" for number in range(1, int(HEAD))] == list(OLDER)


@pytest.fixture(scope="module")
def newest(tmp_path_factory) -> Iterator[Engine]:
    """An empty record of today."""
    engine = open_engine(tmp_path_factory.mktemp("newest") / "new.db", bytes(32), bytes(16))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_home_of_before_is_brought_up_and_everything_in_it_still_reads(
    tmp_path: Path, newest: Engine, revision: str
) -> None:
    home = lay_out(revision, tmp_path / "home")
    desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE), record.CLOCK)
    assert tables_of(desk.office.store.engine) == tables_of(newest)
    with desk.office.store.read() as connection:
        assert schema_revision(connection) == HEAD
        assert changed_tables(revision, connection, desk.office.cipher) == []
    assert [event.kind for event in desk.audit.events(2)] == ["login", "upgraded" if revision in OLDER else "login"]
    assert [line.check for line in desk.integrity.check() if not line.sound] == []
    shows_what_it_held(desk, revision)
    desk.close()


def shows_what_it_held(desk: Desk, revision: str) -> None:
    """Services read what the program of its time wrote."""
    class_id = desk.classes.class_named("SR-MOTO")
    person = desk.people.record(desk.people.person_with_code("SR-0000"))
    assert (person.names.khmer, person.contact.phones, person.note) == ("សុខ ដារ៉ា", "012 345 678", "ចូលរៀនយឺត")
    assert person.identity.birth == Birth.parse("day", "2009-01-16")
    register = desk.attendance.register(class_id, record.OCTOBER)
    assert len(register.marks) == 3 * len(register.sessions) > 0
    assert desk.sheets.sheet(class_id, record.OCTOBER).number == 1
    assert len(desk.certificates.list()) >= (revision >= "0003")
    assert desk.drafts.load("person").content == {"note": "half typed"}


@pytest.mark.parametrize("revision", OLDER)
def test_a_migration_never_changes_once_homes_stand_on_it(tmp_path: Path, revision: str) -> None:
    """A home that is made at a revision today has the tables of one that was made then."""
    keys = KeyringFile(FOLDER / revision).load().unlock(MANAGER, PASSPHRASE)
    then = open_engine(lay_out(revision, tmp_path / "then").database, keys.db_key, keys.db_salt)
    now = open_engine(tmp_path / "now.db", keys.db_key, keys.db_salt)
    migrate(now, revision)
    assert tables_of(now) == tables_of(then)
    now.dispose()
    then.dispose()


def tables_of(engine: Engine) -> set[tuple[str, str, str]]:
    with engine.connect() as connection:
        made = connection.execute(text("SELECT type, name, coalesce(sql, '') FROM sqlite_master")).all()
    return {(kind, name, sql) for kind, name, sql in made}


def test_the_record_as_it_was_is_kept_before_and_comes_back_by_a_restore(tmp_path: Path) -> None:
    home = lay_out(OLDER[0], tmp_path / "home")
    unlock(home, TRAINER, TRAINERS_PASSPHRASE).store.close()
    copy = copy_before_upgrade(home)
    assert backup_file.read_facts(copy)["schema"] == OLDER[0]
    again = Home(tmp_path / "again")
    restore(copy, again, username=MANAGER, passphrase=PASSPHRASE)
    unlocked = unlock(again, MANAGER, PASSPHRASE)
    with unlocked.store.read() as connection:
        cipher = FieldCipher(unlocked.record_keys)
        assert set(changed_tables(OLDER[0], connection, cipher)) <= {"setting"}  # its own series and sender
    unlocked.store.close()
    unlock(home, MANAGER, PASSPHRASE).store.close()
    copy.unlink()
    unlock(home, MANAGER, PASSPHRASE).store.close()
    assert list(home.backups.iterdir()) == [], "what is up to date needs no copy"


def untouched(home: Home, revision: str) -> bool:
    """Whether the record is the one that an older program left, byte for byte but for its log."""
    keys = KeyringFile(home.path).load().unlock(MANAGER, PASSPHRASE)
    store, _ = open_store(home, keys)
    with store.read() as connection:
        return schema_revision(connection) == revision and changed_tables(revision, connection, FieldCipher(keys)) == []


def test_without_room_for_the_copy_nothing_is_upgraded(tmp_path: Path, monkeypatch) -> None:
    home = lay_out(OLDER[-1], tmp_path / "home")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(backup_file, "sync_file", full)
        with pytest.raises(StorageFull):
            unlock(home, MANAGER, PASSPHRASE)
    assert untouched(home, OLDER[-1])
    assert list(home.backups.glob("*")) == []
    unlock(home, MANAGER, PASSPHRASE).store.close()


def test_a_damaged_record_of_before_is_not_upgraded(tmp_path: Path) -> None:
    home = lay_out(OLDER[-1], tmp_path / "home")
    content = bytearray(home.database.read_bytes())
    content[-100] ^= 1
    home.database.write_bytes(content)
    with pytest.raises(StorageDamaged):
        unlock(home, MANAGER, PASSPHRASE)
    assert home.database.read_bytes() == content
    assert list(home.backups.glob("*")) == []


@pytest.mark.parametrize("revision", OLDER if NIGHT else OLDER[-1:])
def test_an_interrupted_change_of_keys_is_finished_after_the_upgrade(tmp_path: Path, revision: str) -> None:
    home = lay_out(revision, tmp_path / "home")
    keyring = KeyringFile(home.path).load()
    left, _ = remove_member(keyring, keyring.unlock(MANAGER, PASSPHRASE), TRAINER)
    KeyringFile(home.path).save(left, replaces=keyring, both=True)
    unlocked = unlock(home, MANAGER, PASSPHRASE)
    assert unlocked.record_keys.epoch == left.epoch
    with unlocked.store.read() as connection:
        changed = changed_tables(revision, connection, FieldCipher(unlocked.record_keys))
    assert set(changed) <= {"staff"}  # who left
    unlocked.store.close()
