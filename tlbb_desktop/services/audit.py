"""Reading the audit: one's own events, or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from tlbb_desktop.data.models import AuditEvent, Staff
from tlbb_desktop.security.permissions import Action
from tlbb_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event.

    Args:
        seq: number in the chain.
        at: when.
        by: login name, or ``""`` before anybody had logged in.
        kind: what happened.
        subject: to what: ids and codes.
        detail: more ids and codes.
    """

    seq: int
    at: datetime
    by: str
    kind: str
    subject: str
    detail: str


class AuditService:
    """Reads the chain; it is written by the acts themselves.

    Args:
        office: who acts on which record.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def mine(self, limit: int = 200) -> tuple[AuditLine, ...]:
        """The actor's own events, the newest first."""
        self._office.permit(Action.AUDIT_READ_OWN)
        return self._lines((AuditEvent.staff_id == self._office.actor.staff_id,), limit)

    def events(self, limit: int = 200, before: int | None = None) -> tuple[AuditLine, ...]:
        """Everybody's events, the newest first.

        Args:
            limit: how many.
            before: only events with a lower number, for the next page.

        Raises:
            NotPermitted: only managers read the events of others.
        """
        self._office.permit(Action.AUDIT_READ)
        return self._lines(() if before is None else (AuditEvent.seq < before,), limit)

    def count(self) -> int:
        """Number of events in the chain: all that the administrator duty sees of it."""
        with self._office.read(Action.AUDIT_VERIFY) as connection:
            return connection.execute(select(func.count()).select_from(AuditEvent)).scalar_one()

    def first_broken(self) -> int | None:
        """Number of the first event that does not fit the chain, or None when all do."""
        with self._office.read(Action.AUDIT_VERIFY) as connection:
            return self._office.trail.first_broken(connection)

    def head_code(self) -> str:
        """The eight characters that stand for the chain up to now."""
        with self._office.read(Action.AUDIT_READ_OWN) as connection:
            return self._office.trail.head_code(connection)

    def _lines(self, wanted: Sequence[ColumnElement[bool]], limit: int) -> tuple[AuditLine, ...]:
        query = (
            select(
                AuditEvent.seq,
                AuditEvent.at,
                func.coalesce(Staff.username, ""),
                AuditEvent.kind,
                AuditEvent.subject,
                AuditEvent.detail,
            )
            .outerjoin(Staff, Staff.id == AuditEvent.staff_id)
            .where(*wanted)
            .order_by(AuditEvent.seq.desc())
            .limit(limit)
        )
        with self._office.store.read() as connection:
            return tuple(AuditLine(*row) for row in connection.execute(query))
