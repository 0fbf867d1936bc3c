"""What a diagnosis may know of the database: its form and rough sizes, never a row."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from tlbb_desktop.data.models import Record, Setting
from tlbb_desktop.data.schema import HEAD, schema_revision

#: Fewer rows than this are not told apart: one event of a kind can be one person's secret.
FEW = 10
_PRAGMAS = ("cipher_version", "page_size", "page_count", "freelist_count", "journal_mode", "synchronous")


@dataclass(frozen=True, slots=True)
class DatabaseForm:
    """The form of a database.

    Args:
        schema: its revision, and ``newest`` that of this program.
        newest: see *schema*.
        pragmas: what the driver says of the file.
        rows: each table with its size in words: ``under 10``, or two figures of the number, such as ``about 1200``.
        settings: name -> stored JSON; whoever hands it on leaves texts out.
    """

    schema: str
    newest: str
    pragmas: dict[str, str]
    rows: dict[str, str]
    settings: dict[str, str]


def database_form(connection: Connection) -> DatabaseForm:
    """Read the form of the database; the counts walk through every table's smallest index."""
    pragmas = _told_by(connection)
    rows = {
        name: rough_count(connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())
        for name in sorted(Record.metadata.tables)
    }
    settings = {row.name: row.value for row in connection.execute(select(Setting.name, Setting.value))}
    return DatabaseForm(str(schema_revision(connection)), HEAD, pragmas, rows, settings)


def _told_by(connection: Connection) -> dict[str, str]:
    """What the database says of itself; a server has no file to speak of."""
    if connection.dialect.name != "sqlite":
        return {"server_version": str(connection.execute(text("SHOW server_version")).scalar())}
    return {name: str(connection.execute(text(f"PRAGMA {name}")).scalar()) for name in _PRAGMAS}


def rough_count(count: int) -> str:
    """*count* in words that give no small number away."""
    if count < FEW:
        return f"under {FEW}"
    unit = 10 ** max(0, len(str(count)) - 2)
    return f"about {round(count / unit) * unit}"
