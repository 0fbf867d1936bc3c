"""Writes of what came after releases, many rows at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from tlbb_desktop.data.models.vocabulary import Record


def next_row(connection: Connection, model: type[Record]) -> int:
    """The id that the next row gets; good until the caller's transaction ends, as it holds the write lock."""
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {model.__tablename__}").scalar_one())


def insert_sealed(
    connection: Connection, model: type[Record], columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Add many rows; *columns* names those that *rows* give, as the database stores them."""
    if rows:
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(
            f"INSERT INTO {model.__tablename__} ({', '.join(columns)}) VALUES ({places})", list(rows)
        )
