"""The laptops that this one knows, itself among them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.exchange_digests import lengthen_digests
from tlbb_desktop.data.models import ExchangeConflict, ExchangeLaptop, ExchangeSent
from tlbb_desktop.data.sealed_columns import DIGEST_KEY
from tlbb_desktop.documents.bundle_files import Card
from tlbb_desktop.domain.errors import NotFound, Refused, StorageDamaged
from tlbb_desktop.domain.exchange import HEAD_OFFICE, Decision, Laptop, LaptopStanding
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.bundle_keys import BundleKeys, kept, laptop_code, new_secret, unkept
from tlbb_desktop.security.certificate_keys import programme_id
from tlbb_desktop.security.field_digests import FieldDigests
from tlbb_desktop.services.backups import put_setting, setting
from tlbb_desktop.services.exchange_invitations import invited_letters
from tlbb_desktop.services.key_holder import KeyHolder

_OWN_BYTES: Final = "exchange_own_bytes"
REFUSED_SENDERS: Final = "refused_senders"
"""The setting that lists the ids of laptops that were lost; bundles from them are refused."""


def own_laptop(session: Session, holder: KeyHolder) -> tuple[ExchangeLaptop, BundleKeys]:
    """This laptop's row and keys, as its sender id and its keyring are now.

    After a restore it is another laptop: what the others confirmed to the old one does not count any more. While keys
    are being renewed it goes on under those that its record lies under.

    Raises:
        NotPermitted: the actor does not hold the ``signing`` set.
    """
    row = session.scalars(select(ExchangeLaptop).where(ExchangeLaptop.own)).one_or_none()
    keys = _own_keys(session, holder.record_keys.bundle_key, row.sender if row else "")
    series = str(setting(session, "series", ""))
    if row is None:
        row = ExchangeLaptop(name=HEAD_OFFICE, own=True, head_office=True)
    elif row.sender != keys.sender:
        _begin_anew(session)
    row.sender, row.series = keys.sender, series
    row.verify_key, row.receive_key = keys.verify_key, keys.receive_key
    session.add(row)
    session.flush()
    return row, keys


def note_own_secret(session: Session, keys: BundleKeys) -> None:
    """Keep the secret of this laptop's own beside the id that it belongs to."""
    put_setting(session, _OWN_BYTES, {"sender": keys.sender, "kept": kept(keys.bundle_key, keys.own)})


def field_digests(session: Session, keys: BundleKeys) -> FieldDigests:
    """What keeps the digests of protected fields from being guessed by who does not hold the ``signing`` set.

    They outlive a change of keys and a restore: what nobody changed must not look changed by either.

    Raises:
        StorageDamaged: the keys of the digests do not open; they are never made a second time.
    """
    secret = unkept(keys.bundle_key, str(setting(session, DIGEST_KEY, "")))
    if secret is None:
        raise StorageDamaged
    return FieldDigests.from_bytes(secret)


def _own_keys(session: Session, bundle_key: bytes, known_as: str) -> BundleKeys:
    """The keys of this laptop, which exchanged under the id *known_as* last, or under none (``""``)."""
    keys = BundleKeys(bundle_key, str(setting(session, "sender", "")))
    if setting(session, DIGEST_KEY, None) is None:
        first = replace(keys, sender=known_as or keys.sender).first_digest_key
        digests = FieldDigests((first,)).with_further_key()
        lengthen_digests(driver_connection(session.connection()).execute, digests.lengthened)
        put_setting(session, DIGEST_KEY, kept(bundle_key, digests.to_bytes()))
    stored = setting(session, _OWN_BYTES, None)
    if stored is None and known_as == keys.sender:
        return keys  # the others know it so from a program that made no secrets
    secret = unkept(bundle_key, stored["kept"]) if stored and stored["sender"] == keys.sender else None
    keys = replace(keys, own=secret or new_secret())
    if secret is None:
        note_own_secret(session, keys)
    return keys


def _begin_anew(session: Session) -> None:
    session.execute(delete(ExchangeSent))
    for other in session.scalars(select(ExchangeLaptop).where(~ExchangeLaptop.own)):
        other.sent = other.confirmed = other.received = other.known_tick = 0
        other.roots = out_of_sight(other.roots)


def other_laptop(session: Session, name: str) -> ExchangeLaptop:
    """Another laptop by its name, in any case.

    Raises:
        NotFound: no laptop is called so, or it is this one.
    """
    wanted = select(ExchangeLaptop).where(func.lower(ExchangeLaptop.name) == name.lower(), ~ExchangeLaptop.own)
    row = session.scalars(wanted).one_or_none()
    if row is None:
        raise NotFound(N_("No other laptop is called {name}. Nothing was changed."), name=name)
    return row


def require_free_name(session: Session, name: str, sender: str = "") -> None:
    """Raise Refused where another laptop is called *name* already."""
    if not name:
        raise Refused(N_("Give the laptop a name, such as the code of its prison."), place="name")
    taken = select(ExchangeLaptop.sender).where(func.lower(ExchangeLaptop.name) == name.lower())
    if session.scalars(taken).first() not in (None, sender):
        raise Refused(N_("Another laptop is called {name} already. Give it another name."), place="name", name=name)


def used_letters(session: Session) -> str:
    """The letters of number series that this programme had, on any laptop that is known here."""
    letters = {*str(setting(session, "series_used", "")), *session.scalars(select(ExchangeLaptop.series))}
    letters |= invited_letters(session)
    return "".join(sorted(filter(None, letters)))


def refused_senders(session: Session) -> frozenset[str]:
    """Ids of laptops from which nothing is taken in any more."""
    listed = setting(session, REFUSED_SENDERS, [])
    return frozenset(map(str, listed)) if isinstance(listed, list) else frozenset()


def card_of(row: ExchangeLaptop, holder: KeyHolder) -> Card:
    """What another laptop needs to know of one."""
    programme = programme_id(holder.keys.keyring_id)
    return Card(programme, row.sender, row.name, row.series, row.verify_key, row.receive_key)


def row_of_card(card: Card) -> ExchangeLaptop:
    """A row for a laptop that is got to know."""
    return ExchangeLaptop(
        sender=card.sender,
        name=card.name,
        series=card.series,
        verify_key=card.verify_key,
        receive_key=card.receive_key,
    )


def code_of(row: Any) -> str:
    """The digits and letters that stand for a laptop and its public keys."""
    return laptop_code(row.sender, row.verify_key, row.receive_key)


def laptop_of(row: ExchangeLaptop, refused: frozenset[str]) -> Laptop:
    """A laptop as a reader sees it."""
    return Laptop(
        sender=row.sender,
        name=row.name,
        own=row.own,
        head_office=row.head_office,
        series=row.series,
        prisons=tuple(json.loads(row.prisons)),
        compartments=frozenset(json.loads(row.compartments)),
        staff=tuple(json.loads(row.staff)),
        refused=row.sender in refused,
        code=code_of(row),
    )


def standings(session: Session, invited: frozenset[str]) -> tuple[LaptopStanding, ...]:
    """Every laptop that is known, this one first, with how far the exchange with it is; *invited* have not begun."""
    refused = refused_senders(session)
    waiting = (
        select(ExchangeConflict.sender, func.count().label("open"))
        .where(ExchangeConflict.decision == Decision.OPEN)
        .group_by(ExchangeConflict.sender)
    )
    conflicts: dict[str, int] = {row.sender: row.open for row in session.execute(waiting)}
    rows = session.scalars(select(ExchangeLaptop).order_by(~ExchangeLaptop.own, ExchangeLaptop.name))
    return tuple(
        LaptopStanding(
            laptop=laptop_of(row, refused),
            sent=row.sent,
            confirmed=row.confirmed,
            received=row.received,
            sent_at=row.sent_at,
            received_at=row.received_at,
            current_until=row.current_until,
            open_conflicts=conflicts.get(row.sender, 0),
            invited=row.sender in invited,
        )
        for row in rows
    )


def limited(row: ExchangeLaptop, laptop: Laptop) -> None:
    """Store what may go to a laptop. What is new to it goes whole with the next bundle."""
    row.prisons = json.dumps(list(laptop.prisons))
    row.compartments = json.dumps(sorted(laptop.compartments))
    row.staff = json.dumps(sorted(laptop.staff))
    row.known_tick, row.roots = 0, out_of_sight(row.roots)


def out_of_sight(roots: str) -> str:
    """Roots of a laptop to which everything goes anew: of them only whose case it had, so that it hears of its end."""
    return json.dumps(sorted({f"L:{root[2:]}" for root in json.loads(roots) if root[0] in "PL"}))


def sites_until(
    connection: Connection, prisons: frozenset[str] | None = None
) -> tuple[tuple[str, datetime | None], ...]:
    """Name of each other laptop that works at one of *prisons* (None = any), and until when its record is here."""
    rows = connection.execute(
        select(ExchangeLaptop.name, ExchangeLaptop.prisons, ExchangeLaptop.current_until)
        .where(~ExchangeLaptop.own, ~ExchangeLaptop.head_office)
        .order_by(ExchangeLaptop.name)
    )
    return tuple(
        (row.name, row.current_until) for row in rows if prisons is None or prisons & set(json.loads(row.prisons))
    )
