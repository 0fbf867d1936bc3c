"""The database's own checks of itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from tlbb_desktop.data.engine import connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import StorageDamaged

#: Tables of editable records carry a version that never falls below this.
FIRST_VERSION = 1


class FileCheck(StrEnum):
    """What is checked of a database file."""

    PAGES = "pages"
    STRUCTURE = "structure"
    REFERENCES = "references"
    VERSIONS = "versions"


def failed_checks(path: Path, key: bytes, salt: bytes) -> tuple[FileCheck, ...]:
    """The checks that the database does not pass: each page's own MAC, the structure, references, row versions.

    The write-ahead log is taken in first: without that ``cipher_integrity_check`` gives false alarms. Where not even
    the first page can be read, every check has failed.

    Raises:
        StorageLocked: somebody keeps writing.
    """
    if not path.is_file():
        return tuple(FileCheck)
    try:
        with driver_errors_explained():
            connection = connect(path, key, salt)
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return tuple(_failed(connection))
            finally:
                connection.close()
    except StorageDamaged:
        return tuple(FileCheck)


def check_file(path: Path, key: bytes, salt: bytes) -> None:
    """Raise StorageDamaged unless the database passes every check of :func:`failed_checks`."""
    if failed_checks(path, key, salt):
        raise StorageDamaged


def _failed(connection: Any) -> Iterator[FileCheck]:
    if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        yield FileCheck.PAGES
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        yield FileCheck.STRUCTURE
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        yield FileCheck.REFERENCES
    if any(_has_bad_version(connection, table) for table in _versioned_tables(connection)):
        yield FileCheck.VERSIONS


def _versioned_tables(connection: Any) -> list[str]:
    rows = connection.execute(
        "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND c.name = 'version'"
    )
    return [name for (name,) in rows]


def _has_bad_version(connection: Any, table: str) -> bool:
    query = f'SELECT 1 FROM "{table}" WHERE typeof(version) <> ? OR version < ? LIMIT 1'
    return connection.execute(query, ("integer", FIRST_VERSION)).fetchone() is not None
