"""The column types and the columns that every record shares."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as time_of_day
from functools import lru_cache
from typing import Annotated, Any

from sqlalchemy import BLOB, BigInteger, Dialect, ForeignKey, Integer, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from typing_extensions import override

from tlbb_desktop.domain.clock import CAMBODIA

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


_VERSION_7 = 0x7 << 76 | 0x2 << 62
_RANDOM_BITS = ~(0xF << 76 | 0x3 << 62)
_UUID_CHANCE = 10
"""Random bytes of each."""
_UUIDS_AT_ONCE = 100


def new_uuid() -> bytes:
    """A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits; 16 bytes."""
    return _uuids_of_now(1)[0]


def uuids_in_order() -> Iterator[bytes]:
    """Such UUIDs without end, for rows by the thousand: they are made by the hundred, and those together ascend."""
    while True:
        yield from _uuids_of_now(_UUIDS_AT_ONCE)


def _uuids_of_now(count: int) -> list[bytes]:
    moment, chance = time.time_ns() // 1_000_000 << 80, os.urandom(_UUID_CHANCE * count)
    parts = (chance[start : start + _UUID_CHANCE] for start in range(0, len(chance), _UUID_CHANCE))
    values = sorted((moment | int.from_bytes(part, "big")) & _RANDOM_BITS | _VERSION_7 for part in parts)
    return [value.to_bytes(16) for value in values]


#: SQLite's numbers have 64 bits, so a server's have them, too.
WholeNumber = Integer().with_variant(BigInteger(), "postgresql")


class DayText(TypeDecorator[date]):
    """A day as ISO 8601 text, so that SQL compares days by comparing text."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class MinuteOfDay(TypeDecorator[time_of_day]):
    """A time of day as minutes since midnight."""

    impl = WholeNumber
    cache_ok = True

    @override
    def process_bind_param(self, value: time_of_day | None, dialect: Dialect) -> int | None:
        return None if value is None else value.hour * 60 + value.minute

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> time_of_day | None:
        return None if value is None else time_of_day(value // 60, value % 60)


class Moment(TypeDecorator[datetime]):
    """A moment as milliseconds since 1970 UTC; read back as Cambodian time."""

    impl = WholeNumber
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_milliseconds(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_milliseconds(value)


def to_milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 UTC of an aware moment."""
    return round(moment.timestamp() * 1000)


@lru_cache(maxsize=2048)
def from_milliseconds(milliseconds: int) -> datetime:
    """The Cambodian time of a stored moment; the marks of one act share theirs."""
    return datetime.fromtimestamp(milliseconds / 1000, CAMBODIA)


_IDENTITY = BLOB(16).with_variant(BYTEA(), "postgresql")

Key = Annotated[int, mapped_column(primary_key=True)]
Uuid = Annotated[bytes, mapped_column(_IDENTITY, unique=True, default=new_uuid)]
Day = Annotated[date, mapped_column(DayText)]
Minute = Annotated[time_of_day, mapped_column(MinuteOfDay)]
At = Annotated[datetime, mapped_column(Moment)]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
SortKey = Annotated[bytes, mapped_column(LargeBinary, default=b"")]


class Record(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: dict[Any, Any] = {str: Text, int: WholeNumber}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Versioned:
    """Columns of a record that people edit: identity across laptops, version, who and when."""

    id: Mapped[Key]
    uuid: Mapped[Uuid]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[At]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[At]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
