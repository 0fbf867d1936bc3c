"""Remembers the due days that lie sealed in the record, so that only what changed is opened again.

It lives as long as the desk, in this process only: the lock ends both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection

from tlbb_desktop.security.field_cipher import FieldCipher

Values: TypeAlias = dict[int, Any]
_NEVER: Final = (0, None)
#: The newest event of the audit that is no reading: readings are many, and change nothing.
_NEWEST: Final = (
    "SELECT seq FROM audit_event WHERE kind NOT IN ('protected_read', 'break_glass') ORDER BY seq DESC LIMIT 1"
)


def newest_change(connection: Connection) -> int:
    """Number of the newest act on record that changed anything, 0 before the first one."""
    return int(connection.exec_driver_sql(_NEWEST).scalar() or 0)


@dataclass(frozen=True, slots=True)
class DueSource:
    """Rows with a sealed due day.

    Args:
        name: of the source.
        ids: statement that gives ``id, version`` of every row that can still be due.
        rows: statement that gives the rows whose ids the JSON text ``?`` holds.
        opened: what is kept of a row.
    """

    name: str
    ids: str
    rows: str
    opened: Callable[[FieldCipher, Any], Any]


class DueIndex:
    """What was opened, by source and row, each with the version that it was opened at."""

    def __init__(self) -> None:
        self._held: dict[str, dict[int, tuple[int, Any]]] = {}
        self._values: dict[str, tuple[int, Values]] = {}

    def values(self, connection: Connection, cipher: FieldCipher, source: DueSource) -> Values:
        """Row -> what is kept of it, for every row that can still be due.

        Every act writes into the audit, so while its newest number stands nothing has changed and nothing is read.
        """
        newest = newest_change(connection)
        known = self._values.get(source.name)
        if known is not None and known[0] == newest:
            return known[1]
        values = self._read(connection, cipher, source)
        self._values[source.name] = (newest, values)
        return values

    def _read(self, connection: Connection, cipher: FieldCipher, source: DueSource) -> Values:
        held = self._held.get(source.name, {})
        packed = connection.exec_driver_sql(
            f"SELECT json_group_array(id), json_group_array(version) FROM ({source.ids}) AS standing"
        ).one()
        standing = list(zip(json.loads(packed[0]), json.loads(packed[1]), strict=True))
        kept = {row_id: held[row_id] for row_id, version in standing if held.get(row_id, _NEVER)[0] == version}
        if len(kept) < len(standing):
            missing = [row_id for row_id, _ in standing if row_id not in kept]
            for row in connection.exec_driver_sql(source.rows, (json.dumps(missing),)):
                kept[row.id] = (row.version, source.opened(cipher, row))
        self._held[source.name] = kept
        return {row_id: value for row_id, (_, value) in kept.items()}
