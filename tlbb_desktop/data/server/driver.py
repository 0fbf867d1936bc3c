"""The driver's connection to a server: it takes the statements of the laptop's database as they are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

import psycopg
from psycopg import ClientCursor, IsolationLevel
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from typing_extensions import override

from tlbb_desktop.data.server.address import checked_way
from tlbb_desktop.data.server.wording import Values, said_with_places, with_values
from tlbb_desktop.domain.errors import ChangedMeanwhile
from tlbb_desktop.i18n.marks import N_

#: The schema that holds a programme.
SCHEMA: Final = "tlbb"
#: Seconds that a writer waits for the one before it, as on a laptop; and that a connection waits for an answer.
PATIENCE: Final = 5
#: A network that lost its way is noticed within half a minute, not within the quarter of an hour that systems wait.
_ALIVE: Final[dict[str, Any]] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,  # in milliseconds; only Linux knows it
}
#: Ours come first, then the server's own, which win where both take the same values.
_SETTINGS: Final = {
    "search_path": f"{SCHEMA},pg_catalog",
    "lock_timeout": f"{PATIENCE}s",
    "idle_in_transaction_session_timeout": "10min",
    "client_encoding": "UTF8",
    "bytea_output": "hex",
}


class _WholeNumber(Loader):
    """Sums come as ``numeric``; here they are whole numbers, unless they have a fraction."""

    @override
    def load(self, data: Buffer) -> int | float:
        text = bytes(data)
        return float(text) if b"." in text else int(text)


class ServerConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection whose ``execute`` and ``executemany`` take SQLite's places for values."""

    @override
    def execute(self, query: Any, params: Any = (), **named: Any) -> Any:
        statement, values = with_values(query, params)
        return self.cursor().execute(statement, values)

    def executemany(self, query: str, rows: Iterable[Values]) -> None:
        """Run one statement for each of *rows*."""
        statement, numbered = said_with_places(query)
        placed = [with_values(query, row)[1] for row in rows] if numbered else rows
        self.cursor().executemany(statement, cast("Any", placed))


def connect(url: str) -> ServerConnection:
    """A connection to the database that *url* names, with what libpq knows beside it (password file, certificates).

    Raises:
        Refused: the address asks for a way that is not safe.
        ServerNotTrusted: the server does not encrypt, or did not prove who it is.
    """
    options = " ".join(f"-c {name}={value.replace(' ', '')}" for name, value in _SETTINGS.items())
    connection = ServerConnection.connect(
        url,
        cursor_factory=ClientCursor,
        options=options,
        connect_timeout=PATIENCE,
        application_name="TLBB Desktop",
        **_ALIVE,
        **checked_way(url),
    )
    connection.adapters.register_loader("numeric", _WholeNumber)
    return connection


def read_one_state(connection: ServerConnection) -> None:
    """Let the transaction that comes next read one state of the record, and nothing else."""
    connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True


def write_in_turn(connection: ServerConnection) -> None:
    """Begin a transaction that writes, when the writer before it has ended."""
    connection.isolation_level, connection.read_only = IsolationLevel.READ_COMMITTED, False
    connection.cursor().execute(f"SELECT pg_advisory_xact_lock(hashtext('{SCHEMA}'))")


def require_epoch(connection: ServerConnection, epoch: int) -> None:
    """Refuse to go on with keys of before: another computer sealed the fields under newer ones.

    Raises:
        ChangedMeanwhile: the fields are sealed under another epoch's keys.
    """
    found = connection.cursor().execute("SELECT epoch FROM keyring").fetchone()
    if found is None or found[0] != epoch:
        raise ChangedMeanwhile(
            N_("The keys of the programme were renewed on another computer. Nothing was saved. Lock, and log in again.")
        )
