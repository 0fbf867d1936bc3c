"""Looks through the record for what this laptop changed since the last look, and counts its change up."""

from __future__ import annotations

from tlbb_desktop.data.exchange_tables import ExchangeTable, exchange_tables
from tlbb_desktop.data.repositories.exchange import KnownRow
from tlbb_desktop.domain.field_clocks import ABSENT, EXISTENCE, GONE, HERE, FieldState, ticked
from tlbb_desktop.services.exchange_rows import RowBook, StoredRow


class Look:
    """How every row stands now, with the clock of each of its fields.

    Args:
        book: of the unit of work.
        sender: id of this laptop.
    """

    def __init__(self, book: RowBook, sender: str) -> None:
        self.book, self.sender = book, sender
        self.tick = book.rows.last_tick() + 1
        self.known: dict[str, dict[str, KnownRow]] = {}

    def through_all(self) -> None:
        """Find every change of this laptop, whoever made it and however, and remember it."""
        for table in exchange_tables().values():
            self.through(table)

    def through(self, table: ExchangeTable) -> None:
        """The same for one table."""
        before = self.book.rows.known(table.name)
        now: dict[str, KnownRow] = {}
        changed: list[tuple[str, KnownRow]] = []
        for row in self.book.read(table):
            stood = before.pop(row.key, None)
            stands = self.stand(table, row, stood)
            now[row.key] = stands
            if stands is not stood:
                changed.append((row.key, stands))
        for key, stood in before.items():
            now[key] = stood if stood.gone else self._taken_away(stood)
            if now[key] is not stood:
                changed.append((key, now[key]))
        self.book.rows.put_known(table.name, changed)
        self.known[table.name] = now

    def stand(self, table: ExchangeTable, row: StoredRow, stood: KnownRow | None) -> KnownRow:
        """How a row stands now: *stood* itself where nothing of it was changed."""
        digests = self.digests(table, row)
        if stood is None:
            clock = {self.sender: self.tick}
            return KnownRow({name: FieldState(digest, clock) for name, digest in digests.items()}, self.tick)
        fields = dict(stood.fields)
        for name in {*digests, *fields}:
            digest, state = digests.get(name, ABSENT), fields.get(name)
            if state is None or (state.digest != digest and name not in table.once):
                fields[name] = FieldState(digest, ticked(state.clock if state else {}, self.sender, self.tick))
        return stood if fields == stood.fields else KnownRow(fields, self.tick)

    def digests(self, table: ExchangeTable, row: StoredRow) -> dict[str, str]:
        """The digest of each field of a row that is there."""
        found = {name: self.book.digest(table, row.key, name, value) for name, value in row.values.items()}
        return found | {EXISTENCE: HERE}

    def _taken_away(self, stood: KnownRow) -> KnownRow:
        state = stood.fields[EXISTENCE]
        gone = FieldState(GONE, ticked(state.clock, self.sender, self.tick))
        return KnownRow(stood.fields | {EXISTENCE: gone}, self.tick)
