"""The address of a server's database: what may stand in it, and how the way there is kept safe."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from psycopg import conninfo

from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.i18n.marks import N_

_SCHEMES: Final = ("postgresql://", "postgres://")
#: TLS with a server that proved who it is. Every weaker wish can be talked out of it by who sits between, verify-ca by
#: whoever has any certificate of the same authority.
CHECKED: Final = "verify-full"
_OWN_COMPUTER: Final = "/"  # how the name of a socket begins; nothing of it goes over a network


def require_address(url: str) -> None:
    """Raise Refused unless *url* is a database's address that may be kept in a file: without a password.

    What is refused is not repeated in the sentence, as it may hold a password.
    """
    parts = _parts(url)
    if _has_password(url, parts):
        raise Refused(
            N_(
                "The address of the database is kept in a file, so it must not hold a password. Nothing was changed."
                " Put the password into the password file of PostgreSQL, or use a certificate."
            )
        )
    if "@" in parts.get("dbname", ""):  # a sign that ends the name of a server stood in the password
        raise _no_address()
    _require_safe_way(parts)


def checked_way(url: str) -> dict[str, Any]:
    """What a connection to *url* is made with: TLS and a checked certificate, but for a socket of this computer.

    Raises:
        Refused: the address asks for less.
    """
    _require_safe_way(_parts(url))
    # The driver asks a socket for no TLS, whatever stands here; but settings of the account may lead over a network.
    return {"sslmode": CHECKED, "gssencmode": "disable"}


def _require_safe_way(parts: dict[str, Any]) -> None:
    wish = parts.get("sslmode", CHECKED)
    hosts = str(parts.get("host", "")).split(",")
    if wish == CHECKED or ("hostaddr" not in parts and all(host.startswith(_OWN_COMPUTER) for host in hosts)):
        return
    raise Refused(
        N_(
            "The address asks for a way to the server that others on the network may read or change (sslmode={wish})."
            " Nothing was sent. Leave sslmode out, or write sslmode=verify-full."
        ),
        wish=wish,
    )


def _parts(url: str) -> dict[str, Any]:
    """What libpq reads in *url*; raises Refused where it is no address with the name of a database."""
    try:
        parts: dict[str, Any] = conninfo.conninfo_to_dict(url) if url.startswith(_SCHEMES) else {}
    except psycopg.ProgrammingError:
        raise _no_address() from None  # the driver's words repeat what was typed
    if not (parts.get("dbname") or "service" in parts):
        raise _no_address()
    return parts


def _no_address() -> Refused:
    return Refused(N_("This is not the address of a database. Write --database postgresql://NAME@SERVER/DATABASE."))


def _has_password(url: str, parts: dict[str, Any]) -> bool:
    """Also where libpq would not find it, because signs in it ended the name of the server."""
    try:
        typed = urlsplit(url).password
    except ValueError:
        typed = None
    return typed is not None or any(name.endswith("password") for name in parts)
