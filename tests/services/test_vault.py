"""The door of the record: making a programme, who may enter, what a wrong passphrase costs."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.clock import CAMBODIA, SystemClock
from tlbb_desktop.domain.errors import (
    NotFound,
    NotPermitted,
    Refused,
    StorageDamaged,
    StorageFull,
    TooManyTries,
    WrongPassphrase,
)
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security import atomic_file
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS, compartments_of
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.security.keyring_file import NAMES, KeyringFile
from tlbb_desktop.services import entering, founding
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import (
    HomeState,
    NewProgramme,
    create_programme,
    home_state,
    members,
    unlock,
    unlock_with_recovery,
)
from tlbb_desktop.wiring import open_desk

NEXT = "orange ladder quiet seven"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 16, 8, 0, tzinfo=CAMBODIA)

    def now(self):
        return self.at

    def today(self):
        return self.at.date()

    def pass_on(self, **span):
        self.at += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


def wrong_try(home, clock, username=MANAGER):
    with pytest.raises(WrongPassphrase):
        unlock(home, username, NEXT, clock)


def test_a_new_programme_has_one_manager_and_its_own_prison(home, desk):
    assert home_state(home) is HomeState.READY
    assert [(tile.username, tile.role) for tile in members(home)] == [(MANAGER, Role.MANAGER)]
    assert desk.prisons.own().code == "SR"
    assert desk.actor.prisons == {desk.prisons.own().id}
    assert desk.actor.admin_duty


def test_a_new_programme_starts_with_courses_reasons_and_prisons(desk):
    assert {course.code for course in desk.classes.courses()} == {
        "aircon",
        "electrical",
        "electronics",
        "life-skills",
        "moto",
    }
    prisons = desk.prisons.prisons()
    assert len(prisons) == 29
    assert [prison.code for prison in prisons if prison.active] == ["SR"]
    assert desk.settings.get("language") == "km"
    with desk.office.store.read() as connection:
        digits = connection.execute(text('SELECT "use", digit FROM absence_reason')).all()
    assert len(set(digits)) == len(digits)


def test_a_programme_is_not_made_over_another(home):
    before = home.database.read_bytes()
    with pytest.raises(Refused):
        create_programme(home, NewProgramme("SR", "other", NEXT), FLOOR)
    assert home.database.read_bytes() == before


@pytest.mark.parametrize("wishes", [NewProgramme("XX", "dara", NEXT), NewProgramme("SR", "dara", "123456")])
def test_a_programme_that_is_refused_leaves_an_empty_home(tmp_path, wishes):
    new = Home(tmp_path / "new")
    with pytest.raises((Refused, NotFound)):
        create_programme(new, wishes, FLOOR)
    assert home_state(new) is HomeState.EMPTY
    assert not list(new.path.glob("*.db*"))


class PowerCut(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", ["plant", "first move", "second move"])
def test_a_stop_while_a_programme_is_made_leaves_an_empty_home(tmp_path, monkeypatch, step):
    new = Home(tmp_path / "new")
    wishes = NewProgramme("SR", MANAGER, PASSPHRASE)
    moves = []

    def move(source, target):
        moves.append(source)
        if step == ("first move", "second move")[len(moves) - 1]:
            raise PowerCut
        source.replace(target)

    def stop(*_args, **_kwargs):
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(founding, "clear_unfinished", lambda home: None)
        if step == "plant":
            patched.setattr("tlbb_desktop.services.vault.plant", stop)
        patched.setattr(founding, "move", move)
        with pytest.raises(PowerCut):
            create_programme(new, wishes, FLOOR)
    assert home_state(new) is HomeState.EMPTY
    create_programme(new, wishes, FLOOR).unlocked.store.close()
    assert home_state(new) is HomeState.READY
    assert not new.unfinished.exists()


def test_a_passphrase_opens_however_it_is_typed(home):
    unlock(home, " Sokha", "\ufeffmoon\u200briver  bamboo lantern harbour\r\n").store.close()


def test_an_unknown_name_and_a_wrong_passphrase_are_not_told_apart(home, clock):
    with pytest.raises(WrongPassphrase) as unknown:
        unlock(home, "nobody", NEXT, clock)
    with pytest.raises(WrongPassphrase) as wrong:
        unlock(home, MANAGER, NEXT, clock)
    assert str(unknown.value) == str(wrong.value)


def test_three_wrong_tries_are_free_and_then_the_wait_doubles_across_restarts(home, clock):
    for _ in range(4):
        wrong_try(home, clock)
    with pytest.raises(TooManyTries):
        unlock(home, MANAGER, PASSPHRASE, clock)
    clock.pass_on(seconds=6)
    wrong_try(home, clock)
    clock.pass_on(seconds=6)
    with pytest.raises(TooManyTries):
        unlock(home, MANAGER, PASSPHRASE, clock)
    clock.pass_on(seconds=5)
    unlock(home, MANAGER, PASSPHRASE, clock).store.close()


def test_a_clock_that_was_set_back_locks_nobody_out(home, clock):
    for _ in range(4):
        wrong_try(home, clock)
    clock.pass_on(days=-3650)
    with pytest.raises(TooManyTries) as told:
        unlock(home, MANAGER, PASSPHRASE, clock)
    assert told.value.fields["seconds"] <= 5
    clock.pass_on(seconds=6)
    unlock(home, MANAGER, PASSPHRASE, clock).store.close()


def test_failed_logins_stand_in_the_audit_after_the_next_login(home, clock):
    wrong_try(home, clock)
    clock.pass_on(minutes=1)
    wrong_try(home, clock, "nobody")
    with home.failed_logins.open("a") as queue:
        queue.write('["2026-')  # a power cut in the middle of a line
    clock.pass_on(minutes=1)
    desk = open_desk(home, unlock(home, MANAGER, PASSPHRASE, clock), clock)
    login, unknown, wrong = desk.audit.events(limit=3)
    assert (login.kind, login.by) == ("login", MANAGER)
    assert [(line.kind, line.subject == "unknown") for line in (unknown, wrong)] == [
        ("login_failed", True),
        ("login_failed", False),
    ]
    assert unknown.at - wrong.at == timedelta(minutes=1)
    assert desk.audit.first_broken() is None
    assert not home.failed_logins.exists()
    desk.close()


def test_the_recovery_key_opens_and_sets_a_new_passphrase(home, recovery_key):
    typed = recovery_key.lower().replace("-", " ").replace("0", "o")
    unlock_with_recovery(home, typed, MANAGER, NEXT).store.close()
    unlock(home, MANAGER, NEXT).store.close()
    with pytest.raises(WrongPassphrase):
        unlock(home, MANAGER, PASSPHRASE)


def test_a_mistyped_recovery_key_names_the_group_and_costs_no_try(home, recovery_key, clock):
    groups = recovery_key.split("-")
    groups[2] = groups[2][:4] + ("0" if groups[2][4] != "0" else "1")
    for _ in range(6):
        with pytest.raises(Refused) as told:
            unlock_with_recovery(home, "-".join(groups), MANAGER, NEXT, clock)
    assert told.value.fields["number"] == 3


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_the_keys_of_its_compartments_and_no_other(desk_as, role):
    cipher = desk_as(role).office.cipher
    for compartment in FIELD_COMPARTMENTS:
        held = compartment in compartments_of(role, False)
        sealed = b"x" * 40
        with pytest.raises(StorageDamaged if held else NotPermitted):
            cipher.decrypt(compartment, "person_identity", b"u" * 16, "birth", 1, sealed)


@pytest.mark.parametrize("name", NAMES)
def test_one_damaged_copy_of_the_keyring_is_made_again_from_the_other(home, name):
    (home.path / name).write_bytes(b"{")
    unlock(home, MANAGER, PASSPHRASE).store.close()
    assert (home.path / NAMES[0]).read_bytes() == (home.path / NAMES[1]).read_bytes()


def test_a_home_without_its_keyring_or_its_record_is_not_opened_and_not_overwritten(home):
    other = Home(home.path.with_name("other"))
    shutil.copytree(home.path, other.path)
    other.database.unlink()
    assert home_state(other) is HomeState.INCOMPLETE
    with pytest.raises(StorageDamaged):
        unlock(other, MANAGER, PASSPHRASE)
    for name in NAMES:
        (home.path / name).unlink()
    assert home_state(home) is HomeState.INCOMPLETE
    with pytest.raises(Refused):
        create_programme(home, NewProgramme("SR", "dara", NEXT), FLOOR)


def test_somebody_logs_in_on_a_full_disk_out_of_the_reserve(home, monkeypatch):
    open_desk(home, unlock(home, MANAGER, PASSPHRASE)).close()
    assert home.ballast.exists()
    real = entering._written_down

    def full_while_there_is_ballast(*args):
        if home.ballast.exists():
            raise StorageFull
        return real(*args)

    monkeypatch.setattr(entering, "_written_down", full_while_there_is_ballast)
    unlock(home, MANAGER, PASSPHRASE).store.close()


def test_a_full_disk_leaves_the_keyring_as_it_was(home, desk, monkeypatch):
    before = [(home.path / name).read_bytes() for name in NAMES]

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_file, "_write_flushed", full)
    with pytest.raises(StorageFull):
        desk.staff.change_own_passphrase(PASSPHRASE, NEXT)
    assert [(home.path / name).read_bytes() for name in NAMES] == before
    assert not any(line.kind == "passphrase_changed" for line in desk.audit.mine())


def test_nothing_of_the_record_can_be_read_from_the_files(home, desk):
    desk.settings.put("organisation_en", "CANARY-4711")
    desk.drafts.save("person", {"name": "CANARY-4712"})
    desk.close()
    for file in home.path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"CANARY" not in content
            assert PASSPHRASE.encode() not in content


def test_a_damaged_page_that_only_tells_the_schema_is_named_like_any_other(home, template):
    store = Store(open_engine(home.database, template.keys.db_key, template.keys.db_salt))
    with store.read() as connection:
        page = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'alembic_version'").scalar()
    store.close()
    content = bytearray(home.database.read_bytes())
    content[(page - 1) * 4096 + 100] ^= 1
    home.database.write_bytes(content)
    with pytest.raises(StorageDamaged):
        enter(home, KeyringFile(home.path).load(), template.keys, SystemClock(), "login")
