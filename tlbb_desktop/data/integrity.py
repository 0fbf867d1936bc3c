"""The database's own checks of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tlbb_desktop.data.engine import connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import StorageDamaged

#: Tables of editable records carry a version that never falls below this.
FIRST_VERSION = 1


def check_file(path: Path, key: bytes, salt: bytes) -> None:
    """Check every page's own MAC, the structure, the references and the row versions of a closed or open database.

    The write-ahead log is taken in first: without that ``cipher_integrity_check`` gives false alarms.

    Raises:
        StorageDamaged: one of the checks fails, or *key* does not open the file.
        StorageLocked: somebody keeps writing.
    """
    if not path.is_file():
        raise StorageDamaged
    with driver_errors_explained():
        connection = connect(path, key, salt)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not _is_whole(connection):
                raise StorageDamaged
        finally:
            connection.close()


def _is_whole(connection: Any) -> bool:
    if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return False
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        return False
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return False
    return not any(_has_bad_version(connection, table) for table in _versioned_tables(connection))


def _versioned_tables(connection: Any) -> list[str]:
    rows = connection.execute(
        "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND c.name = 'version'"
    )
    return [name for (name,) in rows]


def _has_bad_version(connection: Any, table: str) -> bool:
    query = f'SELECT 1 FROM "{table}" WHERE typeof(version) <> ? OR version < ? LIMIT 1'
    return connection.execute(query, ("integer", FIRST_VERSION)).fetchone() is not None
