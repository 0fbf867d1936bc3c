"""Where the record of a home lies: in its own encrypted file, or on the head office's server."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from tlbb_desktop.data.engine import READ_ONLY, open_engine
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.errors import StorageLocked
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.home import Home


def open_record(home: Home, keys: UnlockedKeys) -> Engine:
    """The engine over the record of *home*, which *keys* must fit: its file, or the fields on its server."""
    if home.server:
        return _open_server(home, keys.db_epochs[-1])
    return open_engine(home.database, keys.db_key, keys.db_salt)


def record_exists(home: Home) -> bool:
    """Whether a record is there or, where it lies on a server, is said to be."""
    return bool(home.server) or home.database.exists()


def open_server_store(home: Home, keys: UnlockedKeys) -> tuple[Store, UnlockedKeys]:
    """The store over a server's record and the keys that its fields are sealed under.

    Raises:
        ServerAway: it does not answer.
        StorageLocked: the fields are sealed under newer keys than these; whoever logs in again has them.
    """
    from tlbb_desktop.data.server.shared_keyring import sealed_epoch

    epoch = sealed_epoch(home.server)
    if epoch not in keys.db_epochs:
        raise StorageLocked
    fitting = keys if epoch == keys.db_epochs[-1] else keys.at_epoch(epoch)
    return Store(open_record(home, fitting)), fitting


def engine_of_server(home: Home) -> Engine:
    """The engine over the server of *home* where the record is still being made, so that no epoch counts yet."""
    return _open_server(home, None)


def stand_on_server(connection: Connection, keyring: Keyring, *, founder: bool = False) -> None:
    """Let a programme on a server stand for good; a *founder* who has not seen the recovery key only looks at it.

    Raises:
        ChangedMeanwhile: it was made again since *keyring* was read.
    """
    from tlbb_desktop.data.server.beginning import let_stand, require_own_keyring

    (require_own_keyring if founder else let_stand)(connection, keyring.mac.hex())


def _open_server(home: Home, epoch: int | None) -> Engine:
    from tlbb_desktop.data.server.engine import open_server_engine

    return open_server_engine(home.server, READ_ONLY, epoch)
