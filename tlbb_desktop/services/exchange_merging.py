"""Brings the rows of a bundle together with those that stand here: nothing that only one side changed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cbor2 import dumps

from tlbb_desktop.data.exchange_tables import UNCHANGED, ExchangeTable, exchange_tables
from tlbb_desktop.data.repositories.exchange import Clash, KnownRow
from tlbb_desktop.domain.field_clocks import (
    ABSENT,
    EXISTENCE,
    GONE,
    FieldClock,
    FieldState,
    Outcome,
    includes,
    joined,
    outcome,
    ticked,
)
from tlbb_desktop.services.exchange_conflicts import ConflictBook
from tlbb_desktop.services.exchange_looking import Look
from tlbb_desktop.services.exchange_rows import CannotStore, StoredRow, Values
from tlbb_desktop.services.exchange_twins import Twins

Incoming = Mapping[str, tuple[Any, FieldClock]]
#: Deleted for good where a case is expunged, whatever the other side wrote meanwhile.
_EXPUNGED: Final = frozenset({"signature", "person_link"})


@dataclass(slots=True)
class Counts:
    """What came of a bundle's rows."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    conflicts: int = 0
    waiting: int = 0
    told_apart: list[tuple[str, str]] = field(default_factory=list)
    touched: dict[str, set[str]] = field(default_factory=dict)
    new_sheets: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A row that came in, under the name that it has here."""

    table: ExchangeTable
    key: str
    fields: Incoming

    @property
    def values(self) -> Values:
        return {name: value for name, (value, _clock) in self.fields.items() if name != EXISTENCE}

    @property
    def clocks(self) -> dict[str, FieldClock]:
        return {name: clock for name, (_value, clock) in self.fields.items()}

    def clock(self, name: str) -> FieldClock:
        return self.fields[name][1] if name in self.fields else {}

    @property
    def is_expunged(self) -> bool:
        return bool(self.table.compartment) or self.table.name in _EXPUNGED


@dataclass(slots=True)
class _Result:
    """Clocks of a row's fields after a comparison, the fields to store, and those that a person decides."""

    clocks: dict[str, FieldClock]
    wanted: Values = field(default_factory=dict)
    open: list[str] = field(default_factory=list)


class Merger:
    """Takes in the rows of one laptop, inside one unit of work.

    Args:
        look: this record as it stands now.
        sender: id of the laptop that wrote them.
        conflicts: takes what a person has to decide.
    """

    def __init__(self, look: Look, sender: str, conflicts: ConflictBook) -> None:
        self._look, self._book, self._sender, self._conflicts = look, look.book, sender, conflicts
        self._twins = Twins(look, conflicts)
        self._later: list[tuple[ExchangeTable, str, Values]] = []
        self.counts = Counts()

    def follow(self, aliases: Iterable[tuple[str, str, str]]) -> None:
        """Let rows go under the names that the other laptop has found for them: (table, old key, new key)."""
        for name, old, new in aliases:
            if name in exchange_tables():
                self._twins.follow(exchange_tables()[name], old, new)

    def take(self, rows: Iterable[tuple[str, str, Incoming]]) -> None:
        """Take in rows, those that others name before those that name them."""
        tables = exchange_tables()
        order = {name: place for place, name in enumerate(tables)}
        gone: list[_Arrival] = []
        for name, key, fields in sorted((each for each in rows if each[0] in order), key=lambda each: order[each[0]]):
            standing = self._book.names.standing(name, key)
            arrival = _Arrival(tables[name], standing, self._standing_names(tables[name], fields))
            if fields[EXISTENCE][0] == GONE:
                gone.append(arrival)
            else:
                self._take_row(arrival)
        for arrival in reversed(gone):
            self._take_away(arrival)
        self._name_later()

    def write_down(self) -> None:
        """Remember how the touched rows stand; to be called last."""
        for name, rows in self._look.known.items():
            self._book.rows.put_known(name, [(key, row) for key, row in rows.items() if row.tick == self._look.tick])

    # ----------------------------------------------------------------------------------------------------------------

    def _take_row(self, arrival: _Arrival) -> None:
        table, key = arrival.table, arrival.key
        known = self._look.known[table.name].get(key)
        row = None if known is None or known.gone else self._book.one(table, key)
        if row is None and known is not None and self._stays_away(known, arrival):
            return
        if row is None:
            met = self._twins.meet(table, key, arrival.values)
            if met.row is None:
                self._add(arrival, met.told_apart, known)
                return
            row = met.row
        self._merge(row, arrival)

    @staticmethod
    def _stays_away(known: KnownRow, arrival: _Arrival) -> bool:
        """Whether a row that was deleted here stays so: it comes back where the other side changed it meanwhile."""
        if arrival.is_expunged:
            return True
        seen = includes(known.fields[EXISTENCE].clock, arrival.clock(EXISTENCE))
        return seen and all(
            name in known.fields and includes(known.fields[name].clock, arrival.clock(name)) for name in arrival.values
        )

    def _add(self, arrival: _Arrival, told_apart: Values, known: KnownRow | None) -> None:
        table, key, values = arrival.table, arrival.key, arrival.values | told_apart
        try:
            self._book.insert(table, key, values)
        except (CannotStore, Clash):
            if not self._is_orphan(arrival):
                self.counts.waiting += self._conflicts.wait(table.name, key, arrival.fields)
            return
        clocks = arrival.clocks
        if known is not None:
            clocks[EXISTENCE] = self._ticked(joined(clocks[EXISTENCE], known.fields[EXISTENCE].clock))
        for name, code in told_apart.items():
            clocks[name] = self._ticked(clocks[name])
            self.counts.told_apart.append((str(arrival.values[name]), str(code)))
        self.counts.added += 1
        if UNCHANGED in values:
            self.counts.new_sheets[key] = bool(values[UNCHANGED])
        self._stands(arrival, key, clocks)
        self._note_later(table, key, values)

    def _is_orphan(self, arrival: _Arrival) -> bool:
        """Whether a row of a case names one that was deleted for good: it was written while the case was expunged."""
        named = {
            target: arrival.values.get(column)
            for column, target in arrival.table.references.items()
            if column in arrival.table.required
        }
        found = (self._look.known[target].get(str(key)) for target, key in named.items())
        return arrival.is_expunged and any(known is not None and known.gone for known in found)

    def _merge(self, row: StoredRow, arrival: _Arrival) -> None:
        table = arrival.table
        known = self._look.known[table.name][row.key]
        result = self._compared(row, known, arrival)
        if result.wanted and not self._change(table, row, result.wanted):
            result.open += [name for name in result.wanted if name not in table.quiet]
            result.clocks |= {name: known.fields[name].clock for name in result.wanted if name in known.fields}
        for name in result.open:
            self.counts.conflicts += self._conflicts.open(table, row, name, arrival.fields, self._sender)
        self._stands(arrival, row.key, result.clocks)
        self._conflicts.close_known(table.name, row.key, result.clocks)

    def _compared(self, row: StoredRow, known: KnownRow, arrival: _Arrival) -> _Result:
        """What becomes of each field that came in, held against the same field of the row that stands here."""
        table, result = arrival.table, _Result({name: state.clock for name, state in known.fields.items()})
        for name, (value, clock) in arrival.fields.items():
            mine = known.fields.get(name)
            found = Outcome.SAME
            if name != EXISTENCE and name not in table.once:
                theirs = FieldState(self._book.digest(table, row.key, name, value), clock)
                found = outcome(mine, theirs)
                if found is Outcome.MINE and _was_not_named(table, name, mine, theirs, row.values.get(name)):
                    self._later.append((table, row.key, {name: value}))
                if name in table.quiet:
                    found = _quietly(found, mine, theirs, row.values.get(name), value)
            if found is Outcome.THEIRS:
                result.wanted[name] = value
            if found is Outcome.BOTH_CHANGED:
                result.open.append(name)
            elif found is not Outcome.MINE:
                result.clocks[name] = joined(result.clocks.get(name, {}), clock)
        return result

    def _change(self, table: ExchangeTable, row: StoredRow, wanted: Values) -> bool:
        """Store fields of theirs; False where the schema lets none of them in, such as a second number."""
        told_apart = self._twins.told_apart(table, row, wanted)
        try:
            self._book.update(table, row, wanted | told_apart)
        except (CannotStore, Clash):
            return False
        self.counts.changed += 1
        self._note_later(table, row.key, wanted)
        return True

    def _take_away(self, arrival: _Arrival) -> None:
        known = self._look.known[arrival.table.name].get(arrival.key)
        if known is None or known.gone:
            self._is_gone(arrival, known)
            return
        mine: dict[str, FieldClock] = {name: state.clock for name, state in known.fields.items()}
        if includes(mine[EXISTENCE], arrival.clock(EXISTENCE)):
            return
        seen = all(includes(arrival.clock(name), clock) for name, clock in mine.items())
        if (seen or arrival.is_expunged) and self._deleted(arrival):
            self.counts.removed += 1
            self._is_gone(arrival, known)
            return
        back = self._ticked(joined(mine[EXISTENCE], arrival.clock(EXISTENCE)))
        self._stands(arrival, arrival.key, mine | {EXISTENCE: back})

    def _deleted(self, arrival: _Arrival) -> bool:
        try:
            self._book.delete(arrival.table, arrival.key)
        except Clash:  # something here still belongs to it
            return False
        return True

    # ----------------------------------------------------------------------------------------------------------------

    def _stands(self, arrival: _Arrival, key: str, clocks: Mapping[str, FieldClock]) -> None:
        """Remember a row as it is stored now, with the clock of each field."""
        row = self._book.one(arrival.table, key)
        digests = {} if row is None else self._look.digests(arrival.table, row)
        now = {self._look.sender: self._look.tick}
        states = {name: FieldState(digests.get(name, ABSENT), clocks.get(name) or now) for name in {*digests, *clocks}}
        same = states.keys() == arrival.fields.keys() and all(
            states[name].clock == clock and self._is_same(arrival.table, key, name, value, states[name])
            for name, (value, clock) in arrival.fields.items()
        )
        self._put(arrival.table, key, states, same=same)

    def _is_gone(self, arrival: _Arrival, known: KnownRow | None) -> None:
        mine = known.fields if known else {}
        clocks = {
            name: joined(mine[name].clock if name in mine else {}, arrival.clock(name))
            for name in {*mine, *arrival.fields}
        }
        states = {name: FieldState(GONE if name == EXISTENCE else ABSENT, clock) for name, clock in clocks.items()}
        self._put(arrival.table, arrival.key, states, same=clocks == arrival.clocks)

    def _put(self, table: ExchangeTable, key: str, states: dict[str, FieldState], *, same: bool) -> None:
        stood = self._look.known[table.name].get(key)
        if stood is not None and stood.fields == states:
            return
        self._look.known[table.name][key] = KnownRow(states, self._look.tick, self._sender if same else "")
        self.counts.touched.setdefault(table.name, set()).add(key)

    def _is_same(self, table: ExchangeTable, key: str, name: str, value: Any, state: FieldState) -> bool:
        return name == EXISTENCE or self._book.digest(table, key, name, value) == state.digest

    def _ticked(self, clock: FieldClock) -> dict[str, int]:
        return ticked(clock, self._look.sender, self._look.tick)

    def _standing_names(self, table: ExchangeTable, fields: Incoming) -> Incoming:
        """The fields with rows named as they are named here now."""
        names = self._book.names
        changed = {
            column: (names.standing(target, fields[column][0]), fields[column][1])
            for column, target in table.references.items()
            if column in fields and isinstance(fields[column][0], str)
        }
        return {**fields, **changed}

    def _note_later(self, table: ExchangeTable, key: str, values: Values) -> None:
        """Remember a row that names one which may still come, in this bundle."""
        waiting = {
            column: values[column]
            for column, target in table.references.items()
            if column in values
            and values[column] is not None
            and column not in table.required
            and self._book.names.id(target, values[column]) is None
        }
        if waiting:
            self._later.append((table, key, waiting))

    def _name_later(self) -> None:
        for table, key, waiting in self._later:
            row = self._book.one(table, key)
            found = {
                column: name
                for column, name in waiting.items()
                if self._book.names.id(table.references[column], name) is not None
            }
            if row is None or not found:
                continue
            self._book.update(table, row, found)
            known = self._look.known[table.name][key]
            fresh = self._book.one(table, key)
            digests = self._look.digests(table, fresh) if fresh else {}
            known.tick = self._look.tick
            for name in found:
                known.fields[name] = FieldState(digests.get(name, ABSENT), known.fields[name].clock)
        self._later.clear()


def _was_not_named(table: ExchangeTable, name: str, mine: FieldState | None, theirs: FieldState, value: Any) -> bool:
    """Whether a field is empty here only because what it refers to, such as a photo, had not come yet."""
    optional = name in table.references and name not in table.required
    return optional and value is None and mine is not None and mine.clock == theirs.clock


def _quietly(found: Outcome, mine: FieldState | None, theirs: FieldState, standing: Any, value: Any) -> Outcome:
    """The greater of two values that were changed apart, or that came together in two orders, so that all agree."""
    apart = found is Outcome.BOTH_CHANGED or (found is Outcome.MINE and mine is not None and mine.clock == theirs.clock)
    if not apart:
        return found
    return Outcome.THEIRS if dumps(value, canonical=True) > dumps(standing, canonical=True) else Outcome.SAME
