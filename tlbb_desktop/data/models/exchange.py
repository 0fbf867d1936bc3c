"""What this laptop knows of the others: who they are, what they have, and what is still to be decided."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from tlbb_desktop.data.models.vocabulary import At, Record, Sealed, Versioned


class ExchangeLaptop(Record):
    """A laptop of the programme; ``own`` for this one. ``known_tick`` is the last change here that it confirmed.

    ``prisons``, ``compartments`` and ``staff`` are JSON lists: what may go to it. ``roots`` is the JSON list of people
    and classes that it is known to have. ``audit_seq`` and ``audit_code`` are the head of its audit chain as it last
    told.
    """

    __tablename__ = "exchange_laptop"
    sender: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    own: Mapped[bool] = mapped_column(default=False)
    head_office: Mapped[bool] = mapped_column(default=False)
    series: Mapped[str] = mapped_column(default="")
    verify_key: Mapped[Sealed]
    receive_key: Mapped[Sealed]
    prisons: Mapped[str] = mapped_column(default="[]")
    compartments: Mapped[str] = mapped_column(default="[]")
    staff: Mapped[str] = mapped_column(default="[]")
    roots: Mapped[str] = mapped_column(default="[]")
    known_tick: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[int] = mapped_column(default=0)
    received: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[At | None]
    received_at: Mapped[At | None]
    current_until: Mapped[At | None]
    audit_seq: Mapped[int] = mapped_column(default=0)
    audit_code: Mapped[str] = mapped_column(default="")


class ExchangeSent(Record):
    """A bundle that was written and that its receiver has not confirmed yet."""

    __tablename__ = "exchange_sent"
    sender: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    tick: Mapped[int]
    roots: Mapped[str]


class ExchangeRow(Record):
    """How a row stood at the last look: for each field a digest and the clock of its changes (``domain.field_clocks``).

    ``fields`` is JSON: clocks with the fields that have them. ``origin`` is the laptop that has the row just like this.
    """

    __tablename__ = "exchange_row"
    __table_args__ = (Index("ix_exchange_row_tick", "tick"), {"sqlite_with_rowid": False})
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_key: Mapped[str] = mapped_column(primary_key=True)
    tick: Mapped[int]
    origin: Mapped[str] = mapped_column(default="")
    fields: Mapped[str]


class ExchangeAlias(Record):
    """Two rows that turned out to be one: what was ``old_key`` is ``new_key`` everywhere."""

    __tablename__ = "exchange_alias"
    table_name: Mapped[str] = mapped_column(primary_key=True)
    old_key: Mapped[str] = mapped_column(primary_key=True)
    new_key: Mapped[str]


class ExchangeConflict(Versioned, Record):
    """A field that was changed on both sides; ``content`` holds both values, sealed in the compartment of the field.

    ``clock`` is the JSON clock of what came in. ``decision`` is ``""`` while nobody has decided.
    """

    __tablename__ = "exchange_conflict"
    __table_args__ = (Index("ix_exchange_conflict_open", "decision", "table_name", "row_key"),)
    table_name: Mapped[str]
    row_key: Mapped[str]
    field: Mapped[str]
    sender: Mapped[str]
    clock: Mapped[str]
    compartment: Mapped[str]
    decision: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[At | None]
    decided_by: Mapped[int | None]
    content: Mapped[Sealed]
