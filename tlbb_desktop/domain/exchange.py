"""Laptops of one programme, the bundles between them, and what a person decides when both sides changed a field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

HEAD_OFFICE: Final = "HO"


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop of the programme.

    Args:
        sender: its id, 16 hexadecimal digits; a restored laptop has a new one.
        name: what the staff call it, such as ``SR``.
        own: whether it is this one.
        head_office: whether everything may go to it.
        series: letter of its number series.
        prisons: codes of the prisons whose people and classes may go to it.
        compartments: what of them may go to it.
        staff: ids (hexadecimal UUIDs) of those who work there.
        refused: whether bundles from it are refused.
        code: 16 digits and letters that stand for it and its keys.
    """

    sender: str
    name: str
    own: bool
    head_office: bool
    series: str
    prisons: tuple[str, ...]
    compartments: frozenset[str]
    staff: tuple[str, ...]
    refused: bool
    code: str


@dataclass(frozen=True, slots=True)
class LaptopStanding:
    """How far the exchange with a laptop is.

    Args:
        laptop: which.
        sent: number of the last bundle for it.
        confirmed: number of the last one that it has taken in, as it told.
        received: number of its last bundle that was taken in here.
        sent_at, received_at: when, or None.
        current_until: when its last bundle was written: what it knew until then is here; None = nothing yet.
        open_conflicts: what somebody still has to decide.
        invited: whether it was invited and nothing of it came yet, so that it may be invited again.
    """

    laptop: Laptop
    sent: int
    confirmed: int
    received: int
    sent_at: datetime | None
    received_at: datetime | None
    current_until: datetime | None
    open_conflicts: int
    invited: bool = False


@dataclass(frozen=True, slots=True)
class BundleHead:
    """What is written on the outside of a bundle, signed with it.

    Args:
        programme: opaque id of the programme.
        sender, receiver: ids of the laptops.
        number: 1, 2, 3 … from this sender to this receiver.
        after: the bundle holds every change after this number.
        confirms: number of the receiver's last bundle that the sender has taken in.
        schema: revision of the sender's record.
        made_at: when it was written.
        audit_seq, audit_code: number of the last event of the sender's audit chain, and the code of its head.
        heard_seq, heard_code: the same of the receiver's chain, as the receiver told it last.
        invitation: id of the invitation with which one of the two laptops began, where one did, or ``""``.
        introduction: by which a further laptop shows that it began with it (base64), or ``""``.
        series: letter of the receiver's number series, as the sender knows it.
        confirms_as: id that the bundle *confirms* was addressed to: the sender's, or of the invitation that it began
            with; ``""`` from a program that knew no invitations.
    """

    programme: str
    sender: str
    receiver: str
    number: int
    after: int
    confirms: int
    schema: str
    made_at: datetime
    audit_seq: int
    audit_code: str
    heard_seq: int
    heard_code: str
    invitation: str = ""
    introduction: str = ""
    series: str = ""
    confirms_as: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that was written: number, and how many rows it holds."""

    number: int
    rows: int


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a bundle brought.

    Args:
        sender: name of the laptop that wrote it.
        number: of the bundle.
        repeated: whether it was here already; then nothing happened.
        added, changed, removed: rows.
        conflicts: fields that were changed on both sides and wait for somebody to decide.
        waiting: rows that name something that is not here yet; they are tried again with the next bundle.
        told_apart: codes that two things had, and the new code of the younger one.
        audit_cut: whether the sender's audit chain is shorter than it was, or other than it was.
        own_audit_cut: whether this laptop's own audit chain is.
        series: the new letter of this laptop's numbers, where head office gave it another one, or ``""``.
    """

    sender: str
    number: int
    repeated: bool = False
    added: int = 0
    changed: int = 0
    removed: int = 0
    conflicts: int = 0
    waiting: int = 0
    told_apart: tuple[tuple[str, str], ...] = ()
    audit_cut: bool = False
    own_audit_cut: bool = False
    series: str = ""


class Decision(StrEnum):
    """What was decided about a field that was changed on both sides."""

    OPEN = ""
    MINE = "mine"
    THEIRS = "theirs"
    ELSEWHERE = "elsewhere"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Named:
    """What a row, or a place, is called for a reader.

    Args:
        table: of the row; ``""`` for a place of the gazetteer.
        km, en: in either language; ``""`` where the row is not here, or nothing names it.
        day: that it is about, or None.
    """

    table: str
    km: str = ""
    en: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A value that has parts, each with the name of its field; those that say nothing are left out."""

    table: str
    parts: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A value that is a whole page of figures or entries, and is not shown in a line."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two values of a field, and who wrote it when; None where that is not known.

    Args:
        value: as the program knows it: days, moments, members of enums, amounts, names of what it refers to.
        by, at: who and when.
    """

    value: Any
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that was changed on both sides.

    Args:
        id: row.
        table: of the row.
        field: of the row; ``""`` where the reader may not see the values without saying why.
        about: the person, or the class and the day, whom it is about.
        sender: name of the other laptop.
        compartment: of the field.
        mine, theirs: both values; None where the reader may not see them without saying why.
        found_at: when the bundle was taken in.
        which: what tells the row from others of the same person, such as the item of a release plan, or None.
    """

    id: int
    table: str
    field: str
    about: Named
    sender: str
    compartment: str
    mine: Side | None
    theirs: Side | None
    found_at: datetime
    which: Any = None


@dataclass(frozen=True, slots=True)
class CurrentUntil:
    """Until which day the record of a site is here; None = nothing of it came yet."""

    name: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ConflictForm:
    """Both values as JSON texts, sealed together, each with who and when (milliseconds); staff by their UUID."""

    mine: str = ""
    theirs: str = ""
    my_name: str = ""
    my_at: int = 0
    their_name: str = ""
    their_at: int = 0
