"""What travels between laptops, table by table, and how a row is named there.

Rows are numbered by each laptop for itself, so none of these numbers travels: a row is named by its UUID, or, where it
has none, by what makes it unique. Everything else is read from the tables themselves; here stands what they do not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Table, UniqueConstraint

from tlbb_desktop.data.models import Record
from tlbb_desktop.data.sealed_columns import sealed_tables

#: Tables of one laptop alone. The history of marks goes with its act, and of the audit chain the head.
STAYS_HERE: Final = frozenset(
    {
        "audit_event",
        "draft",
        "mark_history",
        "exchange_laptop",
        "exchange_sent",
        "exchange_row",
        "exchange_alias",
        "exchange_conflict",
    }
)
#: Settings of the whole programme; the others are a laptop's or a member's own.
SHARED_SETTINGS: Final = frozenset(
    {
        "organisation_km",
        "organisation_en",
        "late_minutes",
        "certificate_photos",
        "practical_photos",
        "refused_senders",  # a laptop that was lost is refused by all
    }
)
#: How a row without a UUID is named.
_NATURAL: Final[dict[str, tuple[str, ...]]] = {
    "mark": ("session_id", "person_id"),
    "timetable_slot": ("class_id", "weekday", "starts", "ends"),
    "session_unit": ("session_id", "unit_id"),
    "curriculum_unit": ("curriculum_id", "unit_id"),
    "criterion": ("curriculum_unit_id", "number"),
    "staff_prison": ("staff_id", "prison_id", "starts_on"),
    "holiday": ("day",),
    "setting": ("name",),
    "certificate_programme": ("programme",),
    "certificate_key": ("key_id",),
    "certificate_withdrawal": ("programme", "number"),
}
#: Worked out from other columns by whoever stores the row.
_DERIVED: Final[dict[str, frozenset[str]]] = {
    "person": frozenset({"sort_key", "latin_sort_key", "search_text", "duplicate_key"}),
    "training_class": frozenset({"sort_key"}),
    "case_note": frozenset({"search_key"}),
    "note_addendum": frozenset({"search_key"}),
    "mark_act": frozenset({"first_history", "cells"}),
    "month_sheet": frozenset({"as_of"}),
}
#: Nobody is asked about these: of two that were changed apart the greater one stands.
_QUIET: Final[dict[str, frozenset[str]]] = {
    "person": frozenset({"prison_id", "age_band"}),
    "release_plan": frozenset({"items", "done", "critical", "critical_done"}),
    "certificate": frozenset({"prints"}),
    "mark": frozenset({"marked_at"}),
    "mark_act": frozenset({"undone", "history"}),
    "certificate_programme": frozenset({"dated"}),
    "certificate_key": frozenset({"until", "accepted_at", "accepted_by"}),
}
#: Of an issued sheet: whether nothing that its figures come from was changed since.
UNCHANGED: Final = "unchanged"
#: What the keyring of each laptop decides travels only with a new row.
_ONCE: Final = {
    "staff": frozenset({"username", "name", "role", "admin_duty", "active", "changed_at"}),
    "month_sheet": frozenset({UNCHANGED}),
}
#: Columns that are changed together or not at all, and are compared as one field, which the first one names.
_TOGETHER: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "mark": (("code", "reason_id", "minutes", "note"), ("marked_at", "marked_by")),
    "certificate": (
        (
            "state", "number", "content", "envelope", "key_id", "issued_on", "withdrawn_on", "reason", "despite",
        ),
    ),
}  # fmt: skip
_WHO_AND_WHEN: Final = ("changed_at", "changed_by")
_MADE: Final = ("created_at", "created_by")
#: Begins the name of a field that is a member of a form.
MEMBER: Final = "content."
#: Numbers of rows in columns without a foreign key.
_MORE_REFERENCES: Final = {
    ("mark", "marked_by"): "staff",
    ("mark_act", "staff_id"): "staff",
    ("month_sheet", "issued_by"): "staff",
    ("question", "answered_by"): "staff",
    ("question", "accepted_by"): "staff",
    ("attempt", "act_id"): "attempt",
    ("attempt", "assessor_id"): "staff",
    ("attempt", "staff_id"): "staff",
    ("brought_record", "act_id"): "attempt",
    ("certificate_key", "accepted_by"): "staff",
}
#: Their rows come after what a trigger of the schema looks at, or after what their texts name.
_LAST: Final = ("attachment", "mark_act", "certificate", "attempt", "attempt_photo", "brought_record", "submission")
#: Where two rows with the same code are two things: the younger one gets an addition to its code.
_TELL_APART: Final = {"person": "code", "training_class": "code", "issued_report": "number", "staff": "username"}


@dataclass(frozen=True, slots=True)
class ExchangeTable:
    """A table that travels.

    Args:
        name: of the table.
        columns: what travels of a row.
        references: column -> table of the row that its number names.
        natural: the columns that name a row without a UUID, or ``()``.
        sealed: the sealed columns.
        compartment: a quoted compartment, or the column that names it; ``""`` where nothing is sealed.
        quiet: fields about which nobody is asked.
        once: columns that only a new row takes.
        together: columns compared as one field, which the first of them names.
        unique: sets of columns in which no two rows agree; two laptops that make the same thing meet here.
        code: the column that tells two things apart that met, or ``""`` where they are one thing.
        required: columns that must not be empty.
    """

    name: str
    columns: tuple[str, ...]
    references: dict[str, str]
    natural: tuple[str, ...]
    sealed: tuple[str, ...]
    compartment: str
    quiet: frozenset[str]
    once: frozenset[str]
    together: tuple[tuple[str, ...], ...]
    unique: tuple[tuple[str, ...], ...]
    code: str
    required: frozenset[str]

    @property
    def has_id(self) -> bool:
        """Whether the table numbers its rows."""
        return "id" in Record.metadata.tables[self.name].columns

    @property
    def counts_versions(self) -> bool:
        """Whether each change of a row counts up its version."""
        return "version" in Record.metadata.tables[self.name].columns

    @property
    def own_compartment(self) -> str:
        """The column in which each row names its compartment, or ``""``."""
        return "" if self.compartment.startswith("'") else self.compartment

    def is_protected(self, field: str) -> bool:
        """Whether a field is sealed here, by itself or as a member of a form."""
        return bool(self.compartment) and (field in self.sealed or field.startswith(MEMBER))

    def place(self, key: str, field: str) -> tuple[str, str, str]:
        """What a digest is bound to: table, row, field; an open field to no row, as equal ones stand there openly."""
        return (self.name, key if self.is_protected(field) else "", field)

    def spread(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a row column by column."""
        found = dict(values)
        for group in self.together:
            if group[0] in values:
                found |= dict(zip(group, values[group[0]], strict=True))
        return found


@cache
def exchange_tables() -> dict[str, ExchangeTable]:
    """Every table that travels, each after those that its rows name."""
    names = [table.name for table in Record.metadata.sorted_tables if table.name not in STAYS_HERE]
    ordered = [name for name in names if name not in _LAST] + list(_LAST)
    return {name: _described(Record.metadata.tables[name]) for name in ordered}


def _described(table: Table) -> ExchangeTable:
    name, natural = table.name, _NATURAL.get(table.name, ())
    sealed = {each.name: each for each in sealed_tables()}.get(name)
    left_out = {"id", "uuid", *_DERIVED.get(name, ())} | ({"version"} if "uuid" in table.columns else set())
    columns = [column for column in table.columns if column.name not in left_out and column.name not in natural]
    if name == "mark":
        columns = [column for column in columns if column.name != "version"]
    references = {
        column.name: next(iter(column.foreign_keys)).column.table.name
        for column in table.columns
        if any(each.column.name == "id" for each in column.foreign_keys)  # names travel as they are
    }
    references |= {column: target for (owner, column), target in _MORE_REFERENCES.items() if owner == name}
    unique = [
        tuple(column.name for column in rule.columns)
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint) and [column.name for column in rule.columns] != ["uuid"]
    ]
    return ExchangeTable(
        name=name,
        columns=tuple(column.name for column in columns),
        references=references,
        natural=natural,
        sealed=tuple(column for column in (sealed.columns if sealed else ()) if column not in left_out),
        compartment=sealed.compartment if sealed else "",
        quiet=_QUIET.get(name, frozenset()) | {_WHO_AND_WHEN[0], *_MADE},
        once=_ONCE.get(name, frozenset()),
        together=_TOGETHER.get(name, ()) + ((_WHO_AND_WHEN,) if _WHO_AND_WHEN[0] in table.columns else ()),
        unique=tuple(sorted(unique)) if not natural else (),
        code=_TELL_APART.get(name, ""),
        required=frozenset(column.name for column in table.columns if not column.nullable),
    )
