"""Units of work over the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from tlbb_desktop.data.engine import READ_ONLY
from tlbb_desktop.data.storage_errors import driver_errors_explained


def session_in(connection: Connection) -> Session:
    """A session whose work belongs to the transaction of *connection*; flush it before that is committed."""
    return Session(connection, expire_on_commit=False)


class Store:
    """Begins, commits and rolls back; a session or connection never leaves its ``with`` block or its thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One unit of work that writes: committed at the end of the block, rolled back when it raises.

        The write lock is taken now, so that what is read in the block is what is written over.
        """
        with driver_errors_explained(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """The same with the mapper's session around it."""
        with self.begin() as connection, session_in(connection) as session:
            yield session
            session.flush()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view for reading; it blocks nobody."""
        with driver_errors_explained(), self.engine.connect() as connection:
            reading = connection.execution_options(**{READ_ONLY: True})
            with reading.begin():  # at once: what goes through the driver alone would begin none
                yield reading

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
