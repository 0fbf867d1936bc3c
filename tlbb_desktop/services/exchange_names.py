"""Numbers of rows become names that every laptop knows, and back; also inside the texts that hold some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from tlbb_desktop.data.exchange_tables import ExchangeTable, exchange_tables
from tlbb_desktop.data.repositories.exchange import ExchangeRows, RawRow
from tlbb_desktop.domain.case_plans import SignedPaper

SEPARATOR: Final = "|"
#: Members of stored forms and frozen sheets that hold the number of a row, and of which table.
FORM_REFERENCES: Final = {
    "assessment_id": "strengths_assessment",
    "case_id": "case_file",
    "check_id": "admission_check",
    "class_id": "training_class",
    "consent_id": "consent",
    "course_id": "course",
    "goal_id": "plan_goal",
    "marked_by": "staff",
    "note_id": "case_note",
    "person_id": "person",
    "person_ids": "person",
    "prison_id": "prison",
    "reason_id": "absence_reason",
    "reoffence_id": "reoffence",
    "repairs_session_id": "class_session",
    "session_id": "class_session",
    "stay_id": "custody_stay",
    "trainer_id": "staff",
}
#: ``id`` below these members.
_IDS_BELOW: Final = {"group": "training_class", "sessions": "class_session"}
#: Members that are lists of pairs whose first half is a number, or a pair of numbers.
_PAIRS: Final[dict[str, tuple[str, ...]]] = {
    "marks": ("class_session", "person"),
    "reasons": ("absence_reason",),
    "reason_codes": ("absence_reason",),
    "weights": ("absence_reason",),
    "moved": ("class_session",),
}
_PAPERS: Final = {
    SignedPaper.CASE_PLAN.value: "case_plan",
    SignedPaper.RELEASE_PLAN.value: "release_plan",
    SignedPaper.REVIEW.value: "plan_review",
    SignedPaper.ASSESSMENT.value: "strengths_assessment",
    SignedPaper.CLOSURE.value: "case_file",
    SignedPaper.CONSENT.value: "consent",
}
Convert = Callable[[str, Any], Any]


class RowNames:
    """Numbers and names of the rows of one record, as they stand while it is read or written.

    Args:
        rows: of the unit of work.
    """

    def __init__(self, rows: ExchangeRows) -> None:
        self._rows = rows
        self._keys: dict[str, dict[int, str]] = {}
        self._ids: dict[str, dict[str, int]] = {}

    @cached_property
    def aliases(self) -> dict[tuple[str, str], str]:
        """(table, old key) -> new key, of rows that turned out to be one."""
        return self._rows.aliases()

    def key(self, table: str, row_id: Any) -> str | None:
        """The name of the row with this number; None where there is none."""
        return self._of(table)[0].get(row_id) if isinstance(row_id, int) else None

    def id(self, table: str, key: Any) -> int | None:
        """The number of the row with this name; None where it is not here."""
        return self._of(table)[1].get(self.standing(table, key)) if isinstance(key, str) else None

    def standing(self, table: str, key: str) -> str:
        """The name that a row goes under now."""
        return self.aliases.get((table, key), key)

    def put(self, table: str, row_id: int, key: str) -> None:
        """Take note of a new row, or of a new name."""
        keys, ids = self._of(table)
        if row_id in keys:
            ids.pop(keys[row_id], None)
        keys[row_id], ids[key] = key, row_id

    def forget(self, table: str, key: str) -> None:
        """Take note that a row is gone."""
        keys, ids = self._of(table)
        keys.pop(ids.pop(key, -1), None)

    def forget_natural(self) -> None:
        """Read the names of rows that are named by others again, as one of those got another name."""
        for name in [name for name in self._keys if exchange_tables()[name].natural]:
            del self._keys[name], self._ids[name]

    def natural(self, table: ExchangeTable, row: RawRow) -> str:
        """The name of a row that has no UUID."""
        parts = (
            self.key(table.references[column], row[column]) if column in table.references else row[column]
            for column in table.natural
        )
        return SEPARATOR.join(str(part) for part in parts)

    def key_of(self, table: ExchangeTable, row: RawRow) -> str:
        """The name of a row with all its columns."""
        if table.natural:
            return self.natural(table, row)
        key: str = row["uuid"].hex()
        return key

    def where(self, table: ExchangeTable, key: str) -> RawRow | None:
        """The columns that find a row by its name; None where what it is named by is not here."""
        if not table.natural:
            return {"uuid": bytes.fromhex(key)}
        found: RawRow = {}
        parts = self._split(table, key)
        for column, part in zip(table.natural, parts, strict=True):
            found[column] = self.id(table.references[column], part) if column in table.references else part
        return None if None in found.values() else found

    @staticmethod
    def _split(table: ExchangeTable, key: str) -> list[Any]:
        """A name that holds a name (a criterion's unit) keeps its bars: only the last parts are split off."""
        numbers = {"weekday", "starts", "ends", "number"} if table.name != "certificate_withdrawal" else set()
        parts = key.rsplit(SEPARATOR, len(table.natural) - 1)
        return [int(part) if column in numbers else part for column, part in zip(table.natural, parts, strict=True)]

    def named(self, value: Any, *, frozen: bool = False) -> Any:
        """*value* of a stored text, its numbers named; *frozen* for figures that also hold pairs of numbers."""
        return _Walk(self.key, frozen).through(value, "")

    def numbered(self, value: Any, *, frozen: bool = False) -> Any:
        """*value* of a travelling text, its names numbered; *frozen* as for :meth:`named`."""
        return _Walk(self.id, frozen).through(value, "")

    def _of(self, table: str) -> tuple[dict[int, str], dict[str, int]]:
        if table not in self._keys:
            described = exchange_tables()[table]
            if described.natural:
                self._keys[table] = {row["id"]: self.natural(described, row) for row in self._rows.rows(table, ("id",))}
            else:
                self._keys[table] = {row[0]: row[1].hex() for row in self._rows.columns(table, "id", "uuid")}
            self._ids[table] = {key: row_id for row_id, key in self._keys[table].items()}
        return self._keys[table], self._ids[table]


def paper_table(paper: str) -> str:
    """The table of a signed paper."""
    return _PAPERS[paper]


def converted_sessions(states: list[Any], convert: Convert) -> list[Any]:
    """``mark_act.sessions_before``: session, state before, state after; a state's second part is a reason."""
    return [
        [convert("class_session", session), _state(before, convert), _state(after, convert)]
        for session, before, after in states
    ]


def converted_before(values: list[Any], convert: Convert) -> list[Any]:
    """``mark_history.before``: code, reason, minutes, note, when, who."""
    code, reason, minutes, note, at, by = values
    return [code, convert("absence_reason", reason), minutes, note, at, convert("staff", by)]


def converted_kind(kind: str, convert: Convert) -> str:
    """``attachment.kind``: of a page of a signed paper it names paper, row and page."""
    paper, colon, rest = kind.partition(":")
    row, slash, page = rest.partition("/")
    if not (colon and slash and paper in _PAPERS):
        return kind
    found = convert(_PAPERS[paper], int(row) if row.isdigit() and len(row) < _UUID_DIGITS else row)
    return f"{paper}:{found or 0}/{page}"


_UUID_DIGITS: Final = 32


def _state(state: list[Any], convert: Convert) -> list[Any]:
    return [state[0], convert("absence_reason", state[1]), *state[2:]]


@dataclass(frozen=True, slots=True)
class _Walk:
    convert: Convert
    frozen: bool

    def through(self, value: Any, parent: str) -> Any:
        if isinstance(value, dict):
            return {name: self._member(name, each, parent) for name, each in value.items()}
        if isinstance(value, list):
            tables = _PAIRS.get(parent) if self.frozen else None
            return [self._entry(each, tables, parent) for each in value]
        return value

    def _member(self, name: str, value: Any, parent: str) -> Any:
        table = FORM_REFERENCES.get(name)
        if table is None and self.frozen and name == "id":
            table = _IDS_BELOW.get(parent)
        if table is None:
            return self.through(value, name)
        if isinstance(value, list):
            return [found for each in value if (found := self.convert(table, each)) is not None]
        return self.convert(table, value)

    def _entry(self, value: Any, tables: tuple[str, ...] | None, parent: str) -> Any:
        if tables is None or isinstance(value, dict):
            return self.through(value, parent)
        if not isinstance(value, list):
            return self.convert(tables[0], value)
        first, rest = value[0], [self.through(each, "") for each in value[1:]]
        if isinstance(first, list):
            return [[self.convert(table, each) for table, each in zip(tables, first, strict=True)], *rest]
        return [self.convert(tables[0], first), *rest]
