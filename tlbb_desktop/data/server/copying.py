"""Takes all rows of a record from one database to another, as they stood at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Boolean, Connection, Table

from tlbb_desktop.data.durable import sync_file
from tlbb_desktop.data.engine import connect, driver_connection, open_engine
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.schema import migrate
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.data.store import Store

_ROWS_AT_ONCE: Final = 2000


def snapshot_of_server(store: Store, key: bytes, salt: bytes, target: Path) -> None:
    """Write what the server holds at one moment into a new encrypted file, as a laptop's record is.

    Args:
        store: over the server.
        key: of the new file; see ``data.engine.connect``.
        salt: of the new file.
        target: the file, which does not exist.
    """
    engine = open_engine(target, key, salt)
    try:
        migrate(engine)
    finally:
        engine.dispose()
    with driver_errors_explained(), store.read() as source:
        copy = connect(target, key, salt)
        try:
            copy.execute("PRAGMA foreign_keys=OFF")  # two tables name each other; the copy is checked when it is whole
            copy.execute("BEGIN IMMEDIATE")
            for table in Record.metadata.sorted_tables:
                _empty_and_fill(copy, table, _rows_of_server(source, table))
            copy.execute("COMMIT")
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing left beside it
        finally:
            copy.close()
    sync_file(target)


@contextmanager
def rows_of_file(file: Path, key: bytes, salt: bytes) -> Iterator[Callable[[Connection], None]]:
    """Inside the block: takes every row of the record in *file* into the new tables of a server.

    Args:
        file: a record of today's schema, as it stands when the block begins.
        key: of the file; see ``data.engine.connect``.
        salt: of the file.
    """
    source = connect(file, key, salt)

    def fill(connection: Connection) -> None:
        target: Any = driver_connection(connection)
        for table in Record.metadata.sorted_tables:
            rows = source.execute(f"SELECT {_columns(table)} FROM {table.name}")
            _empty_and_fill(target, table, _with_booleans(table, iter(rows)))

    try:
        source.execute("BEGIN")
        yield fill
    finally:
        source.close()


def _rows_of_server(source: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    cursor: Any = driver_connection(source).cursor(name="copying")
    with cursor:
        cursor.itersize = _ROWS_AT_ONCE
        cursor.execute(f"SELECT {_columns(table)} FROM {table.name}")
        yield from cursor


def _with_booleans(table: Table, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """SQLite keeps yes and no as 1 and 0."""
    places = [place for place, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    for row in rows:
        values = list(row)
        for place in places:
            values[place] = None if values[place] is None else bool(values[place])
        yield tuple(values)


def _empty_and_fill(target: Any, table: Table, rows: Iterator[tuple[Any, ...]]) -> None:
    """Only what a migration planted is emptied before."""
    target.execute(f"DELETE FROM {table.name}")
    statement = f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({', '.join('?' * len(table.columns))})"
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        target.executemany(statement, some)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)
