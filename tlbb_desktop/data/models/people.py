"""People and what is known of them. A table holds fields of one compartment only."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import Day, Record, Sealed, SortKey, Versioned


class Person(Versioned, Record):
    """Compartment ``db``: what lists sort, search and filter.

    ``prison_id`` follows the open custody stay; ``search_text`` holds the search keys of names, nickname and code;
    ``duplicate_key`` is the search key of family + given name, for finding the same person in another encoding.
    """

    __tablename__ = "person"
    __table_args__ = (
        # Covers the list and its search: nothing of a row but this is read for 50,000 people at each key.
        Index("ix_person_list", "sort_key", "id", "merged_into_id", "kind", "prison_id", "status", "search_text"),
        Index("ix_person_latin_sort", "latin_sort_key", "id"),
        Index("ix_person_duplicate", "duplicate_key", "sex"),
    )
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    status: Mapped[str]
    family_km: Mapped[str] = mapped_column(default="")
    given_km: Mapped[str] = mapped_column(default="")
    family_latin: Mapped[str] = mapped_column(default="")
    given_latin: Mapped[str] = mapped_column(default="")
    nickname: Mapped[str] = mapped_column(default="")
    sex: Mapped[str | None]
    age_band: Mapped[str] = mapped_column(default="")
    province_code: Mapped[str] = mapped_column(default="")
    prison_id: Mapped[int | None] = mapped_column(ForeignKey("prison.id"))
    release_month: Mapped[str | None]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id", use_alter=True))
    note: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[SortKey]
    latin_sort_key: Mapped[SortKey]
    search_text: Mapped[str] = mapped_column(default="")
    duplicate_key: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class PersonIdentity(Versioned, Record):
    """Compartment ``legal``; every field sealed."""

    __tablename__ = "person_identity"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    birth: Mapped[Sealed | None]
    id_numbers: Mapped[Sealed | None]
    charge: Mapped[Sealed | None]
    court: Mapped[Sealed | None]
    sentence: Mapped[Sealed | None]
    release_on: Mapped[Sealed | None]


class PersonContact(Versioned, Record):
    """Compartment ``family``; every field sealed."""

    __tablename__ = "person_contact"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    place_code: Mapped[Sealed | None]
    place_text: Mapped[Sealed | None]
    phones: Mapped[Sealed | None]
    family: Mapped[Sealed | None]


class ExternalId(Versioned, Record):
    """Compartment ``legal``: the id that another system (OSCaR, MoSVY) gave, sealed."""

    __tablename__ = "external_id"
    __table_args__ = (UniqueConstraint("person_id", "system"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    system: Mapped[str]
    value: Mapped[Sealed]


class CustodyStay(Versioned, Record):
    """A stay in a prison, from a day to a day (both included)."""

    __tablename__ = "custody_stay"
    __table_args__ = (Index("ix_custody_stay_person", "person_id", "starts_on"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    prison_id: Mapped[int] = mapped_column(ForeignKey("prison.id"))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]


class PersonLink(Versioned, Record):
    """How two people belong together: mother of, father of, guardian of …"""

    __tablename__ = "person_link"
    __table_args__ = (UniqueConstraint("person_id", "other_id", "relation"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[str]
    starts_on: Mapped[Day | None]
    ends_on: Mapped[Day | None]


class PersonMerge(Versioned, Record):
    """Two records that were one person: the history that lets anybody see what came from where."""

    __tablename__ = "person_merge"
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    moved: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class Attachment(Versioned, Record):
    """A photo or scan, re-encoded, bounded and sealed under its own compartment; a signed sheet is nobody's own.

    ``kind`` names what it shows; a page of a signed paper names paper, row and page, such as ``consent:12/1``.
    """

    __tablename__ = "attachment"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    compartment: Mapped[str]
    mime: Mapped[str]
    taken_on: Mapped[Day | None]
    content: Mapped[Sealed]


class Consent(Versioned, Record):
    """What somebody agreed to, per purpose, with the scan of the signed paper.

    ``given_by``, ``method`` and ``language`` are words of ``domain.consents``; ``agency`` names with whom something may
    be shared. A refusal is a row, too: ``given`` is false.
    """

    __tablename__ = "consent"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str]
    given: Mapped[bool]
    given_on: Mapped[Day]
    given_by: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="", server_default="")
    agency: Mapped[str] = mapped_column(default="", server_default="")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    expires_on: Mapped[Day | None]
    withdrawn_on: Mapped[Day | None]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
