"""Takes a bundle in: whole or not at all, once, from a laptop that is known, and in an order that loses nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tlbb_desktop.data.models import ExchangeLaptop, ExchangeSent
from tlbb_desktop.data.schema import HEAD
from tlbb_desktop.documents.bundle_files import SignedBundle, payload_read
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.domain.exchange import BundleHead, TakenIn
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.bundle_keys import BundleKeys, signature_holds
from tlbb_desktop.security.certificate_keys import programme_id
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.backups import put_setting
from tlbb_desktop.services.exchange_conflicts import ConflictBook, seal_as_rows_are
from tlbb_desktop.services.exchange_invitations import (
    BeganWith,
    began_with,
    counts_for,
    newcomer,
    note_known,
    require_own,
)
from tlbb_desktop.services.exchange_laptops import own_laptop, refused_senders, used_letters
from tlbb_desktop.services.exchange_merging import Counts, Merger
from tlbb_desktop.services.exchange_sending import looked
from tlbb_desktop.services.exchange_settling import Settling
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.release_reading import ITEM_COMPARTMENTS

_CHANGED: Final = N_(
    "{name} was changed after it was written, or {sender} has new keys since. Nothing was changed here. Copy it again;"
    " if that does not help, take in the card of {sender}."
)
_TOUCHED_KINDS: Final = {"person": "person", "training_class": "class", "class_session": "class", "case_file": "case"}


@dataclass(frozen=True, slots=True, repr=False)
class Receiver:
    """Who takes in, into which record.

    Args:
        act: of the unit of work.
        holder: the open keys.
        cipher: seals the protected fields.
        trail: this laptop's audit chain.
    """

    act: Act
    holder: KeyHolder
    cipher: FieldCipher
    trail: AuditTrail

    def take(self, bundle: SignedBundle, name: str) -> TakenIn:
        """Take in a bundle.

        Args:
            bundle: as it was read.
            name: of the file, for sentences.

        Raises:
            Refused: it is of another programme, for another laptop, from one that is unknown or refused, from a newer
                program, or one before it is missing.
            BadFile: it was changed after it was written.
            NotPermitted: the actor does not hold every key.
        """
        own, keys = own_laptop(self.act.session, self.holder)
        head = bundle.head
        begun = began_with(self.act.session, own.sender)
        sender = self._known_sender(head, own, begun, name)
        if not signature_holds(sender.verify_key, bundle.signature, bundle.content):
            raise BadFile(_CHANGED, name=name, sender=sender.name)
        _require_schema(head, sender)
        series = ""
        if sender.head_office and head.receiver == own.sender:
            series = self._known_by(sender, begun, own, head)
        if head.number <= sender.received:
            return TakenIn(sender.name, head.number, repeated=True, series=series)
        if head.after > sender.received:
            raise Refused(
                N_(
                    "Bundle {number} of {sender} follows bundle {before}, but the last one taken in here is {received}."
                    " Nothing was changed. Take in bundle {before} first, or ask {sender} for a new one."
                ),
                number=head.number,
                sender=sender.name,
                before=head.after,
                received=sender.received,
            )
        addressed = keys if head.receiver == own.sender else BundleKeys(keys.bundle_key, head.receiver)
        opened = addressed.open(bundle.sealed)
        if opened is None:
            raise Refused(
                N_(
                    "{name} is sealed to keys that this laptop does not have any more. Nothing was changed."
                    " Give {sender} the card of this laptop, and ask for a new bundle."
                ),
                name=name,
                sender=sender.name,
            )
        return replace(self._merged(payload_read(opened, name), head, sender, own, keys), series=series)

    def _known_by(self, office: ExchangeLaptop, begun: BeganWith | None, own: ExchangeLaptop, head: BundleHead) -> str:
        """Head office knows this laptop by its own id; gives the letter of its numbers, where it is a new one.

        If it had to get to know it by its card, it counts its bundles anew, and may have given it another letter, as
        another laptop has that one.
        """
        if begun is not None and not begun.known:
            note_known(self.act.session, begun)
            office.received = min(office.received, head.number - 1)
        if own.head_office or head.series in ("", own.series):
            return ""
        letters = {*used_letters(self.act.session), head.series}
        self.act.record("series_changed", own.sender, f"{own.series} {head.series}")
        own.series = head.series
        put_setting(self.act.session, "series", head.series)
        put_setting(self.act.session, "series_used", "".join(sorted(letters)))
        return head.series

    def _known_sender(
        self, head: BundleHead, own: ExchangeLaptop, begun: BeganWith | None, name: str
    ) -> ExchangeLaptop:
        if head.programme != programme_id(self.holder.keys.keyring_id):
            raise Refused(N_("{name} comes from another programme. Nothing was changed."), name=name)
        if head.receiver not in _addresses(own, begun):
            require_own(begun, head, name)
            raise Refused(
                N_("{name} is for {receiver}, not for this laptop. Nothing was changed. Take it in there."),
                name=name,
                receiver=_name_of(self.act.session, head.receiver),
            )
        sender, refused = self.act.session.get(ExchangeLaptop, head.sender), refused_senders(self.act.session)
        if head.sender in refused or (sender is None and head.invitation in refused):
            raise Refused(
                N_("{name} comes from {sender}, a laptop that was lost or replaced. Nothing of it is taken in."),
                name=name,
                sender=_name_of(self.act.session, head.sender, head.invitation),
            )
        sender = sender or newcomer(self.act.session, head, name)
        if sender is None:
            raise Refused(
                N_(
                    "{name} comes from a laptop that is not known here. Nothing was changed."
                    " Take in the card of that laptop first."
                ),
                name=name,
            )
        return sender

    def _merged(
        self, payload: Any, head: BundleHead, sender: ExchangeLaptop, own: ExchangeLaptop, keys: BundleKeys
    ) -> TakenIn:
        look = looked(self.act, self.cipher, keys)
        conflicts = ConflictBook(self.act, self.cipher, look.book)
        whole = own.head_office or {str(each) for each in ITEM_COMPARTMENTS} <= set(json.loads(own.compartments))
        settling = Settling(self.act, self.cipher, look.book, has_all_items=whole)
        merger = Merger(look, sender.sender, conflicts)
        merger.follow((table, old, new) for table, old, new in payload["aliases"])
        waiting = list(conflicts.waiting())
        merger.take([*waiting, *((table, key, fields) for table, key, fields in payload["rows"])])
        merger.write_down()
        seal_as_rows_are(self.act, self.cipher, look.book)
        settling.settle(merger.counts.touched, merger.counts.new_sheets)
        cut, own_cut = self._audit_is_cut(head, sender)
        self._note(head, sender)
        if not cut:  # else the sender is told what it had
            sender.audit_seq, sender.audit_code = head.audit_seq, head.audit_code
        self._tell(merger.counts, sender, head, cut or own_cut)
        counts = merger.counts
        return TakenIn(
            sender=sender.name,
            number=head.number,
            added=counts.added,
            changed=counts.changed,
            removed=counts.removed,
            conflicts=counts.conflicts,
            waiting=counts.waiting,
            told_apart=tuple(counts.told_apart),
            audit_cut=cut,
            own_audit_cut=own_cut,
        )

    def _audit_is_cut(self, head: BundleHead, sender: ExchangeLaptop) -> tuple[bool, bool]:
        """Whether the sender's chain lost what it had, and whether ours did, by what either told the other before."""
        shorter = head.audit_seq < sender.audit_seq
        other = head.audit_seq == sender.audit_seq and sender.audit_seq > 0 and head.audit_code != sender.audit_code
        own = bool(head.heard_seq) and self.trail.code_at(self.act.connection, head.heard_seq) != head.heard_code
        return shorter or other, own

    def _note(self, head: BundleHead, sender: ExchangeLaptop) -> None:
        """Remember how far the exchange is: what was taken in, and what the sender has of ours."""
        sender.received, sender.received_at, sender.current_until = head.number, self.act.at, head.made_at
        sent = self.act.session.get(ExchangeSent, (sender.sender, head.confirms))
        counted = counts_for(self.act.session, head.confirms_as, sender.sender)
        if sent is not None and counted and head.confirms > sender.confirmed:
            sender.confirmed, sender.known_tick, sender.roots = head.confirms, sent.tick, sent.roots
            done = (ExchangeSent.sender == sender.sender, ExchangeSent.number <= head.confirms)
            self.act.session.execute(delete(ExchangeSent).where(*done))
        self.act.session.flush()

    def _tell(self, counts: Counts, sender: ExchangeLaptop, head: BundleHead, cut: bool) -> None:
        detail = f"number:{head.number} added:{counts.added} changed:{counts.changed} conflicts:{counts.conflicts}"
        self.act.record("bundle_taken", sender.sender, detail + (" audit_cut" if cut else ""))
        self.act.changed("exchange")
        for table, kind in _TOUCHED_KINDS.items():
            if table in counts.touched:
                self.act.changed(kind)


def _addresses(own: ExchangeLaptop, begun: BeganWith | None) -> tuple[str, ...]:
    """What a bundle for this laptop may be addressed to: until head office knows it, its invitation, too."""
    return (own.sender,) if begun is None or begun.known else (own.sender, begun.invitation)


def _require_schema(head: BundleHead, sender: ExchangeLaptop) -> None:
    if head.schema > HEAD:
        raise Refused(
            N_(
                "The bundle of {sender} was written by a newer TLBB Desktop. Nothing was changed."
                " Install the newer program here first."
            ),
            sender=sender.name,
        )


def _name_of(session: Session, sender: str, invitation: str = "") -> str:
    known = session.get(ExchangeLaptop, sender) or session.get(ExchangeLaptop, invitation)
    return known.name if known else sender
