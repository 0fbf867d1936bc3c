from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tlbb_desktop.domain.errors import ChangedMeanwhile, NotPermitted, StorageDamaged, TlbbError, WrongPassphrase
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security import keyring as keyring_module
from tlbb_desktop.security.compartments import Compartment, compartments_of
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.recovery import new_code

EVERYBODY = ("dara", "sokha", "bopha", "vuthy", "kosal")

Path = tuple[str | int, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if parts is None:
        yield path, value
        return
    for key, part in parts:
        yield from leaves(part, (*path, key))


def with_leaf(value: Any, path: Path, leaf: Any) -> Any:
    changed = copy.deepcopy(value)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = leaf
    return changed


def other_value(path: Path, value: Any) -> Any:
    """A value that an attacker who knows the format would write there."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return ""
    if path[-1] == "role":
        return "manager" if value != "manager" else "trainer"
    if path[-1] == "compartment":
        return "legal" if value != "legal" else "family"
    return ("B" if value[:1] == "A" else "A") + value[1:]


@pytest.mark.parametrize("username", EVERYBODY)
def test_a_passphrase_opens_exactly_the_keys_of_the_role(keys_of, username):
    keys = keys_of[username]
    assert keys.compartments == compartments_of(keys.role, keys.admin_duty)
    for compartment in set(Compartment) - keys.compartments:
        with pytest.raises(NotPermitted):
            keys.key(compartment)


def test_everybody_opens_the_same_database(keys_of):
    assert len({(keys.db_key, keys.db_salt, keys.audit_key) for keys in keys_of.values()}) == 1
    manager = keys_of["dara"]
    assert (len(manager.db_key), len(manager.db_salt), len(manager.audit_key)) == (32, 16, 32)
    assert (len(manager.signing_seed), len(manager.bundle_key)) == (32, 32)


def test_all_keys_differ(keys_of):
    manager = keys_of["dara"]
    parts = [manager.key(compartment) for compartment in Compartment] + [manager.signing_seed, manager.bundle_key]
    assert len(set(parts)) == len(parts)


def test_a_login_name_is_found_in_any_case_and_a_passphrase_with_other_digits_and_spaces(staffed):
    assert staffed.keyring.unlock("Vuthy ", "1234 567 890 123\n").role is Role.LIAISON


@pytest.mark.parametrize(
    ("username", "passphrase"), [("sokha", "wrong"), ("nobody", "wrong"), ("", ""), ("recovery", "x")]
)
def test_unknown_name_and_wrong_passphrase_are_not_told_apart(staffed, username, passphrase):
    with pytest.raises(WrongPassphrase) as refusal:
        staffed.keyring.unlock(username, passphrase)
    assert str(refusal.value) == WrongPassphrase.default_message


def test_an_unknown_name_costs_the_same_derivation_as_a_known_one(staffed, monkeypatch):
    costs = []
    real = keyring_module.derive
    monkeypatch.setattr(keyring_module, "derive", lambda *given: costs.append(given[2]) or real(*given))
    monkeypatch.setattr("tlbb_desktop.security.slots.derive", lambda *given: costs.append(given[2]) or real(*given))
    for username in ("sokha", "nobody"):
        with pytest.raises(WrongPassphrase):
            staffed.keyring.unlock(username, "wrong")
    assert costs == [FLOOR, FLOOR]


def test_the_recovery_key_opens_everything(staffed):
    keys = staffed.keyring.unlock_with_recovery(staffed.recovery)
    assert keys.compartments == set(Compartment)
    assert keys.db_key == staffed.manager.db_key


def test_another_recovery_key_is_refused_with_a_sentence_of_its_own(staffed):
    with pytest.raises(WrongPassphrase, match="paper"):
        staffed.keyring.unlock_with_recovery(new_code())


def test_open_keys_show_nothing_and_do_not_leave_the_process(staffed):
    shown = repr(staffed.manager) + str(staffed.manager)
    assert shown == "<UnlockedKeys><UnlockedKeys>"
    with pytest.raises(TypeError):
        pickle.dumps(staffed.manager)
    with pytest.raises(AttributeError):
        staffed.manager.role = Role.TRAINER


def test_wrong_tries_of_unknown_names_are_counted_together(staffed):
    assert staffed.keyring.account("SOKHA") == "b1" * 16
    assert staffed.keyring.account("typed passphrase by mistake") == staffed.keyring.account("x") == "unknown"


def test_the_login_page_gets_its_tiles_without_any_passphrase(staffed):
    assert [tile.username for tile in staffed.keyring.tiles()] == list(EVERYBODY)
    assert staffed.keyring.tiles()[0].name == "ចាន់ ដារ៉ា"


def test_the_keyring_survives_being_written_and_read(staffed):
    assert Keyring.from_json(staffed.keyring.to_json()) == staffed.keyring


def test_every_edited_field_is_found(staffed):
    raw = staffed.keyring.to_json()
    edited = 0
    for path, value in leaves(raw):
        changed = with_leaf(raw, path, other_value(path, value))
        with pytest.raises((StorageDamaged, ChangedMeanwhile)):
            Keyring.from_json(changed).verify(staffed.manager)
        edited += 1
    assert edited > 150


@pytest.mark.parametrize(
    "field", ["epoch", "role", "salt", "nonce", "box", "canonical_version", "memory_kib", "passes", "lanes"]
)
def test_a_slot_whose_wrapping_was_edited_does_not_open_even_with_the_right_passphrase(staffed, field):
    raw = staffed.keyring.to_json()
    wrapped = ("slots", 1, "passphrase")
    path = next(path for path, _ in leaves(raw) if path[:3] == wrapped and path[-1] == field)
    value = dict(leaves(raw))[path]
    with pytest.raises(TlbbError):
        Keyring.from_json(with_leaf(raw, path, other_value(path, value))).unlock("sokha", "ទន្លេ ស្វាយ គោម សៀវភៅ")


@pytest.mark.parametrize("value", [1, 64 * 1024 - 1, 1024 * 1024 + 1, -1, "65536", None, 2**80, 65536.0, True])
def test_costs_out_of_bounds_are_refused_before_they_are_run(staffed, value):
    raw = staffed.keyring.to_json()
    with pytest.raises(StorageDamaged):
        Keyring.from_json(with_leaf(raw, ("slots", 0, "passphrase", "cost", "memory_kib"), value))


def test_a_role_raised_by_an_edit_opens_nothing(staffed):
    raw = with_leaf(staffed.keyring.to_json(), ("slots", 1, "role"), "manager")
    with pytest.raises(StorageDamaged, match="outside the program"):
        Keyring.from_json(raw).unlock("sokha", "ទន្លេ ស្វាយ គោម សៀវភៅ")


def test_a_duty_given_by_an_edit_opens_nothing(staffed):
    raw = with_leaf(staffed.keyring.to_json(), ("slots", 1, "admin_duty"), True)
    with pytest.raises(StorageDamaged):
        Keyring.from_json(raw).unlock("sokha", "ទន្លេ ស្វាយ គោម សៀវភៅ")


def test_a_removed_added_or_moved_slot_is_found_by_everybody(staffed, keys_of):
    slots = staffed.keyring.slots
    copied = replace(slots[1], user="cc" * 16, username="intruder")
    for changed in (slots[1:], (*slots, copied), (slots[1], slots[0], *slots[2:])):
        for keys in keys_of.values():
            with pytest.raises(StorageDamaged):
                replace(staffed.keyring, slots=changed).verify(keys)


def test_a_slot_moved_into_another_members_place_does_not_open(staffed):
    victim, attacker = staffed.keyring.slots[0], staffed.keyring.slots[1]
    moved = replace(attacker, user=victim.user, username=victim.username, role=victim.role)
    keyring = replace(staffed.keyring, slots=(moved, *staffed.keyring.slots[1:]))
    with pytest.raises(WrongPassphrase):
        keyring.unlock("dara", "ទន្លេ ស្វាយ គោម សៀវភៅ")


def test_a_slot_of_another_keyring_does_not_open(staffed):
    foreign = replace(staffed.keyring, keyring_id="ff" * 16)
    with pytest.raises(WrongPassphrase):
        foreign.unlock("vuthy", "1234567890123")


def test_keys_sealed_by_a_stranger_to_a_public_half_are_found(staffed):
    slot = staffed.keyring.slots[1]
    stripped = replace(slot, sealed=())
    planted = stripped.with_keys(
        staffed.keyring.keyring_id, {Compartment.DB: {1: b"k" * 48}, Compartment.AUDIT: {1: b"a" * 32}}
    )
    slots = (staffed.keyring.slots[0], planted, *staffed.keyring.slots[2:])
    with pytest.raises(StorageDamaged):
        replace(staffed.keyring, slots=slots).unlock("sokha", "ទន្លេ ស្វាយ គោម សៀវភៅ")


def test_sealed_keys_exchanged_between_compartments_are_found(staffed):
    slot = staffed.keyring.find("vuthy")
    boxes = {key.compartment: key.box for key in slot.sealed}
    exchanged = replace(
        slot,
        sealed=tuple(
            replace(key, box=boxes[Compartment.LEGAL if key.compartment is Compartment.AUDIT else Compartment.AUDIT])
            for key in slot.sealed
            if key.compartment is not Compartment.DB
        ),
    )
    slots = tuple(exchanged if other.user == slot.user else other for other in staffed.keyring.slots)
    with pytest.raises(StorageDamaged):
        replace(staffed.keyring, slots=slots).unlock("vuthy", "1234567890123")


@pytest.mark.parametrize(
    "raw", [{}, [], None, "keyring", {"slots": []}, {"slots": [{}], "cost": {}}, {"slots": None, "mac": "!"}]
)
def test_what_is_no_keyring_is_damaged_and_never_crashes(raw):
    with pytest.raises(StorageDamaged):
        Keyring.from_json(raw)


def test_an_additional_or_missing_field_is_damage(staffed):
    raw = staffed.keyring.to_json()
    with pytest.raises(StorageDamaged):
        Keyring.from_json({**raw, "note": "x"})
    for path, _ in leaves(raw):
        if path[-1] in {"username", "epoch", "nonce", "memory_kib", "mac"}:
            changed = copy.deepcopy(raw)
            place = changed
            for key in path[:-1]:
                place = place[key]
            del place[path[-1]]
            with pytest.raises(StorageDamaged):
                Keyring.from_json(changed)
