"""Makes two records of one person one, without losing what either said.

What belongs to the merged record moves to the kept one and a history row says what moved. Where both have the same
thing (a mark on the same session, an enrolment in the same class, an id of the same system) the kept one's stands, and
the other stays with the merged record, named in the history. Nothing is deleted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data import models
from tlbb_desktop.data.models.vocabulary import from_milliseconds, to_milliseconds
from tlbb_desktop.data.queries import cases as case_queries
from tlbb_desktop.data.queries import people as queries
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.data.repositories import people as repository
from tlbb_desktop.domain.errors import Refused
from tlbb_desktop.domain.people import Names, PersonKind, PersonMergeStory
from tlbb_desktop.domain.person_keys import person_keys
from tlbb_desktop.i18n.marks import N_
from tlbb_desktop.services.office import Act
from tlbb_desktop.services.person_form import STRUCK_OUT

_VALID: Final = "(ends_on IS NULL OR ends_on >= starts_on)"


@dataclass(frozen=True, slots=True)
class _Belonging:
    """A table whose rows belong to a person.

    Args:
        table: its name.
        clash: condition under which a row of the merged person (``t``) stays, or ``""``.
        sealed: whether a field is bound to the row's version, so that moving must not count it up.
        column: the person's column.
    """

    table: str
    clash: str = ""
    sealed: bool = False
    column: str = "person_id"


def _same(table: str, *columns: str) -> str:
    equal = " AND ".join(f"k.{column} = t.{column}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} k WHERE k.person_id = :kept AND {equal})"


_OVERLAP: Final = (
    "EXISTS (SELECT 1 FROM {table} k WHERE k.person_id = :kept{same}"
    " AND (k.ends_on IS NULL OR k.ends_on >= t.starts_on) AND (t.ends_on IS NULL OR k.starts_on <= t.ends_on))"
)
_MOVED: Final = (
    _Belonging("enrolment", _OVERLAP.format(table="enrolment", same=" AND k.class_id = t.class_id")),
    _Belonging("custody_stay", _OVERLAP.format(table="custody_stay", same="")),
    _Belonging("consent"),
    _Belonging("certificate"),
    _Belonging("brought_record"),
    _Belonging("question"),
    _Belonging("case_file"),
    _Belonging("legal_file", "EXISTS (SELECT 1 FROM legal_file k WHERE k.person_id = :kept)", sealed=True),
    _Belonging("release_date", sealed=True),
    _Belonging("release", sealed=True),
    _Belonging("reoffence", sealed=True),
    _Belonging("outcome_known", sealed=True),
    _Belonging("admission_pair", sealed=True),
    _Belonging("attachment", sealed=True),
    _Belonging("external_id", _same("external_id", "system"), sealed=True),
    _Belonging("person_identity", "EXISTS (SELECT 1 FROM person_identity k WHERE k.person_id = :kept)", sealed=True),
    _Belonging("person_contact", "EXISTS (SELECT 1 FROM person_contact k WHERE k.person_id = :kept)", sealed=True),
    _Belonging("person_link", f"t.other_id = :kept OR {_same('person_link', 'other_id', 'relation')}"),
    _Belonging(
        "person_link",
        "t.person_id = :kept OR EXISTS (SELECT 1 FROM person_link k WHERE k.other_id = :kept"
        " AND k.person_id = t.person_id AND k.relation = t.relation)",
        column="other_id",
    ),
)


def merge_people(act: Act, kept_id: int, merged_id: int, reason: str = "") -> None:
    """Move everything of *merged_id* to *kept_id* inside *act*.

    Raises:
        Refused: it is one record, or one of them was merged already.
        NotFound: one of them is not on record.
    """
    session = act.session
    kept, merged = (repository.person_to_change(session, each) for each in (kept_id, merged_id))
    if kept_id == merged_id:
        raise Refused(N_("These two are one record already."))
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise Refused(N_("One of these records was joined to another before. Open the list again."))
    session.flush()
    connection = session.connection()
    if all(case_queries.open_case_of(connection, each) is not None for each in (kept_id, merged_id)):
        raise Refused(N_("Both records have a case that is open or waiting. Close one of them first."))
    moved: dict[str, Any] = {
        "marks": _move_marks(connection, kept_id, merged_id),
        "attempts": _move_attempts(connection, kept_id, merged_id),
    }
    for belonging in _MOVED:
        _put(moved, belonging, _move(act, connection, belonging, kept_id, merged_id))
    _widen_enrolments(act, connection, kept_id, merged_id)
    moved["struck_out"] = _strike_out(act, connection, merged_id)
    _fill_gaps(kept, merged)
    kept.prison_id = kept.prison_id or merged.prison_id
    merged.merged_into_id = kept_id
    for person in (kept, merged):
        act.change(person, person.version)
    connection.exec_driver_sql("UPDATE person SET merged_into_id = ? WHERE merged_into_id = ?", (kept_id, merged_id))
    story = json.dumps(moved)
    act.add(models.PersonMerge(kept_id=kept_id, merged_id=merged_id, moved=story, reason=reason.strip()))
    act.record("merge", f"person:{kept_id}", f"person:{merged_id}")
    act.changed("person", kept_id, merged_id)
    act.changed("mark", *moved["marks"]["moved"])


def stories(connection: Connection, person_id: int) -> tuple[PersonMergeStory, ...]:
    """The merges that the person took part in, the newest first."""
    return tuple(_story(row) for row in queries.merges_of(connection, person_id))


def _story(row: Any) -> PersonMergeStory:
    marks = json.loads(row.moved)["marks"]
    return PersonMergeStory(
        at=from_milliseconds(row.at),
        by=row.by,
        kept_code=row.kept_code,
        merged_code=row.merged_code,
        reason=row.reason,
        marks_moved=len(marks["moved"]),
        marks_left=tuple(date.fromisoformat(left["day"]) for left in marks["left"]),
    )


def _move_marks(connection: Connection, kept_id: int, merged_id: int) -> dict[str, Any]:
    """Move the marks, with the history of their cells; gives the sessions moved and the marks that were left."""
    both = {"kept": kept_id, "merged": merged_id}
    left = [
        dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a row by name
        for row in connection.exec_driver_sql(
            "SELECT m.session_id, s.day, m.code, m.minutes, m.reason_id, m.note FROM mark m"
            " JOIN mark k ON k.session_id = m.session_id AND k.person_id = :kept"
            " JOIN class_session s ON s.id = m.session_id WHERE m.person_id = :merged ORDER BY s.day, m.session_id",
            both,
        )
    ]
    staying = json.dumps([each["session_id"] for each in left])
    free = " WHERE person_id = :merged AND session_id NOT IN (SELECT value FROM json_each(:staying))"
    values = both | {"staying": staying}
    moved = [int(row.session_id) for row in connection.exec_driver_sql(f"SELECT session_id FROM mark{free}", values)]
    for table in ("mark", "mark_history"):
        connection.exec_driver_sql(f"UPDATE {table} SET person_id = :kept{free}", values)
    return {"moved": moved, "left": left}


def _move_attempts(connection: Connection, kept_id: int, merged_id: int) -> list[int]:
    """Move what was assessed; gives the rows. The latest day decides at a unit, whoever it was entered for."""
    both = {"kept": kept_id, "merged": merged_id}
    moved = connection.exec_driver_sql("SELECT id FROM attempt WHERE person_id = :merged ORDER BY id", both)
    rows = [int(row.id) for row in moved]
    connection.exec_driver_sql("UPDATE attempt SET person_id = :kept WHERE person_id = :merged", both)
    return rows


def _move(
    act: Act, connection: Connection, belonging: _Belonging, kept_id: int, merged_id: int
) -> tuple[list[int], list[int]]:
    """Move the rows of one table; gives the ids of those that moved and of those that stayed."""
    values = {"kept": kept_id, "merged": merged_id}
    rows = connection.exec_driver_sql(
        f"SELECT t.id, {belonging.clash or '0'} AS clash FROM {belonging.table} t WHERE t.{belonging.column} = :merged",
        values,
    ).all()
    moving = [int(row.id) for row in rows if not row.clash]
    counted_up = "" if belonging.sealed else ", version = version + 1"
    connection.exec_driver_sql(
        f"UPDATE {belonging.table} SET {belonging.column} = :kept, changed_at = :at, changed_by = :by{counted_up}"
        " WHERE id IN (SELECT value FROM json_each(:moving))",
        {
            "kept": kept_id,
            "at": to_milliseconds(act.at),
            "by": act.actor.staff_id,
            "moving": json.dumps(moving),
        },
    )
    return moving, [int(row.id) for row in rows if row.clash]


def _put(moved: dict[str, Any], belonging: _Belonging, ids: tuple[list[int], list[int]]) -> None:
    name = belonging.table if belonging.column == "person_id" else f"{belonging.table}.{belonging.column}"
    if any(ids):
        moved[name] = {"moved": ids[0], "left": ids[1]}


def _widen_enrolments(act: Act, connection: Connection, kept_id: int, merged_id: int) -> None:
    """An enrolment that both had becomes one that covers both."""
    values = {"kept": kept_id, "merged": merged_id, "at": to_milliseconds(act.at), "by": act.actor.staff_id}
    twin = (
        "(SELECT {what} FROM enrolment m WHERE m.person_id = :merged AND m.class_id = enrolment.class_id"
        " AND (m.ends_on IS NULL OR m.ends_on >= m.starts_on AND m.ends_on >= enrolment.starts_on)"
        " AND (enrolment.ends_on IS NULL OR m.starts_on <= enrolment.ends_on))"
    )
    starts = twin.format(what="min(m.starts_on)")
    ends = twin.format(what="CASE WHEN sum(m.ends_on IS NULL) > 0 THEN NULL ELSE max(m.ends_on) END")
    found = twin.format(what="count(*)")
    connection.exec_driver_sql(
        f"UPDATE enrolment SET version = version + 1, changed_at = :at, changed_by = :by,"
        f" starts_on = min(starts_on, {starts}),"
        f" ends_on = CASE WHEN ends_on IS NULL THEN NULL ELSE max(ends_on, {ends}) END"
        f" WHERE person_id = :kept AND {_VALID} AND {found} > 0",
        values,
    )


def _strike_out(act: Act, connection: Connection, merged_id: int) -> list[dict[str, Any]]:
    """Strike out the enrolments and stays that were left, so that no roster names them; gives them as they were."""
    struck = []
    values = {
        "merged": merged_id,
        "at": to_milliseconds(act.at),
        "by": act.actor.staff_id,
        "struck": STRUCK_OUT.isoformat(),
    }
    for table in ("enrolment", "custody_stay"):
        wanted = f"WHERE person_id = :merged AND {_VALID}"
        rows = connection.exec_driver_sql(f"SELECT id, starts_on, ends_on FROM {table} {wanted}", values)
        struck += [{"table": table, **row._mapping} for row in rows]  # noqa: SLF001 - SQLAlchemy's public way
        connection.exec_driver_sql(
            f"UPDATE {table} SET version = version + 1, changed_at = :at, changed_by = :by, ends_on = :struck {wanted}",
            values,
        )
    return struck


def _fill_gaps(kept: models.Person, merged: models.Person) -> None:
    """Where the kept record knows nothing, take what the merged one knows."""
    mine, other = names_of(kept), names_of(merged)
    khmer = mine if mine.khmer else other
    latin = mine if mine.latin else other
    names = Names(
        khmer.family_km, khmer.given_km, latin.family_latin, latin.given_latin, mine.nickname or other.nickname
    )
    kept.family_km, kept.given_km, kept.nickname = names.family_km, names.given_km, names.nickname
    kept.family_latin, kept.given_latin = names.family_latin, names.given_latin
    keys = person_keys(names, kept.code)
    kept.sort_key, kept.latin_sort_key = keys.sort_key, keys.latin_sort_key
    kept.search_text, kept.duplicate_key = keys.search_text, keys.duplicate_key
    if kept.kind == PersonKind.GUEST and merged.kind != PersonKind.GUEST:
        kept.kind = merged.kind
    kept.sex = kept.sex or merged.sex
    kept.age_band = kept.age_band or merged.age_band
    kept.province_code = kept.province_code or merged.province_code
    kept.release_month = kept.release_month or merged.release_month
    kept.photo_id = kept.photo_id or merged.photo_id
    kept.note = "\n".join(filter(None, (kept.note, merged.note)))
