"""Who stands in a class's register, in its order.

Put in order here and not by SQLite: its sorter takes a piece of locked memory for every row, which costs more than the
row.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.domain.classes import RosterOrder
from tlbb_desktop.domain.course_tallies import Stay
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import Names, PersonKind, Sex
from tlbb_desktop.domain.questions import QuestionKind
from tlbb_desktop.domain.register import Learner

_ORDER: Final = "SELECT roster_order FROM training_class WHERE id = ?"
#: An enrolment that ends before it starts was a mistake: it never put anybody on the list.
_ENROLLED: Final = """
    SELECT e.starts_on, e.ends_on, e.list_number, p.sort_key, p.kind, p.id, p.code, p.sex, p.family_km, p.given_km,
        p.family_latin, p.given_latin, p.nickname
    FROM enrolment AS e CROSS JOIN person AS p ON p.id = e.person_id
    WHERE e.class_id = ?1 AND e.starts_on <= ?3
        AND (e.ends_on IS NULL OR (e.ends_on >= ?2 AND e.ends_on >= e.starts_on))
"""
_ASKED: Final = (
    f"SELECT person_id FROM question WHERE answered_at IS NULL AND kind = '{QuestionKind.GONE}' AND class_id = ?"
)
_SEXES: Final = {sex.value: sex for sex in Sex}
_ID: Final = 5
_FIRST_NAME: Final = 8


def learners(connection: Connection, class_id: int, month: Month) -> tuple[Learner, ...]:
    """Everybody enrolled on a day of *month*, in the roster's order; guests last, they are on no list of the prison."""
    return _roster(connection, class_id, month.first, month.last)


def class_learners(connection: Connection, class_id: int) -> tuple[Learner, ...]:
    """Everybody who was ever enrolled in a class, in the roster's order, guests last."""
    return _roster(connection, class_id, date.min, date.max)


def _roster(connection: Connection, class_id: int, first: date, last: date) -> tuple[Learner, ...]:
    driver = driver_connection(connection)
    order = driver.execute(_ORDER, (class_id,)).fetchone()
    rows = driver.execute(_ENROLLED, (class_id, first.isoformat(), last.isoformat())).fetchall()
    rows.sort(key=_by_list_number if order == (RosterOrder.PRISON_LIST,) else _by_name)
    asked = {row[0] for row in driver.execute(_ASKED, (class_id,))}
    stays: dict[int, list[Stay]] = {}
    for row in rows:
        ends = date.fromisoformat(row[1]) if row[1] else None
        stays.setdefault(row[_ID], []).append((date.fromisoformat(row[0]), ends))
    people = {row[_ID]: row for row in reversed(rows)}
    return tuple(_learner(row, stays[person], asked=person in asked) for person, row in people.items())[::-1]


def _by_name(row: tuple[Any, ...]) -> tuple[Any, ...]:
    starts_on, _ends_on, _number, sort_key, kind, person, *_rest = row
    return (kind == PersonKind.GUEST, sort_key, person, starts_on)


def _by_list_number(row: tuple[Any, ...]) -> tuple[Any, ...]:
    guests_last, *name = _by_name(row)
    return (guests_last, row[2] is None, row[2] or 0, *name)


def _learner(row: tuple[Any, ...], stays: list[Stay], *, asked: bool) -> Learner:
    _starts, _ends, number, _key, kind, person, code, sex = row[:_FIRST_NAME]
    return Learner(
        person_id=person,
        code=code,
        names=Names(*row[_FIRST_NAME:]),
        sex=_SEXES[sex] if sex else None,
        guest=kind == PersonKind.GUEST,
        enrolled=tuple(stays),
        list_number=number,
        gone_asked=asked,
    )
