"""What sessions teach and what learners have shown, as the progress board reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.models.vocabulary import from_milliseconds
from tlbb_desktop.domain.assessment import AttemptStory, Entry, EntryKind, LastAttempt, Outcome, in_sample
from tlbb_desktop.domain.curricula import Basis
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.roll_call import BLOCK
from tlbb_desktop.domain.unit_hours import Part, UnitSpell

#: The people present in each held session as bits; a row of the class's people is at home in one of the blocks.
PRESENT_BITS: Final = """
    SELECT s.id, (SELECT {bits} FROM mark AS m WHERE m.session_id = s.id AND m.code = 'present')
    FROM class_session AS s WHERE s.class_id = ? AND s.state = 'held'
"""
_BITS_OF_BLOCK: Final = "sum(CASE WHEN m.person_id BETWEEN {0} AND {0} + {1} THEN 1 << (m.person_id - {0}) END)"
ENTRY_COLUMNS: Final = "a.id, a.person_id, a.unit_id, a.kind, a.outcome, a.day, a.minutes, a.corrects_id"
ENTRIES_OF_CLASS: Final = f"""
    SELECT {ENTRY_COLUMNS} FROM (SELECT DISTINCT person_id FROM enrolment WHERE class_id = ?1) AS e
    CROSS JOIN attempt AS a ON a.person_id = e.person_id
    WHERE a.unit_id IN (SELECT id FROM course_unit WHERE course_id = ?2) ORDER BY a.id
"""
_ENTRIES_OF_PEOPLE: Final = f"""
    SELECT {ENTRY_COLUMNS} FROM attempt AS a WHERE a.person_id IN (SELECT value FROM json_each(?1))
    AND a.unit_id IN (SELECT id FROM course_unit WHERE course_id = ?2) AND (?3 IS NULL OR a.class_id = ?3) ORDER BY a.id
"""
_SAMPLED: Final = """
    SELECT a.id, a.uuid FROM (SELECT DISTINCT person_id FROM enrolment WHERE class_id = ?1) AS e
    CROSS JOIN attempt AS a ON a.person_id = e.person_id WHERE a.kind = 'attempt'
    AND a.unit_id IN (SELECT id FROM course_unit WHERE course_id = ?2)
"""
_FIRST_ASSESSOR: Final = "SELECT assessor_id FROM attempt WHERE id = ?"
_SPELLS: Final = "SELECT starts_on, unit_id, version FROM class_unit WHERE class_id = ? ORDER BY starts_on"
_PARTS: Final = (
    "SELECT p.session_id, p.unit_id, p.minutes FROM class_session AS s CROSS JOIN session_unit AS p"
    " ON p.session_id = s.id WHERE s.class_id = ? ORDER BY p.session_id, p.position"
)
_RELEASES: Final = (
    "SELECT p.id, p.release_month FROM person AS p WHERE p.release_month IS NOT NULL"
    " AND p.id IN (SELECT person_id FROM enrolment WHERE class_id = ?)"
)
_CUSTODY: Final = (
    "SELECT person_id, max(ends_on) FROM custody_stay WHERE person_id IN (SELECT value FROM json_each(?))"
    " GROUP BY person_id HAVING count(*) = count(ends_on)"
)
_STORY: Final = f"""
    SELECT {ENTRY_COLUMNS}, k.code, coalesce(assessor.name, ''), a.passed, a.feedback, a.reason, a.at,
        coalesce(writer.name, ''), EXISTS (SELECT 1 FROM attempt AS b WHERE b.corrects_id = a.id), (
            SELECT json_group_array(x.number) FROM curriculum_unit AS w JOIN criterion AS x
            ON x.curriculum_unit_id = w.id WHERE w.curriculum_id = a.curriculum_id AND w.unit_id = a.unit_id
            AND a.passed IS NOT NULL AND x.number NOT IN (SELECT value FROM json_each(a.passed)))
    FROM attempt AS a JOIN training_class AS k ON k.id = a.class_id
    LEFT JOIN staff AS assessor ON assessor.id = a.assessor_id LEFT JOIN staff AS writer ON writer.id = a.staff_id
    WHERE a.person_id = ?1 AND a.unit_id = ?2 ORDER BY a.id
"""
_LATEST_LOOKED_AT: Final = 500
_LAST: Final = f"""
    SELECT k.code, k.id, a.day, p.family_km, p.given_km, p.family_latin, p.given_latin, u.code, a.kind, a.outcome,
        c.basis, a.at
    FROM attempt AS a CROSS JOIN training_class AS k ON k.id = a.class_id JOIN person AS p ON p.id = a.person_id
    JOIN course_unit AS u ON u.id = a.unit_id JOIN curriculum AS c ON c.id = a.curriculum_id
    WHERE a.id > (SELECT max(id) FROM attempt) - {_LATEST_LOOKED_AT}
    AND (?1 IS NULL OR k.prison_id IN (SELECT value FROM json_each(?1))) ORDER BY a.id DESC LIMIT 1
"""
_KINDS: Final = {kind.value: kind for kind in EntryKind}
_OUTCOMES: Final[dict[str | None, Outcome | None]] = {None: None, **{outcome.value: outcome for outcome in Outcome}}


def present_bits(connection: Connection, class_id: int, blocks: Sequence[int]) -> list[tuple[int, int]]:
    """Held session -> the people who were present, as bits of *blocks* (see ``domain.roll_call``).

    One number a session: a text of its people costs four times as much to put together.
    """
    if not blocks:
        return []
    sums = [_BITS_OF_BLOCK.format(first, BLOCK - 1) for first in blocks]
    bits = sums[0] if len(sums) == 1 else f"json_array({', '.join(sums)})"
    rows = driver_connection(connection).execute(PRESENT_BITS.format(bits=bits), (class_id,))
    if len(sums) == 1:
        return [(session_id, found or 0) for session_id, found in rows]
    return [(session_id, _joined_blocks(json.loads(found))) for session_id, found in rows]


def _joined_blocks(blocks: Sequence[int | None]) -> int:
    return sum((bits or 0) << (place * BLOCK) for place, bits in enumerate(blocks))


def class_entries(connection: Connection, class_id: int, course_id: int) -> list[Entry]:
    """Every entry about units of the course, of people who were ever enrolled in the class; also from other classes."""
    return [entry_of(row) for row in driver_connection(connection).execute(ENTRIES_OF_CLASS, (class_id, course_id))]


def entries_of_people(
    connection: Connection, person_ids: Iterable[int], course_id: int, class_id: int | None = None
) -> list[Entry]:
    """Every entry about units of the course, of these people; only those made in a class where one is given."""
    values = (json.dumps(list(person_ids)), course_id, class_id)
    return [entry_of(row) for row in driver_connection(connection).execute(_ENTRIES_OF_PEOPLE, values)]


def sample(connection: Connection, class_id: int, course_id: int, percent: int) -> frozenset[int]:
    """The attempts of people of the class at units of the course that a second assessor checks."""
    rows = driver_connection(connection).execute(_SAMPLED, (class_id, course_id))
    return frozenset(row[0] for row in rows if in_sample(row[1], percent))


def assessor_of(connection: Connection, entry_id: int) -> int | None:
    """Who assessed, or None where nobody is named."""
    found: int | None = connection.exec_driver_sql(_FIRST_ASSESSOR, (entry_id,)).scalar()
    return found


def entry_of(row: Any) -> Entry:
    """An entry from ``ENTRY_COLUMNS`` as they are stored."""
    return Entry(row[0], row[1], row[2], _KINDS[row[3]], _OUTCOMES[row[4]], date.fromisoformat(row[5]), row[6], row[7])


def spells(connection: Connection, class_id: int) -> tuple[UnitSpell, ...]:
    """From which day on the class is at which unit, in order."""
    rows = driver_connection(connection).execute(_SPELLS, (class_id,))
    return tuple(UnitSpell(date.fromisoformat(row[0]), row[1], row[2]) for row in rows)


def said_parts(connection: Connection, class_id: int) -> dict[int, tuple[Part, ...]]:
    """Session -> its parts, of those sessions that say themselves what they teach."""
    found: dict[int, tuple[Part, ...]] = {}
    for session_id, unit_id, minutes in driver_connection(connection).execute(_PARTS, (class_id,)):
        found[session_id] = (*found.get(session_id, ()), Part(unit_id, minutes))
    return found


def release_months(connection: Connection, class_id: int) -> dict[int, Month]:
    """Person -> month of the planned release, of people who were ever enrolled in the class."""
    rows = driver_connection(connection).execute(_RELEASES, (class_id,))
    return {row[0]: Month.parse(row[1]) for row in rows}


def course_of_class(connection: Connection, class_id: int) -> int:
    """The course that a class runs."""
    return int(
        connection.exec_driver_sql("SELECT course_id FROM training_class WHERE id = ?", (class_id,)).scalar_one()
    )


def class_of_entry(connection: Connection, entry_id: int) -> int | None:
    """The class in which an entry was made, or None."""
    return connection.exec_driver_sql("SELECT class_id FROM attempt WHERE id = ?", (entry_id,)).scalar()


def story(connection: Connection, person_id: int, unit_id: int) -> tuple[AttemptStory, ...]:
    """Everything that was entered about a learner and a unit, oldest first."""
    return tuple(
        AttemptStory(
            entry=entry_of(row),
            class_code=row[8],
            assessor=row[9],
            passed=None if row[10] is None else tuple(json.loads(row[10])),
            feedback=row[11],
            reason=row[12],
            at=from_milliseconds(row[13]),
            by=row[14],
            stands=row[3] != EntryKind.TAKEN_BACK and not row[15],
            not_shown=tuple(sorted(json.loads(row[16]))),
        )
        for row in driver_connection(connection).execute(_STORY, (person_id, unit_id))
    )


def last_custody_days(connection: Connection, person_ids: Iterable[int]) -> dict[int, date]:
    """Person -> last day in custody, of those of *person_ids* all of whose stays are over."""
    rows = driver_connection(connection).execute(_CUSTODY, (json.dumps(list(person_ids)),))
    return {row[0]: date.fromisoformat(row[1]) for row in rows}


def last_attempt(connection: Connection, prisons: Iterable[int] | None) -> LastAttempt | None:
    """The newest entry on record, of the classes at *prisons* (None = all); looked for among the latest few hundred."""
    limit = None if prisons is None else json.dumps(sorted(prisons))
    row = driver_connection(connection).execute(_LAST, (limit,)).fetchone()
    if row is None:
        return None
    return LastAttempt(
        class_code=row[0],
        class_id=row[1],
        day=date.fromisoformat(row[2]),
        shown_name=Names(*row[3:7]).shown,
        unit_code=row[7],
        kind=_KINDS[row[8]],
        outcome=_OUTCOMES[row[9]],
        basis=Basis(row[10]),
        at=from_milliseconds(row[11]),
    )


def was_assessed(connection: Connection, class_id: int) -> bool:
    """Whether an attempt of a class stands; what was taken back, and hours without an attempt, do not count."""
    wanted = (
        "SELECT 1 FROM (SELECT DISTINCT person_id FROM enrolment WHERE class_id = ?1) AS e"
        " CROSS JOIN attempt AS a ON a.person_id = e.person_id WHERE a.class_id = ?1"
        " AND a.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attempt AS b WHERE b.corrects_id = a.id) LIMIT 1"
    )
    return driver_connection(connection).execute(wanted, (class_id,)).fetchone() is not None
