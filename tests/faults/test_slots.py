"""What each slot of the keyring opens, of every protected field: by its passphrase, and after its owner has gone.

`tests/services/test_restricted_fields.py` holds the services to it; here it is the keys alone, as somebody has them who
carries the files away and writes a program of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.faults.record import COLLEAGUES_PASSPHRASE
from tests.services.test_restricted_fields import fields_of, home, whole, world
from tlbb_desktop.data.sealed_columns import Place, sealed_tables
from tlbb_desktop.domain.errors import NotPermitted, StorageDamaged
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import Compartment, compartments_of
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk

__all__ = ["home", "whole", "world"]

STAFF = {"trainer": Role.TRAINER, "liaison": Role.LIAISON, "worker": Role.SOCIAL_WORKER}


def own_keys(desk: Desk, username: str) -> UnlockedKeys:
    """What the passphrase of a member of staff opens of the keyring on the disk."""
    return KeyringFile(desk.home.path).load().unlock(username, COLLEAGUES_PASSPHRASE)


def ciphers(keys: UnlockedKeys, wanted: Compartment) -> Iterator[FieldCipher]:
    """The member's own cipher; then each key that they hold, of each epoch, passed off as the one that they need."""
    yield FieldCipher(keys)
    for epochs in keys.material.values():
        for key in epochs.values():
            yield FieldCipher(replace(keys, material={wanted: {1: key[:32]}}))


def opened(keys: UnlockedKeys, fields: list[tuple[Place, bytes]]) -> set[str]:
    """Compartments of which *keys* open any field."""
    found = set()
    for place, stored in fields:
        part = Compartment(place.compartment)
        for cipher in ciphers(keys, part):
            with suppress(NotPermitted, StorageDamaged):
                cipher.decrypt(part, place.table, place.uuid, place.column, place.version, stored)
                found.add(place.compartment)
    return found


@pytest.fixture
def staffed(desk: Desk, whole) -> Desk:
    """A colleague of each role, beside something in every sealed column."""
    for name, role in STAFF.items():
        desk.staff.add(NewMember(name, "", role, COLLEAGUES_PASSPHRASE))
    return desk


def test_each_slot_opens_its_own_compartments_and_no_field_of_another_before_and_after_its_owner_goes(staffed) -> None:
    fields = [(place, stored) for place, stored in fields_of(staffed) if stored is not None]
    assert {(place.table, place.column) for place, _ in fields} == {
        (table.name, column) for table in sealed_tables() for column in table.columns
    }
    stored_under = {place.compartment for place, _ in fields}
    kept = {name: own_keys(staffed, name) for name in STAFF}
    for name, keys in kept.items():
        assert opened(keys, fields) == stored_under & compartments_of(STAFF[name], False), name

    staffed.staff.change_role("worker", Role.TRAINER, False)
    staffed.staff.deactivate("liaison")
    later = [(place, stored) for place, stored in fields_of(staffed) if stored is not None]
    assert len(later) == len(fields)
    stepped_down = own_keys(staffed, "worker")
    assert opened(stepped_down, later) == {Compartment.DB}
    assert opened(stepped_down, fields) == set(), "a copy of before stays shut to the slot of after"
    assert opened(kept["worker"], later) == opened(kept["liaison"], later) == set(), "and so does the other way round"
    assert kept["liaison"].db_key != own_keys(staffed, "trainer").db_key
    assert not {Compartment.LEGAL, Compartment.COUNSELLING} & own_keys(staffed, "trainer").material.keys()
