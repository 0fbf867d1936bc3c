"""Steps through the door with open keys: opens the database, mends what a stop left, writes the login down."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.models import Staff
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.clock import Clock
from tlbb_desktop.domain.errors import StorageDamaged, StorageFailing, StorageFull, StorageLocked
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.disk_room import DiskRoom
from tlbb_desktop.services.failed_logins import forget_failures, waiting_failures
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.membership_record import agree_with_keyring, prisons_of
from tlbb_desktop.services.record_place import open_server_store, record_exists, stand_on_server
from tlbb_desktop.services.rekeying import forget_old_keys, may_finish, move_record
from tlbb_desktop.services.upgrading import bring_up

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """An opened record: whose keys, and the database under them.

    Args:
        home: where it lies.
        keys: the open keys.
        record_keys: those of them that fit the database; of an earlier epoch while a change of keys is unfinished.
        store: units of work over the database.
        actor: the member of staff.
    """

    home: Home
    keys: UnlockedKeys
    record_keys: UnlockedKeys
    store: Store
    actor: Actor


def enter(
    home: Home, keyring: Keyring, keys: UnlockedKeys, clock: Clock, kind: str, *, founder: bool = False
) -> Unlocked:
    """Open the database of *home* with *keys* and write the event *kind* into the audit.

    On a server, where somebody is in, the programme stands for good and nobody makes it again.

    Args:
        home: where the record lies.
        keyring: of the programme.
        keys: opened with it.
        clock: where the time comes from.
        kind: of the event.
        founder: whether it is who founded the programme just now, and has not seen its recovery key yet.

    Raises:
        ChangedMeanwhile: the programme on the server was made again since *keyring* was read.
        StorageDamaged: no key that is held opens the database.
        StorageLocked: the keys are being changed at this moment.
        StorageFull: there is no room for the login, or for the copy that is kept of an older program's record.
        Refused: the record was made by a newer program.
    """
    store, fitting = open_store(home, keys)
    try:
        upgraded = _with_reserve(home, lambda: bring_up(KeyHolder(home, keys, fitting), store, clock))
        if fitting is not keys and may_finish(keyring, keys):  # what is moved has to have today's tables
            store.close()
            store, fitting = _moved(home, fitting, keys)
        what = (kind, upgraded)
        actor = _with_reserve(home, lambda: _written_down(home, store, keyring, fitting, clock, what, founder))
    except BaseException:
        store.close()
        raise
    if fitting is keys and len(keys.db_epochs) > 1:
        keys = fitting = forget_old_keys(home, keyring, keys)
    return Unlocked(home, keys, fitting, store, actor)


def open_store(home: Home, keys: UnlockedKeys) -> tuple[Store, UnlockedKeys]:
    """The store and the keys that fit it: those of an earlier epoch where a change of keys was interrupted."""
    if not record_exists(home):
        raise StorageDamaged
    if home.server:
        return open_server_store(home, keys)
    for epoch in reversed(keys.db_epochs):
        fitting = keys if epoch == keys.db_epochs[-1] else keys.at_epoch(epoch)
        store = Store(open_engine(home.database, fitting.db_key, fitting.db_salt))
        try:
            with store.read() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        except StorageDamaged:
            store.close()
        else:
            return store, fitting
    if keyring_of(home).load().epoch != keys.epoch:
        raise StorageLocked
    raise StorageDamaged


def _with_reserve(home: Home, act: Callable[[], T]) -> T:
    """Do *act*; where the disk is full, once more with the reserve given back."""
    try:
        return act()
    except StorageFull:
        if not DiskRoom(home).give_reserve():
            raise
        return act()


def _written_down(
    home: Home, store: Store, keyring: Keyring, keys: UnlockedKeys, clock: Clock, what: tuple[str, str], founder: bool
) -> Actor:
    with store.write() as session:
        if home.server:
            stand_on_server(session.connection(), keyring, founder=founder)
        agree_with_keyring(session, keyring, clock.now())
        staff = session.scalars(select(Staff).where(Staff.uuid == UUID(keys.user).bytes)).one()
        _write_login(home, session, keys, staff.id, clock, what)
        actor = Actor(
            staff.id, staff.username, keys.role, keys.admin_duty, prisons_of(session, staff.id, clock.today())
        )
    forget_failures(home.failed_logins)
    return actor


def _write_login(
    home: Home, session: Session, keys: UnlockedKeys, staff_id: int, clock: Clock, what: tuple[str, str]
) -> None:
    kind, upgraded = what
    trail, connection = AuditTrail(keys.audit_key), session.connection()
    for failure in waiting_failures(home.failed_logins):
        trail.append(connection, failure.at, None, "login_failed", failure.account)
    if upgraded:
        trail.append(connection, clock.now(), staff_id, "upgraded", upgraded)
    trail.append(connection, clock.now(), staff_id, kind, "")


def _moved(home: Home, old: UnlockedKeys, new: UnlockedKeys) -> tuple[Store, UnlockedKeys]:
    """Do what an interrupted change of keys left undone; where it cannot be done now, go on with the old keys."""
    with suppress(StorageLocked, StorageFull, StorageFailing):
        move_record(home, old, new)
    return open_store(home, new)
