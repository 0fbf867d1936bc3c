"""Values as they travel become values as the program knows them, so that a reader can be shown them in words."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final

from sqlalchemy import Boolean

from tlbb_desktop.data.exchange_tables import ExchangeTable
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.models.vocabulary import DayText, MinuteOfDay, Moment, from_milliseconds
from tlbb_desktop.domain.assessment import EntryKind
from tlbb_desktop.domain.attendance import MarkCode, ReasonUse, SessionState
from tlbb_desktop.domain.case_plans import PlanStatus, SignedPaper
from tlbb_desktop.domain.cases import CaseState, CloseReason, RetentionAct
from tlbb_desktop.domain.certificates import CertificateKind, CertificateState
from tlbb_desktop.domain.classes import RosterOrder
from tlbb_desktop.domain.consents import ConsentGiver, ConsentMethod, ConsentPurpose
from tlbb_desktop.domain.curricula import Basis
from tlbb_desktop.domain.exchange import Parts, Sheet
from tlbb_desktop.domain.money import Currency, Money
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import PersonKind, PersonStatus, Sex
from tlbb_desktop.domain.questions import QuestionKind
from tlbb_desktop.domain.register import SheetState
from tlbb_desktop.domain.release_words import ITEM_NAMES
from tlbb_desktop.domain.strengths import AssessmentKind
from tlbb_desktop.domain.visits import VisitKind
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.services.exchange_names import FORM_REFERENCES, paper_table
from tlbb_desktop.services.exchange_naming import Naming
from tlbb_desktop.services.exchange_rows import HISTORY
from tlbb_desktop.services.person_seal import birth_read
from tlbb_desktop.services.sealed_forms import SEALED_FORMS

MEMBER: Final = "content."
_FORMS: Final = {form.table: form.kind for form in SEALED_FORMS}
#: What the words of a column are, where its type does not say it.
COLUMN_ENUMS: Final[dict[tuple[str, str], type[Enum]]] = {
    ("absence_reason", "use"): ReasonUse,
    ("attempt", "kind"): EntryKind,
    ("case_file", "state"): CaseState,
    ("case_file", "close_reason"): CloseReason,
    ("case_plan", "status"): PlanStatus,
    ("certificate", "kind"): CertificateKind,
    ("certificate_withdrawal", "state"): CertificateState,
    ("class_session", "state"): SessionState,
    ("consent", "given_by"): ConsentGiver,
    ("consent", "method"): ConsentMethod,
    ("consent", "purpose"): ConsentPurpose,
    ("curriculum", "basis"): Basis,
    ("month_sheet", "state"): SheetState,
    ("person", "kind"): PersonKind,
    ("person", "sex"): Sex,
    ("person", "status"): PersonStatus,
    ("question", "kind"): QuestionKind,
    ("release_plan", "status"): PlanStatus,
    ("retention_request", "act"): RetentionAct,
    ("signature", "paper"): SignedPaper,
    ("strengths_assessment", "kind"): AssessmentKind,
    ("training_class", "roster_order"): RosterOrder,
    ("visit", "kind"): VisitKind,
}
_WHOLE: Final = frozenset(
    {
        ("month_sheet", "figures"),
        ("person_merge", "moved"),
        ("brought_record", "content"),
        ("mark_act", "sessions_before"),
        ("mark_act", HISTORY),
    }
)
_PLACES: Final = frozenset({"place_code", "province_code"})
_MONTHS: Final = frozenset({("person", "release_month"), ("month_sheet", "month")})
#: By which of its fields a row is told from its namesakes, the first that says something.
_WHICH: Final = {
    "case_task": ("content.text",),
    "consent": ("purpose",),
    "external_id": ("system",),
    "follow_up": ("content.kind",),
    "plan_action": ("content.what",),
    "plan_goal": ("content.statement",),
    "referral": ("content.service", "content.agency"),
    "release_item": ("content.title", "content.key"),
    "attachment": ("taken_on",),
}
Read = Callable[[Any], Any]


class TypedValues:
    """Turns values of rows, of whatever program wrote them, into what a reader can be shown.

    Args:
        naming: finds what references refer to.
    """

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def of(self, table: ExchangeTable, field: str, value: Any, row: Mapping[str, Any]) -> Any:
        """A value of *field*; *row* holds the other fields of the same row."""
        try:
            return self._of(table, field, value, row)
        except (ValueError, TypeError, AttributeError, KeyError, LookupError):  # of a newer or older program
            return value

    def which(self, table: ExchangeTable, row: Mapping[str, Any]) -> Any:
        """What tells a row from the others of the same person, such as the item of a release plan; None = its day."""
        name = next((each for each in _WHICH.get(table.name, ()) if row.get(each)), None)
        found = None if name is None else self.of(table, name, row[name], row)
        return ITEM_NAMES.get(found, found) if isinstance(found, str) else found

    def _of(self, table: ExchangeTable, field: str, value: Any, row: Mapping[str, Any]) -> Any:
        group = next((each for each in table.together if each[0] == field), None)
        if value is None or group is None:
            return self._one(table, field, value, row)
        each = [self._one(table, name, part, row) for name, part in zip(group, value, strict=True)]
        if table.name == "mark":
            late = Parts("mark", (("minutes", value[2]),)) if value[2] else None
            return (MarkCode(value[0]), each[1], late, each[3])
        shown = zip(group, [CertificateState(value[0]), *each[1:]], strict=True)
        return Parts(table.name, tuple((name, part) for name, part in shown if name not in _UNSHOWN and part))

    def _one(self, table: ExchangeTable, field: str, value: Any, row: Mapping[str, Any]) -> Any:
        if value is None or value == "":
            return None
        if (table.name, field) in _WHOLE:
            return Sheet()
        if field.startswith(MEMBER):
            name = field.removeprefix(MEMBER)
            return self._member(typing.get_type_hints(_FORMS[table.name])[name], name, value)
        if field in table.sealed:
            return self._sealed(field, value)
        target = paper_table(row["paper"]) if field == "paper_id" else table.references.get(field)
        return self._naming.named(target, value) if target else self._column(table, field, value)

    def _column(self, table: ExchangeTable, field: str, value: Any) -> Any:
        if (table.name, field) in COLUMN_ENUMS:
            return COLUMN_ENUMS[table.name, field](value)
        if field in _PLACES:
            return self._naming.place(value)
        if field == "compartment":
            return Compartment(value)
        if (table.name, field) in _MONTHS:
            return Month.parse(value)
        if (table.name, field) == ("setting", "value"):
            return json.loads(value)
        return _typed(table.name, field)(value)

    def _sealed(self, field: str, value: bytes) -> Any:
        try:
            text = value.decode()
        except UnicodeDecodeError:
            return value  # a picture
        if field == "birth":
            return birth_read(text)
        if field in _PLACES:
            return self._naming.place(text) if text else None
        return date.fromisoformat(text) if field == "release_on" and text else text

    def _member(self, hint: Any, name: str, value: Any) -> Any:
        """A part of a stored form; the numbers of rows in it travel as their names."""
        if value is None or value in ("", [], {}):
            return None
        if name in FORM_REFERENCES:
            keys = value if isinstance(value, list) else [value]
            found = tuple(self._naming.named(FORM_REFERENCES[name], key) for key in keys)
            return found if isinstance(value, list) else found[0]
        if name in _PLACES or name == "service":
            return self._naming.place(value) if name in _PLACES else self._naming.service(value)
        return self._hinted(hint, name, value)

    def _hinted(self, hint: Any, name: str, value: Any) -> Any:
        origin, parts = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            (hint,) = (each for each in parts if each is not type(None))
            return self._member(hint, name, value)
        if origin in (tuple, frozenset):
            return tuple(self._hinted(parts[0], "", each) for each in value)
        return self._mapping(parts, value) if origin is not None else self._alone(hint, value)

    def _alone(self, hint: Any, value: Any) -> Any:
        if hint is Money:
            return Money(value["amount"], Currency(value["currency"]), value.get("rate", 0))
        if is_dataclass(hint):
            return self._parts(hint, value)
        if hint in (date, datetime):
            return hint.fromisoformat(value)
        return hint(value) if isinstance(hint, type) and issubclass(hint, Enum) else value

    def _mapping(self, hints: tuple[Any, ...], value: Mapping[str, Any]) -> dict[Any, Any]:
        key, part = hints
        read: Read = (lambda text: key(int(text))) if issubclass(key, int) else key
        return {read(each): self._member(part, "", held) for each, held in value.items()}

    def _parts(self, hint: Any, value: Mapping[str, Any]) -> Parts:
        hints = typing.get_type_hints(hint)
        shown = ((each.name, self._member(hints[each.name], each.name, value.get(each.name))) for each in fields(hint))
        return Parts("", tuple((name, part) for name, part in shown if part is not None))


#: Of a certificate: what nobody can read in a line.
_UNSHOWN: Final = frozenset({"content", "envelope", "key_id"})


def _typed(table: str, field: str) -> Read:
    column = Record.metadata.tables[table].columns.get(field)
    kind = None if column is None else column.type
    if isinstance(kind, DayText):
        return date.fromisoformat
    if isinstance(kind, Moment):
        return from_milliseconds
    if isinstance(kind, MinuteOfDay):
        return lambda minutes: time(minutes // 60, minutes % 60)
    return bool if isinstance(kind, Boolean) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
