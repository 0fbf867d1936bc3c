"""Brings a database to the newest schema."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0006"


def schema_revision(connection: Connection) -> str | None:
    """The revision that the database stands at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def revision_of(path: Path, key: bytes, salt: bytes) -> str | None:
    """The revision of the database file at *path*; see ``engine.connect`` for *key* and *salt*.

    Raises:
        StorageDamaged: it is no database of these keys.
    """
    engine = open_engine(path, key, salt)
    try:
        with driver_errors_explained(), engine.connect() as connection:
            return schema_revision(connection)
    finally:
        engine.dispose()


def outdated_revision(engine: Engine) -> str | None:
    """The revision of a record that an older program left, or None where nothing has to be done.

    Raises:
        Refused: the database is from a newer program.
        StorageDamaged, StorageLocked: see ``storage_errors``.
    """
    with driver_errors_explained(), engine.connect() as connection:
        standing = schema_revision(connection)
    if standing is None or standing == HEAD:
        return None
    _require_known(standing)
    return standing


def migrate(engine: Engine, target: str = HEAD) -> None:
    """Run the migrations that are missing.

    Args:
        engine: over the database.
        target: the revision to reach; an older one than the newest only where an old record is made on purpose.

    Raises:
        Refused: the database is from a newer program.
        StorageDamaged, StorageFull, StorageLocked: see ``storage_errors``.
    """
    with driver_errors_explained(), engine.connect() as connection:
        standing = schema_revision(connection)
    if standing == target:
        return
    if standing is not None:
        _require_known(standing)
    with driver_errors_explained(), engine.begin() as connection:
        make_tables(connection, target)


def make_tables(connection: Connection, target: str = HEAD, fill: Callable[[Connection], None] | None = None) -> None:
    """Run the migrations that are missing, inside the caller's transaction.

    Args:
        connection: of a transaction that writes.
        target: as for :func:`migrate`.
        fill: puts rows into the new tables of a server, before what they refer to is checked.
    """
    # Alembic takes a fifth of a second to import, so an up-to-date database never loads it.
    from alembic import command

    config = _configuration()
    config.attributes["connection"] = connection
    with _tables_of(connection):
        command.upgrade(config, target)
        if fill is not None:
            fill(connection)


def _tables_of(connection: Connection) -> AbstractContextManager[None]:
    if connection.dialect.name == "sqlite":
        return nullcontext()
    from tlbb_desktop.data.server.upgrade import server_tables

    return server_tables(connection)


def _configuration() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _require_known(standing: str) -> None:
    from alembic.script import ScriptDirectory

    known = {revision.revision for revision in ScriptDirectory.from_config(_configuration()).walk_revisions()}
    if standing not in known:
        raise Refused(
            N_("This record was made by a newer TLBB Desktop. Nothing was changed. Install the newer program here.")
        )
