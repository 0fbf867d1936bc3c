from __future__ import annotations

from dataclasses import replace

import pytest

from tlbb_desktop.domain.errors import ChangedMeanwhile, NotFound, Refused, StorageDamaged, WrongPassphrase
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import Compartment, compartments_of
from tlbb_desktop.security.epochs import forget_old_epochs
from tlbb_desktop.security.kdf import FLOOR
from tlbb_desktop.security.membership import (
    Member,
    add_member,
    change_passphrase,
    change_role,
    create_keyring,
    make_slip,
    remove_member,
    rename_member,
    renew_recovery,
    reset_passphrase,
    unlock_with_slip,
)
from tlbb_desktop.security.recovery import SLIP_GROUPS, new_code

OLD = {
    "sokha": "ទន្លេ ស្វាយ គោម សៀវភៅ",
    "bopha": "window garden silver monkey",
    "dara": "river mango lantern violin paper",
}
NEW = "completely other words here"
THIRD_PARTY = Member("c1" * 16, "rith", "Rith", Role.TRAINER)


@pytest.mark.parametrize("passphrase", ["1234", "short", ""])
def test_no_slot_is_made_with_a_pin(staffed, passphrase):
    with pytest.raises(Refused):
        create_keyring(Member("aa" * 16, "dara", "Dara", Role.MANAGER), passphrase, FLOOR)
    with pytest.raises(Refused):
        add_member(staffed.keyring, staffed.manager, THIRD_PARTY, passphrase)
    with pytest.raises(Refused):
        reset_passphrase(staffed.keyring, staffed.manager, "sokha", passphrase)
    with pytest.raises(Refused):
        change_passphrase(staffed.keyring, "sokha", OLD["sokha"], passphrase)
    with pytest.raises(Refused):
        unlock_with_slip(staffed.keyring, "sokha", staffed.slip_of_sokha, passphrase)


def test_the_first_member_is_a_manager_with_all_keys():
    founded = create_keyring(replace(THIRD_PARTY, username="Sok Dara"), NEW, FLOOR)
    keys = founded.keyring.unlock("sok dara", NEW)
    assert keys.role is Role.MANAGER
    assert keys.compartments == founded.keys.compartments == set(Compartment)


@pytest.mark.parametrize("username", ["", "  ", "\u200b", "x" * 33, "a\nb", "a\x00b"])
def test_a_login_name_that_cannot_be_seen_or_typed_is_refused(staffed, username):
    with pytest.raises(Refused) as refusal:
        add_member(staffed.keyring, staffed.manager, replace(THIRD_PARTY, username=username), NEW)
    assert refusal.value.place == "username"


@pytest.mark.parametrize("username", ["sokha", "SOKHA", "sok\u200bha", " sokha"])
def test_a_login_name_is_given_once(staffed, username):
    with pytest.raises(Refused):
        add_member(staffed.keyring, staffed.manager, replace(THIRD_PARTY, username=username), NEW)


@pytest.mark.parametrize(
    ("actor", "role"),
    [
        ("kosal", Role.SOCIAL_WORKER),
        ("kosal", Role.LIAISON),
        ("kosal", Role.MANAGER),
        ("vuthy", Role.SOCIAL_WORKER),
        ("vuthy", Role.MANAGER),
        ("bopha", Role.MANAGER),
    ],
)
def test_nobody_gives_a_role_whose_keys_they_lack(staffed, keys_of, actor, role):
    with pytest.raises(Refused, match=r"^Only a manager can give this role\.$"):
        add_member(staffed.keyring, keys_of[actor], replace(THIRD_PARTY, role=role), NEW)
    with pytest.raises(Refused, match=r"^Only a manager can give this role\.$"):
        change_role(staffed.keyring, keys_of[actor], "sokha", role, False)


def test_the_administrator_adds_resets_and_removes_a_trainer_without_seeing_case_data(staffed, keys_of):
    admin = keys_of["kosal"]
    keyring = add_member(staffed.keyring, admin, THIRD_PARTY, OLD["bopha"]).keyring
    assert keyring.unlock("rith", OLD["bopha"]).compartments == {Compartment.DB, Compartment.AUDIT}
    keyring = reset_passphrase(keyring, admin, "rith", NEW).keyring
    assert keyring.unlock("rith", NEW).db_key == admin.db_key
    removed, renewed = remove_member(keyring, admin, "rith")
    assert removed.find("rith") is None
    assert renewed.db_key != admin.db_key
    assert removed.unlock("dara", OLD["dara"]).key(Compartment.LEGAL) == staffed.manager.key(Compartment.LEGAL)


def test_the_administrator_resets_and_removes_nobody_with_more_keys(staffed, keys_of):
    with pytest.raises(Refused, match="Only a manager"):
        reset_passphrase(staffed.keyring, keys_of["kosal"], "dara", NEW)
    with pytest.raises(Refused, match="Only a manager"):
        remove_member(staffed.keyring, keys_of["kosal"], "bopha")


def test_a_changed_passphrase_replaces_the_old_one_and_keeps_keys_and_slip(staffed):
    keyring = change_passphrase(staffed.keyring, "sokha", OLD["sokha"], NEW)
    assert keyring.generation == staffed.keyring.generation + 1
    assert keyring.unlock("sokha", NEW).db_key == staffed.manager.db_key
    with pytest.raises(WrongPassphrase):
        keyring.unlock("sokha", OLD["sokha"])
    assert unlock_with_slip(keyring, "sokha", staffed.slip_of_sokha, OLD["sokha"]).keys.db_key == staffed.manager.db_key


def test_changing_a_passphrase_needs_the_old_one(staffed):
    for username in ("sokha", "nobody"):
        with pytest.raises(WrongPassphrase):
            change_passphrase(staffed.keyring, username, NEW, OLD["sokha"])


def test_a_reset_ends_the_old_passphrase_and_the_old_slip(staffed):
    admitted = reset_passphrase(staffed.keyring, staffed.manager, "sokha", NEW, slip=True)
    assert admitted.keyring.unlock("sokha", NEW).compartments == {Compartment.DB, Compartment.AUDIT}
    with pytest.raises(WrongPassphrase):
        admitted.keyring.unlock("sokha", OLD["sokha"])
    with pytest.raises(WrongPassphrase):
        unlock_with_slip(admitted.keyring, "sokha", staffed.slip_of_sokha, OLD["sokha"])
    assert unlock_with_slip(admitted.keyring, "sokha", admitted.slip, OLD["sokha"]).keys.username == "sokha"


def test_a_slip_works_once_and_is_replaced(staffed):
    used = unlock_with_slip(staffed.keyring, "sokha", staffed.slip_of_sokha, NEW)
    assert used.keys.compartments == {Compartment.DB, Compartment.AUDIT}
    assert used.keyring.unlock("sokha", NEW).user == used.keys.user
    with pytest.raises(WrongPassphrase):
        used.keyring.unlock("sokha", OLD["sokha"])
    with pytest.raises(WrongPassphrase):
        unlock_with_slip(used.keyring, "sokha", staffed.slip_of_sokha, NEW)
    assert unlock_with_slip(used.keyring, "sokha", used.slip, OLD["sokha"]).keys.user == used.keys.user


@pytest.mark.parametrize("username", ["sokha", "bopha", "nobody"])
def test_a_wrong_slip_opens_nothing_whoever_is_named(staffed, username):
    with pytest.raises(WrongPassphrase, match="paper"):
        unlock_with_slip(staffed.keyring, username, new_code(SLIP_GROUPS), NEW)


def test_a_slip_can_be_made_later_with_the_passphrase(staffed):
    keyring, slip = make_slip(staffed.keyring, "bopha", OLD["bopha"])
    assert unlock_with_slip(keyring, "bopha", slip, NEW).keys.compartments == compartments_of(Role.SOCIAL_WORKER, False)


def test_a_role_upwards_gives_the_missing_keys_while_the_member_is_away(staffed):
    keyring, keys = change_role(staffed.keyring, staffed.manager, "sokha", Role.SOCIAL_WORKER, False)
    assert (keyring.epoch, keys.epoch) == (1, 1)
    raised = keyring.unlock("sokha", OLD["sokha"])
    assert raised.role is Role.SOCIAL_WORKER
    assert raised.key(Compartment.COUNSELLING) == staffed.manager.key(Compartment.COUNSELLING)
    assert Compartment.SIGNING not in raised.compartments


def test_a_role_downwards_begins_an_epoch_with_new_keys_for_those_who_still_hold_them(staffed):
    keyring, keys = change_role(staffed.keyring, staffed.manager, "bopha", Role.LIAISON, False)
    assert (keyring.epoch, keys.epoch) == (2, 2)
    lowered = keyring.unlock("bopha", OLD["bopha"])
    assert lowered.compartments == compartments_of(Role.LIAISON, False)
    assert lowered.db_key == keys.db_key != staffed.manager.db_key
    for compartment in (Compartment.FAMILY, Compartment.COUNSELLING, Compartment.AFTERCARE):
        assert keys.key(compartment) != staffed.manager.key(compartment)
        assert all(sealed.compartment is not compartment for sealed in keyring.find("bopha").sealed)
    assert keys.key(Compartment.LEGAL) == staffed.manager.key(Compartment.LEGAL)


def test_a_manager_may_hand_over_and_step_down(staffed):
    keyring, _ = change_role(staffed.keyring, staffed.manager, "bopha", Role.MANAGER, True)
    stepped_down, own = change_role(keyring, staffed.manager, "dara", Role.TRAINER, False)
    assert own.compartments == {Compartment.DB, Compartment.AUDIT}
    stepped_down.verify(own)
    assert stepped_down.unlock("bopha", OLD["bopha"]).compartments == set(Compartment)
    assert stepped_down.unlock("dara", OLD["dara"]).compartments == {Compartment.DB, Compartment.AUDIT}


def test_the_last_manager_neither_steps_down_nor_leaves(staffed):
    with pytest.raises(Refused, match="last manager"):
        change_role(staffed.keyring, staffed.manager, "dara", Role.TRAINER, True)
    recovered = staffed.keyring.unlock_with_recovery(staffed.recovery)
    with pytest.raises(Refused, match="last manager"):
        remove_member(staffed.keyring, recovered, "dara")


def test_nobody_removes_themselves(staffed):
    with pytest.raises(Refused, match="yourself"):
        remove_member(staffed.keyring, staffed.manager, "dara")


def test_whoever_left_gets_nothing_and_all_others_get_the_new_keys(staffed, keys_of):
    keyring, keys = remove_member(staffed.keyring, staffed.manager, "bopha")
    with pytest.raises(WrongPassphrase):
        keyring.unlock("bopha", OLD["bopha"])
    for compartment in compartments_of(Role.SOCIAL_WORKER, False) - {Compartment.AUDIT}:
        assert keys.key(compartment) != keys_of["bopha"].key(compartment)
    assert keys.audit_key == staffed.manager.audit_key
    assert keyring.unlock("sokha", OLD["sokha"]).db_key == keys.db_key
    assert keyring.unlock_with_recovery(staffed.recovery).key(Compartment.LEGAL) == keys.key(Compartment.LEGAL)


def test_both_epochs_are_kept_until_the_copy_is_verified(staffed):
    keyring, _ = remove_member(staffed.keyring, staffed.manager, "bopha")
    keys = keyring.unlock("sokha", OLD["sokha"])
    assert keys.db_epochs == (1, 2)
    before = keys.at_epoch(1)
    assert (before.db_key, before.db_salt) == (staffed.manager.db_key, staffed.manager.db_salt)
    assert keys.db_key != before.db_key
    assert keys.db_salt != before.db_salt
    forgotten, left = forget_old_epochs(keyring, keys)
    assert left.db_epochs == forgotten.unlock("sokha", OLD["sokha"]).db_epochs == (2,)
    manager = forgotten.unlock("dara", OLD["dara"])
    assert manager.compartments == set(Compartment)
    assert manager.key(Compartment.SIGNING) == staffed.manager.key(Compartment.SIGNING)


def test_a_newcomer_during_a_re_keying_can_read_both_databases(staffed):
    keyring, keys = remove_member(staffed.keyring, staffed.manager, "bopha")
    keyring = add_member(keyring, keys, THIRD_PARTY, NEW).keyring
    assert keyring.unlock("rith", NEW).db_epochs == (1, 2)


def test_keys_opened_before_a_re_keying_change_nothing(staffed):
    keyring, _ = remove_member(staffed.keyring, staffed.manager, "bopha")
    with pytest.raises(ChangedMeanwhile):
        add_member(keyring, staffed.manager, THIRD_PARTY, NEW)


def test_a_keyring_edited_outside_is_not_signed_again_by_an_act(staffed):
    slots = (replace(staffed.keyring.slots[1], role=Role.MANAGER), *staffed.keyring.slots[2:])
    edited = replace(staffed.keyring, slots=slots)
    for act in (
        lambda: add_member(edited, staffed.manager, THIRD_PARTY, NEW),
        lambda: reset_passphrase(edited, staffed.manager, "sokha", NEW),
        lambda: change_role(edited, staffed.manager, "sokha", Role.LIAISON, False),
        lambda: remove_member(edited, staffed.manager, "sokha"),
        lambda: rename_member(edited, staffed.manager, "sokha", "S"),
        lambda: renew_recovery(edited, staffed.manager),
        lambda: forget_old_epochs(edited, staffed.manager),
        lambda: change_passphrase(edited, "sokha", OLD["sokha"], NEW),
        lambda: make_slip(edited, "sokha", OLD["sokha"]),
        lambda: unlock_with_slip(edited, "sokha", staffed.slip_of_sokha, NEW),
    ):
        with pytest.raises(StorageDamaged):
            act()


def test_an_act_on_an_unknown_name_says_so(staffed):
    with pytest.raises(NotFound):
        remove_member(staffed.keyring, staffed.manager, "nobody")
    with pytest.raises(NotFound):
        reset_passphrase(staffed.keyring, staffed.manager, "nobody", NEW)


def test_a_new_recovery_key_ends_the_old_one(staffed):
    keyring, code = renew_recovery(staffed.keyring, staffed.manager)
    assert keyring.unlock_with_recovery(code).compartments == set(Compartment)
    with pytest.raises(WrongPassphrase):
        keyring.unlock_with_recovery(staffed.recovery)


@pytest.mark.parametrize("actor", ["sokha", "bopha", "vuthy", "kosal"])
def test_only_a_manager_makes_a_recovery_key(staffed, keys_of, actor):
    with pytest.raises(Refused, match="manager"):
        renew_recovery(staffed.keyring, keys_of[actor])


def test_whoever_forgot_everything_starts_again_with_the_recovery_key(staffed):
    keys = staffed.keyring.unlock_with_recovery(staffed.recovery)
    keyring = reset_passphrase(staffed.keyring, keys, "dara", NEW).keyring
    assert keyring.unlock("dara", NEW).compartments == set(Compartment)


def test_another_name_on_the_tile_keeps_login_and_passphrase(staffed):
    keyring = rename_member(staffed.keyring, staffed.manager, "sokha", "សុខា")
    assert keyring.tiles()[1].name == "សុខា"
    assert keyring.unlock("sokha", OLD["sokha"]).username == "sokha"
