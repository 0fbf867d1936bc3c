"""The migrations of the laptop's database, run on a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, inspect

from tlbb_desktop.data.server.driver import SCHEMA
from tlbb_desktop.data.server.row_security import SEEN, policies
from tlbb_desktop.data.server.tables import ServerTables, words


@contextmanager
def server_tables(connection: Connection) -> Iterator[None]:
    """Inside the block migrations make tables of the server; at its end their references are set.

    Args:
        connection: of the programme's owner, in the transaction of the migrations.
    """
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    _run(connection, "words.sql")
    tables = ServerTables()

    def worded(
        _connection: Connection, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool
    ) -> tuple[str, Any]:
        return tables.said(statement), values

    event.listen(connection, "before_cursor_execute", worded, retval=True)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", worded)
    for statement in tables.references:
        connection.exec_driver_sql(statement)
    there = set(inspect(connection).get_table_names(SCHEMA))
    if there >= SEEN.keys():  # else an older record is made on purpose
        _run(connection, "accounts.sql")
        for statement in policies():
            connection.exec_driver_sql(statement)


def _run(connection: Connection, script: str) -> None:
    text = Path(__file__).with_name(script).read_text(encoding="utf-8")
    for statement in words(text):
        connection.connection.cursor().execute(statement)
