"""A person's form that is older than the audit says: a page of old rows that was put back is sound in itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from tests.faults import record
from tlbb_desktop.domain.people import Contact

TABLES = ("person", "person_identity", "person_contact")


def unsound(desk) -> list[str]:
    return [line.check for line in desk.integrity.check() if not line.sound]


def rows_of(desk, table: str) -> list[dict]:
    with desk.office.store.read() as connection:
        return [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]


def put_back(desk, table: str, rows: list[dict]) -> None:
    for row in rows:
        columns = ", ".join(f"{name} = :{name}" for name in row if name != "id")
        with desk.office.store.write() as session:
            session.execute(text(f"UPDATE {table} SET {columns} WHERE id = :id"), row)


@pytest.mark.parametrize("table", TABLES)
def test_an_old_part_of_a_form_that_was_put_back_is_found(desk, table) -> None:
    person = record.enrol_by_form(desk, 0)
    before = rows_of(desk, table)
    form = desk.people.record(person)
    born = replace(form.identity, release_on=date(2027, 3, 8))
    desk.people.save(replace(form, note="new", identity=born, contact=Contact(phones="099 000 000")))
    assert unsound(desk) == []
    put_back(desk, table, before)
    assert unsound(desk) == ["forms"]


def test_forms_that_were_joined_or_never_filled_raise_no_alarm(desk) -> None:
    one, other = record.enrol_by_form(desk, 0), record.enrol_by_form(desk, 1)
    record.change_by_form(desk, other, "changed")
    bare = replace(desk.people.record(one), id=None, code="BARE", identity=None, contact=None, stays=())
    third = desk.people.save(bare)
    record.import_people(desk)
    desk.people.merge(third, other)
    assert unsound(desk) == []


@pytest.mark.parametrize(
    "change",
    [
        "detail = 'version:x'",
        "detail = 'version'",
        "detail = 'weight:1'",
        "detail = x'ff'",
        "subject = 'person:7;x'",
        "subject = x'ff'",
    ],
)
def test_an_event_that_nobody_can_read_vouches_for_no_form(desk, change) -> None:
    record.enrol_by_form(desk, 0)
    with desk.office.store.write() as session:
        session.execute(text(f"UPDATE audit_event SET {change} WHERE kind = 'person'"))
    assert unsound(desk) == ["forms", "audit"]
