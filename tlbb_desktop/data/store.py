"""Units of work over the engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from tlbb_desktop.data.engine import READ_ONLY
from tlbb_desktop.data.once import SEEN
from tlbb_desktop.data.storage_errors import driver_errors_explained


def session_in(connection: Connection) -> Session:
    """A session whose work belongs to the transaction of *connection*; flush it before that is committed."""
    return Session(connection, expire_on_commit=False)


class Store:
    """Begins, commits and rolls back; a session or connection never leaves its ``with`` block or its thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._views = threading.local()

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
        standing: Connection | None = getattr(self._views, "connection", None)
        if standing is not None:
            with driver_errors_explained():
                yield standing
            return
        with driver_errors_explained(), self.engine.connect() as connection:
            reading = connection.execution_options(**{READ_ONLY: True, SEEN: {}})
            with reading.begin():  # at once: what goes through the driver alone would begin none
                yield reading

    @contextmanager
    def view(self) -> Iterator[None]:
        """All that this thread reads in the block is of one moment, and what several parts of a page ask is read once.

        What is written in the block is not seen in it.
        """
        outer = getattr(self._views, "connection", None)
        with self.read() as connection:
            self._views.connection = connection
            try:
                yield
            finally:
                self._views.connection = outer

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
