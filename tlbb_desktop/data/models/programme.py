"""The programme itself: sites, staff, settings, the audit chain, drafts."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Day, Key, Record, Sealed, Versioned


class Setting(Record):
    """A named value of this laptop's programme (JSON text)."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Prison(Versioned, Record):
    """A site where the programme works."""

    __tablename__ = "prison"
    code: Mapped[str] = mapped_column(unique=True)
    name_km: Mapped[str]
    name_en: Mapped[str]
    province_code: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class Staff(Versioned, Record):
    """A member of staff; the keys are in the keyring, never here."""

    __tablename__ = "staff"
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    admin_duty: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class StaffPrison(Record):
    """Which site is a member's own, from a day to a day (included)."""

    __tablename__ = "staff_prison"
    __table_args__ = (UniqueConstraint("staff_id", "prison_id", "starts_on"),)
    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    prison_id: Mapped[int] = mapped_column(ForeignKey("prison.id"))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]


class AuditEvent(Record):
    """One link of the audit chain: append-only, each MAC covers the one before."""

    __tablename__ = "audit_event"
    seq: Mapped[Key]
    at: Mapped[At]
    staff_id: Mapped[int | None]
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")
    mac: Mapped[Sealed]


class Draft(Record):
    """What was half typed on a page, sealed under its fields' key."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("staff_id", "page"),)
    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    page: Mapped[str]
    compartment: Mapped[str]
    uuid: Mapped[bytes]
    version: Mapped[int]
    content: Mapped[Sealed]
    saved_at: Mapped[At]
