"""What can be checked of a server's record: each row can be read, points to something, and counts its changes.

Pages and indexes are the server's own care (``initdb --data-checksums``, ``pg_amcheck``). A page that fails its
checksum is refused when it is read, so every row is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from tlbb_desktop.data.integrity import FIRST_VERSION, FileCheck
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.store import Store
from tlbb_desktop.domain.errors import StorageDamaged


def failed_server_checks(store: Store) -> tuple[FileCheck, ...]:
    """The checks that the record does not pass."""
    with store.read() as connection:
        try:
            for table in Record.metadata.sorted_tables:
                connection.exec_driver_sql(f"SELECT sum(length(each::text)) FROM {table.name} AS each").scalar()
        except StorageDamaged:
            return tuple(FileCheck)
        return tuple(_failed(connection))


def _failed(connection: Connection) -> Iterator[FileCheck]:
    tables = Record.metadata.sorted_tables
    if any(_points_nowhere(connection, table) for table in tables):
        yield FileCheck.REFERENCES
    if any("version" in table.columns and _has_bad_version(connection, table) for table in tables):
        yield FileCheck.VERSIONS


def _points_nowhere(connection: Connection, table: Table) -> bool:
    for key in table.foreign_keys:
        column, other = key.parent.name, key.column
        wanted = (
            f"SELECT 1 FROM {table.name} AS a WHERE a.{column} IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {other.table.name} AS b WHERE b.{other.name} = a.{column}) LIMIT 1"
        )
        if connection.exec_driver_sql(wanted).first() is not None:
            return True
    return False


def _has_bad_version(connection: Connection, table: Table) -> bool:
    wanted = f"SELECT 1 FROM {table.name} WHERE version < {FIRST_VERSION} LIMIT 1"
    return connection.exec_driver_sql(wanted).first() is not None
