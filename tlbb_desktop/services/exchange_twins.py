"""Two laptops that made the same thing, or two things under one code.

A session of the same class at the same time is one session: the row with the smaller UUID gives its name to both. Two
people under one code are two people: the younger row gets an addition to its code. Certificates of two people never
become one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tlbb_desktop.data.exchange_tables import ExchangeTable
from tlbb_desktop.data.repositories.exchange import KnownRow
from tlbb_desktop.domain.field_clocks import FieldState, ticked
from tlbb_desktop.services.exchange_conflicts import ConflictBook
from tlbb_desktop.services.exchange_looking import Look
from tlbb_desktop.services.exchange_rows import StoredRow, Values

_ADDITION: Final = 4


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a new row met here: the row that it is one with, or the code that tells the two apart."""

    row: StoredRow | None = None
    told_apart: Values = field(default_factory=dict)


class Twins:
    """Looks for rows that are unique in the same way as one that comes in.

    Args:
        look: this record as it stands now.
        conflicts: what waits for a decision about a row follows its name.
    """

    def __init__(self, look: Look, conflicts: ConflictBook) -> None:
        self._look, self._book, self._conflicts = look, look.book, conflicts

    def follow(self, table: ExchangeTable, old: str, new: str) -> None:
        """Let a row go under the name that the other laptop has found for it."""
        if self._book.names.aliases.get((table.name, old)) == new or old == new:
            return
        row = self._book.one(table, old) if self._book.names.id(table.name, old) is not None else None
        self._put_alias(table, old, new)
        if row is not None and self._book.names.id(table.name, new) is None:
            self._rename(table, row, new)

    def meet(self, table: ExchangeTable, key: str, values: Values) -> Meeting:
        """What stands where a new row wants to be."""
        for columns in table.unique:
            row = self._standing(table, columns, values)
            if row is None or row.key == key or _are_two(table, row, values):
                continue
            if columns == (table.code,):
                return self._apart(table, key, values, row)
            return Meeting(self._one(table, key, row))
        return Meeting()

    def told_apart(self, table: ExchangeTable, row: StoredRow, wanted: Values) -> Values:
        """The code of a row that is to get one that another row has."""
        if table.code not in wanted:
            return {}
        other = self._standing(table, (table.code,), wanted)
        return {} if other is None or other.key == row.key else {table.code: _added(wanted[table.code], row.key)}

    def _standing(self, table: ExchangeTable, columns: tuple[str, ...], values: Values) -> StoredRow | None:
        where, spread = {}, table.spread(values)
        for column in columns:
            value = spread.get(column)
            where[column] = (
                self._book.names.id(table.references[column], value) if column in table.references else value
            )
        if None in where.values():
            return None
        raw = self._book.rows.row(table, where)
        return None if raw is None else StoredRow(raw["uuid"].hex(), raw, self._book.values_of(table, raw))

    def _one(self, table: ExchangeTable, key: str, row: StoredRow) -> StoredRow:
        if row.key < key:
            self._put_alias(table, key, row.key)
            return row
        self._put_alias(table, row.key, key)
        return self._rename(table, row, key)

    def _put_alias(self, table: ExchangeTable, old: str, new: str) -> None:
        aliases = self._book.names.aliases
        for place, standing in list(aliases.items()):
            if place[0] == table.name and standing == old:
                aliases[place] = new
        aliases[table.name, old] = new
        self._conflicts.follow(table.name, old, new)
        self._book.rows.add_alias(table.name, old, new)

    def _rename(self, table: ExchangeTable, row: StoredRow, key: str) -> StoredRow:
        self._book.rename(table, row, key)
        self._book.rows.forget_known(table.name, row.key)
        known = self._look.known[table.name].pop(row.key)
        self._rename_dependent(row.key, key)
        renamed = self._book.one(table, key)
        if renamed is None:
            raise LookupError(key)
        self._look.known[table.name][key] = KnownRow(self._digested(table, known, renamed), self._look.tick)
        return renamed

    def _digested(self, table: ExchangeTable, known: KnownRow, renamed: StoredRow) -> dict[str, FieldState]:
        """The digests of protected fields are bound to the name of their row; rows without a UUID have none."""
        fresh = {
            name: FieldState(self._book.digest(table, renamed.key, name, value), known.fields[name].clock)
            for name, value in renamed.values.items()
            if name in known.fields and table.is_protected(name)
        }
        return known.fields | fresh

    def _rename_dependent(self, old: str, new: str) -> None:
        """Rows without a UUID are named by those that they belong to."""
        self._book.rows.rename_in_keys(old, new)
        for name, rows in self._look.known.items():
            for key in [key for key in rows if old in key]:
                known = rows.pop(key)
                rows[key.replace(old, new)] = KnownRow(known.fields, self._look.tick)
                self._book.rows.forget_known(name, key)
        self._book.names.forget_natural()

    def _apart(self, table: ExchangeTable, key: str, values: Values, row: StoredRow) -> Meeting:
        if key > row.key or table.name == "staff":
            return Meeting(told_apart={table.code: _added(values[table.code], key)})
        code = _added(row.values[table.code], row.key)
        self._book.update(table, row, {table.code: code})
        known = self._look.known[table.name][row.key]
        clock = ticked(known.fields[table.code].clock, self._look.sender, self._look.tick)
        state = FieldState(self._book.digest(table, row.key, table.code, code), clock)
        self._look.known[table.name][row.key] = KnownRow(known.fields | {table.code: state}, self._look.tick)
        return Meeting()


def _are_two(table: ExchangeTable, row: StoredRow, values: Values) -> bool:
    """Whether two certificates of two people have one number, which stands on paper: the later one waits."""
    return table.name == "certificate" and row.values["person_id"] != values["person_id"]


def _added(code: str, key: str) -> str:
    return f"{code}-{key[-_ADDITION:].upper()}"
