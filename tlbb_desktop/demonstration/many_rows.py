"""Whole tables of invented rows in one act: stamped, numbered and sealed as the services do it one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

from tlbb_desktop.data.models.vocabulary import Record, to_milliseconds, uuids_in_order
from tlbb_desktop.data.repositories.aftercare import insert_sealed, next_row
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.sealed_forms import SealedForm

_STAMP: Final = ("id", "uuid", "version", "created_at", "created_by", "changed_at", "changed_by")
_AT_ONCE: Final = 20_000


class ManyRows:
    """Rows of one table, written some thousand at a time.

    Args:
        act: the transaction.
        model: the table.
        columns: those that :meth:`add` is given values for.
        cipher: seals a form where the table has one.
        sealed: the table's form, whose text goes into ``content``.
        texts: further columns, sealed as the form is.
    """

    def __init__(
        self,
        act: Act,
        model: type[Record],
        columns: Sequence[str],
        cipher: FieldCipher | None = None,
        sealed: SealedForm[Any] | None = None,
        texts: Sequence[str] = (),
    ) -> None:
        self._connection, self._model, self._cipher, self._sealed = act.connection, model, cipher, sealed
        self._columns = (*_STAMP, *columns, *(("content",) if sealed else ()), *texts)
        self._texts = tuple(texts)
        self._uuids = uuids_in_order()
        self._next = next_row(act.connection, model)
        self._rows: list[tuple[object, ...]] = []

    def add(
        self, values: Sequence[object], at: datetime, staff_id: int, form: object = None, texts: Sequence[str] = ()
    ) -> int:
        """Keep a row for writing; returns its id.

        Args:
            values: of the columns, as the database stores them.
            at: when it was saved first.
            staff_id: by whom.
            form: what ``content`` holds.
            texts: what the further columns hold.
        """
        row_id, uuid, moment = self._next, next(self._uuids), to_milliseconds(at)
        self._next += 1
        stamp = (row_id, uuid, 1, moment, staff_id, moment, staff_id)
        self._rows.append((*stamp, *values, *self._content(uuid, values, form, texts)))
        if len(self._rows) >= _AT_ONCE:
            self.write()
        return row_id

    def write(self) -> None:
        """Write what was kept."""
        insert_sealed(self._connection, self._model, self._columns, self._rows)
        self._rows.clear()

    def _content(
        self, uuid: bytes, values: Sequence[object], form: object, texts: Sequence[str]
    ) -> tuple[bytes | None, ...]:
        if self._sealed is None or self._cipher is None:
            return ()
        named = dict(zip(self._columns[len(_STAMP) :], values, strict=False))
        row = SimpleNamespace(uuid=uuid, version=1, content=b"", compartment=named.get("compartment"))
        self._sealed.seal(self._cipher, row, form)
        compartment, table = self._sealed.compartment_of(row), self._sealed.table
        return (
            row.content,
            *(
                self._cipher.encrypt(compartment, table, uuid, column, 1, text)
                for column, text in zip(self._texts, texts, strict=True)
            ),
        )
