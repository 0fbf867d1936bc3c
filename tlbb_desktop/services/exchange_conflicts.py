"""What a person has to decide: fields that were changed on both sides, kept sealed like the fields themselves."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from typing import Any, Final

import cbor2
from sqlalchemy import select

from tlbb_desktop.data.exchange_tables import ExchangeTable, exchange_tables
from tlbb_desktop.data.models import ExchangeConflict
from tlbb_desktop.domain.exchange import ConflictForm, Decision
from tlbb_desktop.domain.field_clocks import FieldClock, includes
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.exchange_rows import RowBook, StoredRow
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.sealed_forms import CONFLICT

WHOLE_ROW: Final = "*"
Incoming = Mapping[str, tuple[Any, FieldClock]]


class ConflictBook:
    """Opens and closes conflicts inside one act.

    Args:
        act: of the unit of work.
        cipher: seals what is kept.
        book: reads the rows.
    """

    def __init__(self, act: Act, cipher: FieldCipher, book: RowBook) -> None:
        self._act, self._cipher, self._book = act, cipher, book
        found = act.session.scalars(select(ExchangeConflict).where(ExchangeConflict.decision == Decision.OPEN))
        self._waiting: set[tuple[str, str, str]] = set()
        self._open = {(row.table_name, row.row_key, row.field, row.sender): row for row in found}

    def open(self, table: ExchangeTable, row: StoredRow, name: str, fields: Incoming, sender: str) -> int:
        """Keep theirs of a field beside what stands here; gives how many conflicts are new, 0 or 1."""
        value, clock = fields[name]
        place = (table.name, row.key, name, sender)
        my_name, my_at = _who(row.values)
        their_name, their_at = _who({each: fields[each][0] for each in fields})
        mine, theirs = packed(row.values.get(name)), packed(value)
        form = ConflictForm(mine, theirs, my_name, my_at, their_name, their_at)
        standing = self._open.get(place)
        arriving = {each: fields[each][0] for each in fields} if table.own_compartment in fields else row.values
        compartment = _stricter(self._book.compartment(table, row.raw), self._book.compartment(table, arriving))
        if standing is not None:
            compartment = _stricter(standing.compartment, compartment)
            if json.loads(standing.clock) != dict(clock) or standing.compartment != compartment:
                standing.clock, standing.compartment = json.dumps(dict(clock)), compartment
                CONFLICT.change(self._act, self._cipher, standing, form, standing.version)
            return 0
        self._open[place] = self._add(place, compartment, clock, form, Decision.OPEN)
        return 1

    def close_known(self, table: str, key: str, clocks: Mapping[str, FieldClock]) -> None:
        """Close what was decided on another laptop: the field as it came in has taken in what waited here."""
        for place, row in list(self._open.items()):
            if place[:2] == (table, key) and includes(clocks.get(row.field, {}), json.loads(row.clock)):
                row.decision, row.decided_at = Decision.ELSEWHERE, self._act.at
                self._act.session.flush()
                del self._open[place]

    def wait(self, table: str, key: str, fields: Incoming) -> int:
        """Keep a row that cannot stand here yet, and try it again with the next bundle; gives how many are new, 0 or 1.

        One that waits and comes again, as nobody confirmed it, waits once.
        """
        described = exchange_tables()[table]
        values = {name: value for name, (value, _clock) in fields.items()}
        form = ConflictForm(theirs=packed({name: list(each) for name, each in fields.items()}))
        if (table, key, form.theirs) in self._waiting:
            return 0
        self._waiting.add((table, key, form.theirs))
        place = (table, key, WHOLE_ROW, "")
        self._add(place, self._book.compartment(described, values), {}, form, Decision.WAITING)
        return 1

    def waiting(self) -> Iterator[tuple[str, str, Incoming]]:
        """The rows that wait, taken out of the book."""
        wanted = select(ExchangeConflict).where(ExchangeConflict.decision == Decision.WAITING)
        for row in list(self._act.session.scalars(wanted)):
            fields = unpacked(CONFLICT.open(self._cipher, row).theirs)
            self._act.session.delete(row)
            self._act.session.flush()
            yield row.table_name, row.row_key, {name: (value, clock) for name, (value, clock) in fields.items()}

    def follow(self, table: str, old: str, new: str) -> None:
        """Let conflicts of a row that has another name follow it."""
        for place, row in list(self._open.items()):
            if place[:2] == (table, old):
                row.row_key = new
                self._open[table, new, *place[2:]] = self._open.pop(place)

    def _add(
        self,
        place: tuple[str, str, str, str],
        compartment: str,
        clock: FieldClock,
        form: ConflictForm,
        decision: Decision,
    ) -> ExchangeConflict:
        table, key, name, sender = place
        row = ExchangeConflict(
            table_name=table,
            row_key=key,
            field=name,
            sender=sender,
            clock=json.dumps(dict(clock)),
            compartment=compartment,
            decision=decision,
        )
        CONFLICT.add(self._act, self._cipher, row, form)
        return row


def seal_as_rows_are(act: Act, cipher: FieldCipher, book: RowBook) -> None:
    """Seal what is kept of rows that became counselling, such as a note that its author restricted, as these are."""
    tables = {name: table for name, table in exchange_tables().items() if table.own_compartment}
    wanted = select(ExchangeConflict).where(
        ExchangeConflict.table_name.in_(tables),
        ExchangeConflict.compartment != Compartment.COUNSELLING,
        ExchangeConflict.decision != Decision.WAITING,
    )
    for kept in list(act.session.scalars(wanted)):
        table = tables[kept.table_name]
        raw = book.raw(table, kept.row_key)
        if raw is not None and book.compartment(table, raw) == Compartment.COUNSELLING:
            form = CONFLICT.open(cipher, kept)
            kept.compartment = Compartment.COUNSELLING
            CONFLICT.change(act, cipher, kept, form, kept.version)


def packed(value: Any) -> str:
    """Any value of a field as text."""
    return b64encode(cbor2.dumps(value)).decode("ascii")


def unpacked(text: str) -> Any:
    """What :func:`packed` made a text of."""
    return cbor2.loads(b64decode(text))


def _stricter(one: str, other: str) -> str:
    """Of two compartments that a row has on two sides; counselling is read with a reason only, wherever it stands."""
    return Compartment.COUNSELLING.value if Compartment.COUNSELLING in (one, other) else one


def _who(values: Mapping[str, Any]) -> tuple[str, int]:
    """Who wrote a row last, as a UUID, and when in milliseconds."""
    at, by = values.get("changed_at") or values.get("marked_at") or (0, "")
    return by or "", at or 0
