"""The homes that older programs left (`tests/fixtures/homes`): copies of them, and what they must go on saying."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.schema import HEAD
from tlbb_desktop.data.sealed_columns import sealed_tables
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.home import Home

FOLDER = Path(__file__).parents[1] / "fixtures" / "homes"
REVISIONS = tuple(sorted(path.name for path in FOLDER.iterdir() if path.name.isdigit()))
#: Those that have something to be brought up to.
OLDER = tuple(revision for revision in REVISIONS if revision != HEAD)
MANAGER, PASSPHRASE = "sokha", "moon river bamboo lantern harbour"
TRAINER, TRAINERS_PASSPHRASE = "dara", "kite window mango pencil"
FILES = ("programme.db", "keyring.A.json", "keyring.B.json")


@dataclass(frozen=True)
class Table:
    """What a table said when the home was made: its columns of then, its rows, and a digest of them, opened."""

    columns: tuple[str, ...]
    rows: int
    digest: str


@cache
def expected(revision: str) -> dict[str, Table]:
    """Table -> what it said."""
    told = json.loads((FOLDER / revision / "expected.json").read_text(encoding="ascii"))
    assert told["revision"] == revision
    return {name: Table(tuple(each["columns"]), each["rows"], each["digest"]) for name, each in told["tables"].items()}


def lay_out(revision: str, place: Path) -> Home:
    """A copy of a home."""
    place.mkdir(parents=True)
    for name in FILES:
        shutil.copy(FOLDER / revision / name, place)
    return Home(place)


def changed_tables(revision: str, connection: Connection, cipher: FieldCipher) -> list[str]:
    """Tables that no longer say what they said; events that came after them in the audit are no change."""
    tables = expected(revision)
    return [name for name, table in tables.items() if _digest(name, table, connection, cipher) != table.digest]


def _digest(name: str, table: Table, connection: Connection, cipher: FieldCipher) -> str:
    sealed = {each.name: each for each in sealed_tables()}.get(name)
    kept_under = sealed.compartment if sealed else "NULL"
    wanted = ", ".join(f'"{column}"' for column in table.columns)
    until = f" WHERE seq <= {table.rows}" if name == "audit_event" else ""
    rows = []
    for own, *values in driver_connection(connection).execute(f'SELECT {kept_under}, {wanted} FROM "{name}"{until}'):
        told: dict[str, Any] = dict(zip(table.columns, values, strict=True))
        for column in set(sealed.columns if sealed else ()) & told.keys():
            told[column] = cipher.decrypt(Compartment(own), name, told["uuid"], column, told["version"], told[column])
        rows.append(tuple(told.values()))
    return hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()
