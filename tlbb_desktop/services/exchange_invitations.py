"""Which laptop began with which invitation: one only, and a second one is told so before anything of it is lost.

A laptop makes its sender id when it joins, so two that begin with one file are two laptops. Each shows with its first
bundle that it began with the invitation; head office knows the first by it, and the second by its card only.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass, replace
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tlbb_desktop.data.models import ExchangeLaptop, ExchangeSent
from tlbb_desktop.domain.errors import BadFile, Refused
from tlbb_desktop.domain.exchange import BundleHead
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.security.bundle_keys import BundleKeys, introduced
from tlbb_desktop.services.backups import put_setting, setting

#: Settings of one laptop: at head office its invitations, at a further laptop the one that it began with.
INVITATIONS: Final = "invitations"
BEGAN_WITH: Final = "began_with"
_REPLACED: Final = "replaced"
_SECOND: Final = N_(
    "{name} comes from a second laptop that began with the invitation for {sender}. Nothing was changed, and nothing"
    " that was entered there is lost. Write the card of that laptop, get to know it here under another name, and take"
    " this bundle in again."
)
_OUTDATED: Final = N_(
    "{name} comes from a laptop that began with an older invitation for {sender}. Nothing was changed, and nothing"
    " that was entered there is lost. Write the card of that laptop, get to know it here, and take this bundle in"
    " again."
)
_CHANGED: Final = N_(
    "{name} was changed after it was written. Nothing was changed here. Copy it again, or ask for it again."
)
_OTHER_ONE: Final = N_(
    "{name} is for another laptop that began with the same invitation as this one. Nothing was changed, and nothing"
    " that was entered here is lost. Write the card of this laptop, take it to head office, and bring the next bundle"
    " from there."
)
_EARLIER: Final = N_(
    "{name} was written for the invitation, before head office knew this laptop. Nothing was changed. Take a bundle of"
    " this laptop to head office, and take in the next one from there: it holds all of it."
)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation at head office.

    Args:
        name: of the laptop that it was for.
        by: id of the laptop that began with it; ``""`` while nothing came, ``replaced`` after a newer invitation.
        series: letter of number series that it gave out; a laptop may live with it, whatever became of the invitation.
    """

    name: str
    by: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class BeganWith:
    """The invitation at the laptop that began with it.

    Args:
        invitation: its id, which the first bundles are addressed to.
        sender: the id that the laptop made for itself.
        introduction: that it began with it, as base64.
        known: whether a bundle came that is addressed to the laptop itself: head office knows it.
    """

    invitation: str
    sender: str
    introduction: str
    known: bool = False


def note_invited(session: Session, row: ExchangeLaptop) -> None:
    """Remember an invitation that is written, by the row of its laptop."""
    _put(session, row.sender, Invited(row.name, series=row.series))


def invited_letters(session: Session) -> frozenset[str]:
    """The letters of number series that went out with invitations."""
    return frozenset(kept.series for kept in _all(session).values())


def note_begun(session: Session, invitation: str, by: str) -> None:
    """Let the row of an invitation be the one of the laptop *by*; what was written for it counts for that laptop."""
    row = session.get_one(ExchangeLaptop, invitation)
    _put(session, invitation, Invited(row.name, by, row.series))
    session.execute(update(ExchangeSent).where(ExchangeSent.sender == invitation).values(sender=by))
    row.sender = by
    session.flush()


def withdraw(session: Session, invitation: str) -> None:
    """Take back an invitation with which nobody was heard of; its name is free again."""
    row = session.get_one(ExchangeLaptop, invitation)
    _put(session, invitation, Invited(row.name, _REPLACED, row.series))
    session.execute(delete(ExchangeSent).where(ExchangeSent.sender == invitation))
    session.delete(row)
    session.flush()


def take_place_of_invitation(session: Session, name: str, laptop: str) -> None:
    """Let a laptop that is got to know by its card have the row, limits and name of an invitation nobody answered.

    What was written for the invitation counts for nothing: it may have begun with another one.
    """
    if session.get(ExchangeLaptop, laptop) is not None:
        return
    wanted = select(ExchangeLaptop.sender).where(func.lower(ExchangeLaptop.name) == name.lower())
    for invitation in frozenset(session.scalars(wanted)) & unanswered(session):
        note_begun(session, invitation, laptop)
        row = session.get_one(ExchangeLaptop, laptop)
        row.series, row.confirmed, row.known_tick, row.roots = "", 0, 0, "[]"
        session.execute(delete(ExchangeSent).where(ExchangeSent.sender == laptop))
        session.flush()


def unanswered(session: Session) -> frozenset[str]:
    """Ids of the invitations with which nobody was heard of yet; the rows of their laptops go under these."""
    return frozenset(each for each, kept in _all(session).items() if not kept.by)


def invitation_of(session: Session, laptop: str) -> str:
    """The invitation that another laptop began with, or ``""``."""
    found = (each for each, kept in _all(session).items() if laptop in (kept.by, each))
    return next(found, "")


def counts_for(session: Session, addressed: str, laptop: str) -> bool:
    """Whether bundles that were addressed so are counted as those for *laptop*: its own, or of its own invitation."""
    kept = _all(session).get(addressed)
    return addressed in ("", laptop) or (kept is not None and kept.by == laptop)


def newcomer(session: Session, head: BundleHead, name: str) -> ExchangeLaptop | None:
    """The row of a laptop that shows itself for the first time; None where it does not say by which invitation.

    Raises:
        Refused: another laptop began with that invitation, or a newer one took its place.
        BadFile: the introduction does not hold.
    """
    kept, row = _all(session).get(head.invitation), session.get(ExchangeLaptop, head.invitation)
    if kept is None and row is not None and not row.received:
        kept = Invited(row.name)  # a program that knew no introductions invited it
    if kept is None or not head.introduction:
        return None
    if kept.by or row is None:
        raise Refused(_OUTDATED if kept.by == _REPLACED else _SECOND, name=name, sender=kept.name)
    keys = introduced(row.verify_key, _decoded(head.introduction), head.sender)
    if keys is None:
        raise BadFile(_CHANGED, name=name)
    note_begun(session, head.invitation, head.sender)
    row.verify_key, row.receive_key = keys
    session.flush()
    return row


def begin(session: Session, keys: BundleKeys, laptop: BundleKeys) -> None:
    """At a laptop that joins: remember the invitation of *keys*, and that *laptop* began with it."""
    introduction = b64encode(keys.introduction(laptop)).decode("ascii")
    put_setting(session, BEGAN_WITH, asdict(BeganWith(keys.sender, laptop.sender, introduction)))


def began_with(session: Session, sender: str) -> BeganWith | None:
    """The invitation that this laptop began with; None where it has another id now, or founded the programme."""
    kept = setting(session, BEGAN_WITH, None)
    found = BeganWith(**kept) if kept else None
    return found if found is not None and found.sender == sender else None


def note_known(session: Session, begun: BeganWith) -> None:
    """Head office has addressed a bundle to this laptop itself: from now on none to its invitation is for it."""
    put_setting(session, BEGAN_WITH, asdict(replace(begun, known=True)))


def require_own(begun: BeganWith | None, head: BundleHead, name: str) -> None:
    """Raise Refused for a bundle of the other laptop that began with this one's invitation, or of before it was known.

    What head office wrote for an invitation is in the later bundles, too.
    """
    if begun is not None and head.invitation == begun.invitation:
        raise Refused(_EARLIER if head.receiver == begun.invitation else _OTHER_ONE, name=name)


def _all(session: Session) -> dict[str, Invited]:
    return {each: Invited(**kept) for each, kept in setting(session, INVITATIONS, {}).items()}


def _put(session: Session, invitation: str, kept: Invited) -> None:
    every = _all(session) | {invitation: kept}
    put_setting(session, INVITATIONS, {each: asdict(one) for each, one in every.items()})


def _decoded(introduction: str) -> bytes:
    try:
        return b64decode(introduction, validate=True)
    except (NotBase64, ValueError):
        return b""
