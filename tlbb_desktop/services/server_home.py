"""Homes whose record lies on the head office's server."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from tlbb_desktop.domain.errors import NotFound, NotPermitted, StorageDamaged, WrongPassphrase
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.atomic_file import write_atomically
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import decode, encode
from tlbb_desktop.security.keyring_names import NAMES as KEYRING_FILES
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.founding import clear_unfinished
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.window_lock import WindowLock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tlbb_desktop.data.server.beginning import Room

#: Opens a keyring with the words of who begins, or raises.
Opening = Callable[[Keyring], object]


def name_of_server(server: str) -> str:
    """What an address is called on a page: the computer and the database; ``programme`` alone on this computer."""
    address = urlsplit(server)
    host = address.hostname or parse_qs(address.query).get("host", [""])[0]
    database = unquote(address.path.strip("/"))
    return database if not host or host.startswith("/") else f"{host}/{database}"


def use_server(home: Home, server: str) -> None:
    """Let this computer open the programme on *server*; where it does so already, nothing happens.

    Args:
        home: an empty one, or one that uses the same server.
        server: ``postgresql://…``

    Raises:
        Refused: it is no address, or *home* holds another record.
        NotFound: there is no programme on the server.
        ServerAway: it does not answer.
        StorageLocked: a window is open over *home*, or a programme is being put together in it.
    """
    from tlbb_desktop.data.server.address import require_address
    from tlbb_desktop.data.server.shared_keyring import read_keyring
    from tlbb_desktop.services.keyring_place import keyring_of

    require_address(server)
    if home.server == server and home.has_keyring:
        return
    home.require_safe_place()
    home.require_empty()
    if read_keyring(server) is None:
        raise NotFound(N_("There is no programme on this server yet. Make one with init, or restore a backup."))
    with WindowLock(home):  # whoever begins a programme here holds it: what lies half made is theirs
        home.require_empty()
        home.make_folders()
        clear_unfinished(home)
        write_atomically(home.server_file, f"{server}\n".encode())
        keyring_of(home).load()


def require_room(server: str, act: str, opening: Opening) -> Room:
    """Where on *server* a programme may begin.

    Args:
        server: ``postgresql://…``
        act: what is done, in such words that only the very same act has them.
        opening: with the words of who begins. What the same act began under a keyring that they open, and nobody has
            yet, is their own beginning, which broke off: it is made again.

    Raises:
        Refused: it is no address, or there is a programme on the server already.
        ServerAway: it does not answer.
    """
    from tlbb_desktop.data.server import beginning
    from tlbb_desktop.data.server.address import require_address

    require_address(server)
    return beginning.require_room(server, act, lambda content: _opened(content, opening))


def begin_on_server(
    hidden: Home, room: Room, keyring: Keyring, keys: UnlockedKeys, fill: Callable[[Connection], None]
) -> None:
    """Put a programme on a server, and its name into *hidden*: tables, rows and keyring come all of them or not at all.

    Args:
        hidden: a home that nobody sees yet.
        room: where it begins.
        keyring: of the programme.
        keys: those that its fields are sealed under.
        fill: puts the rows into the tables.

    Raises:
        Refused: there is a programme on the server already.
        ServerAway: it does not answer, or the connection broke.
    """
    from tlbb_desktop.data.server.beginning import FirstKeyring, begin_programme
    from tlbb_desktop.services.record_place import engine_of_server

    write_atomically(hidden.server_file, f"{room.url}\n".encode())
    first = FirstKeyring(encode(keyring), keyring.mac.hex(), keys.db_epochs[-1])
    engine = engine_of_server(hidden)
    try:
        begin_programme(engine, room, first, fill)
    finally:
        engine.dispose()


def move_to_server(hidden: Home, room: Room, keyring: Keyring, keys: UnlockedKeys) -> None:
    """Take the record of a home that nobody sees yet to a server, all of it or nothing.

    Args:
        hidden: a home with a record in a file.
        room: where it begins.
        keyring: of the record.
        keys: those that fit the file.

    Raises:
        Refused, ServerAway: as for :func:`begin_on_server`.
    """
    from tlbb_desktop.data.server.copying import rows_of_file

    with rows_of_file(hidden.database, keys.db_key, keys.db_salt) as fill:
        begin_on_server(hidden, room, keyring, keys, fill)


def _opened(content: bytes, opening: Opening) -> bool:
    try:
        opening(decode(content))
    except (WrongPassphrase, NotPermitted, NotFound, StorageDamaged):
        return False
    return True


def leave_server(home: Home) -> None:
    """Let *home* be empty again: what it named was begun, and nobody has it yet."""
    home.unfinished.mkdir(exist_ok=True)  # from here on it counts as empty as soon as the keyrings are gone
    for name in KEYRING_FILES:
        (home.path / name).unlink(missing_ok=True)
    clear_unfinished(home)
