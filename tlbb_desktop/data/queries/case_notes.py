"""Reads for the search through notes: sealed keys by the thousand, and names of the few that were found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.data.queries.work_list import LAST_PRISON
from tlbb_desktop.domain.case_notes import NoteHit
from tlbb_desktop.domain.cases import CaseState

#: Table -> its sealed keys with the note that each belongs to. The index of notes covers the first; the second begins
#: with the additions, which are few, instead of asking after each note's.
SEARCHED: Final = {
    "case_note": "SELECT n.id, n.uuid, n.version, n.search_key FROM case_note n",
    "note_addendum": (
        "SELECT a.note_id, a.uuid, a.version, a.search_key FROM note_addendum a"
        " CROSS JOIN case_note n ON n.id = a.note_id"
    ),
}


def case_ids(connection: Connection, states: Iterable[CaseState], prisons: frozenset[int] | None, me: int) -> list[int]:
    """The cases in one of *states* of these prisons (None = all), and those that *me* is responsible for."""
    packed = connection.exec_driver_sql(
        "SELECT json_group_array(c.id) FROM case_file c JOIN person p ON p.id = c.person_id"
        " WHERE c.state IN (SELECT atom FROM json_each(?))"
        f" AND (? OR c.worker_id = ? OR {LAST_PRISON} IN (SELECT value FROM json_each(?)))",
        (json.dumps(list(states)), prisons is None, me, json.dumps(sorted(prisons or ()))),
    ).scalar_one()
    return list(json.loads(packed))


def sealed_keys(
    connection: Connection, table: str, compartment: str, author_id: int | None, cases: Sequence[int]
) -> Iterator[Any]:
    """Note, UUID, version and sealed key of one table.

    Args:
        connection: to read with.
        table: a key of ``SEARCHED``.
        compartment: of the notes.
        author_id: only notes of this member of staff; None = anybody's.
        cases: of which cases.
    """
    author = "" if author_id is None else f" AND n.author_id = {author_id:d}"
    found: Iterator[Any] = driver_connection(connection).execute(
        f"{SEARCHED[table]} WHERE n.compartment = ?{author} AND n.case_id IN (SELECT value FROM json_each(?))",
        (compartment, json.dumps(list(cases))),
    )
    return found


def hits(connection: Connection, notes: Iterable[int]) -> tuple[NoteHit, ...]:
    """The notes that were found, the newest day first."""
    rows = connection.exec_driver_sql(
        "SELECT n.id, n.case_id, n.on_day, p.code, p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname"
        " FROM case_note n JOIN case_file c ON c.id = n.case_id JOIN person p ON p.id = c.person_id"
        " WHERE n.id IN (SELECT value FROM json_each(?)) ORDER BY n.on_day DESC, n.id DESC",
        (json.dumps(list(notes)),),
    )
    return tuple(
        NoteHit(row.id, row.case_id, row.code, names_of(row).shown, date.fromisoformat(row.on_day)) for row in rows
    )
