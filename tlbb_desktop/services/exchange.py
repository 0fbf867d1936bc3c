"""Two laptops, one programme: bundles that go between them on a stick, and what a person decides when both differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from tlbb_desktop.data.models import ExchangeConflict, ExchangeLaptop, Prison, Staff
from tlbb_desktop.documents.bundle_files import bundle_read, card_read, card_written, read_bytes
from tlbb_desktop.domain.errors import NotFound, Refused
from tlbb_desktop.domain.exchange import Conflict, CurrentUntil, Decision, Laptop, LaptopStanding, TakenIn, Written
from tlbb_desktop.domain.read_reasons import ReadReason
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.certificate_keys import programme_id
from tlbb_desktop.security.compartments import FIELD_COMPARTMENTS, compartments_of
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.exchange_decisions import Decisions
from tlbb_desktop.services.exchange_invitations import take_place_of_invitation, unanswered
from tlbb_desktop.services.exchange_laptops import (
    card_of,
    code_of,
    laptop_of,
    limited,
    other_laptop,
    own_laptop,
    refused_senders,
    require_free_name,
    row_of_card,
    sites_until,
    standings,
    used_letters,
)
from tlbb_desktop.services.exchange_receiving import Receiver
from tlbb_desktop.services.exchange_sending import next_bundle
from tlbb_desktop.services.key_holder import KeyHolder
from tlbb_desktop.services.office import Act, Office
from tlbb_desktop.services.seeds import new_series_letter
from tlbb_desktop.services.whole_file import require_place, write_whole

_CODE_DIGITS: Final = "0123456789ABCDEF"


class ExchangeService:
    """Sends and takes in bundles, keeps the list of laptops, and decides what was changed on both sides.

    Only managers do any of it: their keys open every compartment, and the keys of bundles lie in the ``signing`` set.

    Args:
        office: who acts on which record.
        holder: the open keys.
    """

    def __init__(self, office: Office, holder: KeyHolder) -> None:
        self._office, self._holder = office, holder

    def status(self) -> tuple[LaptopStanding, ...]:
        """Every laptop that is known, this one first, and how far the exchange with it is."""
        with self._office.act(Action.EXCHANGE, enters=False) as act:
            own_laptop(act.session, self._holder)
            return standings(act.session, unanswered(act.session))

    def send(self, name: str, path: Path) -> Written:
        """Write the next bundle for the laptop *name*.

        Everything that it has not confirmed is in it, so that no bundle before it is missed.

        Raises:
            NotFound: no other laptop is called so.
            Refused: that laptop was lost, the keys are being renewed, or the file cannot be written.
            StorageFull: the medium has no room.
        """
        self._office.permit(Action.EXCHANGE)
        require_place(path)
        with self._office.act(Action.EXCHANGE, enters=False) as act:
            self._require_settled_keys()
            receiver = other_laptop(act.session, name)
            if receiver.sender in refused_senders(act.session):
                raise Refused(
                    N_("{name} was lost or replaced. Nothing is written for it any more."), name=receiver.name
                )
            content, written = next_bundle(act, self._office, self._holder, receiver)
        write_whole(path, content)
        return written

    def take_in(self, path: Path) -> TakenIn:
        """Take in a bundle: all of it or nothing, and only once.

        Raises:
            BadFile: it is no bundle, is damaged, or was changed after it was written.
            Refused: see ``exchange_receiving.Receiver.take``.
        """
        self._office.permit(Action.EXCHANGE)
        bundle = bundle_read(read_bytes(path), path.name)
        with self._office.act(Action.EXCHANGE) as act:
            self._require_settled_keys()
            return Receiver(act, self._holder, self._office.cipher, self._office.trail).take(bundle, path.name)

    def conflicts(self, reason: ReadReason | None = None) -> tuple[Conflict, ...]:
        """What was changed on both sides and waits for a decision, with both values side by side.

        Args:
            reason: shows values of ``counselling`` too, which a manager reads with a reason only.
        """
        if reason is not None:
            self._office.permit(Action.COUNSELLING_REASON)
        with self._office.act(Action.EXCHANGE, enters=False) as act:
            return self._decisions(act).open_ones(reason)

    def decide(self, conflict_id: int, decision: Decision, reason: ReadReason | None = None) -> None:
        """Let one of the two values stand, here and, with the next bundle, on the other laptop.

        Args:
            conflict_id: row of the conflict.
            decision: ``MINE`` or ``THEIRS``.
            reason: needed for a value of ``counselling``.

        Raises:
            NotFound: it is not open any more.
            Refused: the value cannot stand here, such as a second number of a certificate, or the keys are being
                renewed.
        """
        if reason is not None:
            self._office.permit(Action.COUNSELLING_REASON)
        with self._office.act(Action.EXCHANGE) as act:
            self._require_settled_keys()
            row = act.session.get(ExchangeConflict, conflict_id)
            if row is None or row.decision != Decision.OPEN or decision not in (Decision.MINE, Decision.THEIRS):
                raise NotFound(N_("This was decided already, here or on another laptop."))
            self._decisions(act).decide(row, decision, reason)

    def write_card(self, path: Path) -> Laptop:
        """Write the card of this laptop, for another one that is to know it; its code is told by telephone.

        Raises:
            Refused: the keys are being renewed, or the file cannot be written.
        """
        with self._office.act(Action.EXCHANGE, enters=False) as act:
            self._require_settled_keys()
            own, _keys = own_laptop(act.session, self._holder)
            content, laptop = card_written(card_of(own, self._holder)), laptop_of(own, frozenset())
        write_whole(path, content)
        return laptop

    def register(
        self,
        path: Path,
        code: str,
        name: str,
        prisons: Iterable[str] = (),
        usernames: Iterable[str] = (),
        *,
        head_office: bool = False,
    ) -> Laptop:
        """Get to know a laptop by its card, such as one that was restored or got new keys.

        Args:
            path: of the card.
            code: its 16 digits and letters, as somebody at that laptop reads them out.
            name: what it is called here; ``""`` for the name on the card.
            prisons: codes of the prisons whose record may go there; none for head office.
            usernames: who works there, which says what of the sealed parts may go there; with *prisons* at least one.
            head_office: whether everything may go there; a laptop that is known keeps its limits where none are given.

        Raises:
            BadFile: it is no card.
            Refused: another programme's, the code differs, the name is taken, nobody said what may go there or who
                works there, or the keys are being renewed.
        """
        self._office.permit(Action.EXCHANGE)
        card = card_read(read_bytes(path), path.name)
        if card.programme != programme_id(self._holder.keys.keyring_id):
            raise Refused(N_("{name} comes from another programme. Nothing was changed."), name=path.name)
        with self._office.act(Action.EXCHANGE) as act:
            self._require_settled_keys()
            own, _keys = own_laptop(act.session, self._holder)
            if card.sender == own.sender:
                raise Refused(N_("{name} is the card of this laptop itself. Take in the other one's."), name=path.name)
            fresh = row_of_card(card)
            if _plain(code_of(fresh)) != _plain(code):
                raise Refused(
                    N_("The code does not belong to {name}. Nothing was changed. Have it read out once more."),
                    place="code",
                    name=path.name,
                )
            fresh.name = name.strip() or card.name
            take_place_of_invitation(act.session, fresh.name, card.sender)
            require_free_name(act.session, fresh.name, card.sender)
            wanted, names = tuple(prisons), frozenset(usernames)
            known = act.session.get(ExchangeLaptop, card.sender) is not None
            _require_limits(wanted, names, may_stay=known or head_office)
            row = self._put(act.session, fresh)
            if wanted or head_office:
                self._limit(act, row, wanted, names)
            act.record("laptop_registered", row.sender, row.name)
            act.changed("exchange")
            return laptop_of(row, refused_senders(act.session))

    def current_until(self) -> tuple[CurrentUntil, ...]:
        """For what adds up sites: until which day the record of each further laptop is here."""
        self._office.permit(Action.OUTCOME_READ)
        with self._office.store.read() as connection:
            return tuple(CurrentUntil(name, at.date() if at else None) for name, at in sites_until(connection))

    # ----------------------------------------------------------------------------------------------------------------

    def _decisions(self, act: Act) -> Decisions:
        _own, keys = own_laptop(act.session, self._holder)
        return Decisions(act, self._office.cipher, keys)

    def _require_settled_keys(self) -> None:
        if self._holder.rekey_due:
            raise Refused(N_("The keys of this laptop are being renewed. Log in again when nobody else works here."))

    @staticmethod
    def _put(session: Session, fresh: ExchangeLaptop) -> ExchangeLaptop:
        """Its row; where another laptop has its letter it gets a new one, which the next bundle tells it."""
        letter, row = fresh.series, session.get(ExchangeLaptop, fresh.sender)
        if row is None:
            row, fresh.series = fresh, ""
            session.add(fresh)
            session.flush()
        row.name, row.verify_key, row.receive_key = fresh.name, fresh.verify_key, fresh.receive_key
        if not row.series:
            used = used_letters(session)
            row.series = new_series_letter(used) if letter in used else letter
        return row

    @staticmethod
    def _limit(act: Act, row: ExchangeLaptop, prisons: tuple[str, ...], usernames: frozenset[str]) -> None:
        row.head_office = not prisons
        limited(row, wanted_laptop(act.session, laptop_of(row, frozenset()), prisons, usernames))
        act.session.flush()


def wanted_laptop(session: Session, laptop: Laptop, prisons: tuple[str, ...], usernames: frozenset[str]) -> Laptop:
    """*laptop* with what may go to it: the prisons, and what the roles of those who work there may see.

    Managers are there to exchange, and open nothing that nobody else there may see.

    Raises:
        NotFound: no prison or nobody is called so.
    """
    codes = frozenset(session.scalars(select(Prison.code)))
    wanted = tuple(sorted(code.upper() for code in prisons))
    for code in wanted:
        if code not in codes:
            raise NotFound(N_("There is no prison with the code {code}."), place="prison", code=code)
    members = list(session.scalars(select(Staff).where(Staff.username.in_(usernames))))
    for name in usernames - {member.username for member in members}:
        raise NotFound(N_("There is no member of staff with the login name {username}."), username=name)
    workers = [member for member in members if member.role != Role.MANAGER]
    opened = [compartments_of(Role(member.role), admin_duty=False) & FIELD_COMPARTMENTS for member in workers]
    compartments = frozenset(str(each) for each in (frozenset.union(*opened) if opened else FIELD_COMPARTMENTS))
    staff = tuple(sorted(member.uuid.hex() for member in members))
    return replace(laptop, prisons=wanted, compartments=compartments, staff=staff)


def _require_limits(prisons: tuple[str, ...], usernames: frozenset[str], *, may_stay: bool) -> None:
    if not (prisons or may_stay):
        raise Refused(N_("Say for which prisons this laptop is, or that it is head office."), place="prison")
    if prisons and not usernames:
        raise Refused(
            N_("Say who works there: nothing else says what may go there. Where only managers do, tick a manager."),
            place="prison",
        )
    if usernames and not prisons:
        raise Refused(
            N_("Who works there counts together with a prison only. Choose the prison, or tick nobody."), place="prison"
        )


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper().replace("O", "0") if sign in _CODE_DIGITS)
