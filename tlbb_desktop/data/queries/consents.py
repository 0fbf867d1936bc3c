"""Agreements of people, and those that hold today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from tlbb_desktop.data.models import Consent
from tlbb_desktop.data.once import once
from tlbb_desktop.domain.consents import ConsentForm, ConsentGiver, ConsentMethod, ConsentPurpose

#: Composed once: every page of a case asks it.
_OF_PERSON: Final = (
    select(Consent.__table__).where(Consent.person_id == bindparam("person")).order_by(Consent.given_on, Consent.id)
)


def standing_consent(connection: Connection, person_id: int, purpose: ConsentPurpose) -> int | None:
    """Row of the person's agreement that was given and not withdrawn, or None."""
    wanted = select(Consent.id).where(
        Consent.person_id == person_id,
        Consent.purpose == purpose,
        Consent.given.is_(True),
        Consent.withdrawn_on.is_(None),
    )
    return connection.execute(wanted.order_by(Consent.id.desc())).scalars().first()


def those_who_agree(connection: Connection, person_ids: Iterable[int], purpose: ConsentPurpose) -> frozenset[int]:
    """Those of *person_ids* whose agreement holds."""
    return frozenset(each for each in person_ids if standing_consent(connection, each, purpose) is not None)


@once
def consents_of(connection: Connection, person_id: int) -> tuple[ConsentForm, ...]:
    """All that the person ever gave, refused or withdrew, the oldest first."""
    return tuple(map(_form, connection.execute(_OF_PERSON, {"person": person_id})))


def person_of_consent(connection: Connection, consent_id: int) -> int | None:
    """Whose agreement it is, or None when it is not on record."""
    return connection.execute(select(Consent.person_id).where(Consent.id == consent_id)).scalar()


def _form(row: Row[Any]) -> ConsentForm:
    return ConsentForm(
        purpose=ConsentPurpose(row.purpose),
        given=row.given,
        given_on=row.given_on,
        given_by=ConsentGiver(row.given_by or ConsentGiver.PARTICIPANT),
        method=ConsentMethod(row.method or ConsentMethod.SIGNATURE),
        language=row.language,
        agency=row.agency,
        reason=row.reason,
        expires_on=row.expires_on,
        withdrawn_on=row.withdrawn_on,
        id=row.id,
        version=row.version,
    )
