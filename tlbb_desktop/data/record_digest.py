"""What a record says, in a few numbers: how many rows of each kind, and one digest of them all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tlbb_desktop.data.engine import connect
from tlbb_desktop.data.sealed_columns import Place, SealedTable, sealed_tables
from tlbb_desktop.data.storage_errors import driver_errors_explained

_ROWS_AT_ONCE = 1000
Opened = Callable[[Place, bytes], bytes]


@dataclass(frozen=True, slots=True)
class RecordSaid:
    """What a record says at one moment.

    Args:
        counts: name of a table -> its rows.
        digest: SHA-256 of every row of every table, hexadecimal.
        head: number of the last event of the audit; 0 where that is left out.
    """

    counts: dict[str, int]
    digest: str
    head: int


def record_said(
    path: Path, key: bytes, salt: bytes, opened: Opened | None = None, *, without: frozenset[str] = frozenset()
) -> RecordSaid:
    """Read the database at *path* from its first row to its last.

    Args:
        path: a database that nobody writes to.
        key: its 32 bytes.
        salt: its 16 bytes.
        opened: opens a sealed field; None takes the fields as they are sealed.
        without: names of tables that are left out.

    Raises:
        StorageDamaged: a page cannot be read, or a field is not what was sealed there.
    """
    with driver_errors_explained():
        connection = connect(path, key, salt)
        try:
            return _said(connection, opened, without)
        finally:
            connection.close()


def _said(connection: Any, opened: Opened | None, without: frozenset[str]) -> RecordSaid:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    sealed = {table.name: table for table in sealed_tables()} if opened else {}
    digest, counts = hashlib.sha256(), {}
    for name in (name for (name,) in found if name not in without):
        digest.update(f"\n{name}\n".encode())
        counts[name] = 0
        for row in _rows(connection, name, sealed.get(name), opened):
            digest.update(repr(row).encode())
            counts[name] += 1
    newest = "SELECT COALESCE(MAX(seq), 0) FROM audit_event"
    head = 0 if "audit_event" in without else connection.execute(newest).fetchone()[0]
    return RecordSaid(counts, digest.hexdigest(), head)


def _rows(connection: Any, name: str, sealed: SealedTable | None, opened: Opened | None) -> Iterator[tuple[Any, ...]]:
    """The rows of a table by its primary key, which every copy has in the same order."""
    kept_under = f"{sealed.compartment} AS kept_under, " if sealed else ""
    cursor = connection.execute(f'SELECT {kept_under}* FROM "{name}" ORDER BY {_order(connection, name)}')
    columns = [column[0] for column in cursor.description]
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        for row in rows:
            yield _with_open_fields(dict(zip(columns, row, strict=True)), sealed, opened) if sealed and opened else row


def _order(connection: Any, name: str) -> str:
    keys = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (name,)).fetchall()
    return ", ".join(f'"{key}"' for (key,) in keys) or "rowid"


def _with_open_fields(row: dict[str, Any], sealed: SealedTable, opened: Opened) -> tuple[Any, ...]:
    compartment = row.pop("kept_under")
    for column in sealed.columns:
        if row[column] is not None:
            row[column] = opened(Place(compartment, sealed.name, row["uuid"], column, row["version"]), row[column])
    return tuple(row.values())
