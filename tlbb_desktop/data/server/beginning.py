"""How a programme comes onto a server: tables, rows and keyring in one transaction, so that no half ever stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.schema import make_tables
from tlbb_desktop.data.server.driver import SCHEMA, connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_

#: The last event of a programme that was founded or brought here, and that nobody has entered since.
_UNTOUCHED: Final = frozenset({"programme_created", "restored", "moved_here"})

#: Tells whether the words of who begins open a keyring that stands on the server, given as its bytes.
Opens = Callable[[bytes], bool]


class FirstKeyring(NamedTuple):
    """The keyring that comes with a programme.

    Args:
        content: its bytes.
        mac: its own.
        epoch: of the keys that the fields are sealed under.
    """

    content: bytes
    mac: str
    epoch: int


class _Standing(NamedTuple):
    """What a database holds: the tables of a programme, its keyring, and whether anybody was in since it came.

    Besides, how it keeps text, and whether this account may make tables of its own in it.
    """

    encoding: str
    owned: bool
    tables: bool
    keyring: bytes | None
    entered: bool


def require_room(url: str, opens: Opens) -> None:
    """Raise Refused unless a programme may begin in the database at *url*.

    One that nobody has entered yet, and that *opens*, is the beginning of the same person: it broke off before they
    heard of it, and is made again.

    Raises:
        Refused: another programme is there, or tables without a keyring.
        ServerAway: it does not answer, or does not let this computer in.
    """
    with driver_errors_explained(), connect(url) as connection:
        _require_room(_standing(connection), opens)


def begin_programme(engine: Engine, keyring: FirstKeyring, opens: Opens, fill: Callable[[Connection], None]) -> None:
    """Make the tables of a programme, let *fill* put its rows into them, and put its keyring beside: all or nothing.

    Args:
        engine: over the database, of the account that owns the programme.
        keyring: of the programme.
        opens: as for :func:`require_room`.
        fill: puts the rows in, before what they refer to is checked.

    Raises:
        Refused: as for :func:`require_room`.
        ServerAway: the connection broke. What stands then is nothing, or the whole; begin again.
    """
    with driver_errors_explained(), engine.begin() as connection:
        driver: Any = driver_connection(connection)
        standing = _standing(driver)
        _require_room(standing, opens)
        if standing.keyring is not None:
            driver.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
        make_tables(connection, fill=fill)
        driver.execute("INSERT INTO keyring (id, mac, content, epoch) VALUES (1, ?, ?, ?)", _values(keyring))


def _values(keyring: FirstKeyring) -> tuple[str, bytes, int]:
    return keyring.mac, keyring.content, keyring.epoch


def _require_room(standing: _Standing, opens: Opens) -> None:
    if standing.keyring is not None and (standing.entered or not opens(standing.keyring)):
        raise Refused(
            N_(
                "There is a programme on this server already. Nothing was changed."
                " To work with it, start the program with --database and nothing else."
            )
        )
    if standing.keyring is None and standing.tables:
        raise Refused(
            N_(
                "The database holds tables of a programme without its keyring, so nobody can open them."
                " Nothing was changed. Take an empty database."
            )
        )
    if standing.encoding != "UTF8":
        raise Refused(
            N_(
                "The database keeps text as {encoding}, which has no Khmer. Nothing was changed."
                " Whoever looks after the server makes one with the encoding UTF8."
            ),
            encoding=standing.encoding,
        )
    if not standing.owned:
        raise Refused(
            N_(
                "The account in the address does not own the database, so it makes no tables there."
                " Nothing was changed. Whoever looks after the server makes it the owner."
            )
        )


def _standing(connection: Any) -> _Standing:
    keyring = _only(connection, "keyring", "SELECT content FROM keyring")
    last = _only(connection, "audit_event", "SELECT kind FROM audit_event ORDER BY seq DESC LIMIT 1")
    tables = _is_there(connection, "alembic_version")
    encoding, owned = connection.execute(
        "SELECT current_setting('server_encoding'), has_database_privilege(current_database(), 'CREATE')"
    ).fetchone()
    return _Standing(encoding, owned, tables, None if keyring is None else bytes(keyring), last not in _UNTOUCHED)


def _only(connection: Any, table: str, wanted: str) -> Any:
    """The one value that *wanted* finds in a table, which need not be there; or None."""
    found = connection.execute(wanted).fetchone() if _is_there(connection, table) else None
    return found[0] if found else None


def _is_there(connection: Any, table: str) -> bool:
    return connection.execute("SELECT to_regclass(?)", (f"{SCHEMA}.{table}",)).fetchone()[0] is not None
