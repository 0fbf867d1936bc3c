"""The audit chain: each event's HMAC covers the one before, so nothing can be changed, taken out or put in between.

A tail that was cut off is noticed elsewhere: the head's code is printed on every attendance sheet and goes with every
bundle.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from tlbb_desktop.security.canonical_json import canonical_json
from tlbb_desktop.security.recovery import ALPHABET

MAC_LENGTH = 32
FIRST_MAC = bytes(MAC_LENGTH)
"""What stands before the first event."""
HEAD_CODE_LENGTH = 8
_BITS = 5


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event of the chain.

    Args:
        seq: its number, from 1 without gaps.
        at: when, in milliseconds since 1970 (UTC).
        staff_id: who, as a row of the staff table; None before anybody is logged in.
        kind: what happened, as a short word.
        subject: to what: ids and codes, never names.
        detail: more ids and codes, or an empty text.
    """

    seq: int
    at: int
    staff_id: int | None
    kind: str
    subject: str
    detail: str = ""

    def to_bytes(self) -> bytes:
        """The canonical form that the HMAC covers.

        Raises:
            TypeError: a value is neither text, a whole number nor None.
        """
        return canonical_json([self.seq, self.at, self.staff_id, self.kind, self.subject, self.detail])


def next_mac(key: bytes, previous: bytes, entry: AuditEntry) -> bytes:
    """The HMAC-SHA256 of *entry* after an event whose HMAC is *previous*, 32 bytes.

    Args:
        key: the audit key.
        previous: 32 bytes; ``FIRST_MAC`` for the first event.
        entry: the event.
    """
    return hmac.digest(key, previous + entry.to_bytes(), "sha256")


def verify(
    events: Iterable[tuple[AuditEntry, bytes]], key: bytes, *, after_seq: int = 0, after_mac: bytes = FIRST_MAC
) -> int | None:
    """Check a chain from its start, or onwards from a point that is known to be good.

    Args:
        events: the stored events with their HMACs, in the order of their numbers.
        key: the audit key.
        after_seq: number of the last event that is known to be good; 0 = none.
        after_mac: its HMAC.

    Returns:
        The number of the first event that is missing or does not fit; None when all fit.
    """
    previous = after_mac
    expected = after_seq
    for entry, stored in events:
        expected += 1
        if entry.seq != expected or not _fits(key, previous, entry, stored):
            return expected
        previous = stored
    return None


def head_code(mac: bytes) -> str:
    """The 8-character code of the chain's head for paper: its first 40 bits in Crockford's base 32."""
    bits = int.from_bytes(mac[: HEAD_CODE_LENGTH * _BITS // 8], "big")
    return "".join(ALPHABET[bits >> place * _BITS & 31] for place in reversed(range(HEAD_CODE_LENGTH)))


def _fits(key: bytes, previous: bytes, entry: AuditEntry, stored: bytes) -> bool:
    try:
        return hmac.compare_digest(next_mac(key, previous, entry), stored)
    except TypeError:  # SQLite lets an edited cell hold a value of any type
        return False
