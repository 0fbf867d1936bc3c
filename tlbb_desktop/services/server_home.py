"""Homes whose record lies on the head office's server."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import encode
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.home import Home

_SCHEMES: Final = frozenset({"postgresql", "postgres"})


def require_address(server: str) -> None:
    """Raise Refused unless *server* is a database's address that may be kept in a file: without a password."""
    try:
        address = urlsplit(server)
        password = address.password
    except ValueError:
        address, password = urlsplit(""), None
    if address.scheme not in _SCHEMES or not address.path.strip("/"):
        raise Refused(
            N_("{server} is not the address of a database. Write --database postgresql://NAME@SERVER/DATABASE."),
            server=server,
        )
    if password is not None or "password=" in address.query:
        raise Refused(
            N_(
                "The address of the database is kept in a file, so it must not hold a password. Nothing was changed."
                " Put the password into the password file of PostgreSQL, or use a certificate."
            )
        )


def use_server(home: Home, server: str) -> None:
    """Let this computer open the programme on *server*; where it does so already, nothing happens.

    Args:
        home: an empty one, or one that uses the same server.
        server: ``postgresql://…``

    Raises:
        Refused: it is no address, or *home* holds another record.
        NotFound: there is no programme on the server.
        ServerAway: it does not answer.
    """
    require_address(server)
    if home.server == server:
        return
    home.require_safe_place()
    home.require_empty()
    from tlbb_desktop.data.server.shared_keyring import read_keyring
    from tlbb_desktop.services.keyring_place import keyring_of

    if read_keyring(server) is None:
        raise NotFound(N_("There is no programme on this server yet. Make one with init, or restore a backup."))
    home.make_folders()
    write_atomically(home.server_file, f"{server}\n".encode())
    keyring_of(home).load()


def move_to_server(hidden: Home, server: str, keyring: Keyring, keys: UnlockedKeys) -> None:
    """Take the record of a home that nobody sees yet to an empty server, all of it or nothing.

    Args:
        hidden: a home with a record in a file.
        server: ``postgresql://…``
        keyring: of the record.
        keys: those that fit the file.

    Raises:
        Refused: it is no address, or there is a programme on the server already.
        ServerAway: it does not answer.
    """
    from tlbb_desktop.data.server.copying import fill_server
    from tlbb_desktop.data.server.shared_keyring import prepare_for_programme, write_keyring
    from tlbb_desktop.services.record_place import open_unfilled

    require_address(server)
    prepare_for_programme(server)
    write_atomically(hidden.server_file, f"{server}\n".encode())
    engine = open_unfilled(hidden, keys)
    try:
        fill_server(engine, hidden.database, keys.db_key, keys.db_salt)
    finally:
        engine.dispose()
    write_keyring(server, encode(keyring), keyring.mac.hex(), keys.db_epochs[-1], None)
