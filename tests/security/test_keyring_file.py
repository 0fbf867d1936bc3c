from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tlbb_desktop.domain.errors import ChangedMeanwhile, StorageDamaged, StorageFailing, StorageFull, StorageLocked
from tlbb_desktop.security import atomic_file, keyring_file
from tlbb_desktop.security.keyring_file import NAMES, KeyringFile, decode, encode
from tlbb_desktop.security.membership import rename_member


@pytest.fixture
def generations(staffed):
    """Three keyrings, each made from the one before."""
    second = rename_member(staffed.keyring, staffed.manager, "sokha", "Second")
    return staffed.keyring, second, rename_member(second, staffed.manager, "sokha", "Third")


@pytest.fixture
def home(tmp_path, generations) -> Path:
    KeyringFile(tmp_path).save(generations[0], replaces=None)
    return tmp_path


def names(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir())


def contents(home: Path) -> list[bytes]:
    return [(home / name).read_bytes() for name in NAMES]


def test_a_new_keyring_lies_in_both_files(home, generations):
    assert contents(home) == [encode(generations[0])] * 2
    assert names(home) == list(NAMES)


def test_a_change_leaves_the_generation_before_it_in_the_other_file(home, generations):
    first, second, third = generations
    file = KeyringFile(home)
    file.save(second, replaces=first)
    assert sorted(contents(home)) == sorted([encode(first), encode(second)])
    file.save(third, replaces=second)
    assert sorted(contents(home)) == sorted([encode(second), encode(third)])
    assert file.load() == third


def test_both_files_are_written_when_old_keys_must_not_stay(home, generations):
    KeyringFile(home).save(generations[1], replaces=generations[0], both=True)
    assert contents(home) == [encode(generations[1])] * 2


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped", "garbage", "other json"])
def test_one_damaged_file_is_repaired_from_the_other(home, generations, name, damage):
    KeyringFile(home).save(generations[1], replaces=generations[0], both=True)
    path = home / name
    whole = path.read_bytes()
    damages = {
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "flipped": whole.replace(b"Second", b"Sechnd"),
        "garbage": os.urandom(500),
        "other json": b'{"checksum": 1, "keyring": [[[]]]}',
    }
    path.unlink() if damage == "missing" else path.write_bytes(damages[damage])
    assert KeyringFile(home).load() == generations[1]
    assert contents(home) == [whole, whole]


def test_a_file_cut_at_any_length_is_never_taken_for_a_keyring(generations):
    whole = encode(generations[0])
    for length in range(0, len(whole), 97):
        with pytest.raises(StorageDamaged):
            decode(whole[:length])


def test_both_damaged_says_so_and_names_the_way_out(home):
    for name in NAMES:
        (home / name).write_bytes(b"{")
    with pytest.raises(StorageDamaged, match=r"Both copies.*backup") as refusal:
        KeyringFile(home).load()
    assert refusal.value.exit_code == 3


def test_a_damaged_keyring_is_not_written_over(home, generations):
    for name in NAMES:
        (home / name).write_bytes(b"{")
    with pytest.raises(StorageDamaged):
        KeyringFile(home).save(generations[0], replaces=None)
    assert contents(home) == [b"{", b"{"]


def test_an_empty_home_has_no_keyring(tmp_path):
    assert not KeyringFile(tmp_path).exists()
    with pytest.raises(StorageDamaged, match="missing"):
        KeyringFile(tmp_path).load()


@pytest.mark.parametrize("length", [0, 10, 2000])
def test_a_kill_while_the_temporary_file_grows_loses_nothing(home, generations, length):
    (home / ".0123456789ab.tmp").write_bytes(encode(generations[1])[:length])
    assert KeyringFile(home).load() == generations[0]
    KeyringFile(home).save(generations[1], replaces=generations[0])
    assert KeyringFile(home).load() == generations[1]


def test_a_kill_between_the_two_generations_leaves_a_sound_keyring(home, generations, monkeypatch):
    real = keyring_file.write_atomically
    written = []

    def killed_after_the_first(path, content):
        if written:
            raise KeyboardInterrupt
        written.append(path)
        real(path, content)

    monkeypatch.setattr(keyring_file, "write_atomically", killed_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        KeyringFile(home).save(generations[1], replaces=generations[0], both=True)
    monkeypatch.undo()
    assert KeyringFile(home).load() == generations[1]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_is_full_or_fails_leaves_the_old_keyring(home, generations, monkeypatch, call, code):
    def fail(*_arguments, **_named):
        raise OSError(code, os.strerror(code))

    if call == "write":
        monkeypatch.setattr(os, "fdopen", fail)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    before = contents(home)
    with pytest.raises(StorageFull if code == errno.ENOSPC else StorageFailing):
        KeyringFile(home).save(generations[1], replaces=generations[0])
    monkeypatch.undo()
    assert contents(home) == before
    assert names(home) == list(NAMES)
    assert KeyringFile(home).load() == generations[0]


def test_a_full_disk_does_not_keep_a_half_damaged_keyring_from_opening(home, generations, monkeypatch):
    (home / NAMES[1]).write_bytes(b"")

    def full(*_arguments):
        raise StorageFull

    monkeypatch.setattr(keyring_file, "write_atomically", full)
    assert KeyringFile(home).load() == generations[0]


def test_a_rename_waits_for_an_antivirus_program_up_to_two_seconds(tmp_path, monkeypatch):
    waits: list[float] = []
    real = Path.replace

    def held(self, target):
        if len(waits) < 5:
            raise PermissionError(errno.EACCES, "held")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    atomic_file.write_atomically(tmp_path / "file", b"new", sleep=waits.append)
    assert (tmp_path / "file").read_bytes() == b"new"
    assert len(waits) == 5


def test_a_rename_that_stays_refused_gives_up_after_ten_tries_and_leaves_no_rubbish(tmp_path, monkeypatch):
    waits: list[float] = []
    (tmp_path / "file").write_bytes(b"old")

    def held(_self, _target):
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PermissionError):
        atomic_file.write_atomically(tmp_path / "file", b"new", sleep=waits.append)
    assert len(waits) == 9
    assert sum(waits) == pytest.approx(2.0)
    assert names(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_file_that_another_program_holds_is_not_taken_for_damaged(tmp_path, monkeypatch):
    def held(*_arguments, **_named):
        raise PermissionError(errno.EACCES, "held")

    (tmp_path / "file").write_bytes(b"content")
    waits: list[float] = []
    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(StorageLocked):
        atomic_file.read_patiently(tmp_path / "file", 100, sleep=waits.append)
    assert len(waits) == 9


def test_two_programs_do_not_write_over_each_others_change(home, staffed, generations):
    first = generations[0]
    KeyringFile(home).save(generations[1], replaces=first)
    late = rename_member(first, staffed.manager, "sokha", "Late")
    with pytest.raises(ChangedMeanwhile):
        KeyringFile(home).save(late, replaces=first)
    with pytest.raises(ChangedMeanwhile):
        KeyringFile(home).save(late, replaces=None)
    assert KeyringFile(home).load() == generations[1]


def test_the_files_hold_no_key(home, staffed):
    from tlbb_desktop.security.compartments import Compartment

    for content in contents(home):
        for compartment in Compartment:
            key = staffed.manager.key(compartment)
            assert key not in content
            assert key.hex().encode() not in content
