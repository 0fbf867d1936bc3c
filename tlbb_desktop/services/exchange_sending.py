"""Puts a bundle together: every row that its receiver may have and does not have as it stands here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tlbb_desktop.data.exchange_tables import exchange_tables
from tlbb_desktop.data.models import ExchangeLaptop, ExchangeSent
from tlbb_desktop.data.repositories.exchange import ExchangeRows, KnownRow
from tlbb_desktop.data.schema import HEAD
from tlbb_desktop.documents.bundle_files import bundle_written
from tlbb_desktop.domain.exchange import BundleHead, Written
from tlbb_desktop.domain.field_clocks import EXISTENCE
from tlbb_desktop.security.bundle_keys import BundleKeys, seal
from tlbb_desktop.security.certificate_keys import programme_id
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.exchange_invitations import began_with, invitation_of
from tlbb_desktop.services.exchange_laptops import field_digests, laptop_of, own_laptop
from tlbb_desktop.services.exchange_looking import Look
from tlbb_desktop.services.exchange_reach import Reach, Roots
from tlbb_desktop.services.exchange_rows import RowBook
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act, Office

Row = tuple[str, str, dict[str, tuple[Any, Any]]]


@dataclass(frozen=True, slots=True, repr=False)
class Sender:
    """Who sends from which record.

    Args:
        act: of the unit of work.
        holder: the open keys.
        cipher: opens the protected fields.
        audit_head: number and code of the last event of this laptop's audit chain.
    """

    act: Act
    holder: KeyHolder
    cipher: FieldCipher
    audit_head: tuple[int, str]

    def bundle(self, receiver: ExchangeLaptop) -> tuple[bytes, Written]:
        """The next bundle for *receiver*, and that it was made; it is whole before any of it is written.

        It holds everything since the last bundle that the receiver confirmed, so that one which is lost, or that comes
        after a later one, is missed by nobody.

        Raises:
            NotPermitted: the actor does not hold every key.
        """
        own, keys = own_laptop(self.act.session, self.holder)
        look = looked(self.act, self.cipher, keys)
        reach = Reach(self.act.connection, laptop_of(receiver, frozenset()), self._ever_sent(receiver))
        rows, roots = _chosen(look, reach, receiver)
        receiver.sent += 1
        receiver.sent_at = self.act.at
        head = self._head(own, receiver)
        listed = json.dumps(sorted(roots))
        self.act.session.add(
            ExchangeSent(sender=receiver.sender, number=receiver.sent, tick=look.book.rows.last_tick(), roots=listed)
        )
        self.act.session.flush()
        aliases = [[table, old, new] for (table, old), new in look.book.names.aliases.items()]
        content = bundle_written(
            head, {"rows": rows, "aliases": aliases}, lambda plain: seal(receiver.receive_key, plain), keys.sign
        )
        return content, Written(receiver.sent, len(rows))

    def _ever_sent(self, receiver: ExchangeLaptop) -> Roots:
        """Of whom the receiver has something, or may have, whether it confirmed that or not."""
        unconfirmed = select(ExchangeSent.roots).where(ExchangeSent.sender == receiver.sender)
        listed = [receiver.roots, *self.act.session.scalars(unconfirmed)]
        return frozenset(root for roots in listed for root in json.loads(roots))

    def _head(self, own: ExchangeLaptop, receiver: ExchangeLaptop) -> BundleHead:
        seq, code = self.audit_head
        begun = began_with(self.act.session, own.sender)
        return BundleHead(
            programme=programme_id(self.holder.keys.keyring_id),
            sender=own.sender,
            receiver=receiver.sender,
            number=receiver.sent,
            after=receiver.confirmed,
            confirms=receiver.received,
            schema=HEAD,
            made_at=self.act.at,
            audit_seq=seq,
            audit_code=code,
            heard_seq=receiver.audit_seq,
            heard_code=receiver.audit_code,
            invitation=begun.invitation if begun else invitation_of(self.act.session, receiver.sender),
            introduction=begun.introduction if begun else "",
            series=receiver.series,
            confirms_as=begun.invitation if begun and not begun.known else own.sender,
        )


def next_bundle(act: Act, office: Office, holder: KeyHolder, receiver: ExchangeLaptop) -> tuple[bytes, Written]:
    """The next bundle for a laptop inside an act of a manager, written into the audit."""
    act.record("bundle_sent", receiver.sender, f"number:{receiver.sent + 1}")
    act.changed("exchange")
    return Sender(act, holder, office.cipher, office.trail.head(act.connection)).bundle(receiver)


def looked(act: Act, cipher: FieldCipher, keys: BundleKeys) -> Look:
    """The record as it stands now, every change of this laptop counted."""
    look = Look(RowBook(ExchangeRows(act.connection), cipher, field_digests(act.session, keys)), keys.sender)
    look.through_all()
    return look


def _chosen(look: Look, reach: Reach, receiver: ExchangeLaptop) -> tuple[list[Row], Roots]:
    had: Roots = frozenset(json.loads(receiver.roots))
    chosen: list[Row] = []
    reached: Roots = reach.lost
    for table in exchange_tables().values():
        known = look.known[table.name]
        for row in look.book.read(table):
            roots = reach.roots(table, row.raw)
            if roots is None:
                continue
            reached |= roots
            if _is_due(known[row.key], receiver, is_new=bool(roots - had)):
                chosen.append((table.name, row.key, _fields(known[row.key], row.values)))
        chosen += _gone(table.name, known, receiver)
    return chosen, reached


def _is_due(known: KnownRow, receiver: ExchangeLaptop, *, is_new: bool) -> bool:
    """Whether the receiver lacks a row as it stands; what came from there just like this it has."""
    return is_new or (known.tick > receiver.known_tick and known.origin != receiver.sender)


def _gone(table: str, known: dict[str, KnownRow], receiver: ExchangeLaptop) -> Iterator[Row]:
    for key, row in known.items():
        if row.gone and _is_due(row, receiver, is_new=False):
            yield table, key, {name: (_digest(name, row), state.clock) for name, state in row.fields.items()}


def _digest(name: str, row: KnownRow) -> str | None:
    return row.fields[name].digest if name == EXISTENCE else None


def _fields(known: KnownRow, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    found = {name: (values[name], state.clock) for name, state in known.fields.items() if name in values}
    state = known.fields[EXISTENCE]
    return found | {EXISTENCE: (state.digest, state.clock)}
