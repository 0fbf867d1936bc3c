"""The statements behind an exchange: rows as the database stores them, and how each stood at the last look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlcipher3.dbapi2 import IntegrityError

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.exchange_tables import ExchangeTable
from tlbb_desktop.domain.field_clocks import EXISTENCE, GONE, FieldState

RawRow = dict[str, Any]


class Clash(Exception):
    """The schema does not take a row: another one stands in its place, or what it names is not here."""


@dataclass(slots=True)
class KnownRow:
    """How a row stood at the last look.

    Args:
        fields: by name; the field ``EXISTENCE`` says whether the row is there.
        tick: when any of it was changed last, as a count of this laptop.
        origin: the laptop that has it just like this, or ``""``.
    """

    fields: dict[str, FieldState] = field(default_factory=dict)
    tick: int = 0
    origin: str = ""

    @property
    def gone(self) -> bool:
        """Whether it was deleted."""
        state = self.fields.get(EXISTENCE)
        return state is not None and state.digest == GONE


class ExchangeRows:
    """Reads and writes rows of any table inside the caller's transaction.

    Args:
        connection: of the unit of work.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._driver = driver_connection(connection)

    def rows(self, table: str, order: Sequence[str]) -> Iterator[RawRow]:
        """Every row of a table with all its columns, in *order*."""
        found = self._driver.execute(f'SELECT * FROM "{table}" ORDER BY {", ".join(order)}')
        names = [column[0] for column in found.description]
        while rows := found.fetchmany(1000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def columns(self, table: str, *names: str) -> list[tuple[Any, ...]]:
        """Some columns of every row."""
        return self._all(f'SELECT {", ".join(names)} FROM "{table}"')

    def row(self, table: ExchangeTable, where: Mapping[str, Any]) -> RawRow | None:
        """The row in which the columns of *where* have these values."""
        condition = " AND ".join(f"{column} IS ?" for column in where)
        found = self._driver.execute(f'SELECT * FROM "{table.name}" WHERE {condition}', tuple(where.values()))
        names = [column[0] for column in found.description]
        one = found.fetchone()
        return None if one is None else dict(zip(names, one, strict=True))

    def insert(self, table: ExchangeTable, values: Mapping[str, Any]) -> int:
        """Add a row; gives its number, where the table numbers its rows; raises Clash."""
        places = ", ".join("?" * len(values))
        named = ", ".join(f'"{column}"' for column in values)
        with _clashes_told():
            added = self._driver.execute(
                f'INSERT INTO "{table.name}" ({named}) VALUES ({places})', tuple(values.values())
            )
        return int(added.lastrowid or 0)

    def update(self, table: str, where: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change columns of a row; raises Clash."""
        if values:
            named = ", ".join(f'"{column}" = ?' for column in values)
            condition = " AND ".join(f"{column} IS ?" for column in where)
            with _clashes_told():
                self._driver.execute(
                    f'UPDATE "{table}" SET {named} WHERE {condition}', (*values.values(), *where.values())
                )

    def delete(self, table: str, where: Mapping[str, Any]) -> None:
        """Take a row away; raises Clash."""
        condition = " AND ".join(f"{column} IS ?" for column in where)
        with _clashes_told():
            self._driver.execute(f'DELETE FROM "{table}" WHERE {condition}', tuple(where.values()))

    def next_id(self, table: str) -> int:
        """The number that the next row gets."""
        return int(self._all(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')[0][0])

    def history_of(self, first: int, cells: int) -> list[tuple[Any, ...]]:
        """The history of an act, in the order of its rows."""
        return self._all(
            "SELECT session_id, person_id, code, reason_id, minutes, note, before, at, laptop_at, staff_id"
            " FROM mark_history WHERE id >= ? AND id < ? ORDER BY id",
            (first, first + cells),
        )

    def put_history(self, act_id: int, first: int, rows: Sequence[Sequence[Any]]) -> None:
        """Write the history of an act over what is there."""
        self._driver.executemany(
            "INSERT OR REPLACE INTO mark_history (id, act_id, session_id, person_id, code, reason_id, minutes, note,"
            " before, at, laptop_at, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(first + place, act_id, *row) for place, row in enumerate(rows)],
        )

    def known(self, table: str) -> dict[str, KnownRow]:
        """How the rows of a table stood at the last look, by their keys."""
        rows = self._driver.execute(
            "SELECT row_key, tick, origin, fields FROM exchange_row WHERE table_name = ?", (table,)
        )
        return {row[0]: KnownRow(_fields_read(row[3]), row[1], row[2]) for row in rows}

    def put_known(self, table: str, rows: Iterable[tuple[str, KnownRow]]) -> None:
        """Remember how rows stand now."""
        self._driver.executemany(
            "INSERT OR REPLACE INTO exchange_row (table_name, row_key, tick, origin, fields) VALUES (?, ?, ?, ?, ?)",
            [(table, key, row.tick, row.origin, _fields_stored(row.fields)) for key, row in rows],
        )

    def forget_known(self, table: str, key: str) -> None:
        """Forget a row that goes under another key from now on."""
        self._driver.execute("DELETE FROM exchange_row WHERE table_name = ? AND row_key = ?", (table, key))

    def last_tick(self) -> int:
        """The count of the last look."""
        return int(self._all("SELECT coalesce(max(tick), 0) FROM exchange_row")[0][0])

    def aliases(self) -> dict[tuple[str, str], str]:
        """(table, old key) -> the key that it goes under now."""
        return {
            (row[0], row[1]): row[2] for row in self._all("SELECT table_name, old_key, new_key FROM exchange_alias")
        }

    def add_alias(self, table: str, old: str, new: str) -> None:
        """Remember that two rows are one; what led to the old key leads to the new one."""
        self._driver.execute(
            "UPDATE exchange_alias SET new_key = ? WHERE table_name = ? AND new_key = ?", (new, table, old)
        )
        self._driver.execute("INSERT OR REPLACE INTO exchange_alias VALUES (?, ?, ?)", (table, old, new))

    def rename_in_keys(self, old: str, new: str) -> None:
        """Let rows that are named by another row follow its new key."""
        self._driver.execute(
            "UPDATE OR REPLACE exchange_row SET row_key = replace(row_key, ?, ?) WHERE instr(row_key, ?)",
            (old, new, old),
        )

    def _all(self, text: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._driver.execute(text, values).fetchall()  # type: ignore[no-any-return]


@contextmanager
def _clashes_told() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Clash from error


def _fields_stored(fields: Mapping[str, FieldState]) -> str:
    """Clocks with the digests of the fields that have them; most rows have one clock for all."""
    by_clock: dict[str, dict[str, str]] = {}
    for name, state in fields.items():
        by_clock.setdefault(json.dumps(state.clock, sort_keys=True, separators=(",", ":")), {})[name] = state.digest
    return json.dumps([[json.loads(clock), named] for clock, named in by_clock.items()], separators=(",", ":"))


def _fields_read(stored: str) -> dict[str, FieldState]:
    return {
        name: FieldState(digest, clock) for clock, digests in json.loads(stored) for name, digest in digests.items()
    }
