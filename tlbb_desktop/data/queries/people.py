"""Reads of the list of people; every statement reads fields of the ``db`` compartment, or sealed bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, Row

from tlbb_desktop.data.once import once
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names, PeopleFilter, PersonKind, PersonRow, PersonStatus, Sex
from tlbb_desktop.domain.person_keys import heard_search, search_words

SORTS: Final = {
    "name": ("p.sort_key",),
    "latin": ("p.latin_sort_key",),
    "code": ("p.code",),
    "prison": ("(SELECT code FROM prison WHERE prison.id = p.prison_id)", "p.sort_key"),
    "status": ("p.status", "p.sort_key"),
    "release": ("p.release_month IS NULL", "p.release_month", "p.sort_key"),
}

_NAME_COLUMNS: Final = "p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname"
LAST_PRISON: Final = (
    "(SELECT s.prison_id FROM custody_stay s WHERE s.person_id = p.id"
    " AND (s.ends_on IS NULL OR s.ends_on >= s.starts_on) ORDER BY s.starts_on DESC LIMIT 1)"
)
_ROWS: Final = f"""
    SELECT p.id, p.code, {_NAME_COLUMNS}, p.sex, p.kind, p.status, coalesce(prison.code, '') AS prison, p.age_band,
           p.province_code, p.release_month, p.photo_id IS NOT NULL AS has_photo,
           coalesce((SELECT group_concat(c.code, ', ' ORDER BY c.code)
                     FROM enrolment e JOIN training_class c ON c.id = e.class_id
                     WHERE e.person_id = p.id AND e.starts_on <= :today AND (e.ends_on IS NULL OR e.ends_on >= :today)
                       AND c.ends_on >= :today), '') AS classes
    FROM person p LEFT JOIN prison ON prison.id = p.prison_id
    WHERE p.id IN (SELECT value FROM json_each(:ids))
"""


@dataclass(frozen=True, slots=True)
class SealedBirth:
    """The sealed birth date of a person, with what is needed to open it; ``birth`` is None when there is none."""

    person_id: int
    code: str
    names: Names
    sex: Sex | None
    duplicate_key: str
    province_code: str
    uuid: bytes
    version: int
    birth: bytes | None


class _Wanted:
    """The conditions of a list with their values, in the order of the question marks."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        return " AND ".join(self.conditions)


def _wanted(wish: PeopleFilter, own_prisons: frozenset[int] | None, today: date) -> _Wanted:
    wanted = _Wanted()
    for word in search_words(wish.search):  # first, as a search holds back more people than all the rest
        wanted.add("instr(p.search_text, ?) > 0", word)
    _filter(wanted, wish, own_prisons, today)
    return wanted


def _heard(wish: PeopleFilter, own_prisons: frozenset[int] | None, today: date, *, by_letters: bool) -> _Wanted | None:
    """Those whose name sounds like a search in Latin letters, and who have not its letters."""
    search = heard_search(wish.search, by_letters=by_letters)
    if search is None:
        return None
    wanted = _Wanted()
    heard = [_one_of(search.whole)]
    if search.words:
        heard.append(" AND ".join(map(_one_of, search.words)))
    wanted.add(f"({' OR '.join(heard)})", *search.whole, *chain.from_iterable(search.words))
    written = search_words(wish.search)
    wanted.add(f"NOT ({' AND '.join(['instr(p.search_text, ?) > 0'] * len(written))})", *written)
    _filter(wanted, wish, own_prisons, today)
    return wanted


def _one_of(texts: Sequence[str]) -> str:
    return f"({' OR '.join(['instr(p.search_text, ?) > 0'] * len(texts))})"


def _filter(wanted: _Wanted, wish: PeopleFilter, own_prisons: frozenset[int] | None, today: date) -> None:
    wanted.add("p.merged_into_id IS NULL")
    if not wish.include_guests and wish.kind is not PersonKind.GUEST:
        wanted.add("p.kind <> 'guest'")
    for column, value in (("p.prison_id", wish.prison_id), ("p.status", wish.status), ("p.kind", wish.kind)):
        if value is not None:
            wanted.add(f"{column} = ?", value)
    if wish.class_id is not None:
        wanted.add(
            "p.id IN (SELECT person_id FROM enrolment WHERE class_id = ? AND (ends_on IS NULL OR ends_on >= ?))",
            wish.class_id,
            today.isoformat(),
        )
    wanted.add(_belongs_to(own_prisons))


def _belongs_to(own_prisons: frozenset[int] | None) -> str:
    """Somebody who is nowhere today belongs to the prison of the last stay; without any stay, to everybody."""
    if own_prisons is None:
        return "TRUE"
    own = ", ".join(str(prison_id) for prison_id in sorted(own_prisons))
    return f"(p.prison_id IN ({own}) OR p.prison_id IS NULL AND coalesce({LAST_PRISON} IN ({own}), TRUE))"


def person_ids(
    connection: Connection,
    wish: PeopleFilter,
    *,
    own_prisons: frozenset[int] | None,
    today: date,
    sort: str = "name",
    descending: bool = False,
    limit: int = -1,
) -> list[int]:
    """Ids of the people that *wish* lets through, in the order of *sort* (a key of ``SORTS``).

    Whoever is found by the sound of a name comes after all who are found by letters. The ids come
    as one JSON text: handing over 50,000 rows one by one takes five times as long as finding them.
    """
    direction = " DESC" if descending else ""
    order = ", ".join(f"{column}{direction}" for column in (*SORTS[sort], "p.id"))
    found = _ids(connection, _wanted(wish, own_prisons, today), order, limit)
    if 0 <= limit <= len(found):
        return found
    heard = _heard(wish, own_prisons, today, by_letters=bool(found))
    return found if heard is None else found + _ids(connection, heard, order, max(limit - len(found), -1))


def _ids(connection: Connection, wanted: _Wanted, order: str, limit: int) -> list[int]:
    most = f" LIMIT {limit:d}" if limit >= 0 else ""
    packed = connection.exec_driver_sql(
        f"SELECT json_group_array(id) FROM (SELECT p.id FROM person p WHERE {wanted.sql} ORDER BY {order}{most}) AS p",
        tuple(wanted.values),
    ).scalar_one()
    return list(json.loads(packed))


def person_rows(
    connection: Connection, ids: Iterable[int], today: date, own_prisons: frozenset[int] | None = None
) -> dict[int, PersonRow]:
    """Lines of the list for those of these ids who belong to *own_prisons* (None = all prisons)."""
    values = {"ids": json.dumps(list(ids)), "today": today.isoformat()}
    return {
        row.id: _person_row(row)
        for row in connection.exec_driver_sql(f"{_ROWS} AND {_belongs_to(own_prisons)}", values)
    }


def _person_row(row: Row[Any]) -> PersonRow:
    return PersonRow(
        id=row.id,
        code=row.code,
        names=names_of(row),
        sex=Sex(row.sex) if row.sex else None,
        kind=PersonKind(row.kind),
        status=PersonStatus(row.status),
        prison=row.prison,
        age_band=row.age_band,
        province_code=row.province_code,
        release_month=Month.parse(row.release_month) if row.release_month else None,
        classes=row.classes,
        has_photo=bool(row.has_photo),
    )


def names_of(row: Any) -> Names:
    """The names in a row or record that has the five name columns."""
    return Names(row.family_km, row.given_km, row.family_latin, row.given_latin, row.nickname)


_BIRTHS: Final = f"""
    SELECT p.id AS person_id, p.code, {_NAME_COLUMNS}, p.sex, p.duplicate_key, p.province_code,
           i.uuid, i.version, i.birth
    FROM person p LEFT JOIN person_identity i ON i.person_id = p.id
"""


def births_of_ids(connection: Connection, ids: Sequence[int]) -> dict[int, SealedBirth]:
    """The sealed birth dates of these people."""
    found = connection.exec_driver_sql(
        f"{_BIRTHS} WHERE p.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return {row.person_id: _sealed_birth(row) for row in found}


def births_by_duplicate_key(connection: Connection, keys: Iterable[str]) -> list[SealedBirth]:
    """The sealed birth dates of everybody on record whose name has one of these duplicate keys."""
    found = connection.exec_driver_sql(
        f"{_BIRTHS} WHERE p.duplicate_key IN (SELECT atom FROM json_each(?)) AND p.merged_into_id IS NULL"
        " AND p.kind <> 'guest' ORDER BY p.id",
        (json.dumps(sorted(set(keys))),),
    )
    return [_sealed_birth(row) for row in found]


def _sealed_birth(row: Row[Any]) -> SealedBirth:
    return SealedBirth(
        row.person_id,
        row.code,
        names_of(row),
        Sex(row.sex) if row.sex else None,
        row.duplicate_key,
        row.province_code,
        row.uuid,
        row.version,
        row.birth,
    )


def stored_age_bands(connection: Connection) -> dict[int, str]:
    """Person -> stored age band, for everybody."""
    return {row.id: row.age_band for row in connection.exec_driver_sql("SELECT id, age_band FROM person")}


@once
def prison_of_person(connection: Connection, person_id: int) -> int | None:
    """The prison whose staff the person belongs to: where they are, else of the last stay; None = nobody's yet."""
    return prisons_of_people(connection, (person_id,)).get(person_id)


def is_inside(connection: Connection, person_id: int) -> bool:
    """Whether somebody is in a prison now."""
    found = connection.exec_driver_sql("SELECT prison_id FROM person WHERE id = ?", (person_id,)).scalar()
    return found is not None


def prisons_of_people(connection: Connection, ids: Iterable[int]) -> dict[int, int | None]:
    """Person -> prison, as :func:`prison_of_person` tells it."""
    found = connection.exec_driver_sql(
        f"SELECT p.id, coalesce(p.prison_id, {LAST_PRISON}) AS prison_id FROM person p"
        " WHERE p.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row.id: row.prison_id for row in found}


def bearer_of_code(connection: Connection, code: str) -> int | None:
    """The row that bears *code*, merged or not."""
    return connection.exec_driver_sql("SELECT id FROM person WHERE code = ?", (code,)).scalar_one_or_none()


def person_with_code(connection: Connection, code: str) -> int | None:
    """The person who bears *code*, or whose record took in the one that bore it."""
    row = connection.exec_driver_sql("SELECT id, merged_into_id FROM person WHERE code = ?", (code,)).one_or_none()
    if row is None:
        return None
    return int(row.merged_into_id or row.id)


def merges_of(connection: Connection, person_id: int) -> list[Row[Any]]:
    """The merges in which the person took part, the newest first: at, by, kept_code, merged_code, reason, moved."""
    return list(
        connection.exec_driver_sql(
            "SELECT m.created_at AS at, coalesce(staff.name, '') AS by, kept.code AS kept_code,"
            " gone.code AS merged_code, m.reason, m.moved FROM person_merge m JOIN person kept ON kept.id = m.kept_id"
            " JOIN person gone ON gone.id = m.merged_id LEFT JOIN staff ON staff.id = m.created_by"
            " WHERE m.kept_id = ? OR m.merged_id = ? ORDER BY m.id DESC",
            (person_id, person_id),
        )
    )


def photo_of(connection: Connection, person_id: int) -> tuple[bytes, int, bytes] | None:
    """UUID, version and sealed content of the person's photo."""
    row = connection.exec_driver_sql(
        "SELECT a.uuid, a.version, a.content FROM person p JOIN attachment a ON a.id = p.photo_id WHERE p.id = ?",
        (person_id,),
    ).one_or_none()
    return None if row is None else (row.uuid, row.version, row.content)


def form_versions(connection: Connection, person_id: int | None = None) -> dict[int, dict[str, int]]:
    """Person -> part of the form -> its version, 0 for what is not there; without people who were joined to another.

    Args:
        connection: of the unit of work.
        person_id: whose; None = everybody's.
    """
    rows = connection.exec_driver_sql(
        "SELECT p.id, p.version, i.version AS identity, c.version AS contact FROM person p"
        " LEFT JOIN person_identity i ON i.person_id = p.id LEFT JOIN person_contact c ON c.person_id = p.id"
        " WHERE p.merged_into_id IS NULL AND (:person IS NULL OR p.id = :person)",
        {"person": person_id},
    )
    return {
        row.id: {"version": row.version, "identity": row.identity or 0, "contact": row.contact or 0} for row in rows
    }
