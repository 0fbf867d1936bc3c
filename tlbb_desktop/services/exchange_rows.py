"""Rows as they travel: every field with its value, protected ones opened, and back into the database.

A form that is sealed whole travels member by member, so that two laptops may change two members of one form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import cbor2

from tlbb_desktop.data.exchange_tables import MEMBER, SHARED_SETTINGS, UNCHANGED, ExchangeTable
from tlbb_desktop.data.queries.sheets import as_of
from tlbb_desktop.data.repositories.exchange import ExchangeRows, RawRow
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.khmer import search_key, sort_key
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.security.field_digests import FieldDigests
from tlbb_desktop.services.exchange_names import (
    RowNames,
    converted_before,
    converted_kind,
    converted_sessions,
    paper_table,
)
from tlbb_desktop.services.sealed_forms import SEALED_FORMS

Values = dict[str, Any]
HISTORY: Final = "history"
_FORMS: Final = {form.table for form in SEALED_FORMS}
_FIRST_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of this record: its columns as they stand in the database, and its fields as they travel."""

    key: str
    raw: RawRow
    values: Values


class CannotStore(Exception):
    """A row names another one that is not here."""


class RowBook:
    """Reads and writes rows in the form in which they travel.

    Args:
        rows: of the unit of work.
        cipher: opens and seals every compartment that is among the rows.
        digests: makes what stands for the values.
    """

    def __init__(self, rows: ExchangeRows, cipher: FieldCipher, digests: FieldDigests) -> None:
        self.rows, self.names = rows, RowNames(rows)
        self._cipher, self._digests = cipher, digests

    def read(self, table: ExchangeTable) -> Iterator[StoredRow]:
        """Every row of a table, in the order in which the rows came."""
        order = ("id",) if table.has_id else table.natural
        for raw in self.rows.rows(table.name, order):
            if table.name == "setting" and raw["name"] not in SHARED_SETTINGS:
                continue
            yield StoredRow(self.names.key_of(table, raw), raw, self.values_of(table, raw))

    def one(self, table: ExchangeTable, key: str) -> StoredRow | None:
        """The row that goes under *key* now."""
        raw = self.raw(table, key)
        return None if raw is None else StoredRow(key, raw, self.values_of(table, raw))

    def raw(self, table: ExchangeTable, key: str) -> RawRow | None:
        """The same as the database stores it, with nothing opened."""
        where = self.names.where(table, key)
        return None if where is None else self.rows.row(table, where)

    def values_of(self, table: ExchangeTable, raw: RawRow) -> Values:
        """The fields of a row as they travel."""
        found: Values = {}
        for column in table.columns:
            if column in table.sealed:
                found |= self._opened(table, raw, column)
            else:
                found[column] = self._plain(table, raw, column)
        if table.name == "mark_act":
            found[HISTORY] = self._history(raw)
        if table.name == "month_sheet":
            found[UNCHANGED] = raw["as_of"] == self.state_of_sheet(raw)
        for group in table.together:
            found[group[0]] = [found.pop(column) for column in group]
        return found

    def state_of_sheet(self, raw: RawRow) -> str:
        """What the figures of an issued sheet are compared with: the class-month as it stands here now."""
        return as_of(self.rows.connection, raw["class_id"], Month.parse(raw["month"]))

    def digest(self, table: ExchangeTable, key: str, field: str, value: Any) -> str:
        """What stands for a value: two equal values of one field of a row have the same on one laptop.

        Without the keys nobody guesses them, also not those of open fields: a deleted row leaves its digests behind.
        """
        content = cbor2.dumps(value, canonical=True)
        return self._digests.digest(table.place(key, field), content, protected=table.is_protected(field))

    def compartment(self, table: ExchangeTable, values: Values) -> str:
        """The compartment of a row, ``db`` where nothing of it is sealed."""
        if not table.compartment:
            return Compartment.DB.value
        named = table.compartment.strip("'")
        return named if table.compartment.startswith("'") else str(values[named])

    def insert(self, table: ExchangeTable, key: str, values: Values) -> None:
        """Store a new row.

        Raises:
            CannotStore: it names a row that is not here.
        """
        where = self.names.where(table, key)
        if where is None:
            raise CannotStore
        columns = where | self._columns(table, values)
        if table.counts_versions:
            columns["version"] = _FIRST_VERSION
        if table.has_id:
            columns["id"] = self.rows.next_id(table.name)
        self._fit_own_number(table, columns, values)
        self._require_whole(table, columns)
        self._seal(table, columns, values)
        columns |= self._derived(table, columns, values)
        if table.name == "mark_act":
            columns["first_history"] = self.rows.next_id("mark_history")
            columns["cells"] = len(values[HISTORY])
        if table.name == "month_sheet":
            columns["as_of"] = ""
        row_id = self.rows.insert(table, columns)
        if table.has_id:
            self.names.put(table.name, row_id, key)
        if table.name == "mark_act":
            self._put_history(columns, values)

    def update(self, table: ExchangeTable, row: StoredRow, changed: Values) -> None:
        """Store changed fields of a row; its protected fields are sealed under its next version.

        Raises:
            CannotStore: it names a row that is not here.
        """
        values = {**row.values, **changed}
        where = self.names.where(table, row.key)
        columns = self._columns(table, values)
        self._require_whole(table, row.raw | columns)
        columns = {name: value for name, value in columns.items() if value != row.raw[name]}
        whole = row.raw | columns
        if "version" in row.raw:
            columns["version"] = whole["version"] = row.raw["version"] + 1
        if table.sealed:
            self._seal(table, whole, values)
            columns |= {name: whole[name] for name in table.sealed}
        columns |= self._derived(table, whole, values)
        self.rows.update(table.name, where or {}, columns)
        if table.name == "mark_act":
            self._put_history(row.raw, values)

    def rename(self, table: ExchangeTable, row: StoredRow, key: str) -> None:
        """Let a row go under another UUID, which its seals are bound to."""
        whole = row.raw | {"uuid": bytes.fromhex(key)}
        columns: RawRow = {"uuid": whole["uuid"]}
        if table.sealed:
            whole["version"] = columns["version"] = row.raw["version"] + 1
            self._seal(table, whole, row.values)
            columns |= {name: whole[name] for name in table.sealed} | self._derived(table, whole, row.values)
        self.rows.update(table.name, {"uuid": row.raw["uuid"]}, columns)
        if table.has_id:
            self.names.put(table.name, row.raw["id"], key)

    def delete(self, table: ExchangeTable, key: str) -> None:
        """Take a row away."""
        where = self.names.where(table, key)
        if where is not None:
            self.rows.delete(table.name, where)
        if table.has_id:
            self.names.forget(table.name, key)

    # ----------------------------------------------------------------------------------------------------------------

    def _opened(self, table: ExchangeTable, raw: RawRow, column: str) -> Values:
        place = (table.name, raw["uuid"], column, raw["version"])
        opened = self._cipher.decrypt(Compartment(self.compartment(table, raw)), *place, raw[column])
        if opened is None:
            return {column: None}
        if table.name not in _FORMS:
            return {column: opened}
        form = self.names.named(json.loads(opened or b"{}"))
        return {f"{MEMBER}{name}": value for name, value in form.items()}

    def _seal(self, table: ExchangeTable, columns: RawRow, values: Values) -> None:
        """Put the protected fields of *values* into *columns* under its version."""
        if not table.sealed:
            return
        compartment = Compartment(self.compartment(table, columns))
        for column in table.sealed:
            opened = self._form(values) if table.name in _FORMS else values.get(column)
            columns[column] = self._cipher.encrypt(
                compartment, table.name, columns["uuid"], column, columns["version"], opened
            )

    def _form(self, values: Values) -> str:
        members = {name.removeprefix(MEMBER): each for name, each in values.items() if name.startswith(MEMBER)}
        return json.dumps(self.names.numbered(members), ensure_ascii=False, separators=(",", ":"))

    def _plain(self, table: ExchangeTable, raw: RawRow, column: str) -> Any:
        value = raw[column]
        if column in table.references:
            return self.names.key(table.references[column], value)
        if (table.name, column) == ("signature", "paper_id"):
            return self.names.key(paper_table(raw["paper"]), value)
        if (table.name, column) == ("attachment", "kind"):
            return converted_kind(value, self.names.key)
        if (table.name, column) == ("mark_act", "sessions_before"):
            return converted_sessions(json.loads(value), self.names.key) if value else []
        if (table.name, column) in _FROZEN:
            return self.names.named(json.loads(value), frozen=True)
        return value

    def _stored(self, table: ExchangeTable, values: Values, column: str) -> Any:
        value = values.get(column)
        if column in table.references:
            return self.names.id(table.references[column], value)
        if (table.name, column) == ("signature", "paper_id"):
            return self.names.id(paper_table(values["paper"]), value)
        if (table.name, column) == ("attachment", "kind"):
            return converted_kind(str(value), self.names.id)
        if (table.name, column) == ("mark_act", "sessions_before"):
            return json.dumps(converted_sessions(value, self.names.id)) if value else ""
        if (table.name, column) in _FROZEN:
            return json.dumps(self.names.numbered(value, frozen=True), ensure_ascii=False, separators=(",", ":"))
        return value

    def _columns(self, table: ExchangeTable, values: Values) -> RawRow:
        spread = table.spread(values)
        return {
            column: self._stored(table, spread, column)
            for column in table.columns
            if column in spread and column not in table.sealed
        }

    def _require_whole(self, table: ExchangeTable, columns: RawRow) -> None:
        named = {*table.references, "paper_id"} & table.required
        if any(columns.get(column) is None for column in named):
            raise CannotStore

    @staticmethod
    def _fit_own_number(table: ExchangeTable, columns: RawRow, values: Values) -> None:
        """The first entry of an act names itself, before it has a number here."""
        if table.name == "attempt" and columns["act_id"] is None and values["act_id"] == columns["uuid"].hex():
            columns["act_id"] = columns["id"]

    def _derived(self, table: ExchangeTable, columns: RawRow, values: Values) -> RawRow:
        if table.name == "person":
            return _person_columns(columns)
        if table.name == "training_class":
            return {"sort_key": sort_key(columns["code"])}
        if table.name in _SEARCHED:
            said = "\n".join(filter(None, (values.get(MEMBER + member) for member in _SEARCHED[table.name])))
            place = (table.name, columns["uuid"], "search_key", columns["version"])
            compartment = Compartment(columns["compartment"])
            return {"search_key": self._cipher.encrypt(compartment, *place, search_key(said))}
        return {}

    def _history(self, raw: RawRow) -> list[list[Any]]:
        key = self.names.key
        return [
            [
                key("class_session", session),
                key("person", person),
                code,
                key("absence_reason", reason),
                minutes,
                note,
                converted_before(json.loads(before), key) if before else [],
                at,
                laptop_at,
                key("staff", staff),
            ]
            for session, person, code, reason, minutes, note, before, at, laptop_at, staff in self.rows.history_of(
                raw["first_history"], raw["cells"]
            )
        ]

    def _put_history(self, act: Mapping[str, Any], values: Values) -> None:
        find = self.names.id
        rows = [
            (
                find("class_session", session) or 0,
                find("person", person) or 0,
                code,
                find("absence_reason", reason),
                minutes,
                note,
                json.dumps(converted_before(before, find), ensure_ascii=False) if before else "",
                at,
                laptop_at,
                find("staff", staff),
            )
            for session, person, code, reason, minutes, note, before, at, laptop_at, staff in values[HISTORY]
        ]
        self.rows.put_history(act["id"], act["first_history"], rows)


#: Columns whose JSON holds numbers of rows in pairs.
_FROZEN: Final = {("month_sheet", "figures"), ("person_merge", "moved")}
#: The members of a note that a search looks through, in the order of ``NoteForm.searched``.
_SEARCHED: Final = {
    "case_note": ("summary", "trigger", "plan", "present", "place"),
    "note_addendum": ("text",),
}


def _person_columns(columns: RawRow) -> RawRow:
    names = Names(
        family_km=columns["family_km"],
        given_km=columns["given_km"],
        family_latin=columns["family_latin"],
        given_latin=columns["given_latin"],
        nickname=columns["nickname"],
    )
    keys = person_keys(names, columns["code"])
    return {
        "sort_key": keys.sort_key,
        "latin_sort_key": keys.latin_sort_key,
        "search_text": keys.search_text,
        "duplicate_key": keys.duplicate_key,
    }
