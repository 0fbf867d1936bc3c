"""Moving to another laptop: two homes, one record; nothing is lost, nothing is doubled, the old one is closed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.faults.record import contents, digest
from tests.programme import MANAGER, PASSPHRASE
from tests.services.gate_world import home, world
from tlbb_desktop import cli
from tlbb_desktop.data import backup as backup_file
from tlbb_desktop.data.backup import read_facts
from tlbb_desktop.domain.errors import BadFile, NotPermitted, Refused, StorageDamaged, StorageLocked
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.khmer import to_khmer_digits
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services import moving
from tlbb_desktop.services.closed_record import moved_day
from tlbb_desktop.services.drills import STARTED_ANEW
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.moving import receive
from tlbb_desktop.services.restoring import MOVE, Word, restore
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk

__all__ = ["home", "world"]  # fixtures

TRAINERS = "orange ladder quiet seven"
WORD = Word(MANAGER, PASSPHRASE)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    return folder


@pytest.fixture
def new(tmp_path) -> Home:
    return Home(tmp_path / "new laptop")


def opened(home: Home, username: str = MANAGER, passphrase: str = PASSPHRASE):
    return open_desk(home, unlock(home, username, passphrase))


def said_by(desk) -> str:
    with desk.office.store.read() as connection:
        rows = contents(connection, desk.office.cipher)
    return digest({name: lines for name, lines in rows.items() if name not in STARTED_ANEW})


def test_the_new_laptop_has_all_of_it_with_equal_counts_and_every_passphrase_works(desk, world, stick, new) -> None:
    desk.staff.add(NewMember("dara", "", Role.TRAINER, TRAINERS))
    before = said_by(desk)
    bundle = desk.moving.prepare(stick)
    came = receive(bundle.path, new, WORD)
    assert came.equal
    assert came.ours["person"] > 3
    there = opened(new)
    assert said_by(there) == before
    assert there.audit.first_broken() is None
    assert there.settings.get("series") != desk.settings.get("series")
    assert there.settings.get("sender") != desk.settings.get("sender")
    assert there.moving.moved_away() is None
    assert there.moving.came_here() == came
    assert not there.today.page().restored
    there.settings.put("late_minutes", 20)
    there.close()
    opened(new, "dara", TRAINERS).close()


def test_the_old_laptop_reads_and_prints_and_refuses_to_enter(desk, home, world, stick) -> None:
    desk.moving.prepare(stick)
    assert moved_day(home) == desk.office.clock.today()
    before = said_by(desk)
    for enter in (
        lambda: desk.settings.put("late_minutes", 20),
        lambda: desk.attendance.rest_present(world.class_id, world.session_id),
        lambda: desk.people.save(world.person(code="0009")),
        lambda: desk.staff.add(NewMember("dara", "", Role.TRAINER, TRAINERS)),
        lambda: desk.staff.change_own_passphrase(PASSPHRASE, TRAINERS),
    ):
        with pytest.raises(Refused, match="moved to another laptop"):
            enter()
    desk.class_papers.save(world.roll(), stick / "roll.pdf")
    assert (stick / "roll.pdf").read_bytes().startswith(b"%PDF")
    again = opened(home)
    assert said_by(again) == before
    assert again.copies.make() == ()
    assert again.copies.put_on(stick).medium
    again.close()


def test_a_desk_that_was_open_before_the_move_refuses_too(desk, unlocked, home, world, stick) -> None:
    beside = open_desk(home, unlocked)
    desk.moving.prepare(stick)
    with pytest.raises(Refused, match="moved to another laptop"):
        beside.settings.put("late_minutes", 20)


def fails(*_args) -> None:
    raise StorageDamaged


@pytest.mark.parametrize("step", ["write_backup", "check_file"])
def test_a_bundle_that_cannot_be_written_or_proved_leaves_the_record_open(
    desk, home, world, stick, monkeypatch, step
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(moving, step, fails)
        with pytest.raises(StorageDamaged):
            desk.moving.prepare(stick)
    assert list(stick.iterdir()) == []
    assert desk.moving.moved_away() is None
    assert moved_day(home) is None
    desk.settings.put("late_minutes", 20)


def test_after_a_stop_in_the_middle_the_record_is_closed_and_the_bundle_can_be_written_again(
    desk, home, world, stick, monkeypatch
) -> None:
    class PowerCut(BaseException):
        pass

    def cut(*_args) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(backup_file, "_proven", cut)
        patched.setattr(moving.MoveService, "_open", lambda _self: None)
        with pytest.raises(PowerCut):
            desk.moving.prepare(stick)
    assert desk.office.closed_since() is not None
    assert desk.moving.prepare(stick).path.exists()


PREPARE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from tests.programme import MANAGER, PASSPHRASE
from tlbb_desktop.services import moving
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.vault import unlock
from tlbb_desktop.wiring import open_desk
rename = moving.move
def die(*paths):
    {step}
    os.kill(os.getpid(), signal.SIGKILL)
moving.move = die
home = Home(Path(sys.argv[1]))
open_desk(home, unlock(home, MANAGER, PASSPHRASE)).moving.prepare(Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("named", [True, False])
def test_a_kill_about_the_moment_when_the_bundle_gets_its_name_leaves_none_with_an_unknown_code(
    desk, home, world, stick, new, named
) -> None:
    step = "rename(*paths)" if named else "pass"
    script = PREPARE_AND_DIE.format(step=step)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script, home.path, stick], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    standing = desk.moving.moved_away()
    assert (standing.bundle, standing.awaits_code) == ("", True)
    left = list(stick.iterdir())
    assert [path.suffix for path in left] == [".tlbb" if named else ".unproved"]
    if not named:
        left = [desk.moving.prepare(stick).path]
    assert list(stick.iterdir()) == left
    desk.moving.finish(receive(left[0], new, WORD).code)
    assert desk.moving.moved_away().confirmed


def test_what_others_left_on_the_stick_without_a_name_stays(desk, world, stick, monkeypatch) -> None:
    """A bundle of another programme, a backup of this one and what is no backup at all; but not an own bundle."""
    kept = [stick / f".tlbb-move-20261128-{number}.tlbb.unproved" for number in range(3)]
    kept[0].write_bytes(b"of another laptop")
    desk.backups.create(stick).path.rename(kept[1])
    with monkeypatch.context() as patched:
        patched.setattr(moving, "move", fails)
        patched.setattr(moving, "_remove", lambda _path: None)
        with pytest.raises(Refused):
            desk.moving.prepare(stick)
    (own,) = (path for path in stick.iterdir() if path not in kept)
    kept[2].write_bytes(own.read_bytes().replace(desk.moving._holder.keys.keyring_id.encode(), b"0" * 32))
    assert read_facts(kept[2])["kind"] == MOVE
    bundle = desk.moving.prepare(stick).path
    assert sorted(stick.iterdir()) == sorted([*kept, bundle])


@pytest.mark.parametrize("place_stays", [True, False])
def test_a_stick_that_is_pulled_when_the_bundle_gets_its_name_keeps_the_record_closed(
    desk, world, stick, monkeypatch, place_stays
) -> None:
    """The bundle may be received, so nobody goes on here as if not, even where an empty place of the stick is left."""

    def pull_out(source, target) -> None:
        source.replace(target)
        stick.rename(stick.with_name("pulled"))
        if place_stays:
            stick.mkdir()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(moving, "move", pull_out)
    with pytest.raises(Refused, match="stays closed"):
        desk.moving.prepare(stick)
    assert desk.moving.moved_away().awaits_code


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody pull out what is open")
def test_a_stick_that_is_pulled_while_the_bundle_is_written_leaves_the_record_open(
    desk, world, stick, monkeypatch
) -> None:
    def pull_out(self, _bundle) -> None:
        stick.rename(stick.with_name("pulled"))
        raise BadFile

    def dead(self, **_how) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(moving.MoveService, "_prove", pull_out)
    with monkeypatch.context() as patched:
        patched.setattr(type(stick), "unlink", dead)
        with pytest.raises(BadFile):
            desk.moving.prepare(stick)
    assert desk.moving.moved_away() is None
    desk.settings.put("late_minutes", 20)


def test_while_a_bundle_is_written_nobody_else_moves_or_opens_this_record(
    desk, unlocked, home, world, stick, new, monkeypatch
) -> None:
    beside, prove, refused = open_desk(home, unlocked), moving.MoveService._prove, []

    def interrupted(self, bundle) -> None:
        for act in (lambda: beside.moving.reopen("I do not wait"), lambda: beside.moving.prepare(stick)):
            with pytest.raises(StorageLocked, match="being written at this moment"):
                act()
            refused.append(act)
        prove(self, bundle)

    monkeypatch.setattr(moving.MoveService, "_prove", interrupted)
    bundle = desk.moving.prepare(stick)
    assert len(refused) == 2
    beside.close()
    desk.moving.finish(receive(bundle.path, new, WORD).code)
    assert desk.moving.moved_away().confirmed


def test_until_it_is_confirmed_a_manager_opens_it_again_with_a_reason_and_a_new_series(
    desk, desk_as, home, world, stick
) -> None:
    series, sender = desk.settings.get("series"), desk.settings.get("sender")
    desk.moving.prepare(stick)
    with pytest.raises(NotPermitted):
        desk_as(Role.SOCIAL_WORKER).moving.reopen("the stick is lost")
    with pytest.raises(Refused, match="Only a manager"):
        desk_as(Role.TRAINER, admin_duty=True).moving.reopen("the stick is lost")
    with pytest.raises(Refused, match="Say why"):
        desk.moving.reopen("  ")
    desk.moving.reopen("the new laptop does not start")
    desk.settings.put("late_minutes", 20)
    assert moved_day(home) is None
    assert desk.settings.get("series") != series
    assert desk.settings.get("sender") != sender
    assert desk.lost_laptops.senders_before() == (), "this laptop itself was not lost"


def test_the_code_of_the_new_laptop_closes_the_old_one_for_good(desk, world, stick, new) -> None:
    bundle = desk.moving.prepare(stick)
    code = receive(bundle.path, new, WORD).code
    with pytest.raises(Refused, match="not the code"):
        desk.moving.finish("ABCD-EFGH" if code != "ABCD-EFGH" else "ABCD-EFGI")
    desk.moving.finish(code.lower().replace("-", " "))
    for act in (lambda: desk.moving.reopen("after all"), lambda: desk.moving.prepare(stick)):
        with pytest.raises(Refused, match="has this record already"):
            act()


def test_a_bundle_written_again_does_not_spoil_the_first_one(desk, world, stick, new) -> None:
    first = desk.moving.prepare(stick)
    code = receive(first.path, new, WORD).code
    desk.moving.prepare(stick)
    desk.moving.finish(f" {to_khmer_digits(code).replace('O', '0').replace('I', '1')} ")
    assert desk.moving.moved_away().confirmed


def test_a_file_that_lies_there_already_is_left_alone(desk, world, stick) -> None:
    earlier = desk.backups.create(stick).path
    content = earlier.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        desk.moving.prepare(earlier)
    assert earlier.read_bytes() == content
    assert desk.moving.moved_away() is None


def test_a_backup_of_a_moved_record_brought_back_knows_no_move_any_more(desk, world, stick, new) -> None:
    desk.moving.prepare(stick)
    closed = desk.backups.create(stick)
    restore(closed.path, new, username=MANAGER, passphrase=PASSPHRASE)
    there = opened(new)
    assert (there.office.closed_since(), there.moving.came_here()) == (None, None)
    assert there.lost_laptops.senders_before()
    there.close()


def test_only_who_may_restore_is_told_of_a_move(desk, desk_as, world, stick) -> None:
    desk.moving.prepare(stick)
    for ask in (desk_as(Role.TRAINER).moving.moved_away, desk_as(Role.TRAINER).moving.came_here):
        with pytest.raises(NotPermitted):
            ask()


def test_a_backup_is_no_bundle_and_a_bundle_brought_back_as_a_backup_is_open(desk, world, stick, new) -> None:
    plain = desk.backups.create(stick)
    with pytest.raises(Refused, match="is a backup"):
        receive(plain.path, new, WORD)
    assert new.is_empty()
    bundle = desk.moving.prepare(stick)
    restore(bundle.path, new, username=MANAGER, passphrase=PASSPHRASE)
    there = opened(new)
    assert there.office.closed_since() is None
    assert there.moving.came_here().equal
    there.close()


def test_a_bundle_beside_the_record_or_over_a_programme_is_refused(desk, home, world, stick) -> None:
    with pytest.raises(Refused, match="no use"):
        desk.moving.prepare(home.exchange)
    assert desk.office.closed_since() is None
    bundle = desk.moving.prepare(stick)
    with pytest.raises(Refused, match="already"):
        receive(bundle.path, home, WORD)
    bundle.path.write_bytes(b"nothing good")
    with pytest.raises(BadFile):
        receive(bundle.path, Home(home.path.parent / "other"), WORD)


def test_who_may_not_restore_moves_nothing(desk_as, stick) -> None:
    for role in (Role.TRAINER, Role.LIAISON, Role.SOCIAL_WORKER):
        with pytest.raises(NotPermitted):
            desk_as(role).moving.prepare(stick)
    assert desk_as(Role.MANAGER).office.may(Action.BACKUP_RESTORE)


def test_the_whole_move_by_commands(home, world, stick, new, tmp_path, capsys) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def run(where: Home, *command: object) -> tuple[int, str, str]:
        given = ["--home", str(where.path), "--user", MANAGER, "--passphrase-file", str(secret), "--lang", "en"]
        code = cli.main([*given, *map(str, command)])
        return code, *capsys.readouterr()

    assert run(home, "move", "prepare", "--out", stick)[0] == 0
    (bundle,) = stick.iterdir()
    code, said, beside = run(home, "people", "list")
    assert (code, bool(said)) == (0, True)
    assert beside.startswith("This record moved to another laptop on ")
    given = ("--role", "trainer", "--passphrase-file", secret)
    code, said, why = run(home, "staff", "add", "dara", *given)
    assert (code, said) == (1, "")
    assert why.splitlines()[1].endswith("Here it is read and printed, and not changed.")
    code, said, _beside = run(new, "move", "receive", bundle)
    assert code == 0
    assert "People\t" in said
    confirmation = said.strip().rsplit(" ", 1)[1]
    assert run(home, "move", "finish", confirmation)[0] == 0
    assert run(home, "move", "reopen", "--reason", "after all")[0] == 1
    assert run(new, "check")[0] == 0
