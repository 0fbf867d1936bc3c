"""Units of work over the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from tlbb_desktop.data.engine import READ_ONLY
from tlbb_desktop.data.storage_errors import driver_errors_explained


class Store:
    """Begins, commits and rolls back; a session or connection never leaves its ``with`` block or its thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One unit of work that writes: committed at the end of the block, rolled back when it raises."""
        with driver_errors_explained(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            session.connection()  # begins now, so that what is read in the block is what is written over
            yield session

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view for reading; it blocks nobody."""
        with driver_errors_explained(), self.engine.connect() as connection:
            yield connection.execution_options(**{READ_ONLY: True})

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
