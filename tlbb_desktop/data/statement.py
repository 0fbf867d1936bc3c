"""A statement that the schema may refuse while its transaction goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection

from tlbb_desktop.data.engine import driver_connection

#: What the server calls a refusal of the schema: broken constraints, and what a trigger raises.
_REFUSALS = ("23", "P0001")


class RuleBroken(Exception):
    """A constraint or a trigger of the schema does not let the statement through; nothing of it was done."""


@contextmanager
def statement_alone(connection: Connection) -> Iterator[None]:
    """Run one statement through the driver so that its refusal undoes it alone.

    SQLite does so by itself. A server gives up the whole transaction, unless there is a place to go back to.

    Raises:
        RuleBroken: the schema refuses it.
    """
    if connection.dialect.name == "sqlite":
        try:
            yield
        except driver.IntegrityError as error:
            raise RuleBroken from error
        return
    server = driver_connection(connection)
    server.execute("SAVEPOINT statement")
    try:
        yield
    except Exception as error:
        if not str(getattr(error, "sqlstate", "")).startswith(_REFUSALS):
            raise
        server.execute("ROLLBACK TO SAVEPOINT statement")
        raise RuleBroken from error
    server.execute("RELEASE SAVEPOINT statement")
