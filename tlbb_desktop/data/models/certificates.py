"""Certificates, the public keys that are known, and what was withdrawn."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Day, Record, Sealed, Versioned


class CertificateRecord(Versioned, Record):
    """A certificate from its proposal on. What is set at the issue never changes: triggers of the schema see to it.

    Expunging takes the names out of ``content``, and the whole ``envelope``, which cannot be signed without them.

    ``content`` is the frozen text of the paper; ``envelope`` is key id, signature and signed bytes, as in the QR.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        Index("ix_certificate_class", "class_id", "person_id"),
        Index("ix_certificate_person", "person_id"),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("training_class.id"))
    kind: Mapped[str]
    state: Mapped[str]
    despite: Mapped[str] = mapped_column(default="")
    number: Mapped[str | None] = mapped_column(unique=True)
    content: Mapped[str | None]
    envelope: Mapped[Sealed | None]
    key_id: Mapped[str | None]
    issued_on: Mapped[Day | None]
    withdrawn_on: Mapped[Day | None]
    reason: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    prints: Mapped[int] = mapped_column(default=0)


class CertificateProgramme(Record):
    """A programme whose certificates can be checked here; ``dated`` is the moment of its newest list."""

    __tablename__ = "certificate_programme"
    programme: Mapped[str] = mapped_column(primary_key=True)
    issuer_km: Mapped[str]
    issuer_en: Mapped[str]
    own: Mapped[bool] = mapped_column(default=False)
    dated: Mapped[At | None]


class CertificateKey(Record):
    """A public key that is known; ``until`` is the last day on which it signed."""

    __tablename__ = "certificate_key"
    key_id: Mapped[str] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(ForeignKey("certificate_programme.programme"))
    public: Mapped[Sealed]
    until: Mapped[Day | None]
    accepted_at: Mapped[At]
    accepted_by: Mapped[int | None]


class CertificateWithdrawal(Record):
    """A number that a list says is no longer valid."""

    __tablename__ = "certificate_withdrawal"
    programme: Mapped[str] = mapped_column(ForeignKey("certificate_programme.programme"), primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    withdrawn_on: Mapped[Day]
    replaced_by: Mapped[str] = mapped_column(default="")
