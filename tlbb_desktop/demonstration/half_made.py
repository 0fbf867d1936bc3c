"""What a demonstration leaves that was broken off: recognised beyond doubt, and removed, so that it begins anew."""

from __future__ import annotations

import json
from shutil import rmtree
from typing import Final

from sqlalchemy import text

from tlbb_desktop.data.closed_database import nobody_inside
from tlbb_desktop.demonstration.build import LOGINS, PLAYS_ON
from tlbb_desktop.demonstration.cast import MEMBERS
from tlbb_desktop.domain.errors import TlbbError
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES
from tlbb_desktop.services.entering import open_store
from tlbb_desktop.services.founding import clear_unfinished
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.keyring_place import keyring_of
from tlbb_desktop.services.window_lock import WindowLock

_BUILDER: Final = MEMBERS[0]
_SETTINGS: Final = text("SELECT name, value FROM setting WHERE name IN ('demonstration', 'plays_on')")
_LOGINS: Final = text("SELECT count(*) FROM audit_event WHERE kind = 'login'")


def clear_half_made(home: Home) -> bool:
    """Remove a demonstration that was broken off while it was built; tells whether there was one.

    It is one where its own first manager's passphrase opens a record that calls itself a demonstration, was never
    finished, and into which nobody came but its builder; and where nothing else lies beside it. Anything else stays.

    Raises:
        StorageLocked: it is being built at this moment, or a window is open.
    """
    if home.server or not home.has_keyring or not _is_alone(home):
        return False
    try:
        keyring = keyring_of(home).load()
    except TlbbError:
        return False
    if all(tile.username != _BUILDER.username for tile in keyring.tiles()) or not home.database.exists():
        return False
    with WindowLock(home):
        with nobody_inside(home.database, 0):
            pass
        if not _was_never_finished(home, keyring):
            return False
        _remove(home)
    return True


def _is_alone(home: Home) -> bool:
    """Whether nothing lies in the home but what the building of a demonstration puts there, or a look at it."""
    database = home.database.name
    names = {database, f"{database}-wal", f"{database}-shm", *KEYRING_FILES, LOGINS, home.unfinished.name}
    names |= {each.name for each in (home.window_lock, home.window_memory, home.ballast, home.logs, home.starting)}
    names |= {each.name for each in (home.backups, home.exchange)}
    bare = all(not any(each.iterdir()) for each in (home.backups, home.exchange) if each.is_dir())
    return bare and {entry.name for entry in home.path.iterdir()} <= names


def _was_never_finished(home: Home, keyring: Keyring) -> bool:
    try:
        store, _keys = open_store(home, keyring.unlock(_BUILDER.username, _BUILDER.passphrase))
    except TlbbError:
        return False  # another passphrase, or damaged: in any case nothing of ours
    try:
        with store.read() as connection:
            settings = {name: json.loads(value) for name, value in connection.execute(_SETTINGS)}
            logins = connection.execute(_LOGINS).scalar_one()
    finally:
        store.close()
    return settings.get("demonstration") is True and PLAYS_ON not in settings and logins == 1


def _remove(home: Home) -> None:
    """The keyring first, under the mark of an unfinished beginning: a stop in between leaves an empty home."""
    home.unfinished.mkdir(exist_ok=True)
    for name in KEYRING_FILES:
        (home.path / name).unlink(missing_ok=True)
    home.ballast.unlink(missing_ok=True)
    rmtree(home.path / LOGINS, ignore_errors=True)
    clear_unfinished(home)
