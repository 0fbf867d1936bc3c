"""The statements behind an exchange: rows as the database stores them, and how each stood at the last look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Boolean, Connection

from tlbb_desktop.data.engine import added_row, driver_connection
from tlbb_desktop.data.exchange_tables import ExchangeTable
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.statement import RuleBroken, statement_alone
from tlbb_desktop.domain.field_clocks import EXISTENCE, GONE, FieldState

RawRow = dict[str, Any]


_HISTORY = (
    "session_id", "person_id", "code", "reason_id", "minutes", "note", "before", "at", "laptop_at", "staff_id",
)  # fmt: skip


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
            yield from (dict(zip(names, map(_plain, row), strict=True)) for row in rows)

    def columns(self, table: str, *names: str) -> list[tuple[Any, ...]]:
        """Some columns of every row."""
        return self._all(f'SELECT {", ".join(names)} FROM "{table}"')

    def row(self, table: ExchangeTable, where: Mapping[str, Any]) -> RawRow | None:
        """The row in which the columns of *where* have these values."""
        condition, sought = _where(where)
        found = self._driver.execute(f'SELECT * FROM "{table.name}" WHERE {condition}', sought)
        names = [column[0] for column in found.description]
        one = found.fetchone()
        return None if one is None else dict(zip(names, map(_plain, one), strict=True))

    def insert(self, table: ExchangeTable, values: Mapping[str, Any]) -> int:
        """Add a row; gives its number, where the table numbers its rows; raises Clash."""
        places = ", ".join("?" * len(values))
        named = ", ".join(f'"{column}"' for column in values)
        statement, stored = f'INSERT INTO "{table.name}" ({named}) VALUES ({places})', _stored(table.name, values)
        with self._clashes_told():
            if table.has_id:
                return added_row(self._driver, statement, stored)
            self._driver.execute(statement, stored)
        return 0

    def update(self, table: str, where: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change columns of a row; raises Clash."""
        if values:
            named = ", ".join(f'"{column}" = ?' for column in values)
            condition, sought = _where(where)
            with self._clashes_told():
                self._driver.execute(
                    f'UPDATE "{table}" SET {named} WHERE {condition}', (*_stored(table, values), *sought)
                )

    def delete(self, table: str, where: Mapping[str, Any]) -> None:
        """Take a row away; raises Clash."""
        condition, sought = _where(where)
        with self._clashes_told():
            self._driver.execute(f'DELETE FROM "{table}" WHERE {condition}', sought)

    def next_id(self, table: str) -> int:
        """The number that the next row gets."""
        return int(self._all(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')[0][0])

    def history_of(self, first: int, cells: int) -> list[tuple[Any, ...]]:
        """The history of an act, in the order of its rows."""
        return self._all(
            f"SELECT {', '.join(_HISTORY)} FROM mark_history WHERE id >= ? AND id < ? ORDER BY id",
            (first, first + cells),
        )

    def put_history(self, act_id: int, first: int, rows: Sequence[Sequence[Any]]) -> None:
        """Write the history of an act over what is there."""
        self._driver.executemany(
            _put("mark_history", ("id",), ("act_id", *_HISTORY)),
            [(first + place, act_id, *row) for place, row in enumerate(rows)],
        )

    def known(self, table: str) -> dict[str, KnownRow]:
        """How the rows of a table stood at the last look, by their keys."""
        rows = self._driver.execute(
            "SELECT row_key, tick, origin, fields FROM exchange_row WHERE table_name = ?", (table,)
        )
        return {row[0]: KnownRow(fields_read(row[3]), row[1], row[2]) for row in rows}

    def put_known(self, table: str, rows: Iterable[tuple[str, KnownRow]]) -> None:
        """Remember how rows stand now."""
        self._driver.executemany(
            _put("exchange_row", ("table_name", "row_key"), ("tick", "origin", "fields")),
            [(table, key, row.tick, row.origin, fields_stored(row.fields)) for key, row in rows],
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
        self._driver.execute(_put("exchange_alias", ("table_name", "old_key"), ("new_key",)), (table, old, new))

    def rename_in_keys(self, old: str, new: str) -> None:
        """Let rows that are named by another row follow its new key."""
        named = "FROM exchange_row AS named WHERE instr(named.row_key, ?) > 0"
        self._driver.execute(
            "DELETE FROM exchange_row WHERE instr(row_key, ?) = 0 AND EXISTS (SELECT 1"
            f" {named} AND named.table_name = exchange_row.table_name"
            " AND replace(named.row_key, ?, ?) = exchange_row.row_key)",
            (old, old, old, new),
        )
        self._driver.execute(
            "UPDATE exchange_row SET row_key = replace(row_key, ?, ?) WHERE instr(row_key, ?) > 0", (old, new, old)
        )

    @contextmanager
    def _clashes_told(self) -> Iterator[None]:
        try:
            with statement_alone(self.connection):
                yield
        except RuleBroken as error:
            raise Clash from error

    def _all(self, text: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._driver.execute(text, values).fetchall()  # type: ignore[no-any-return]


def _where(where: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The condition that the columns have these values, and those of them that it asks for."""
    parts = (f"{column} IS NULL" if value is None else f"{column} = ?" for column, value in where.items())
    return " AND ".join(parts), tuple(value for value in where.values() if value is not None)


def _plain(value: Any) -> Any:
    """Yes and no as a file keeps them, so that both sides of an exchange compare the same."""
    return int(value) if value is True or value is False else value


def _stored(table: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values as either database takes them: a server wants a yes where a file keeps a 1."""
    columns = Record.metadata.tables[table].columns
    return tuple(
        bool(value) if value is not None and isinstance(columns[name].type, Boolean) else value
        for name, value in values.items()
    )


def _put(table: str, keys: Sequence[str], others: Sequence[str]) -> str:
    """The statement that adds a row, or writes over the one with the same keys."""
    named = (*keys, *others)
    changed = ", ".join(f"{column} = excluded.{column}" for column in others)
    return (
        f"INSERT INTO {table} ({', '.join(named)}) VALUES ({', '.join('?' * len(named))})"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}"
    )


def fields_stored(fields: Mapping[str, FieldState]) -> str:
    """Clocks with the digests of the fields that have them; most rows have one clock for all."""
    by_clock: dict[str, dict[str, str]] = {}
    for name, state in fields.items():
        by_clock.setdefault(json.dumps(state.clock, sort_keys=True, separators=(",", ":")), {})[name] = state.digest
    return json.dumps([[json.loads(clock), named] for clock, named in by_clock.items()], separators=(",", ":"))


def fields_read(stored: str) -> dict[str, FieldState]:
    """What :func:`fields_stored` made a text of."""
    return {
        name: FieldState(digest, clock) for clock, digests in json.loads(stored) for name, digest in digests.items()
    }
