"""Copies that nobody thinks of: when one is made, where, what stays, and what a stick in trouble costs (nothing)."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tlbb_desktop.data import backup as backup_file
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.errors import NotFound, Refused, StorageFull
from tlbb_desktop.services import copies, disk_room, second_media
from tlbb_desktop.services.backups import verify
from tlbb_desktop.services.copies import TroubleKind
from tlbb_desktop.services.entering import enter
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.removable_media import removable_media
from tlbb_desktop.services.restoring import restore, restore_over_damaged
from tlbb_desktop.wiring import open_desk


@pytest.fixture
def stick(desk, tmp_path) -> Path:
    """A stick that was chosen for copies."""
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    desk.copies.choose_medium(folder)
    return folder


def copies_in(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.tlbb")}


def enter_something(desk) -> None:
    desk.settings.put("late_minutes", desk.settings.get("late_minutes", 10) + 1)


def on(desk, day: date) -> None:
    desk.office.clock = WorkingDayClock(SystemClock(), day)


def test_a_copy_goes_to_the_home_and_to_the_stick_and_both_are_the_same_bytes(home, desk, stick) -> None:
    at_home, on_stick = desk.copies.make()
    assert at_home.path.parent == home.backups
    assert on_stick.path.parent == stick
    assert at_home.path.read_bytes() == on_stick.path.read_bytes()
    assert desk.copies.standing().newest == on_stick
    assert desk.backups.verify(on_stick.path).opened


def test_where_nothing_was_entered_no_copy_is_made(home, desk, stick) -> None:
    desk.copies.make()
    before = copies_in(home.backups), copies_in(stick)
    assert desk.copies.make() == ()
    assert (copies_in(home.backups), copies_in(stick)) == before
    enter_something(desk)
    assert len(desk.copies.make()) == 2


def test_a_copy_that_somebody_deleted_is_made_again(home, desk, stick) -> None:
    for info in desk.copies.make():
        info.path.unlink()
    assert len(desk.copies.make()) == 2


def test_a_stick_that_comes_later_gets_the_copy_that_lies_at_home(desk, stick, tmp_path) -> None:
    away = shutil.move(stick, tmp_path / "pocket")
    assert [info.medium for info in desk.copies.make()] == [""]
    shutil.move(away, stick)
    (on_stick,) = desk.copies.make()
    assert on_stick.path.parent == stick


def test_a_stick_is_known_by_its_file_whatever_letter_it_gets(desk, stick, tmp_path, monkeypatch) -> None:
    other_letter = tmp_path / "E"
    stick.rename(other_letter)
    monkeypatch.setattr(second_media, "removable_media", lambda: removable_media([other_letter]))
    assert {info.path.parent for info in desk.copies.make()} >= {other_letter}
    stick.mkdir()  # another stick under the letter of before
    enter_something(desk)
    desk.copies.make()
    assert copies_in(stick) == set()


def test_each_day_one_copy_stays_and_files_of_others_are_left_alone(home, desk, stick) -> None:
    (stick / "tlbb-backup-20200101-0000-ffff.tlbb").write_bytes(b"another's")
    first = date(2026, 11, 1)
    for day in (0, 1, 2, 3, 4, 5, 6, 7, 7):
        on(desk, first + timedelta(days=day))
        enter_something(desk)
        desk.copies.make()
    days = sorted({name[12:20] for name in copies_in(home.backups)})
    assert days[-7:] == [f"202611{day:02}" for day in range(2, 9)]
    assert len(copies_in(home.backups)) == len(days)
    assert copies_in(stick) == {*copies_in(home.backups), "tlbb-backup-20200101-0000-ffff.tlbb"}
    assert {info.path for info in desk.backups.made()} >= set(home.backups.glob("*.tlbb"))
    assert all(info.path.exists() for info in desk.backups.made())


@pytest.fixture
def opened(template):
    """Opens a home that was brought back, at the manager's desk, and closes it in the end."""
    desks = []

    def open_it(home: Home):
        desks.append(open_desk(home, enter(home, keyring_of(home).load(), template.keys, SystemClock(), "login")))
        return desks[-1]

    yield open_it
    for each in desks:
        each.close()


def test_laptops_that_share_a_stick_leave_each_others_copies_there(desk, stick, opened, recovery_key, tmp_path) -> None:
    _at_home, ours = desk.copies.make()
    restore(ours.path, Home(tmp_path / "other"), recovery_key=recovery_key)
    other = opened(Home(tmp_path / "other"))
    theirs = []
    for _again in range(2):
        enter_something(other)
        theirs += [info.path.name for info in other.copies.make() if info.medium]
    assert copies_in(stick) == {ours.path.name, theirs[1]}
    enter_something(desk)
    _at_home, newer = desk.copies.make()
    assert copies_in(stick) == {newer.path.name, theirs[1]}


def test_after_a_restore_the_copies_of_before_it_all_stay(home, desk, opened, recovery_key) -> None:
    today = desk.office.clock.today()
    made = []
    for days_ago in (40, 39, 1):
        on(desk, today - timedelta(days=days_ago))
        enter_something(desk)
        made += [info.path for info in desk.copies.make()]
    before = copies_in(home.backups)
    assert {path.name for path in made} <= before
    desk.close()
    home.database.write_bytes(b"damaged")
    restore_over_damaged(made[0], home, recovery_key=recovery_key)
    restored = opened(home)
    for days_ago in (40, 1, 0, 0):
        on(restored, today - timedelta(days=days_ago))
        enter_something(restored)
        restored.copies.make()
    assert before < copies_in(home.backups)


def test_a_copy_without_a_sender_is_ours_where_it_is_on_our_list(desk, stick, monkeypatch) -> None:
    write = copies.write_backup
    with monkeypatch.context() as patched:  # as copies were before they named their laptop
        patched.setattr(copies, "write_backup", lambda holder, now, target, _facts: write(holder, now, target))
        _at_home, listed = desk.copies.make()
    unlisted = stick / "tlbb-backup-20261101-0800-ffff.tlbb"
    shutil.copyfile(listed.path, unlisted)
    enter_something(desk)
    _at_home, newest = desk.copies.make()
    assert copies_in(stick) == {newest.path.name, unlisted.name}


def full(*_args) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def pulled(*_args) -> None:
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(("failure", "kind"), [(full, TroubleKind.FULL), (pulled, TroubleKind.REFUSED)])
def test_a_stick_in_trouble_costs_nothing_and_is_told_once(desk, stick, monkeypatch, failure, kind) -> None:
    desk.copies.make()
    earlier = {path: path.read_bytes() for path in stick.glob("*.tlbb")}
    enter_something(desk)
    with monkeypatch.context() as patched:
        patched.setattr(backup_file.shutil, "copyfile", failure)
        (at_home,) = desk.copies.make()
    assert verify(at_home.path).digest == at_home.digest
    assert {path: path.read_bytes() for path in stick.glob("*.tlbb")} == earlier
    assert not list(stick.glob(".*.part"))
    trouble = desk.copies.standing().trouble
    assert trouble is not None
    assert (trouble.medium, trouble.kind) == ("KINGSTON", kind)
    desk.copies.make()
    assert desk.copies.standing().trouble is None


def test_a_damaged_record_makes_no_copy_and_no_earlier_one_is_lost(home, desk, stick) -> None:
    desk.copies.make()
    before = copies_in(home.backups)
    enter_something(desk)
    desk.office.store.close()
    content = bytearray(home.database.read_bytes())
    content[-2000] ^= 1
    home.database.write_bytes(content)
    desk.copies.make()
    assert copies_in(home.backups) == before


def test_while_another_process_makes_copies_this_one_makes_none(home, desk, stick) -> None:
    with desk.copies._alone() as first:
        assert first
        assert desk.copies.make() == ()


def test_what_a_kill_left_half_done_yesterday_is_cleared(home, desk) -> None:
    half, fresh = home.backups / ".making-abc", home.backups / ".tlbb-backup-new.tlbb.part"
    half.mkdir()
    (half / "programme.db").write_bytes(b"half")
    os.utime(half, (1e9, 1e9))
    fresh.write_bytes(b"")
    desk.copies.make()
    assert not half.exists()
    assert fresh.exists()


def test_after_a_day_that_was_cut_off_the_next_morning_makes_its_copy(desk) -> None:
    desk.copies.make()
    enter_something(desk)
    assert not desk.copies.day_was_cut_off()
    on(desk, desk.office.clock.today() + timedelta(days=1))
    assert desk.copies.day_was_cut_off()
    desk.copies.make()
    assert not desk.copies.day_was_cut_off()


def test_a_copy_outside_is_asked_for_after_a_week_in_which_something_was_entered(desk, stick) -> None:
    today = desk.office.clock.today()
    assert desk.copies.standing().is_due(today)
    desk.copies.make()
    assert not desk.copies.standing().is_due(today + timedelta(days=30))
    enter_something(desk)
    assert not desk.copies.standing().is_due(today + timedelta(days=7))
    assert desk.copies.standing().is_due(today + timedelta(days=8))
    desk.settings.put("second_copy_days", 14)
    assert not desk.copies.standing().is_due(today + timedelta(days=14))


def test_a_folder_of_the_home_and_one_that_is_not_there_are_no_second_medium(home, desk, tmp_path) -> None:
    with pytest.raises(Refused, match="lost with it"):
        desk.copies.choose_medium(home.backups)
    with pytest.raises(NotFound):
        desk.copies.choose_medium(tmp_path / "none")
    assert desk.copies.media() == ()


def test_a_folder_on_the_disk_of_the_record_is_no_second_medium(desk, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(copies, "device_of", second_media.device_of)
    with pytest.raises(Refused, match="lost with it"):
        desk.copies.choose_medium(tmp_path)
    assert desk.copies.media() == ()
    assert not list(tmp_path.glob("*.json"))


def test_only_what_lies_on_a_known_medium_counts_as_outside(desk, tmp_path, stick) -> None:
    desk.backups.create(tmp_path / "beside.tlbb")
    assert desk.copies.standing().outside is None
    desk.copies.put_on(stick)
    assert desk.copies.standing().outside is not None


def test_a_full_laptop_keeps_no_stick_from_its_copy(home, desk, stick, monkeypatch) -> None:
    before, write = copies_in(home.backups), copies.write_backup

    def where_there_is_room(holder, now, target, facts):
        if target.parent == home.backups:
            raise StorageFull
        return write(holder, now, target, facts)

    with monkeypatch.context() as patched:
        patched.setattr(copies, "write_backup", where_there_is_room)
        (on_stick,) = desk.copies.make()
    assert verify(on_stick.path).digest == on_stick.digest
    assert copies_in(home.backups) == before
    trouble = desk.copies.standing().trouble
    assert trouble is not None
    assert (trouble.medium, trouble.kind) == ("", TroubleKind.FULL)


def test_a_full_stick_keeps_no_other_from_its_copy(desk, stick, tmp_path, monkeypatch) -> None:
    (tmp_path / "FULL").mkdir()
    desk.copies.choose_medium(tmp_path / "FULL")
    copy = copies.duplicate

    def where_there_is_room(source, target):
        if target.parent.name == "FULL":
            full()
        return copy(source, target)

    monkeypatch.setattr(copies, "duplicate", where_there_is_room)
    assert [info.path.parent.name for info in desk.copies.make()] == ["backups", "KINGSTON"]
    trouble = desk.copies.standing().trouble
    assert trouble is not None
    assert trouble.medium == "FULL"


def test_on_a_nearly_full_laptop_a_copy_is_still_put_on_a_stick(desk, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(disk_room, "ENTRY_BYTES", 1 << 62)
    with pytest.raises(StorageFull):
        enter_something(desk)
    assert desk.copies.put_on(tmp_path).medium


def test_a_medium_that_is_forgotten_gets_no_copy_and_keeps_those_it_has(desk, stick) -> None:
    desk.copies.make()
    before = copies_in(stick)
    ((medium, here),) = desk.copies.media()
    assert here
    desk.copies.forget_medium(medium.id)
    enter_something(desk)
    desk.copies.make()
    assert copies_in(stick) == before


def test_safe_mode_looks_at_no_medium_and_copies_into_the_home(home, unlocked, tmp_path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    usual = open_desk(home, unlocked)
    usual.copies.choose_medium(stick)
    safe = open_desk(home, unlocked, safe_mode=True)
    assert [here for _medium, here in safe.copies.media()] == [False]
    before = sorted(stick.glob("*.tlbb"))
    safe.settings.put("late_minutes", 7)
    safe.copies.make()
    assert sorted(stick.glob("*.tlbb")) == before
    assert list(home.backups.glob("*.tlbb"))
