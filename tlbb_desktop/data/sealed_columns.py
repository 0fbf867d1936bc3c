"""Which columns hold sealed fields, and under which compartment."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import LargeBinary

from tlbb_desktop.data.models import Attachment, Draft, ExternalId, PersonContact, PersonIdentity, Record


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed field stands; all of it is bound into the ciphertext."""

    compartment: str
    table: str
    uuid: bytes
    column: str
    version: int


@dataclass(frozen=True, slots=True)
class SealedTable:
    """A table with sealed columns.

    Args:
        name: of the table.
        compartment: an SQL expression for the row's compartment: a quoted name, or a column.
        columns: the sealed ones.
    """

    name: str
    compartment: str
    columns: tuple[str, ...]


_COMPARTMENTS: dict[type[Record], str] = {
    PersonIdentity: "'legal'",
    PersonContact: "'family'",
    ExternalId: "'legal'",
    Attachment: "compartment",
    Draft: "compartment",
}


def sealed_tables() -> tuple[SealedTable, ...]:
    """Every table with sealed fields."""
    return tuple(
        SealedTable(model.__tablename__, compartment, _binary_columns(model))
        for model, compartment in _COMPARTMENTS.items()
    )


def _binary_columns(model: type[Record]) -> tuple[str, ...]:
    """The columns of type ``Sealed``; never the identity of a row."""
    return tuple(
        column.name for column in model.__table__.columns if type(column.type) is LargeBinary and column.name != "uuid"
    )
