from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tlbb_desktop.domain.errors import NotPermitted, StorageDamaged
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS, Compartment
from tlbb_desktop.security.field_cipher import FieldCipher

ROW = bytes(range(16))
PLACE = ("person_identity", ROW, "charge", 7)
OVERHEAD = 12 + 16


@pytest.fixture(scope="module")
def manager(staffed) -> FieldCipher:
    return FieldCipher(staffed.manager)


@pytest.mark.parametrize("compartment", sorted(FIELD_COMPARTMENTS))
@pytest.mark.parametrize("text", ["", "ចោទប្រកាន់", "a" * 100_000])
def test_a_field_comes_back_as_it_was(manager, compartment, text):
    stored = manager.encrypt(compartment, *PLACE, text)
    assert manager.decrypt_text(compartment, *PLACE, stored) == text
    assert len(stored) == len(text.encode()) + OVERHEAD


@given(st.binary(max_size=200))
def test_bytes_come_back_as_they_were(staffed, data):
    cipher = FieldCipher(staffed.manager)
    assert cipher.decrypt(Compartment.FAMILY, *PLACE, cipher.encrypt(Compartment.FAMILY, *PLACE, data)) == data


def test_nothing_stays_nothing(manager):
    assert manager.encrypt(Compartment.LEGAL, *PLACE, None) is None
    assert manager.decrypt(Compartment.LEGAL, *PLACE, None) is None
    assert manager.decrypt_text(Compartment.LEGAL, *PLACE, None) is None


def test_the_same_text_is_never_stored_twice_alike(manager):
    assert len({manager.encrypt(Compartment.LEGAL, *PLACE, "theft") for _ in range(500)}) == 500


@pytest.mark.parametrize(
    "place",
    [
        ("person_contact", ROW, "charge", 7),
        ("person_identity", bytes(16), "charge", 7),
        ("person_identity", ROW, "court", 7),
        ("person_identity", ROW, "charge", 6),
        ("person_identity", ROW, "charge", 8),
    ],
)
def test_a_value_copied_to_another_table_row_column_or_version_is_found(manager, place):
    stored = manager.encrypt(Compartment.LEGAL, *PLACE, "theft")
    with pytest.raises(StorageDamaged):
        manager.decrypt(Compartment.LEGAL, *place, stored)


def test_a_value_moved_to_another_compartment_is_found(manager):
    stored = manager.encrypt(Compartment.LEGAL, *PLACE, "theft")
    for compartment in FIELD_COMPARTMENTS - {Compartment.LEGAL}:
        with pytest.raises(StorageDamaged):
            manager.decrypt(compartment, *PLACE, stored)


def test_every_flipped_byte_and_every_cut_is_found(manager):
    stored = manager.encrypt(Compartment.LEGAL, *PLACE, "theft")
    for index in range(len(stored)):
        flipped = stored[:index] + bytes([stored[index] ^ 1]) + stored[index + 1 :]
        for damaged in (flipped, stored[:index], stored[index + 1 :]):
            with pytest.raises(StorageDamaged):
                manager.decrypt(Compartment.LEGAL, *PLACE, damaged)


@pytest.mark.parametrize("username", ["sokha", "bopha", "vuthy", "kosal"])
@pytest.mark.parametrize("compartment", list(Compartment))
def test_no_role_reads_or_writes_outside_its_compartments(manager, keys_of, username, compartment):
    keys = keys_of[username]
    cipher = FieldCipher(keys)
    if compartment in keys.compartments & FIELD_COMPARTMENTS:
        assert cipher.opens(compartment)
        stored = manager.encrypt(compartment, *PLACE, "text")
        assert cipher.decrypt_text(compartment, *PLACE, stored) == "text"
        return
    assert not cipher.opens(compartment)
    with pytest.raises(NotPermitted):
        cipher.decrypt(compartment, *PLACE, bytes(40))
    with pytest.raises(NotPermitted):
        cipher.encrypt(compartment, *PLACE, "text")


def test_no_key_that_a_role_holds_opens_a_field_of_another_compartment(manager, keys_of):
    for keys in keys_of.values():
        cipher = FieldCipher(keys)
        for foreign in FIELD_COMPARTMENTS - keys.compartments:
            stored = manager.encrypt(foreign, *PLACE, "text")
            for own in keys.compartments & FIELD_COMPARTMENTS:
                with pytest.raises(StorageDamaged):
                    cipher.decrypt(own, *PLACE, stored)


def test_the_audit_and_signing_keys_encrypt_no_fields(manager):
    for compartment in (Compartment.AUDIT, Compartment.SIGNING):
        with pytest.raises(NotPermitted):
            manager.encrypt(compartment, *PLACE, "text")


def test_a_cipher_shows_nothing(manager):
    assert repr(manager) == "<FieldCipher>"


def test_many_rows_are_looked_through_as_one_by_one_and_an_altered_one_is_found(manager):
    place = ("person_identity", ROW, "charge")
    look_through = partial(manager.rows_holding, Compartment.FAMILY, "person_identity", "charge")
    sealed = [
        (number, ROW, number, manager.encrypt(Compartment.FAMILY, *place, number, f"ក{number}")) for number in range(3)
    ]
    assert look_through("ក".encode(), sealed) == [0, 1, 2]
    assert look_through("ក1".encode(), sealed) == [1]
    assert look_through("ខ".encode(), sealed) == []
    of_another_version = [(0, ROW, 2, sealed[0][3])]
    with pytest.raises(StorageDamaged):
        look_through(b"", of_another_version)
    of_another_row = [(0, bytes(16), 0, sealed[0][3])]
    with pytest.raises(StorageDamaged):
        look_through(b"", of_another_row)
    with pytest.raises(StorageDamaged):
        manager.rows_holding(Compartment.FAMILY, "person_identity", "court", b"", sealed)
    with pytest.raises(StorageDamaged):
        manager.rows_holding(Compartment.LEGAL, "person_identity", "charge", b"", sealed)


def test_rows_of_a_compartment_that_is_not_held_are_not_looked_through(keys_of):
    with pytest.raises(NotPermitted):
        FieldCipher(keys_of["vuthy"]).rows_holding(Compartment.FAMILY, "person_identity", "charge", b"", ())
