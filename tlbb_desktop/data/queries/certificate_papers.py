"""What the papers of certificates are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import CertificateRecord, Person, TrainingClass
from tlbb_desktop.domain.certificates import CertificateState


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    """A certificate as it lies in the record; ``content`` and ``envelope`` are empty before it is issued."""

    id: int
    number: str
    state: CertificateState
    content: str
    envelope: bytes
    prints: int
    person_id: int
    person_code: str
    prison_id: int


def stored_certificates(connection: Connection, ids: Sequence[int]) -> tuple[StoredCertificate, ...]:
    """The certificates of these rows, in the order of *ids*; a row that is not there is left out."""
    table = CertificateRecord
    wanted = (
        select(
            table.id,
            table.number,
            table.state,
            table.content,
            table.envelope,
            table.prints,
            table.person_id,
            Person.code,
            TrainingClass.prison_id,
        )
        .join(Person, Person.id == table.person_id)
        .join(TrainingClass, TrainingClass.id == table.class_id)
        .where(table.id.in_(list(ids)))
    )
    found = {
        row[0]: StoredCertificate(row[0], row[1] or "", CertificateState(row[2]), row[3] or "", row[4] or b"", *row[5:])
        for row in connection.execute(wanted)
    }
    return tuple(found[each] for each in ids if each in found)


def prisons_of_certificates(connection: Connection, ids: Iterable[int]) -> frozenset[int]:
    """The prisons whose classes these certificates are about."""
    wanted = (
        select(TrainingClass.prison_id)
        .join(CertificateRecord, CertificateRecord.class_id == TrainingClass.id)
        .where(CertificateRecord.id.in_(list(ids)))
        .distinct()
    )
    return frozenset(connection.execute(wanted).scalars())
