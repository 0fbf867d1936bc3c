"""A further laptop of the programme: head office invites it, and with the invitation it begins."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tlbb_desktop.data.engine import open_engine
from tlbb_desktop.data.models import ExchangeLaptop, Staff
from tlbb_desktop.data.schema import HEAD, migrate
from tlbb_desktop.data.store import Store
from tlbb_desktop.documents.bundle_files import (
    Invitation,
    bundle_read,
    invitation_read,
    invitation_written,
    read_bytes,
)
from tlbb_desktop.domain.actors import Actor
from tlbb_desktop.domain.clock import Clock, SystemClock
from tlbb_desktop.domain.errors import BadFile, NotPermitted, Refused, TlbbError
from tlbb_desktop.domain.exchange import Laptop, TakenIn
from tlbb_desktop.domain.staff import MemberTile, Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.bundle_keys import BundleKeys, new_secret
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.keyring import Keyring
from tlbb_desktop.security.keyring_file import KeyringFile
from tlbb_desktop.security.membership import keyring_for_laptop
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.security.unlocked import UnlockedKeys
from tlbb_desktop.services.audit_trail import AuditTrail
from tlbb_desktop.services.backups import put_setting, setting
from tlbb_desktop.services.exchange import wanted_laptop
from tlbb_desktop.services.exchange_invitations import begin, note_invited, unanswered, withdraw
from tlbb_desktop.services.exchange_laptops import (
    laptop_of,
    limited,
    note_own_secret,
    own_laptop,
    require_free_name,
    used_letters,
)
from tlbb_desktop.services.exchange_receiving import Receiver
from tlbb_desktop.services.exchange_sending import next_bundle
from tlbb_desktop.services.founding import founding
from tlbb_desktop.services.home import Home
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.membership_record import agree_with_keyring
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.seeds import new_sender, new_series_letter
from tlbb_desktop.services.whole_file import require_place, write_whole
from tlbb_desktop.services.window_memory import WindowMemory, keep_memory

_SETTINGS: Final = ("language", "demonstration")


@dataclass(frozen=True, slots=True)
class FurtherLaptop:
    """What a manager says of a laptop that is to join.

    Args:
        name: what it is called, such as ``SR``.
        prisons: codes of the prisons whose record goes there; at least one.
        usernames: who works there; the manager who invites always may.
    """

    name: str
    prisons: tuple[str, ...]
    usernames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A laptop that joined: its name, and what the first bundle brought."""

    name: str
    taken: TakenIn


class InvitationService:
    """Invites further laptops.

    Args:
        office: who acts on which record.
        holder: the open keys.
    """

    def __init__(self, office: Office, holder: KeyHolder) -> None:
        self._office, self._holder = office, holder

    def invite(self, wish: FurtherLaptop, path: Path) -> Laptop:
        """Register a further laptop and write the file that it begins with.

        It holds a keyring for those who work there, over keys of its own, with the passphrases that they have, and the
        record of its prisons sealed to it. A manager's passphrase opens it. A laptop from which nothing came yet may be
        invited again: the older invitation does not count any more.

        Raises:
            NotFound: no prison or nobody is called so.
            StorageFull: the medium has no room; the name stays free.
            Refused: the name is taken, no prison is named, the keys are being renewed, or the file cannot be written.
        """
        self._office.permit(Action.EXCHANGE)
        require_place(path)
        if not wish.prisons:
            raise Refused(N_("Name the prison whose record goes to the laptop."), place="prison")
        with self._office.act(Action.EXCHANGE) as act:
            if self._holder.rekey_due:
                raise Refused(
                    N_("The keys of this laptop are being renewed. Log in again when nobody else works here.")
                )
            row, keyring, keys = self._registered(act, wish)
            bundle, _written = next_bundle(act, self._office, self._holder, row)
            facts = self._facts(act.session, row, keyring)
            content = invitation_written(facts, keys.joining_mac, bundle)
            laptop = laptop_of(row, frozenset())
        try:
            write_whole(path, content, secret=True)
        except BaseException:
            self._take_back(laptop.sender)
            raise
        return laptop

    def _take_back(self, invitation: str) -> None:
        """Nobody can begin with a file that is not there; if even this fails, the name may still be invited again."""
        with suppress(TlbbError), self._office.act(Action.EXCHANGE) as act:
            withdraw(act.session, invitation)
            act.record("laptop_uninvited", invitation)
            act.changed("exchange")

    def _registered(self, act: Act, wish: FurtherLaptop) -> tuple[ExchangeLaptop, Keyring, BundleKeys]:
        own_laptop(act.session, self._holder)
        self._withdraw_older(act.session, wish.name.strip())
        require_free_name(act.session, wish.name.strip())
        names = frozenset(wish.usernames) | {act.actor.username}
        sender, series = new_sender(), new_series_letter(used_letters(act.session))
        keyring, keys = keyring_for_laptop(self._holder.keyring(), self._holder.keys, names)
        bundle_keys = BundleKeys(keys.bundle_key, sender)
        row = ExchangeLaptop(
            sender=sender,
            name=wish.name.strip(),
            series=series,
            verify_key=bundle_keys.verify_key,
            receive_key=bundle_keys.receive_key,
        )
        act.session.add(row)
        act.session.flush()
        limited(row, wanted_laptop(act.session, laptop_of(row, frozenset()), wish.prisons, names))
        act.session.flush()
        note_invited(act.session, row)
        act.record("laptop_invited", sender, f"{row.name} {row.prisons}")
        return row, keyring, bundle_keys

    @staticmethod
    def _withdraw_older(session: Session, name: str) -> None:
        wanted = select(ExchangeLaptop.sender).where(func.lower(ExchangeLaptop.name) == name.lower())
        for sender in frozenset(session.scalars(wanted)) & unanswered(session):
            withdraw(session, sender)

    def _facts(self, session: Session, row: ExchangeLaptop, keyring: Keyring) -> dict[str, Any]:
        own = session.scalars(select(ExchangeLaptop).where(ExchangeLaptop.own)).one()
        return {
            "schema": HEAD,
            "keyring": keyring.to_json(),
            "laptops": [_plain(own, own=False), _plain(row, own=True)],
            "settings": {name: setting(session, name, None) for name in _SETTINGS},
            "letters": used_letters(session),
        }


def invited(path: Path) -> tuple[str, tuple[MemberTile, ...]]:
    """What the wizard shows of an invitation: the name of the laptop, and the managers who may open it.

    Raises:
        BadFile: it is no invitation.
        Refused: it was written by a newer program.
    """
    invitation = invitation_read(read_bytes(path), path.name)
    keyring = _keyring(invitation, path.name)
    managers = tuple(tile for tile in keyring.tiles() if tile.role is Role.MANAGER)
    return str(_own(invitation)["name"]), managers


def join(path: Path, home: Home, username: str, passphrase: str, clock: Clock | None = None) -> Joined:
    """Begin on a further laptop with an invitation; the programme is there whole or not at all.

    Args:
        path: of the invitation.
        home: an empty home.
        username: a manager who may work on the new laptop.
        passphrase: theirs, as on the laptop that invites.
        clock: where the time comes from.

    Raises:
        BadFile: it is no invitation, or was changed after it was written.
        WrongPassphrase: unknown name or wrong passphrase.
        NotPermitted: the member is no manager.
        Refused: the home is not empty or lies where data is lost, or the file comes from a newer program.
    """
    clock = clock or SystemClock()
    home.require_empty()
    invitation = invitation_read(read_bytes(path), path.name)
    keyring = _keyring(invitation, path.name)
    keys = keyring.unlock(username, passphrase)
    if keys.role is not Role.MANAGER:
        raise NotPermitted
    own = _own(invitation)
    bundle_keys = BundleKeys(keys.bundle_key, str(own["sender"]))
    if not compare_digest(invitation.mac, bundle_keys.joining_mac(invitation.content)):
        raise BadFile(
            N_(
                "{name} was changed after it was written. Nothing was changed here. Copy it again, or ask for it again."
            ),
            name=path.name,
        )
    with founding(home) as hidden:
        KeyringFile(hidden.path).save(keyring, replaces=None)
        store = Store(open_engine(hidden.database, keys.db_key, keys.db_salt))
        try:
            migrate(store.engine)
            taken = _begun(store, hidden, keyring, keys, invitation, path.name, clock)
        finally:
            store.close()
    if not home.window_memory.exists():
        keep_memory(home, WindowMemory(language=str(invitation.facts["settings"].get("language") or "km")))
    return Joined(str(own["name"]), taken)


def _begun(
    store: Store, home: Home, keyring: Keyring, keys: UnlockedKeys, invitation: Invitation, name: str, clock: Clock
) -> TakenIn:
    trail = AuditTrail(keys.audit_key)
    invited_keys = BundleKeys(keys.bundle_key, str(_own(invitation)["sender"]))
    own_keys = BundleKeys(keys.bundle_key, new_sender(), new_secret())
    with store.write() as session:
        _plant(session, invitation, own_keys)
        note_own_secret(session, own_keys)
        begin(session, invited_keys, own_keys)
        agree_with_keyring(session, keyring, clock.now())
        staff = session.scalars(select(Staff.id).where(Staff.uuid == UUID(keys.user).bytes)).one()
    actor = Actor(staff, keys.username, keys.role, keys.admin_duty, frozenset())
    office = Office(store, FieldCipher(keys), trail, actor, clock)
    with office.own_act() as act:  # whoever opened the invitation is a manager
        act.record("laptop_joined", own_keys.sender, f"invitation:{invited_keys.sender}")
        holder = KeyHolder(home, keys, keys)
        return Receiver(act, holder, office.cipher, trail).take(bundle_read(invitation.bundle, name), name)


def _plant(session: Session, invitation: Invitation, keys: BundleKeys) -> None:
    """The laptop's own settings, itself and the one that invited it; everything else comes with the bundle."""
    own = _own(invitation)
    settings = invitation.facts["settings"] | {
        "prison": json.loads(own["prisons"])[0],
        "series": own["series"],
        "series_used": invitation.facts.get("letters", own["series"]),
        "sender": keys.sender,
    }
    for name, value in settings.items():
        put_setting(session, name, value)
    for plain in invitation.facts["laptops"]:
        public = {part: b64decode(plain[part]) for part in ("verify_key", "receive_key")}
        session.add(ExchangeLaptop(**plain | public | (_public(keys) if plain["own"] else {})))
    session.flush()


def _public(keys: BundleKeys) -> dict[str, Any]:
    return {"sender": keys.sender, "verify_key": keys.verify_key, "receive_key": keys.receive_key}


def _plain(row: ExchangeLaptop, *, own: bool) -> dict[str, Any]:
    return {
        "sender": row.sender,
        "name": row.name,
        "own": own,
        "head_office": not own,
        "series": row.series,
        "verify_key": b64encode(row.verify_key).decode("ascii"),
        "receive_key": b64encode(row.receive_key).decode("ascii"),
        "prisons": row.prisons,
        "compartments": row.compartments,
        "staff": row.staff,
    }


def _own(invitation: Invitation) -> dict[str, Any]:
    return next(plain for plain in invitation.facts["laptops"] if plain["own"])


def _keyring(invitation: Invitation, name: str) -> Keyring:
    if str(invitation.facts.get("schema", "")) > HEAD:
        raise Refused(
            N_(
                "{name} was written by a newer TLBB Desktop. Nothing was changed. Install the newer program here first."
            ),
            name=name,
        )
    return Keyring.from_json(invitation.facts["keyring"])
