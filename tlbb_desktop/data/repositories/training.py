"""The statements behind an attempt: few, prepared as text and run through the driver, as for a mark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.models.vocabulary import new_uuid, to_milliseconds
from tlbb_desktop.data.queries.training import ENTRY_COLUMNS, entry_of
from tlbb_desktop.domain.assessment import Entry, EntryKind, Outcome

_COLUMNS: Final = (
    "uuid, act_id, class_id, person_id, unit_id, curriculum_id, kind, outcome, day, assessor_id, passed, feedback,"
    " reason, minutes, corrects_id, at, laptop_at, staff_id"
)
_NEW: Final = f"INSERT INTO attempt (id, {_COLUMNS}) VALUES ({', '.join('?' * 19)})"
_NEXT_ID: Final = "SELECT coalesce(max(id), 0) + 1 FROM attempt"
_CELLS: Final = (
    f"SELECT {ENTRY_COLUMNS} FROM attempt AS a WHERE a.person_id IN ({{people}}) AND a.unit_id IN ({{units}})"
    " ORDER BY a.id"
)
#: Nobody makes as many entries in a day; what is looked for among today's is among this many latest.
_LATEST: Final = 20_000
_LAST_ACT: Final = f"""
    SELECT a.act_id FROM attempt AS a WHERE a.id > (SELECT coalesce(max(id), 0) FROM attempt) - {_LATEST}
    AND a.class_id = ?1 AND a.staff_id = ?2 AND a.at >= ?3 AND a.kind <> 'taken-back'
    AND NOT EXISTS (SELECT 1 FROM attempt AS b WHERE b.corrects_id = a.id AND b.id > a.id)
    ORDER BY a.id DESC LIMIT 1
"""
_OF_ACT: Final = (
    "SELECT id, person_id, unit_id, curriculum_id, day, assessor_id FROM attempt AS a WHERE act_id = ?1 AND id >= ?1"
    " AND NOT EXISTS (SELECT 1 FROM attempt AS b WHERE b.corrects_id = a.id) ORDER BY id"
)
#: The actor's acts of today, the newest first: undone (an undo says no reason) or brought back (it corrects an undo).
_ACTS: Final = f"""
    SELECT a.act_id, max(a.kind = 'taken-back' AND a.reason = ''), max(a.kind <> 'taken-back' AND a.corrects_id NOTNULL)
    FROM attempt AS a WHERE a.id > (SELECT coalesce(max(id), 0) FROM attempt) - {_LATEST}
    AND a.class_id = ?1 AND a.staff_id = ?2 AND a.at >= ?3 GROUP BY a.act_id ORDER BY a.act_id DESC
"""
_UNDONE: Final = """
    SELECT a.person_id, a.unit_id, a.curriculum_id, a.kind, a.day, a.outcome, a.assessor_id, a.passed, a.feedback,
        a.reason, a.minutes, b.id, EXISTS (
            SELECT 1 FROM attempt AS c WHERE c.person_id = a.person_id AND c.unit_id = a.unit_id AND c.id > b.id
            AND c.staff_id IS DISTINCT FROM ?2)
    FROM attempt AS b JOIN attempt AS a ON a.id = b.corrects_id WHERE b.act_id = ?1 AND b.id >= ?1 ORDER BY b.id
"""
_ONE: Final = "SELECT id, person_id, unit_id, curriculum_id, day, assessor_id FROM attempt WHERE id = ?"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is about to be written; see ``domain.assessment.Entry``."""

    person_id: int
    unit_id: int
    curriculum_id: int
    kind: EntryKind
    day: date
    outcome: Outcome | None = None
    assessor_id: int | None = None
    passed: tuple[int, ...] | None = None
    feedback: str = ""
    reason: str = ""
    minutes: int = 0
    corrects_id: int | None = None


class AttemptRows:
    """Reads and writes the entries of a class inside the caller's transaction.

    Args:
        connection: of the unit of work.
        class_id: of the class in which is assessed.
        at: working time of the act.
        laptop_at: what the laptop's own clock says.
        staff_id: who acts.
    """

    def __init__(self, connection: Connection, class_id: int, at: datetime, laptop_at: datetime, staff_id: int) -> None:
        self._driver = driver_connection(connection)
        self._class_id = class_id
        self._at = to_milliseconds(at)
        self._laptop_at = to_milliseconds(laptop_at)
        self._staff_id = staff_id

    def cells(self, person_ids: Sequence[int], unit_ids: Sequence[int]) -> dict[tuple[int, int], list[Entry]]:
        """(person, unit) -> entries so far, of the cells of these people and units."""
        text = _CELLS.format(people=_places(person_ids), units=_places(unit_ids))
        found: dict[tuple[int, int], list[Entry]] = {}
        for row in self._driver.execute(text, (*person_ids, *unit_ids)):
            entry = entry_of(row)
            found.setdefault((entry.person_id, entry.unit_id), []).append(entry)
        return found

    def write(self, entries: Sequence[NewEntry]) -> list[Entry]:
        """Store the entries of one act; gives them with their rows."""
        first = int(self._driver.execute(_NEXT_ID).fetchone()[0])
        self._driver.executemany(
            _NEW, [self._values(first + place, first, entry) for place, entry in enumerate(entries)]
        )
        return [
            Entry(
                first + place,
                entry.person_id,
                entry.unit_id,
                entry.kind,
                entry.outcome,
                entry.day,
                entry.minutes,
                entry.corrects_id,
            )
            for place, entry in enumerate(entries)
        ]

    def last_act(self, since: datetime) -> list[NewEntry]:
        """The correcting entries that take back the actor's newest act since *since*; none where nothing stands."""
        found = self._driver.execute(_LAST_ACT, (self._class_id, self._staff_id, to_milliseconds(since))).fetchone()
        return [] if found is None else [_taken_back(row) for row in self._driver.execute(_OF_ACT, (found[0],))]

    def undone_act(self, since: datetime) -> tuple[list[NewEntry], int]:
        """The entries that bring back what the actor's last undo since *since* took back; none where there is nothing.

        An act of another kind ends what can be brought back, as at the register.

        Returns:
            The entries, and how many are left out because somebody else wrote in their cell since.
        """
        act_id = self._last_undo(to_milliseconds(since))
        if act_id is None:
            return [], 0
        rows = self._driver.execute(_UNDONE, (act_id, self._staff_id)).fetchall()
        free = [row for row in rows if not row[-1]]
        return [_brought_back(row) for row in free], len(rows) - len(free)

    def _last_undo(self, since: int) -> int | None:
        skipped = 0
        for act_id, undoes, brings_back in self._driver.execute(_ACTS, (self._class_id, self._staff_id, since)):
            if brings_back:
                skipped += 1
            elif not undoes:
                return None
            elif not skipped:
                return int(act_id)
            else:
                skipped -= 1
        return None

    def correcting(self, entry_id: int, reason: str) -> NewEntry:
        """The entry that takes back *entry_id*."""
        return _taken_back(self._driver.execute(_ONE, (entry_id,)).fetchone(), reason)

    def standing_of(self, act_id: int | None, person_id: int) -> list[int]:
        """The entries of an act about a person that were not taken back."""
        return [row[0] for row in self._driver.execute(_OF_ACT, (act_id,)) if row[1] == person_id]

    def _values(self, row: int, act_id: int, entry: NewEntry) -> tuple[Any, ...]:
        return (
            row,
            new_uuid(),
            act_id,
            self._class_id,
            entry.person_id,
            entry.unit_id,
            entry.curriculum_id,
            entry.kind.value,
            entry.outcome.value if entry.outcome else None,
            entry.day.isoformat(),
            entry.assessor_id,
            None if entry.passed is None else json.dumps(entry.passed),
            entry.feedback,
            entry.reason,
            entry.minutes,
            entry.corrects_id,
            self._at,
            self._laptop_at,
            self._staff_id,
        )


def _taken_back(row: Any, reason: str = "") -> NewEntry:
    entry_id, person_id, unit_id, curriculum_id, day, assessor_id = row
    return NewEntry(
        person_id,
        unit_id,
        curriculum_id,
        EntryKind.TAKEN_BACK,
        date.fromisoformat(day),
        assessor_id=assessor_id,
        reason=reason,
        corrects_id=entry_id,
    )


def _brought_back(row: Any) -> NewEntry:
    person_id, unit_id, curriculum_id, kind, day, outcome, assessor_id, passed, *said = row
    feedback, reason, minutes, undo_id, _written_over = said
    return NewEntry(
        person_id,
        unit_id,
        curriculum_id,
        EntryKind(kind),
        date.fromisoformat(day),
        Outcome(outcome) if outcome else None,
        assessor_id,
        None if passed is None else tuple(json.loads(passed)),
        feedback,
        reason,
        minutes,
        undo_id,
    )


def _places(values: Sequence[object]) -> str:
    return ",".join("?" for _ in values)
