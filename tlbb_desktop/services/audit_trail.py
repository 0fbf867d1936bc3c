"""Writes and checks the audit chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, text

from tlbb_desktop.data.engine import driver_connection
from tlbb_desktop.data.models.vocabulary import to_milliseconds
from tlbb_desktop.security.audit_chain import FIRST_MAC, AuditEntry, head_code, next_mac, verify

_HEAD = text("SELECT seq, mac FROM audit_event ORDER BY seq DESC LIMIT 1")
_MAC_AT = text("SELECT mac FROM audit_event WHERE seq = :seq")
_APPEND = "INSERT INTO audit_event (seq, at, staff_id, kind, subject, detail, mac) VALUES (?, ?, ?, ?, ?, ?, ?)"
_ALL = text("SELECT seq, at, staff_id, kind, subject, detail, mac FROM audit_event ORDER BY seq")


class AuditTrail:
    """The append-only chain of events; each MAC covers the event and the MAC before it.

    Args:
        key: the ``audit`` key, 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def append(
        self, connection: Connection, at: datetime, staff_id: int | None, kind: str, subject: str, detail: str = ""
    ) -> None:
        """Add one event inside the caller's transaction, which must hold the write lock."""
        driver = driver_connection(connection)
        last, previous = driver.execute(_HEAD.text).fetchone() or (0, FIRST_MAC)
        entry = AuditEntry(last + 1, to_milliseconds(at), staff_id, kind, subject, detail)
        mac = next_mac(self._key, previous, entry)
        driver.execute(_APPEND, (entry.seq, entry.at, staff_id, kind, subject, detail, mac))

    def append_many(self, connection: Connection, events: Iterable[tuple[datetime, int | None, str, str, str]]) -> None:
        """Add events, each as (when, who, kind, subject, detail); for acts that are written by the thousand."""
        driver = driver_connection(connection)
        last, previous = driver.execute(_HEAD.text).fetchone() or (0, FIRST_MAC)
        rows: list[tuple[object, ...]] = []
        for seq, (at, staff_id, kind, subject, detail) in enumerate(events, last + 1):
            entry = AuditEntry(seq, to_milliseconds(at), staff_id, kind, subject, detail)
            previous = next_mac(self._key, previous, entry)
            rows.append((seq, entry.at, staff_id, kind, subject, detail, previous))
        driver.executemany(_APPEND, rows)

    def head_code(self, connection: Connection) -> str:
        """The eight characters that stand for the whole chain up to now; printed on sheets."""
        head = connection.execute(_HEAD).one_or_none()
        return head_code(head.mac if head else FIRST_MAC)

    def head(self, connection: Connection) -> tuple[int, str]:
        """Number and code of the last event; (0, the code of an empty chain) before the first."""
        head = connection.execute(_HEAD).one_or_none()
        return (head.seq, head_code(head.mac)) if head else (0, head_code(FIRST_MAC))

    def code_at(self, connection: Connection, seq: int) -> str:
        """The code that stood for the chain when event *seq* was its last, or ``""`` where there is no such event."""
        if seq == 0:
            return head_code(FIRST_MAC)
        found = connection.execute(_MAC_AT, {"seq": seq}).scalar()
        return head_code(found) if found else ""

    def first_broken(self, connection: Connection) -> int | None:
        """Number of the first event that does not fit the chain, or None when all do."""
        return verify(self._entries(connection), self._key)

    @staticmethod
    def _entries(connection: Connection) -> Iterator[tuple[AuditEntry, bytes]]:
        for row in connection.execute(_ALL):
            yield AuditEntry(row.seq, row.at, row.staff_id, row.kind, row.subject, row.detail), row.mac
