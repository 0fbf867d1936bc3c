"""Seals the fields of a server's record under renewed keys, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Row

from tlbb_desktop.data.exchange_digests import Rekeep, hand_on_digest_keys
from tlbb_desktop.data.rekey import Reseal
from tlbb_desktop.data.sealed_columns import Place, SealedTable, sealed_tables
from tlbb_desktop.data.store import Store

_ROWS_AT_ONCE: Final = 500


def reseal_on_server(store: Store, epoch: int, reseal: Reseal, rekeep: Rekeep) -> None:
    """Seal every field anew and name the new *epoch*, in one transaction: all of it or nothing.

    Whoever works with the keys of before is refused from then on, and logs in again.

    Raises:
        StorageLocked: somebody keeps writing.
        StorageDamaged: a field does not open.
    """
    with store.begin() as connection:
        for table in sealed_tables():
            for column in table.columns:
                for row in _rows(connection, table, column):
                    place = Place(row.compartment, table.name, bytes(row.uuid), column, row.version)
                    fresh = reseal(place, bytes(row.sealed))
                    if fresh != row.sealed:
                        connection.exec_driver_sql(
                            f"UPDATE {table.name} SET {column} = ? WHERE id = ?", (fresh, row.id)
                        )
        hand_on_digest_keys(connection.exec_driver_sql, rekeep)
        connection.exec_driver_sql("UPDATE keyring SET epoch = ?", (epoch,))


def _rows(connection: Connection, table: SealedTable, column: str) -> Iterator[Row[tuple[object, ...]]]:
    last = 0
    wanted = (
        f"SELECT id, uuid, version, {table.compartment} AS compartment, {column} AS sealed FROM {table.name}"
        f" WHERE {column} IS NOT NULL AND id > ? ORDER BY id LIMIT {_ROWS_AT_ONCE}"
    )
    while found := connection.exec_driver_sql(wanted, (last,)).all():
        yield from found
        last = found[-1].id
