"""The one place on a server where every computer finds the programme's keyring: bytes that only the keys open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tlbb_desktop.data.server.driver import SCHEMA, connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import ChangedMeanwhile, StorageDamaged


@contextmanager
def _connection(url: str) -> Iterator[Any]:
    with driver_errors_explained(), connect(url) as connection:
        yield connection


def read_keyring(url: str) -> bytes | None:
    """The bytes of the keyring, or None when there is none."""
    with _connection(url) as connection:
        if not _there_is_a_table(connection):
            return None
        found = connection.execute("SELECT content FROM keyring").fetchone()
    return bytes(found[0]) if found else None


def write_keyring(url: str, content: bytes, mac: str, replaces: str) -> None:
    """Put a keyring in the place of the one whose MAC is *replaces*.

    Args:
        url: of the database.
        content: the keyring's bytes. The epoch of its keys counts when the fields are sealed under them.
        mac: its own.
        replaces: what was loaded before the change.

    Raises:
        ChangedMeanwhile: another computer was faster.
    """
    with _connection(url) as connection:
        put = connection.execute("UPDATE keyring SET mac = ?, content = ? WHERE mac = ?", (mac, content, replaces))
        if put.rowcount != 1:
            raise ChangedMeanwhile


def sealed_epoch(url: str) -> int:
    """The epoch of the keys that the fields are sealed under."""
    with _connection(url) as connection:
        found = connection.execute("SELECT epoch FROM keyring").fetchone()
    if found is None:
        raise StorageDamaged
    return int(found[0])


def _there_is_a_table(connection: Any) -> bool:
    return connection.execute("SELECT to_regclass(?)", (f"{SCHEMA}.keyring",)).fetchone()[0] is not None
