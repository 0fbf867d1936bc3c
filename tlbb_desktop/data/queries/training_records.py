"""What a person's training record is gathered from."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from tlbb_desktop.data.models import CertificateRecord, Enrolment, Person, TrainingClass
from tlbb_desktop.data.queries import register
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.attendance import Mark
from tlbb_desktop.domain.certificates import CertificateState
from tlbb_desktop.domain.course_tallies import Stay
from tlbb_desktop.domain.people import Names


def code_and_names(connection: Connection, person_id: int) -> tuple[str, Names] | None:
    """The person's code and names, or None where nobody has this row."""
    wanted = select(
        Person.code, Person.family_km, Person.given_km, Person.family_latin, Person.given_latin, Person.nickname
    ).where(Person.id == person_id)
    row = connection.execute(wanted).one_or_none()
    return (row.code, names_of(row)) if row else None


def stays_by_class(connection: Connection, person_id: int) -> dict[int, list[Stay]]:
    """Class -> when the person was enrolled in it, the earliest class first."""
    found: dict[int, list[Stay]] = {}
    wanted = (
        select(Enrolment.class_id, Enrolment.starts_on, Enrolment.ends_on)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .where(
            Enrolment.person_id == person_id,
            # An enrolment that ends before it starts was a mistake.
            or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= Enrolment.starts_on),
        )
        .order_by(TrainingClass.starts_on, Enrolment.class_id, Enrolment.starts_on)
    )
    for row in connection.execute(wanted):
        found.setdefault(row.class_id, []).append((row.starts_on, row.ends_on))
    return found


def given_here(connection: Connection, record_id: str) -> bool:
    """Whether this laptop gave out the portable record with that id; its audit knows."""
    wanted = (
        "SELECT 1 FROM audit_event WHERE kind = 'training_record_given'"
        " AND substr(detail, length(detail) - length(?1) + 1) = ?1"
    )
    return connection.exec_driver_sql(wanted, (record_id,)).first() is not None


def marks_of(connection: Connection, class_id: int, person_id: int) -> dict[int, Mark]:
    """Session -> the person's mark in a class."""
    sessions = register.sessions(connection, class_id)
    if not sessions:
        return {}
    marks = register.marks(connection, class_id, sessions[0].day, sessions[-1].day)
    return {session: mark for (session, person), mark in marks.items() if person == person_id}


def valid_certificates(connection: Connection, person_id: int) -> tuple[str, ...]:
    """The frozen texts of the person's certificates that were neither replaced nor revoked, the earliest first."""
    wanted = (
        select(CertificateRecord.content)
        .where(CertificateRecord.person_id == person_id, CertificateRecord.state == CertificateState.ISSUED)
        .order_by(CertificateRecord.issued_on, CertificateRecord.number)
    )
    return tuple(content or "" for content in connection.execute(wanted).scalars())
