"""Opens the encrypted database by the recipe that was proven against power cuts (docs/security.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

READ_ONLY = "tlbb_read_only"
KEY_BYTES = 32
SALT_BYTES = 16
#: How long a command waits for others before it says that they are busy.
BUSY_SECONDS = 5.0
_PRAGMAS = (
    "cipher_log_level=NONE",
    "cipher_memory_security=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
    "trusted_schema=OFF",
)


def connect(path: Path, key: bytes, salt: bytes) -> Any:
    """A driver connection to the database at *path*.

    Args:
        path: the database file; it is made when it does not exist.
        key: 32 random bytes, used as they are (no passphrase derivation).
        salt: 16 random bytes kept outside the file, so that a torn first page loses nothing.
    """
    if len(key) != KEY_BYTES or len(salt) != SALT_BYTES:
        raise ValueError("the key has 32 bytes and the salt 16")
    connection = sqlite.connect(
        str(path), isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False, cached_statements=0
    )
    try:
        connection.execute(f"PRAGMA key=\"x'{key.hex()}{salt.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # at once: one that nobody holds any more would keep the record open
        raise
    return connection


def open_engine(path: Path, key: bytes, salt: bytes) -> Engine:
    """The engine over the database at *path*; see :func:`connect` for *key* and *salt*."""
    engine = create_engine(
        "sqlite://",
        module=sqlite,
        creator=lambda: connect(path, key, salt),
        poolclass=QueuePool,
        pool_size=4,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def driver_connection(connection: Connection) -> Any:
    """The driver's own connection under *connection*, in the same transaction.

    For the few statements that run at every key, and for rows by the hundred thousand: through the driver a statement
    takes a tenth of the time, a row half.
    """
    return connection.connection.dbapi_connection


def added_row(driver: Any, statement: str, values: tuple[Any, ...]) -> int:
    """Add a row through the driver; gives its id.

    A server says it only where it is asked for; in a file that would cost three times as much as the row.
    """
    if isinstance(driver, sqlite.Connection):
        return int(driver.execute(statement, values).lastrowid)
    return int(driver.execute(f"{statement} RETURNING id", values).fetchone()[0])


def _begin(connection: Connection) -> None:
    """Writers take the lock at once (a deferred begin fails whatever the timeout); readers block nobody."""
    read_only = connection.get_execution_options().get(READ_ONLY)
    driver_connection(connection).execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
