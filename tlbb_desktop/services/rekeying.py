"""Puts the record under renewed keys after somebody left or lost a role.

The keyring with old and new keys is on the disk before this begins, so that every step may be the last one: the record
opens with the one or the other, and the next login of somebody who holds the keys goes on from there.
"""

from __future__ import annotations

from contextlib import suppress

from tlbb_desktop.data.exchange_digests import Lengthen, Rekeep
from tlbb_desktop.data.rekey import (
    Reseal,
    copy_under_new_key,
    next_file,
    put_in_place,
    remove_leftovers,
    sole_connection,
)
from tlbb_desktop.data.sealed_columns import Place
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.errors import (
    ChangedMeanwhile,
    StorageDamaged,
    StorageFailing,
    StorageFull,
    StorageLocked,
    TlbbError,
    disk_errors_told,
)
from tlbb_desktop.security.bundle_keys import BundleKeys, kept, unkept
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS, Compartment
from tlbb_desktop.security.epochs import forget_old_epochs
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.field_digests import FieldDigests
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.office import Office
from tlbb_desktop.services.record_place import open_record


def move_record(home: Home, old: UnlockedKeys, new: UnlockedKeys) -> None:
    """Copy the record to a new file under the *new* keys and put it in the place of the old one.

    Raises:
        StorageLocked: another window or command has the record open; nothing was changed.
        StorageFull, StorageFailing: the disk does not take the copy; nothing was changed.
    """
    if home.server:
        _reseal_on_server(home, old, new)
        return
    remove_leftovers(home.database)
    target = next_file(home.database)
    try:
        with disk_errors_told(), sole_connection(home.database, old.db_key, old.db_salt) as connection:
            copy_under_new_key(connection, target, new.db_key, new.db_salt, _resealer(old, new), _rekeeper(old, new))
            put_in_place(connection, target, home.database)
    finally:
        remove_leftovers(home.database)


def _reseal_on_server(home: Home, old: UnlockedKeys, new: UnlockedKeys) -> None:
    from tlbb_desktop.data.server.resealing import reseal_on_server

    store = Store(open_record(home, old))
    try:
        reseal_on_server(store, new.db_epochs[-1], _resealer(old, new), _rekeeper(old, new))
    finally:
        store.close()


def may_finish(keyring: Keyring, keys: UnlockedKeys) -> bool:
    """Whether *keys* include every key that the keyring's newest epoch renewed."""
    renewed = {key.compartment for key in keyring.recovery.sealed if key.epoch == keyring.epoch}
    return renewed <= keys.compartments


def forget_old_keys(home: Home, keyring: Keyring, keys: UnlockedKeys) -> UnlockedKeys:
    """Drop the keys of earlier epochs from the keyring, after the record was found under the newest one."""
    left, kept = forget_old_epochs(keyring, keys)
    with suppress(ChangedMeanwhile, StorageFull, StorageFailing):  # tried again at the next login
        keyring_of(home).save(left, replaces=keyring, both=True)
    return kept


def finish_rekeying(office: Office, holder: KeyHolder) -> bool:
    """Move the record under the newest keys and let the whole desk go on with them.

    Returns:
        Whether it was done; while the record is in use elsewhere or the disk does not take it, it waits for a login.
    """
    keyring = holder.keyring()
    if not may_finish(keyring, holder.keys):
        return False
    office.store.close()
    try:
        move_record(holder.home, holder.record_keys, holder.keys)
    except (StorageLocked, StorageFull, StorageFailing):
        if not _lies_under(holder.home, holder.keys):
            return False  # otherwise the disk failed after the new file had its name
    holder.keys = holder.record_keys = forget_old_keys(holder.home, keyring, holder.keys)
    office.renew(open_record(holder.home, holder.keys), FieldCipher(holder.keys))
    return True


def _lies_under(home: Home, keys: UnlockedKeys) -> bool:
    store = Store(open_record(home, keys))
    try:
        with store.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM alembic_version")
    except TlbbError:
        return False
    finally:
        store.close()
    return True


def _resealer(old: UnlockedKeys, new: UnlockedKeys) -> Reseal:
    before, after = FieldCipher(old), FieldCipher(new)
    held = FIELD_COMPARTMENTS & new.compartments
    renewed = {compartment for compartment in held if new.key(compartment) != old.key(compartment)}

    def reseal(place: Place, sealed: bytes) -> bytes:
        compartment = Compartment(place.compartment)
        if compartment not in renewed:
            return sealed
        where = (place.table, place.uuid, place.column, place.version)
        fresh = after.encrypt(compartment, *where, before.decrypt(compartment, *where, sealed))
        if fresh is None:
            raise StorageDamaged
        return fresh

    return reseal


def _rekeeper(old: UnlockedKeys, new: UnlockedKeys) -> Rekeep:
    """Hands the keys of digests on with a further one, so that nothing looks changed, and who left can try no value."""

    def rekeep(stored: str | None, sender: str) -> tuple[str, Lengthen] | None:
        if Compartment.SIGNING not in new.compartments or new.bundle_key == old.bundle_key:
            return None
        first = BundleKeys(old.bundle_key, sender).first_digest_key
        secret = unkept(old.bundle_key, stored) if stored else first
        if secret is None:
            return None
        further = FieldDigests.from_bytes(secret).with_further_key()
        return kept(new.bundle_key, further.to_bytes()), further.lengthened

    return rekeep
