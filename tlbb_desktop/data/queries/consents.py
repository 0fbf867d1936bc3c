"""Agreements that hold today."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from tlbb_desktop.data.models import Consent
from tlbb_desktop.domain.consents import ConsentPurpose


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
