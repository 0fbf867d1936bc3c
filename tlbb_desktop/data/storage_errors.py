"""Turns what the driver says into what a person can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from tlbb_desktop.domain.errors import (
    NotPermitted,
    Refused,
    ServerAway,
    ServerNotTrusted,
    StorageDamaged,
    StorageFull,
    StorageLocked,
    TlbbError,
)
from tlbb_desktop.i18n.marks import N_

_SIGNS: tuple[tuple[str, type[TlbbError]], ...] = (
    ("disk is full", StorageFull),
    ("database is locked", StorageLocked),
    ("database table is locked", StorageLocked),
    ("not a database", StorageDamaged),
    ("malformed", StorageDamaged),
    ("disk i/o error", StorageDamaged),
    ("file is encrypted", StorageDamaged),
    ("unable to open database", StorageDamaged),
)
_TAKEN = (
    "23505"  # unique_violation: in a file it would be a fault, on a server the other row may be hidden from who saves
)
#: What a server says to who may not come in; in another language it is said like one that does not answer.
_TURNED_AWAY = (
    "password",
    "pg_hba.conf",
    "does not exist",
    "authentication failed",
    "not permitted to log in",
    "client certificate",
    "alert",  # how TLS says that the server wants another certificate of this computer
)
#: What this computer says of a certificate that it does not take: unknown, run out, or another server's.
_NOT_TRUSTED = ("certificate verify failed", "server certificate")
#: TLS that ends so while a connection is made was cut or refused by the other side, and not by this computer.
_ENDED_THERE = ("eof", "alert")
#: The server's own codes, the longest that fits first. Source: PostgreSQL manual, appendix A.
_STATES: tuple[tuple[str, type[TlbbError]], ...] = (
    ("53100", StorageFull),  # disk_full
    ("55P03", StorageLocked),  # lock_not_available
    ("40", StorageLocked),  # the server took another's side: deadlock, serialization
    ("42501", NotPermitted),  # insufficient_privilege, row-level security among it
    ("58", StorageDamaged),  # input or output of the server's disk
    ("XX001", StorageDamaged),  # data_corrupted
    ("XX002", StorageDamaged),  # index_corrupted
    ("08", ServerAway),  # the connection broke
    ("28", ServerAway),  # it does not let this computer in
    ("3D", ServerAway),  # there is no such database
    ("53", ServerAway),  # it has no room for another connection
    ("57P", ServerAway),  # it is being shut down
)


def storage_error(error: Exception) -> TlbbError | None:
    """The error for the person behind a driver error, or None when it is a fault of the program."""
    if hasattr(error, "sqlstate"):
        return _server_error(error)
    said = str(error).lower()
    for sign, kind in _SIGNS:
        if sign in said:
            return kind()
    return None


@contextmanager
def driver_errors_explained() -> Iterator[None]:
    """Raise StorageFull, StorageLocked or StorageDamaged in place of the driver's errors."""
    try:
        yield
    except DBAPIError as error:
        known = storage_error(error.orig if isinstance(error.orig, Exception) else error)
        if known is None:
            raise
        raise known from error
    except driver.Error as error:
        known = storage_error(error)
        if known is None:
            raise
        raise known from error
    except Exception as error:
        known = _server_error(error) if hasattr(error, "sqlstate") else None
        if known is None:
            raise
        raise known from error


def _server_error(error: Exception) -> TlbbError | None:
    """The same for the server's driver, which is not loaded where there is no server."""
    state: str | None = error.sqlstate  # type: ignore[attr-defined]
    if state == _TAKEN:
        return Refused(
            N_(
                "Something with this code or number is on record already, perhaps where your role does not reach."
                " Nothing was saved. Ask a manager."
            )
        )
    if state is None:  # it never let us in, or the connection broke
        return _no_way_in(str(error).lower()) if _is_operational(error) else None
    return next((kind() for code, kind in _STATES if state.startswith(code)), None)


def _is_operational(error: Exception) -> bool:
    """Also its kinds, such as a time that ran out."""
    return any(kind.__name__ == "OperationalError" for kind in type(error).__mro__)


def _no_way_in(said: str) -> ServerAway:
    """Why no connection came about. The driver has no codes for it, and its own words are English on every system."""
    if "root certificate file" in said:
        return ServerNotTrusted(
            N_(
                "This computer has no certificate to check the head office's server with, so nothing was sent to it."
                " Put the file that whoever looks after the server gives out where the address says (sslrootcert), or"
                " as root.crt into PostgreSQL's folder of your account."
            )
        )
    if "does not support ssl" in said:
        return ServerNotTrusted(
            N_(
                "The head office's server does not encrypt what goes over the network, so nothing was sent to it."
                " Whoever looks after the server turns TLS on."
            )
        )
    if _is_not_trusted(said):
        return ServerNotTrusted()
    if any(sign in said for sign in _TURNED_AWAY):
        return ServerAway(
            N_(
                "The head office's server answers, but does not let this account in. Nothing was changed. Ask whoever"
                " looks after the server for the right address, and for the line of the password file."
            )
        )
    return ServerAway()


def _is_not_trusted(said: str) -> bool:
    """Also where the check fails over the bytes of a certificate, which TLS has many words for."""
    made = "connection to server" in said and "ssl error" in said  # later ones say that they were sending or receiving
    failed = made and not any(sign in said for sign in _ENDED_THERE)
    return failed or any(sign in said for sign in _NOT_TRUSTED)
