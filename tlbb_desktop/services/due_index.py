"""Remembers the due days that lie sealed in the record, so that only what changed is opened again.

It lives as long as the desk, in this process only: the lock ends both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection

from tlbb_desktop.security.field_cipher import FieldCipher

Values: TypeAlias = dict[int, Any]


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

    def values(self, connection: Connection, cipher: FieldCipher, source: DueSource) -> Values:
        """Row -> what is kept of it, for every row that can still be due."""
        held = self._held.get(source.name, {})
        standing = connection.exec_driver_sql(source.ids).all()
        kept = {row_id: held[row_id] for row_id, version in standing if held.get(row_id, (0,))[0] == version}
        if len(kept) < len(standing):
            missing = [row_id for row_id, _ in standing if row_id not in kept]
            for row in connection.exec_driver_sql(source.rows, (json.dumps(missing),)):
                kept[row.id] = (row.version, source.opened(cipher, row))
        self._held[source.name] = kept
        return {row_id: value for row_id, (_, value) in kept.items()}
