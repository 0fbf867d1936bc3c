"""Shows both values of a field that was changed on both sides, and lets one of them stand."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import select

from tlbb_desktop.data.exchange_tables import ExchangeTable, exchange_tables
from tlbb_desktop.data.models import ExchangeConflict, ExchangeLaptop, Staff
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.data.repositories.exchange import Clash, ExchangeRows, KnownRow
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.exchange import Conflict, ConflictForm, Decision, Side
from tlbb_desktop.domain.field_clocks import FieldState, joined, ticked
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.bundle_keys import BundleKeys
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.exchange_conflicts import packed, seal_as_rows_are, unpacked
from tlbb_desktop.services.exchange_laptops import field_digests
from tlbb_desktop.services.exchange_looking import Look
from tlbb_desktop.services.exchange_naming import Naming
from tlbb_desktop.services.exchange_rows import CannotStore, RowBook, StoredRow
from tlbb_desktop.services.exchange_settling import Settling
from tlbb_desktop.services.exchange_values import TypedValues
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.sealed_forms import CONFLICT


class Decisions:
    """Reads and closes conflicts inside one act.

    Args:
        act: of the unit of work.
        cipher: opens and seals what is kept.
        keys: of this laptop's bundles.
    """

    def __init__(self, act: Act, cipher: FieldCipher, keys: BundleKeys) -> None:
        self._act, self._cipher, self._keys = act, cipher, keys
        self._book = RowBook(ExchangeRows(act.connection), cipher, field_digests(act.session, keys))
        self._naming = Naming(act.session, self._book)
        self._values = TypedValues(self._naming)

    def open_ones(self, reason: ReadReason | None) -> tuple[Conflict, ...]:
        """What waits, the oldest first. That protected values were shown is written into the audit."""
        seal_as_rows_are(self._act, self._cipher, self._book)
        wanted = (
            select(ExchangeConflict).where(ExchangeConflict.decision == Decision.OPEN).order_by(ExchangeConflict.id)
        )
        rows = list(self._act.session.scalars(wanted))
        names = {laptop.sender: laptop.name for laptop in self._act.session.scalars(select(ExchangeLaptop))}
        for row in rows:
            self._note_read(row, reason)
        return tuple(self._shown(row, names.get(row.sender, row.sender), reason) for row in rows)

    def decide(self, conflict: ExchangeConflict, decision: Decision, reason: ReadReason | None) -> None:
        """Let the value of this laptop or of the other one stand; both are kept, with who decided and when.

        Raises:
            Refused: a reason is needed, or the value cannot stand here.
        """
        seal_as_rows_are(self._act, self._cipher, self._book)
        if conflict.compartment == Compartment.COUNSELLING and reason is None:
            raise Refused(N_("This is sealed. Say why you read it, then decide."))
        table = exchange_tables()[conflict.table_name]
        look = Look(self._book, self._keys.sender)
        look.through(table)
        row, known = self._book.one(table, conflict.row_key), look.known[table.name].get(conflict.row_key)
        if row is None or known is None:
            raise Refused(N_("The record that this belongs to is not here any more."))
        form: ConflictForm = CONFLICT.open(self._cipher, conflict)
        if decision is Decision.THEIRS:
            self._let_theirs_stand(table, row, conflict.field, unpacked(form.theirs))
        self._count_up(look, table, conflict, known)
        kept = replace(form, mine=packed(row.values.get(conflict.field)))
        conflict.decision, conflict.decided_at, conflict.decided_by = decision, self._act.at, self._act.actor.staff_id
        CONFLICT.change(self._act, self._cipher, conflict, kept, conflict.version)
        subject = f"{conflict.table_name}:{conflict.row_key}"
        seal_as_rows_are(self._act, self._cipher, self._book)
        self._act.record("conflict_decided", subject, f"{conflict.field} {decision} reason:{reason or ''}")
        self._act.changed("exchange")

    # ----------------------------------------------------------------------------------------------------------------

    def _let_theirs_stand(self, table: ExchangeTable, row: StoredRow, field: str, value: Any) -> None:
        settling = Settling(self._act, self._cipher, self._book, has_all_items=False)
        try:
            self._book.update(table, row, {field: value})
        except (CannotStore, Clash) as error:
            raise Refused(
                N_(
                    "What the other laptop has cannot stand here, such as a second number for one certificate."
                    " Nothing was changed. Let this laptop's stand, and withdraw the other on that laptop."
                )
            ) from error
        settling.settle({table.name: {row.key}}, {})

    def _count_up(self, look: Look, table: ExchangeTable, conflict: ExchangeConflict, known: KnownRow) -> None:
        """The decision comes after both changes, and so replaces either wherever it arrives."""
        state, row = known.fields.get(conflict.field), self._book.one(table, conflict.row_key)
        clock = joined(state.clock if state else {}, json.loads(conflict.clock))
        digest = look.digests(table, row).get(conflict.field, "") if row else ""
        decided = FieldState(digest, ticked(clock, look.sender, look.tick))
        known = KnownRow(known.fields | {conflict.field: decided}, look.tick)
        self._book.rows.put_known(table.name, [(conflict.row_key, known)])

    def _note_read(self, row: ExchangeConflict, reason: ReadReason | None) -> None:
        subject = f"{row.table_name}:{row.row_key}"
        if row.compartment == Compartment.COUNSELLING:
            if reason is not None:
                self._act.record("break_glass", subject, f"{row.field} reason:{reason}")
        elif row.compartment != Compartment.DB:
            self._act.record("protected_read", subject, row.field)

    def _shown(self, conflict: ExchangeConflict, sender: str, reason: ReadReason | None) -> Conflict:
        table = exchange_tables()[conflict.table_name]
        row = self._book.one(table, conflict.row_key)
        mine = theirs = which = None
        if conflict.compartment != Compartment.COUNSELLING or reason is not None:
            form: ConflictForm = CONFLICT.open(self._cipher, conflict)
            values, typed = row.values if row else {}, partial(self._values.of, table, conflict.field)
            theirs = self._side(typed(unpacked(form.theirs), values), form.their_name, form.their_at)
            mine = self._side(typed(values.get(conflict.field), values), form.my_name, form.my_at)
            which = self._values.which(table, values)
        return Conflict(
            id=conflict.id,
            table=conflict.table_name,
            field="" if mine is None else conflict.field,
            about=self._naming.about(table, row),
            sender=sender,
            compartment=conflict.compartment,
            mine=mine,
            theirs=theirs,
            found_at=conflict.created_at,
            which=which,
        )

    def _side(self, value: Any, key: str, at: int) -> Side:
        return Side(value, self._staff(key), from_milliseconds(at) if at else None)

    def _staff(self, key: str) -> str:
        found = (
            self._act.session.scalars(select(Staff.name).where(Staff.uuid == bytes.fromhex(key))).first() if key else ""
        )
        return found or ""
