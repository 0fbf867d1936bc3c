"""What may go to another laptop: what its staff may see there, and nothing else.

A person goes where they are or were held, or are on the list of a class. What lies under keys about them goes where
their case may be read: to the prison where they are or were last, and to whoever is responsible for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data.exchange_tables import ExchangeTable
from tlbb_desktop.data.repositories.exchange import RawRow
from tlbb_desktop.domain.cases import CaseState
from tlbb_desktop.domain.exchange import Laptop
from tlbb_desktop.security.compartments import Compartment

Roots = frozenset[str]
_NOWHERE: Final = None
#: Columns that a row belongs to: it goes where all of them go.
_OWNERS: Final = (
    "person_id", "other_id", "kept_id", "merged_id", "class_id", "session_id", "case_id", "plan_id", "goal_id",
    "assessment_id", "note_id", "release_id", "follow_up_id", "reoffence_id", "check_id", "certificate_id",
    "attempt_id",
)  # fmt: skip
#: Rows of these tables are known by number to the tables below them.
_REMEMBERED: Final = frozenset(
    {
        "training_class", "class_session", "case_file", "case_plan", "plan_goal", "strengths_assessment", "case_note",
        "release_plan", "release", "follow_up", "reoffence", "admission_check", "certificate", "attempt",
    }
)  # fmt: skip
_OF_PRISONS: Final = frozenset({"training_class", "unit_switch", "admission_check"})
_STAYS_AT_HEAD_OFFICE: Final = frozenset({"issued_report"})
#: First letters of roots by which a laptop has, or had, the case of somebody: ``L`` for who was moved out of its sight.
_SIGHTS: Final = "PL"
#: Without a seal, but of the case.
_OF_THE_CASE: Final = frozenset({"case_file", "consent", "person_link"})
_KNOWN: Final = """
    SELECT person_id FROM custody_stay WHERE prison_id IN ({0}) UNION SELECT id FROM person WHERE prison_id IN ({0})
    UNION SELECT e.person_id FROM enrolment e JOIN training_class c ON c.id = e.class_id WHERE c.prison_id IN ({0})
    UNION SELECT h.person_id FROM mark_history h JOIN class_session s ON s.id = h.session_id
        JOIN training_class c ON c.id = s.class_id WHERE c.prison_id IN ({0})
"""
_THEIRS: Final = """
    SELECT p.id FROM person p WHERE coalesce(p.prison_id, (SELECT s.prison_id FROM custody_stay s
        WHERE s.person_id = p.id AND (s.ends_on IS NULL OR s.ends_on >= s.starts_on)
        ORDER BY s.starts_on DESC, s.id DESC LIMIT 1)) IN ({0})
    UNION SELECT f.person_id FROM case_file f JOIN staff w ON w.id = f.worker_id
        WHERE f.closed_on IS NULL AND lower(hex(w.uuid)) IN ({1})
"""


class Reach:
    """Says of each row whether it may go to a laptop; rows are asked for in the order of the tables.

    Args:
        connection: of the unit of work.
        laptop: the receiver.
        had: what it was ever sent of, as roots.
    """

    def __init__(self, connection: Connection, laptop: Laptop, had: Roots = frozenset()) -> None:
        self._all = laptop.head_office
        self._compartments = laptop.compartments | {Compartment.DB.value}
        self._found: dict[str, dict[int, Roots]] = {name: {} for name in _REMEMBERED}
        self._lost: frozenset[int] = frozenset()
        self.lost: Roots = frozenset()
        if self._all:
            return
        self._prisons = _numbers(
            connection, "SELECT id FROM prison WHERE code IN (SELECT atom FROM json_each(?))", laptop.prisons
        )
        prisons, staff = _listed(map(str, self._prisons)), _listed(map(_quoted, laptop.staff))
        self._known = _rooted(connection, _KNOWN.format(prisons), "p")
        self._theirs = _rooted(connection, _THEIRS.format(prisons, staff), "P")
        for person, roots in self._theirs.items():
            self._known[person] = self._known.get(person, roots) | roots
        theirs = {root[2:] for roots in self._theirs.values() for root in roots}
        lost = sorted({root[2:] for root in had if root[0] in _SIGHTS} - theirs)
        self.lost = frozenset(f"L:{person}" for person in lost)
        self._lost = _numbers(
            connection, "SELECT id FROM person WHERE lower(hex(uuid)) IN (SELECT atom FROM json_each(?))", lost
        )
        self._sheet_scans = _numbers(
            connection,
            "SELECT m.scan_id FROM month_sheet m JOIN training_class c ON c.id = m.class_id"
            " WHERE m.scan_id IS NOT NULL AND c.prison_id IN (SELECT value FROM json_each(?))",
            self._prisons,
        )

    def roots(self, table: ExchangeTable, raw: RawRow) -> Roots | None:
        """The people and classes that a row belongs to; None where it may not go."""
        if self._all:
            return frozenset()
        found = self._roots(table, raw)
        if found is not None and table.name in _REMEMBERED:
            if table.name == "training_class":
                found |= {f"c:{raw['uuid'].hex()}"}
            self._found[table.name][raw["id"]] = found
        return found

    def _roots(self, table: ExchangeTable, raw: RawRow) -> Roots | None:
        if table.name in _STAYS_AT_HEAD_OFFICE or not self._opens(table, raw):
            return _NOWHERE
        if table.name in _OF_PRISONS and raw["prison_id"] not in self._prisons:
            return _NOWHERE
        if table.name == "person":
            return self._known.get(raw["id"])
        if table.name == "case_file" and raw["state"] == CaseState.EXPUNGED and raw["person_id"] in self._lost:
            return frozenset()  # nothing of the case goes with it; the laptop empties what it has
        if table.name == "attachment" and raw["person_id"] is None:
            return frozenset() if raw["id"] in self._sheet_scans else _NOWHERE
        return self._of_owners(table, raw)

    def _of_owners(self, table: ExchangeTable, raw: RawRow) -> Roots | None:
        found: Roots = frozenset()
        for column in _OWNERS:
            target = table.references.get(column)
            if target is None or (raw[column] is None and column not in table.required):
                continue
            owner = self._owner(table, target, raw[column])
            if owner is None:
                return _NOWHERE
            found |= owner
        return found

    def _owner(self, table: ExchangeTable, target: str, row_id: int) -> Roots | None:
        if target == "person":
            protected = table.compartment or table.name in _OF_THE_CASE
            return (self._theirs if protected else self._known).get(row_id)
        return self._found[target].get(row_id) if target in self._found else frozenset()

    def _opens(self, table: ExchangeTable, raw: RawRow) -> bool:
        if not table.compartment:
            return True
        named = table.compartment.strip("'")
        return (named if table.compartment.startswith("'") else raw[named]) in self._compartments


def _rooted(connection: Connection, query: str, letter: str) -> dict[int, Roots]:
    rows = connection.exec_driver_sql(f"SELECT id, lower(hex(uuid)) FROM person WHERE id IN ({query})")
    return {row[0]: frozenset({f"{letter}:{row[1]}"}) for row in rows}


def _numbers(connection: Connection, query: str, values: Iterable[Any]) -> frozenset[int]:
    return frozenset(connection.exec_driver_sql(query, (json.dumps(sorted(values)),)).scalars())


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or "NULL"


def _quoted(value: str) -> str:
    return f"'{bytes.fromhex(value).hex()}'"
