"""The engine over a server: writers one after the other, readers each in one state."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from tlbb_desktop.data.server.driver import connect, read_one_state, require_epoch, write_in_turn
from tlbb_desktop.data.server.wording import said, with_values

_POOL: Final = 4


def open_server_engine(url: str, read_only: str, epoch: int | None = None) -> Engine:
    """The engine over the database at *url*.

    Args:
        url: ``postgresql://…`` as libpq reads it.
        read_only: the execution option that marks a transaction that only reads.
        epoch: of the keys that are held; a transaction begins only while the fields are sealed under it. None = any.
    """
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect(url),
        poolclass=QueuePool,
        pool_size=_POOL,
        pool_use_lifo=True,
        pool_pre_ping=True,
        use_native_hstore=False,
        hide_parameters=True,
    )

    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        if connection.get_execution_options().get(read_only):
            read_one_state(driver)
        else:
            write_in_turn(driver)
        if epoch is not None:
            require_epoch(driver, epoch)

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", _worded, retval=True)
    return engine


def _worded(
    _connection: Connection, _cursor: Any, statement: str, values: Any, context: Any, executemany: bool
) -> tuple[str, Any]:
    """What was written by hand is said in the server's words; what SQLAlchemy composed needs no places."""
    if context.compiled is not None:
        return said(statement), values
    if executemany:
        return with_values(statement, values[0])[0], [with_values(statement, each)[1] for each in values]
    return with_values(statement, values)
