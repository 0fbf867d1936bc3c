"""What a record says, whatever keys lie under it, and a day's work that fills one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy import Connection

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.models import Record
from tlbb_desktop.data.sealed_columns import SealedTable, sealed_tables
from tlbb_desktop.demonstration.many_names import invent_names
from tlbb_desktop.domain.attendance import MarkCode
from tlbb_desktop.domain.births import Birth
from tlbb_desktop.domain.classes import TimetableSlot, TrainingClass, Weekday
from tlbb_desktop.domain.clock import SystemClock, WorkingDayClock
from tlbb_desktop.domain.months import Month
from tlbb_desktop.domain.people import (
    Contact,
    CustodyStay,
    Identity,
    PeopleFilter,
    PersonKind,
    PersonRecord,
    PersonStatus,
)
from tlbb_desktop.domain.register import SetMark
from tlbb_desktop.domain.staff import Role
from tlbb_desktop.security.compartments import Compartment
from tlbb_desktop.security.field_cipher import FieldCipher
from tlbb_desktop.services.staff import NewMember
from tlbb_desktop.wiring import Desk

CLOCK = WorkingDayClock(SystemClock(), date(2026, 10, 30))
OCTOBER = Month(2026, 10)
LEARNERS = 30
LISTED = 60
COLLEAGUE = "dara"
COLLEAGUES_PASSPHRASE = "kite window mango pencil"

Contents = dict[str, list[tuple[Any, ...]]]


def contents(connection: Connection, cipher: FieldCipher | None) -> Contents:
    """Every row of every table, with the protected fields opened.

    Raises:
        StorageDamaged: a protected field is not what was sealed for its place and version.
    """
    sealed = {table.name: table for table in sealed_tables()}
    return {
        name: sorted(_rows(connection, name, sealed.get(name), cipher), key=repr) for name in Record.metadata.tables
    }


def digest(said: Contents) -> str:
    """One short text for all that a record says."""
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _rows(
    connection: Connection, name: str, sealed: SealedTable | None, cipher: FieldCipher | None
) -> Iterator[tuple[Any, ...]]:
    driver = driver_connection(connection)
    if sealed is None or cipher is None:
        rows = driver.execute(f'SELECT * FROM "{name}"')
        yield from rows if connection.dialect.name == "sqlite" else map(_as_in_a_file, rows)
        return
    cursor = driver.execute(f'SELECT {sealed.compartment} AS kept_under, * FROM "{name}"')
    columns = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(columns, values, strict=True))
        compartment = Compartment(row.pop("kept_under"))
        for column in sealed.columns:
            place = (name, row["uuid"], column, row["version"])
            row[column] = cipher.decrypt(compartment, *place, row[column])
        yield _as_in_a_file(tuple(row.values()))


def _as_in_a_file(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of a server, which has a yes where a file has a 1."""
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


def pasted_list() -> str:
    """A site's list of people as it is pasted from a spreadsheet."""
    lines = ["អត្តលេខ\tគោត្តនាម និងនាម\tឈ្មោះឡាតាំង\tភេទ\tថ្ងៃខែឆ្នាំកំណើត\tទូរសព្ទ"]
    for number, (names, sex) in enumerate(invent_names(LISTED)):
        born = date(2007 + number % 5, 1 + number % 12, 1 + number % 28)
        code, phone = f"SR-{number:04d}", f"012 {number:06d}"
        lines.append("\t".join((code, names.khmer, names.latin, sex.value, f"{born:%d/%m/%Y}", phone)))
    return "\n".join(lines)


def import_people(desk: Desk) -> None:
    """Take in the pasted list."""
    plan = desk.people_import.propose(desk.people_import.open_text(pasted_list()))
    taken = desk.people_import.take(desk.people_import.preview(plan, date(2026, 10, 1)))
    assert len(taken.added) == LISTED


def enrol_by_form(desk: Desk, number: int) -> int:
    """Take in one person by the form, with birth date, address and note."""
    names, sex = invent_names(LISTED + 10)[LISTED + number]
    return desk.people.save(
        PersonRecord(
            None,
            f"FORM-{number}",
            names,
            sex,
            PersonKind.PARTICIPANT,
            PersonStatus.IN_TRAINING,
            stays=(CustodyStay(desk.prisons.own().id, date(2026, 9, 1)),),
            identity=Identity(birth=Birth.parse("day", "2009-10-16"), id_numbers={"card": f"{number:09d}"}),
            contact=Contact(place_text="ភូមិថ្មី", phones="012 345 678"),
            note="ចូលរៀនយឺត",
        )
    )


def change_by_form(desk: Desk, person_id: int, note: str) -> None:
    """Open somebody's form, change it and save it."""
    before = desk.people.record(person_id)
    desk.people.save(replace(before, note=note, contact=Contact(place_text=note, phones="098 765 432")))


def open_class(desk: Desk) -> int:
    """A class of thirty that meets every Monday of October."""
    monday = TimetableSlot(Weekday.MON, time(8), time(11))
    first, last = date(2026, 10, 1), date(2026, 11, 30)
    course, prison = desk.classes.course_named("moto"), desk.prisons.own().id
    class_id = desk.classes.save(TrainingClass(None, "SR-MOTO", course, prison, None, first, last, (monday,)))
    people = desk.people.ids(PeopleFilter())[:LEARNERS]
    desk.classes.enrol(class_id, people, first)
    return class_id


def register_cells(desk: Desk, class_id: int) -> list[tuple[int, int]]:
    """The cells of the class's last session in October, learner by learner."""
    session = desk.classes.sessions(class_id, OCTOBER.first, date(2026, 10, 30))[-1]
    return [(session.id, enrolment.person_id) for enrolment in desk.classes.enrolments(class_id)]


def mark(desk: Desk, class_id: int, cell: tuple[int, int], number: int) -> None:
    """One key in the register."""
    code = (MarkCode.PRESENT, MarkCode.PRESENT, MarkCode.ABSENT, MarkCode.LATE)[number % 4]
    desk.attendance.mark(class_id, [SetMark(*cell, code, note=f"n{number}" if number % 5 == 0 else "")])


def finish_month(desk: Desk, class_id: int) -> None:
    """Mark all other sessions of October as present and issue the month's sheet."""
    for session in desk.classes.sessions(class_id, OCTOBER.first, date(2026, 10, 30)):
        desk.attendance.rest_present(class_id, session.id)
    desk.sheets.issue(class_id, OCTOBER)


def colleague(username: str, role: Role) -> NewMember:
    """Somebody to be added to the staff."""
    return NewMember(username, "", role, COLLEAGUES_PASSPHRASE)
