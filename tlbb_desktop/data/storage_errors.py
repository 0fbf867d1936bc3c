"""Turns what the driver says into what a person can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from tlbb_desktop.domain.errors import StorageDamaged, StorageFull, StorageLocked, TlbbError

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


def storage_error(error: Exception) -> TlbbError | None:
    """The error for the person behind a driver error, or None when it is a fault of the program."""
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
