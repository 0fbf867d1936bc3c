"""Moves the record under a new key: a new file beside the old one, then one rename.

Whatever happens between two steps, the home holds one whole database under a key that the keyring still has.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tlbb_desktop.data.durable import move, sync_file
from tlbb_desktop.data.engine import connect
from tlbb_desktop.data.exchange_digests import Rekeep, hand_on_digest_keys
from tlbb_desktop.data.integrity import check_file
from tlbb_desktop.data.sealed_columns import Place, SealedTable, sealed_tables
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import StorageDamaged

Reseal = Callable[[Place, bytes], bytes]
_PAGE_BYTES = 4096
#: Photos and scans among them take at most 2 MB each, and a laptop has 4 GB.
ROWS_AT_ONCE = 100


def next_file(database: Path) -> Path:
    """Where the new database grows."""
    return database.with_name(f"{database.stem}.next{database.suffix}")


def remove_leftovers(database: Path) -> None:
    """Remove what an interrupted change of keys left beside the database."""
    unfinished = next_file(database)
    for ending in ("", "-journal", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)


@contextmanager
def sole_connection(database: Path, key: bytes, salt: bytes) -> Iterator[Any]:
    """The only connection to the database, which keeps everybody else out until it is closed.

    The write-ahead log is taken in and gone, so that none can be read into the new file by its name.

    Raises:
        StorageLocked: another window or command has the record open.
    """
    with driver_errors_explained():
        connection = connect(database, key, salt)
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("PRAGMA main.locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            yield connection
        finally:
            connection.close()


def copy_under_new_key(connection: Any, target: Path, key: bytes, salt: bytes, reseal: Reseal, rekeep: Rekeep) -> None:
    """Write the whole record to *target* under the new key, seal its protected fields anew, and check the result.

    Args:
        connection: from :func:`sole_connection`.
        target: the new file; it must not exist.
        key: the new 32 bytes.
        salt: the new 16 bytes.
        reseal: gives the new sealed value for a place and its old sealed value.
        rekeep: gives the keys of digests under new keys.
    """
    connection.execute(f"ATTACH DATABASE ? AS fresh KEY \"x'{key.hex()}{salt.hex()}'\"", (str(target),))
    connection.execute("SELECT sqlcipher_export('fresh')")
    before = _row_counts(connection, "main")
    after = _row_counts(connection, "fresh")
    connection.execute("DETACH DATABASE fresh")
    if before != after:
        raise StorageDamaged
    fresh = connect(target, key, salt)
    try:
        fresh.execute("BEGIN IMMEDIATE")
        for table in sealed_tables():
            _reseal_table(fresh, table, reseal)
        hand_on_digest_keys(fresh.execute, rekeep)
        fresh.execute("COMMIT")
    finally:
        fresh.close()
    check_file(target, key, salt)
    sync_file(target)


def _row_counts(connection: Any, schema: str) -> dict[str, int]:
    names = connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'").fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0] for (name,) in names}


def _reseal_table(connection: Any, table: SealedTable, reseal: Reseal) -> None:
    for column in table.columns:
        wanted = (
            f"SELECT rowid, uuid, version, {table.compartment}, {column} FROM {table.name}"
            f" WHERE {column} IS NOT NULL AND rowid > ? ORDER BY rowid LIMIT {ROWS_AT_ONCE}"
        )
        last = 0
        while rows := connection.execute(wanted, (last,)).fetchall():
            connection.executemany(
                f"UPDATE {table.name} SET {column} = ? WHERE rowid = ?",
                (
                    (reseal(Place(compartment, table.name, uuid, column, version), sealed), row)
                    for row, uuid, version, compartment, sealed in rows
                ),
            )
            last = rows[-1][0]


def put_in_place(connection: Any, target: Path, database: Path) -> None:
    """Let *target* take the name of *database*, and make the old content unreadable.

    Who waited for the old file meanwhile finds that it is no database any more, instead of writing into nowhere.

    Args:
        connection: from :func:`sole_connection`; it is closed.
        target: the checked new file.
        database: the old file.
    """
    if sys.platform == "win32":  # an open file cannot be replaced there, so nobody can be waiting for it
        connection.close()
        move(target, database)
        return
    with database.open("rb+", buffering=0) as old:
        move(target, database)
        with suppress(OSError):  # the new file has its name, and a disk that fails now must not deny that
            old.write(os.urandom(_PAGE_BYTES))
            os.fsync(old.fileno())
        connection.close()
