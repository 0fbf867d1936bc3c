"""The one place on a server where every computer finds the programme's keyring: bytes that only the keys open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from tlbb_desktop.data.server.driver import SCHEMA, connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused, StorageDamaged
from tlbb_desktop.i18n.marks import N_

_TABLE: Final = (
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.keyring (id integer PRIMARY KEY CHECK (id = 1), mac text NOT NULL,"
    " content bytea NOT NULL, epoch integer NOT NULL)"
)


@contextmanager
def _connection(url: str) -> Iterator[Any]:
    with driver_errors_explained(), connect(url) as connection:
        yield connection


def holds_programme(url: str) -> bool:
    """Whether a programme lies in the database at *url*.

    Raises:
        ServerAway: it does not answer, or does not let this computer in.
    """
    with _connection(url) as connection:
        return _there_is_a_table(connection) and connection.execute("SELECT 1 FROM keyring").fetchone() is not None


def prepare_for_programme(url: str) -> None:
    """Make room for a programme in the database at *url*.

    Raises:
        ServerAway: it does not answer, or does not let this computer in.
        Refused: there is one already.
    """
    if holds_programme(url):
        raise Refused(
            N_(
                "There is a programme on this server already. Nothing was changed."
                " Open it with --database, without init."
            )
        )
    with _connection(url) as connection:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute(_TABLE)


def read_keyring(url: str) -> bytes | None:
    """The bytes of the keyring, or None when there is none."""
    with _connection(url) as connection:
        if not _there_is_a_table(connection):
            return None
        found = connection.execute("SELECT content FROM keyring").fetchone()
    return bytes(found[0]) if found else None


def write_keyring(url: str, content: bytes, mac: str, epoch: int, replaces: str | None) -> None:
    """Put a keyring in the place of the one whose MAC is *replaces*; None = in the place of none.

    Args:
        url: of the database.
        content: the keyring's bytes.
        mac: its own.
        epoch: of its keys. Only the first one is noted: later ones count when the fields are sealed under them.
        replaces: what was loaded before the change.

    Raises:
        ChangedMeanwhile: another computer was faster.
    """
    with _connection(url) as connection:
        if replaces is None:
            put = connection.execute(
                "INSERT INTO keyring (id, mac, content, epoch) VALUES (1, ?, ?, ?) ON CONFLICT DO NOTHING",
                (mac, content, epoch),
            )
        else:
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
