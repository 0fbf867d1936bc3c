"""How a programme comes onto a server: tables, rows and keyring in one transaction, so that no half ever stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Engine

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.schema import make_tables
from tlbb_desktop.data.server.driver import SCHEMA, connect
from tlbb_desktop.data.storage_errors import driver_errors_explained
from tlbb_desktop.domain.errors import ChangedMeanwhile, Refused
from tlbb_desktop.i18n.marks import N_

#: Tells whether the words of who begins open a keyring that stands on the server, given as its bytes.
Opens = Callable[[bytes], bool]
_BEGUN_ANEW: Final = N_(
    "The programme was begun once more on another computer meanwhile, so what was made here is void. Nothing was saved."
    " Go on there."
)


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


class Room(NamedTuple):
    """Where a programme may begin.

    Args:
        url: of the database.
        act: what is done, in such words that only the very same act has them.
        replaces: MAC of the keyring that the same act left there when it broke off, or ``""``.
    """

    url: str
    act: str
    replaces: str


class _Standing(NamedTuple):
    """What a database holds: tables, a programme's keyring and its MAC, and the act whose beginning nobody has yet.

    Besides, how it keeps text, and whether this account may make tables of its own in it.
    """

    encoding: str
    owned: bool
    tables: bool
    keyring: bytes | None
    mac: str
    act: str


def require_room(url: str, act: str, opens: Opens) -> Room:
    """Where a programme may begin in the database at *url*.

    One that the same *act* began, that *opens*, and that nobody has yet, is the beginning of the same person: it broke
    off before they heard of it, and is made again. Everything else that stands there is left alone.

    Raises:
        Refused: another programme is there, or tables without a keyring.
        ServerAway: it does not answer, or does not let this computer in.
    """
    with driver_errors_explained(), connect(url) as connection:
        standing = _standing(connection)
        if standing.keyring is not None and (standing.act != act or not opens(standing.keyring)):
            raise _taken()
        _require_fit(standing)
    return Room(url, act, standing.mac)


def begin_programme(engine: Engine, room: Room, keyring: FirstKeyring, fill: Callable[[Connection], None]) -> None:
    """Make the tables of a programme, let *fill* put its rows into them, and put its keyring beside: all or nothing.

    Until :func:`let_stand` the same act may make it again.

    Args:
        engine: over the database, of the account that owns the programme.
        room: what was found there.
        keyring: of the programme.
        fill: puts the rows in, before what they refer to is checked.

    Raises:
        Refused: as for :func:`require_room`; it is asked once more, while nobody else can write.
        ServerAway: the connection broke. What stands then is nothing, or the whole; begin again.
    """
    with driver_errors_explained(), engine.begin() as connection:
        driver: Any = driver_connection(connection)
        standing = _standing(driver)
        if standing.keyring is not None and (standing.mac, standing.act) != (room.replaces, room.act):
            raise _taken()
        _require_fit(standing)
        if standing.keyring is not None:
            driver.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
        make_tables(connection, fill=fill)
        values = (keyring.mac, keyring.content, keyring.epoch)
        driver.execute("INSERT INTO keyring (id, mac, content, epoch) VALUES (1, ?, ?, ?)", values)
        driver.execute("INSERT INTO beginning (id, act) VALUES (1, ?)", (room.act,))


def require_own_keyring(connection: Connection, mac: str) -> None:
    """Refuse to go on with the keys of a programme that was made again since.

    Args:
        connection: of a transaction that writes.
        mac: of the keyring that is held.

    Raises:
        ChangedMeanwhile: another keyring stands on the server.
    """
    driver: Any = driver_connection(connection)
    if _only(driver, "keyring", "SELECT mac FROM keyring") != mac:
        raise ChangedMeanwhile(_BEGUN_ANEW)


def let_stand(connection: Connection, mac: str) -> None:
    """Let the programme stand for good: nobody makes it again. Where it does so already, nothing happens.

    An account of a member of staff cannot do it and need not: there is none before the owner's has done it.

    Args:
        connection: of a transaction that writes.
        mac: of the keyring that is held.

    Raises:
        ChangedMeanwhile: it was made again since that was read.
    """
    driver: Any = driver_connection(connection)
    asked = "SELECT has_table_privilege(to_regclass(?), 'DELETE')"
    if driver.execute(asked, (f"{SCHEMA}.beginning",)).fetchone()[0] and _act(driver):
        require_own_keyring(connection, mac)
        driver.execute("DELETE FROM beginning")


def _taken() -> Refused:
    return Refused(
        N_(
            "There is a programme on this server already. Nothing was changed."
            " To work with it, start the program with --database and nothing else."
        )
    )


def _require_fit(standing: _Standing) -> None:
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
    tables, encoding, owned = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace(?)),"
        " current_setting('server_encoding'), has_database_privilege(current_database(), 'CREATE')",
        (SCHEMA,),
    ).fetchone()
    programme = _is_there(connection, "alembic_version")  # else a table of that name is somebody else's
    keyring = _only(connection, "keyring", "SELECT content FROM keyring") if programme else None
    mac = _only(connection, "keyring", "SELECT mac FROM keyring") if programme else None
    return _Standing(
        encoding, owned, tables, None if keyring is None else bytes(keyring), mac or "", _act(connection) or ""
    )


def _act(connection: Any) -> Any:
    return _only(connection, "beginning", "SELECT act FROM beginning")


def _only(connection: Any, table: str, wanted: str) -> Any:
    """The one value that *wanted* finds in a table, which need not be there; or None."""
    found = connection.execute(wanted).fetchone() if _is_there(connection, table) else None
    return found[0] if found else None


def _is_there(connection: Any, table: str) -> bool:
    return connection.execute("SELECT to_regclass(?)", (f"{SCHEMA}.{table}",)).fetchone()[0] is not None
