"""Certificates as lists and checks read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, text

from tlbb_desktop.data.models import (
    CertificateKey,
    CertificateProgramme,
    CertificateRecord,
    CertificateWithdrawal,
    Course,
    Enrolment,
    Person,
    Prison,
    TrainingClass,
)
from tlbb_desktop.data.models.vocabulary import DayText
from tlbb_desktop.data.queries import register as register_queries
from tlbb_desktop.data.queries.people import names_of
from tlbb_desktop.domain.attendance import Tally
from tlbb_desktop.domain.certificates import ENDED, CertificateKind, CertificateRow, CertificateState
from tlbb_desktop.domain.course_tallies import course_tallies, joined
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.verification import KnownProgramme, TrustedKey, TrustStore, Withdrawal


@dataclass(frozen=True, slots=True)
class LearnerTotals:
    """A learner of a class with the totals of the whole class; ``open_minutes`` can still be attended."""

    person_id: int
    code: str
    names: Names
    totals: Tally
    open_minutes: int


@dataclass(frozen=True, slots=True)
class Training:
    """The class that a certificate is about, and the province of its site."""

    class_code: str
    course_code: str
    course_km: str
    course_en: str
    starts_on: date
    ends_on: date
    prison_id: int
    province_code: str


def training(connection: Connection, class_id: int) -> Training:
    """What a certificate of this class says of the training."""
    row = connection.execute(
        select(
            TrainingClass.code,
            Course.code,
            Course.name_km,
            Course.name_en,
            TrainingClass.starts_on,
            TrainingClass.ends_on,
            TrainingClass.prison_id,
            Prison.province_code,
        )
        .join(Course, Course.id == TrainingClass.course_id)
        .join(Prison, Prison.id == TrainingClass.prison_id)
        .where(TrainingClass.id == class_id)
    ).one()
    return Training(*row)


def learner_totals(connection: Connection, class_id: int, person_ids: Iterable[int]) -> dict[int, LearnerTotals]:
    """Those of *person_ids* who were in the class, with what the register says of them."""
    people = {
        row.id: row
        for row in connection.execute(
            select(
                Person.id,
                Person.code,
                Person.family_km,
                Person.given_km,
                Person.family_latin,
                Person.given_latin,
                Person.nickname,
            ).where(
                Person.id.in_(list(person_ids)),
                select(Enrolment.id).where(Enrolment.person_id == Person.id, Enrolment.class_id == class_id).exists(),
            )
        )
    }
    enrolled = register_queries.enrolled_days(connection, class_id)
    stays = {person: joined(enrolled[person]) for person in people}
    sessions = register_queries.sessions(connection, class_id)
    totals = course_tallies(
        sessions,
        stays,
        register_queries.marked_while_there(connection, class_id, stays, None),
        register_queries.unusual_marks(connection, class_id),
        register_queries.weights(connection),
        register_queries.repair_marks(connection, class_id, sessions),
    )
    return {
        person: LearnerTotals(person, row.code, names_of(row), totals.tallies[person], totals.open_minutes[person])
        for person, row in people.items()
    }


def codes_of(connection: Connection, person_ids: Iterable[int]) -> tuple[str, ...]:
    """The codes of these people, in order."""
    wanted = select(Person.code).where(Person.id.in_(list(person_ids))).order_by(Person.code)
    return tuple(connection.execute(wanted).scalars())


_ROWS: Final = """
SELECT c.id, COALESCE(c.number, '') AS number, c.kind, c.state, c.person_id, p.code AS person_code,
    p.family_km, p.given_km, p.family_latin, p.given_latin, p.nickname,
    k.code AS class_code, course.code AS course_code, k.prison_id,
    CAST(COALESCE(c.content ->> 'hours', '0') AS INTEGER) AS hours, c.issued_on, c.withdrawn_on, c.despite, c.reason,
    COALESCE(new.number, '') AS replaced_by, c.prints, c.version, p.search_text, c.created_by
FROM certificate AS c
JOIN person AS p ON p.id = c.person_id
JOIN training_class AS k ON k.id = c.class_id
JOIN course ON course.id = k.course_id
LEFT JOIN certificate AS new ON new.replaces_id = c.id
WHERE {wanted}
ORDER BY c.issued_on IS NULL DESC, c.issued_on DESC, c.number DESC, c.id DESC
"""


def rows(connection: Connection, prisons: Iterable[int] | None) -> tuple[CertificateRow, ...]:
    """Every certificate of classes at *prisons* (None = all): those without a number, then the newest first."""
    if prisons is None:
        return _rows(connection, "TRUE", {})
    return _rows(connection, "k.prison_id IN :prisons", {"prisons": sorted(prisons)})


def standing_rows(connection: Connection, prisons: Iterable[int] | None) -> tuple[CertificateRow, ...]:
    """Those of :func:`rows` that are on their way or valid."""
    return tuple(row for row in rows(connection, prisons) if row.state not in ENDED)


def row_with_number(connection: Connection, number: str) -> CertificateRow | None:
    """The certificate that bears *number*, or None."""
    return next(iter(_rows(connection, "c.number IN :numbers", {"numbers": [number]})), None)


def rows_with_ids(connection: Connection, ids: Sequence[int]) -> tuple[CertificateRow, ...]:
    """The certificates of these rows, in the order of *ids*."""
    found = {row.id: row for row in _rows(connection, "c.id IN :ids", {"ids": list(ids)})}
    return tuple(found[each] for each in ids if each in found)


def standing(
    connection: Connection, class_id: int, person_id: int, kind: CertificateKind
) -> tuple[int, str, CertificateState] | None:
    """Row, number and state of the learner's certificate of that kind that is not withdrawn, or None."""
    row = connection.execute(
        select(CertificateRecord.id, CertificateRecord.number, CertificateRecord.state).where(
            CertificateRecord.class_id == class_id,
            CertificateRecord.person_id == person_id,
            CertificateRecord.kind == kind,
            CertificateRecord.state.not_in(ENDED),
        )
    ).first()
    return (row.id, row.number or "", CertificateState(row.state)) if row else None


def highest_count(connection: Connection, series: str, year: int) -> int:
    """The highest count that a number of this series and year has; 0 = none yet."""
    found = connection.execute(
        text(
            "SELECT MAX(CAST(substr(number, 8, 5) AS INTEGER)) FROM certificate"
            " WHERE number >= :begin AND number < :after"
        ),
        {"begin": f"{series}-{year:04d}-", "after": f"{series}-{year:04d}."},  # the sign after the hyphen
    ).scalar()
    return int(found or 0)


def trust_store(connection: Connection, now: datetime) -> TrustStore:
    """Every key and list that is known; of the programme's own certificates the record itself tells, as of *now*."""
    wanted = select(CertificateKey.key_id, CertificateKey.public, CertificateKey.programme, CertificateKey.until)
    keys = {row.key_id: TrustedKey(*row) for row in connection.execute(wanted)}
    table = CertificateProgramme
    programmes = connection.execute(
        select(table.programme, table.issuer_km, table.issuer_en, table.own, table.dated)
    ).all()
    known = {
        row.programme: KnownProgramme(
            programme=row.programme,
            issuer_km=row.issuer_km,
            issuer_en=row.issuer_en,
            dated=now if row.own else row.dated,
            withdrawals=listed_withdrawals(connection, row.programme)
            | (own_withdrawals(connection) if row.own else {}),
        )
        for row in programmes
    }
    return TrustStore(keys, known)


def listed_withdrawals(connection: Connection, programme: str) -> dict[str, Withdrawal]:
    """Number -> withdrawal, of those that lists of *programme* brought."""
    table = CertificateWithdrawal
    wanted = select(table.number, table.state, table.withdrawn_on, table.replaced_by)
    found = connection.execute(wanted.where(table.programme == programme))
    return {row.number: _withdrawal(row) for row in found}


def list_date(connection: Connection, programme: str) -> datetime | None:
    """Moment of the newest list of a programme that was made or taken in here, or None."""
    wanted = select(CertificateProgramme.dated).where(CertificateProgramme.programme == programme)
    return connection.execute(wanted).scalar()


def content_of(connection: Connection, certificate_id: int) -> str:
    """The frozen text of a certificate; ``""`` before it is issued."""
    wanted = select(CertificateRecord.content).where(CertificateRecord.id == certificate_id)
    return connection.execute(wanted).scalar() or ""


def own_withdrawals(connection: Connection) -> dict[str, Withdrawal]:
    """Number -> withdrawal, of the certificates in this record."""
    found = connection.execute(
        text(
            "SELECT c.number, c.state, c.withdrawn_on, COALESCE(new.number, '') AS replaced_by FROM certificate AS c"
            " LEFT JOIN certificate AS new ON new.replaces_id = c.id WHERE c.state IN ('replaced', 'revoked')"
        ).columns(withdrawn_on=DayText)
    )
    return {row.number: _withdrawal(row) for row in found}


def _withdrawal(row: Row[*tuple[Any, ...]]) -> Withdrawal:
    return Withdrawal(row.number, CertificateState(row.state), row.withdrawn_on, row.replaced_by)


def _rows(connection: Connection, wanted: str, values: dict[str, list[Any]]) -> tuple[CertificateRow, ...]:
    statement = text(_ROWS.format(wanted=wanted)).bindparams(*(bindparam(name, expanding=True) for name in values))
    found = connection.execute(statement.columns(issued_on=DayText, withdrawn_on=DayText), values)
    return tuple(
        CertificateRow(
            id=row.id,
            number=row.number,
            kind=CertificateKind(row.kind),
            state=CertificateState(row.state),
            person_id=row.person_id,
            person_code=row.person_code,
            shown_name=names_of(row).shown,
            class_code=row.class_code,
            course_code=row.course_code,
            prison_id=row.prison_id,
            hours=row.hours,
            issued_on=row.issued_on,
            withdrawn_on=row.withdrawn_on,
            despite=row.despite,
            reason=row.reason,
            replaced_by=row.replaced_by,
            prints=row.prints,
            version=row.version,
            search_text=row.search_text,
            proposed_by=row.created_by,
        )
        for row in found
    )
